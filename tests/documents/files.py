"""Files as people send them, good and bad, made here so that nothing has to be kept."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject


def page_picture(width: int = 1_200, height: int = 1_600) -> Image.Image:
    """Draw something like a printed page."""
    picture = Image.new("RGB", (width, height), (238, 236, 230))
    pen = ImageDraw.Draw(picture)
    for row in range(8):
        for line in range(20):
            y = 60 + row * 180 + line * 7
            pen.text(
                (80, y), f"Bang tong hop ket qua {row}-{line} mon Toan 9, Ngu van 8", fill=(30, 30, 34)
            )
    return picture


def jpeg(picture: Image.Image | None = None, **options: object) -> bytes:
    out = BytesIO()
    (picture or page_picture()).save(out, "JPEG", **options)
    return out.getvalue()


def blurry() -> bytes:
    return jpeg(page_picture().filter(ImageFilter.GaussianBlur(9)))


def dark() -> bytes:
    return jpeg(page_picture().point(lambda value: value // 8))


def png(width: int = 400, height: int = 300) -> bytes:
    out = BytesIO()
    Image.new("RGBA", (width, height), (200, 20, 20, 90)).save(out, "PNG")
    return out.getvalue()


def heic() -> bytes:
    out = BytesIO()
    pillow_heif.from_pillow(page_picture(640, 480)).save(out, quality=50)
    return out.getvalue()


def huge_png(side: int = 20_000) -> bytes:
    """Write a picture of side × side pixels into a few hundred bytes: nobody may decode it."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack("!I", len(body)) + name + body + struct.pack("!I", zlib.crc32(name + body))

    header = struct.pack("!IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 4_096)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def archive() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", "không phải ảnh")
    return out.getvalue()


def _written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf(pages: int = 2) -> bytes:
    writer = PdfWriter()
    for _number in range(pages):
        writer.add_blank_page(width=595, height=842)
    return _written(writer)


def pdf_with_script() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )
    writer.root_object[NameObject("/OpenAction")] = script
    return _written(writer)


def pdf_with_password() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.encrypt("bi-mat", algorithm="AES-256")
    return _written(writer)


def pdf_with_file() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.add_attachment("a.txt", b"x")
    return _written(writer)


def pdf_with_action(action: str) -> bytes:
    """Hang an action on the first page's annotation."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=595, height=842)
    todo = DictionaryObject({NameObject("/S"): NameObject(action), NameObject("/F"): TextStringObject("x")})
    link = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/A"): todo,
        }
    )
    page[NameObject("/Annots")] = writer._add_object(link)  # noqa: SLF001 - the library offers no other way
    return _written(writer)


def pdf_with_escaped_script() -> bytes:
    """Spell /JavaScript with an escape, as those do who mean to hide it."""
    return pdf_with_action("/JavaScript").replace(b"/JavaScript", b"/J#61vaScript")


def pdf_with_unreachable_script() -> bytes:
    """Keep a script in an object that no page leads to."""
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    hidden = DecodedStreamObject()
    hidden[NameObject("/S")] = NameObject("/JavaScript")
    hidden[NameObject("/N")] = NumberObject(1)
    hidden.set_data(b"app.alert(1)")
    writer._add_object(hidden)  # noqa: SLF001 - the library offers no other way
    return _written(writer)


def upload(data: bytes, name: str = "anh.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)
