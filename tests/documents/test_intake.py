"""What strangers' bytes become: a clean paper, or a sentence."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pytest_django import Settings

from portal.documents.intake import MAX_BYTES, read_upload
from portal.documents.refusals import PaperRefusedError, shown_name
from tests.documents import files

#: what it is → (bytes, the file's own name, a piece of the sentence)
BAD = {
    "a zip named .jpg": (files.archive(), "a.jpg", "không phải ảnh hoặc PDF"),
    "nothing": (b"", "a.jpg", "trống"),
    "a page for a browser": (b"<html><script>alert(1)</script></html>", "a.jpg", "không phải ảnh hoặc PDF"),
    "a drawing that can run": (
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        "a.svg",
        "không phải ảnh hoặc PDF",
    ),
    "a program": (b"MZ" + b"\0" * 200, "a.pdf", "không phải ảnh hoặc PDF"),
    "20,000 × 20,000 pixels": (files.huge_png(), "to.png", "quá nhiều điểm ảnh"),
    "9,000 × 9,000 pixels": (files.huge_png(9_000), "to.png", "quá nhiều điểm ảnh"),
    "a truncated HEIC": (files.heic()[:-400], "a.heic", "bị hỏng hoặc thiếu một phần"),
    "a truncated JPEG": (files.jpeg()[:-9_000], "a.jpg", "bị hỏng hoặc thiếu một phần"),
    "only a JPEG's beginning": (b"\xff\xd8\xff\xe0" + b"\0" * 40, "a.jpg", "bị hỏng hoặc thiếu một phần"),
    "a PDF with a script": (files.pdf_with_script(), "a.pdf", "mã lệnh"),
    "a PDF with a hidden script": (files.pdf_with_escaped_script(), "a.pdf", "mã lệnh"),
    "a PDF with an unreachable script": (files.pdf_with_unreachable_script(), "a.pdf", "mã lệnh"),
    "a PDF that starts a program": (files.pdf_with_action("/Launch"), "a.pdf", "mã lệnh"),
    "a PDF that sends a form": (files.pdf_with_action("/SubmitForm"), "a.pdf", "mã lệnh"),
    "a PDF with a file inside": (files.pdf_with_file(), "a.pdf", "mã lệnh hoặc tệp khác"),
    "a PDF with a password": (files.pdf_with_password(), "a.pdf", "mật khẩu"),
    "a PDF and a zip at once": (files.pdf() + files.archive(), "a.pdf", "phần lạ ghép vào"),
    "a PDF with a page behind it": (files.pdf() + b"<script>1</script>", "a.pdf", "phần lạ ghép vào"),
    "a PDF's beginning": (files.pdf()[:200] + b"\n%%EOF\n", "a.pdf", "bị hỏng"),
    "a PDF of a hundred pages": (files.pdf(100), "a.pdf", "100 trang"),
    "a moving picture": (b"GIF89a" + b"\0" * 100, "a.gif", "thuộc loại chưa nhận được"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_not_taken_is_told_in_a_sentence(what: str) -> None:
    data, name, words = BAD[what]
    with pytest.raises(PaperRefusedError, match=words) as refusal:
        read_upload(files.upload(data, name))
    assert name in str(refusal.value)
    assert "không hợp lệ" not in str(refusal.value)


def test_a_large_file_is_refused_before_it_is_read() -> None:
    class Unread(BytesIO):
        name, size = "phim.jpg", MAX_BYTES + 1

        def read(self, _size: int | None = -1) -> bytes:
            raise AssertionError

    with pytest.raises(PaperRefusedError, match="lớn hơn 15 MB"):
        read_upload(Unread())


def test_a_size_that_lies_does_not_help() -> None:
    sent = files.upload(b"\xff\xd8\xff" + b"\0" * MAX_BYTES, "nho.jpg")
    sent.size = 10
    with pytest.raises(PaperRefusedError, match="lớn hơn 15 MB"):
        read_upload(sent)


def test_a_photo_is_drawn_anew_and_upright_without_what_the_camera_noted() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be shown turned by 90 degrees
    exif[0x010F] = "May anh la"
    taken = read_upload(files.upload(files.jpeg(exif=exif, comment=b"<script>alert(1)</script>")))
    assert (taken.width, taken.height) == (1_600, 1_200)
    with Image.open(BytesIO(taken.data)) as kept:
        assert dict(kept.getexif()) == {}
        assert "comment" not in kept.info
    assert b"May anh la" not in taken.data
    assert b"script" not in taken.data


def test_a_picture_that_is_something_else_as_well_keeps_only_its_pixels() -> None:
    taken = read_upload(files.upload(files.jpeg() + files.archive() + b"%PDF-1.7 <script>1</script>"))
    assert taken.media_type == "image/jpeg"
    assert b"%PDF" not in taken.data
    assert b"PK\x03\x04" not in taken.data


def test_what_phones_and_scanners_send_is_taken() -> None:
    assert read_upload(files.upload(files.heic(), "IMG_1.HEIC")).width == 640
    assert read_upload(files.upload(files.png(), "quet.png")).media_type == "image/jpeg"
    document = read_upload(files.upload(files.pdf(3), "bang-diem.pdf"))
    assert (document.media_type, document.sheets) == ("application/pdf", 3)


def test_the_name_is_never_believed() -> None:
    assert read_upload(files.upload(files.jpeg(), "virus.exe")).media_type == "image/jpeg"
    assert read_upload(files.upload(files.pdf(), "anh.jpg")).media_type == "application/pdf"


def test_hints_come_with_what_is_hard_to_read_and_refuse_nothing() -> None:
    assert read_upload(files.upload(files.jpeg())).hints == ()
    assert read_upload(files.upload(files.blurry())).hints == ("blurry",)
    assert "dark" in read_upload(files.upload(files.dark())).hints
    assert "small" in read_upload(files.upload(files.png())).hints


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"\xff\xd8\xff\xe0", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n"]),
)
def test_no_bytes_lead_anywhere_but_to_a_paper_or_a_sentence(tail: bytes, head: bytes) -> None:
    try:
        outcome = read_upload(files.upload(head + tail)).sha256
    except PaperRefusedError as refusal:
        outcome = str(refusal)
    assert outcome


@given(st.text(max_size=300))
def test_a_name_in_a_sentence_is_short_and_printable(name: str) -> None:
    shown = shown_name(name)
    assert shown.isprintable()
    assert 0 < len(shown) <= 60


@contextmanager
def _scanner(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """Play clamd for one connection."""
    server = socket.create_server(("127.0.0.1", 0))
    heard: list[bytes] = []

    def serve() -> None:
        line, _peer = server.accept()
        with line, line.makefile("rb") as stream:
            heard.append(stream.read(10))
            body = b""
            while size := struct.unpack("!I", stream.read(4))[0]:
                body += stream.read(size)
            heard.append(body)
            line.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"127.0.0.1:{server.getsockname()[1]}", heard
    finally:
        thread.join(timeout=5)
        server.close()


def test_a_scanner_that_is_named_sees_every_file_whole(settings: Settings) -> None:
    data = files.jpeg()
    with _scanner(b"stream: OK\0") as (address, heard):
        settings.CLAMAV_ADDRESS = address
        assert read_upload(files.upload(data)).data
    assert heard == [b"zINSTREAM\0", data]
    with _scanner(b"stream: Eicar-Test-Signature FOUND\0") as (address, _heard):
        settings.CLAMAV_ADDRESS = address
        with pytest.raises(PaperRefusedError, match="mã độc nên không nhận"):
            read_upload(files.upload(data))


def test_a_scanner_that_does_not_answer_lets_nothing_pass(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.CLAMAV_ADDRESS = f"127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(PaperRefusedError, match="Thử lại sau ít phút"):
        read_upload(files.upload(files.jpeg()))
