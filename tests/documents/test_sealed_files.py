"""Files at rest: nothing readable on the disk, nothing changed unnoticed, every key can be turned."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from portal.common import rotation
from portal.common.crypto import UnreadableValueError
from portal.common.fields import key_ring
from portal.documents import sealed_files, storage
from portal.documents.models import PaperFile
from portal.procedures import services as procedures
from tests.documents import files
from tests.procedures.town import Town, written_draft


def closed(data: bytes) -> bytes:
    return b"".join(sealed_files.encrypted([data]))


def opened(data: bytes) -> bytes:
    return b"".join(sealed_files.decrypted(BytesIO(data)))


@pytest.mark.parametrize(
    "length", [0, 1, sealed_files.PIECE - 1, sealed_files.PIECE, sealed_files.PIECE + 1, 200_000]
)
def test_what_goes_in_comes_out(length: int) -> None:
    data = bytes(number % 251 for number in range(length))
    assert opened(closed(data)) == data
    parts = [data[start : start + 777] for start in range(0, length, 777)]
    assert opened(b"".join(sealed_files.encrypted(parts))) == data


@given(place=st.integers(0, 2**31), flip=st.integers(1, 255))
def test_no_changed_byte_goes_unnoticed(place: int, flip: int) -> None:
    data = b"giay to " * 12_000
    whole = closed(data)
    place %= len(whole)
    changed = whole[:place] + bytes([whole[place] ^ flip]) + whole[place + 1 :]
    if place < len(sealed_files.MARK):
        assert opened(changed) != data, "no file of ours any more"
        return
    with pytest.raises((UnreadableValueError, ValueError)):
        opened(changed)


@pytest.mark.parametrize("left", [0.3, 0.6, 0.9])
def test_a_cut_file_is_not_taken_for_a_short_one(left: float) -> None:
    whole = closed(b"x" * 300_000)
    with pytest.raises(UnreadableValueError):
        opened(whole[: int(len(whole) * left)])


def test_a_file_cut_between_two_pieces_is_found(settings: Settings) -> None:
    whole = closed(b"x" * (3 * sealed_files.PIECE))
    tail = sealed_files.PIECE + 16
    with pytest.raises(UnreadableValueError):
        opened(whole[:-tail])


def test_papers_lie_encrypted_and_are_shown_as_they_were(town: Town, private_folder: Path) -> None:
    draft = written_draft(town, disability=True)
    procedures.add_paper_file(draft=draft, paper="plan", upload=files.upload(files.pdf(), "a.pdf"))
    procedures.add_paper_file(draft=draft, paper="plan", upload=files.upload(files.jpeg(), "a.jpg"))
    kept = [path.read_bytes() for path in private_folder.rglob("*.*")]
    assert len(kept) == 3
    for data in kept:
        assert data.startswith(sealed_files.MARK)
        assert b"%PDF" not in data
        assert b"JFIF" not in data
    pdf = PaperFile.objects.get(media_type="application/pdf")
    assert storage.read(pdf.stored_name) == files.pdf()
    assert storage.digest(storage.read(pdf.stored_name)) == pdf.sha256


def _turn(*, write: bool) -> rotation.Count:
    turn = rotation.Turn(key_ring(), write=write)
    for name, walk in rotation.rotators().items():
        if name.startswith("files of"):
            list(walk(turn))
    return turn.count


def test_a_rotation_brings_every_file_under_the_new_key(
    town: Town, settings: Settings, private_folder: Path
) -> None:
    draft = written_draft(town, disability=True)
    procedures.add_paper_file(draft=draft, paper="plan", upload=files.upload(files.jpeg(), "a.jpg"))
    page = PaperFile.objects.get()
    before = storage.read(page.stored_name)
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    assert _turn(write=False) == rotation.Count(2, 2, 0)
    assert _turn(write=True) == rotation.Count(2, 2, 0)
    assert _turn(write=True) == rotation.Count(2, 0, 0), "begun again, there is nothing to do"
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    page.refresh_from_db()
    assert storage.read(page.stored_name) == before
    assert storage.read(page.preview_name)[:3] == b"\xff\xd8\xff"
    assert len(list(private_folder.rglob("*.jpg"))) == 2, "the files under the old key are gone"
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    assert _turn(write=True).unreadable == 2


def test_files_from_before_are_read_and_encrypted_by_the_next_rotation(
    town: Town, settings: Settings
) -> None:
    draft = written_draft(town, disability=True)
    procedures.add_paper_file(draft=draft, paper="plan", upload=files.upload(files.pdf(), "a.pdf"))
    plain = storage.private().save("papers/00/alt.pdf", ContentFile(files.pdf(3)))
    PaperFile.objects.update(stored_name=plain)
    assert storage.read(plain) == files.pdf(3)
    assert _turn(write=True) == rotation.Count(1, 1, 0)
    fresh = PaperFile.objects.get().stored_name
    assert fresh != plain
    assert storage.read(fresh) == files.pdf(3)
    assert not storage.private().exists(plain)
