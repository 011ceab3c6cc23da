"""One upload from raw bytes to what may be kept. Nothing here touches the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import filetype
from django.utils.translation import gettext as _

from portal.documents import storage
from portal.documents.intake import antivirus, images, pdfs
from portal.documents.refusals import PaperRefusedError, shown_name

#: bytes of one file; photos of today's phones have 3 to 8 MB
MAX_BYTES = 15 * 1024 * 1024
PDF = "application/pdf"
#: what the bytes may be, by their own words; the file's name is never asked
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/heic", "image/avif"})


class Upload(Protocol):
    """What Django gives for a file of a form."""

    @property
    def name(self) -> str | None:
        """The name that the sender gave it."""

    @property
    def size(self) -> int | None:
        """The size that the sender told, in bytes."""

    def read(self, num_bytes: int = ..., /) -> bytes:
        """Give the next bytes."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it will be kept. ``preview`` is a small JPEG, empty for a PDF; ``hints`` are codes."""

    data: bytes
    preview: bytes
    media_type: str
    width: int
    height: int
    sheets: int
    hints: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """Hex digest of the kept bytes."""
        return storage.digest(self.data)


def read_upload(upload: Upload) -> Taken:
    """Check an upload and turn it into what is kept; raises :class:`PaperRefusedError`.

    The size is looked at before anything is read, the pixels before anything is decoded.
    """
    name = shown_name(upload.name or "")
    if (upload.size or 0) > MAX_BYTES:
        raise PaperRefusedError(too_large(name))
    data = upload.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise PaperRefusedError(too_large(name))
    if not data:
        raise PaperRefusedError(
            _("Tệp %(name)s trống, không có gì bên trong. Chọn tệp khác.") % {"name": name}
        )
    media_type = sniffed(data)
    if media_type != PDF and media_type not in PICTURES:
        raise PaperRefusedError(_not_taken(name, media_type))
    antivirus.scan(data, name)
    if media_type == PDF:
        sheets = pdfs.check(data, name)
        return Taken(data, b"", PDF, 0, 0, sheets, ())
    picture = images.re_encode(data, name)
    return Taken(
        picture.data, picture.preview, images.MEDIA_TYPE, picture.width, picture.height, 1, picture.hints
    )


def sniffed(data: bytes) -> str:
    """Say what the bytes are by their own words: a media type, or an empty text."""
    kind = filetype.guess(data)
    return str(kind.mime) if kind is not None else ""


def too_large(name: str) -> str:
    """Say that a file is too large."""
    return _("Tệp %(name)s lớn hơn %(limit)d MB. Chụp lại ở cỡ nhỏ hơn, hoặc tách thành nhiều tệp.") % {
        "name": name,
        "limit": MAX_BYTES // 1024 // 1024,
    }


def _not_taken(name: str, media_type: str) -> str:
    if media_type.startswith("image/"):
        return _("Ảnh %(name)s thuộc loại chưa nhận được. Lưu thành JPG hoặc PDF rồi chọn lại.") % {
            "name": name
        }
    return _("Tệp %(name)s không phải ảnh hoặc PDF. Chọn tệp khác.") % {"name": name}
