"""PDFs are kept as they came, so they are searched for everything that could act when opened."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from portal.documents.refusals import PaperRefusedError

MAX_SHEETS = 60
#: more objects than a scan of sixty pages ever has
MAX_OBJECTS = 40_000
MAX_DEPTH = 60
#: keys of a PDF's dictionaries that run, send or carry something (ISO 32000-1, 12.6.4 and 7.11)
ACTIVE_KEYS = frozenset(
    {"/JS", "/JavaScript", "/AA", "/EmbeddedFiles", "/EmbeddedFile", "/EF", "/RichMedia", "/XFA", "/Sound"}
)
ACTIVE_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Movie"}
)


def check(data: bytes, name: str) -> int:
    """Give the number of pages of a harmless PDF; raises :class:`PaperRefusedError` for any other."""
    _one_file_only(data, name)
    try:
        reader = _opened(data, name)
        sheets = len(reader.pages)
        active = _acts(reader)
    except PaperRefusedError:
        raise
    except Exception as broken:  # the reader raises whatever a broken file makes it stumble over
        raise PaperRefusedError(
            _("Tệp PDF %(name)s bị hỏng, không mở được. Xuất lại tệp hoặc chụp ảnh giấy tờ.")
            % {"name": name}
        ) from broken
    if active:
        raise PaperRefusedError(
            _(
                "Tệp PDF %(name)s có kèm mã lệnh hoặc tệp khác bên trong nên không nhận được. Chụp ảnh giấy tờ."
            )
            % {"name": name}
        )
    if not 0 < sheets <= MAX_SHEETS:
        raise PaperRefusedError(
            _("Tệp PDF %(name)s có %(sheets)d trang; mỗi tệp nhận từ 1 đến %(limit)d trang.")
            % {"name": name, "sheets": sheets, "limit": MAX_SHEETS}
        )
    return sheets


def _opened(data: bytes, name: str) -> PdfReader:
    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise PaperRefusedError(
            _("Tệp %(name)s có mật khẩu nên không mở được. Lưu lại bản không có mật khẩu.") % {"name": name}
        )
    return reader


def _one_file_only(data: bytes, name: str) -> None:
    """Refuse what is a PDF and something else at once, or a PDF with something hung behind its end."""
    start, end = data.startswith(b"%PDF-"), data.rfind(b"%%EOF")
    behind = data[end + 5 :].strip(b"\r\n\t \x00") if end >= 0 else b"?"
    if not start or behind or zipfile.is_zipfile(BytesIO(data)):
        raise PaperRefusedError(
            _("Tệp %(name)s không phải PDF đúng chuẩn hoặc có phần lạ ghép vào. Chụp ảnh giấy tờ.")
            % {"name": name}
        )


def _acts(reader: PdfReader) -> bool:
    """Whether any object of the file could run, send or carry something, reachable or not."""
    numbers = {(number, generation) for generation, found in reader.xref.items() for number in found}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MAX_OBJECTS:
        return True
    if any(_is_active(part) for part in _inside(reader.trailer, 0)):
        return True
    return any(
        _is_active(part)
        for number, generation in sorted(numbers)
        for part in _inside(reader.get_object(IndirectObject(number, generation, reader)), 0)
    )


def _inside(value: Any, depth: int) -> Iterator[DictionaryObject]:
    """Give every dictionary inside an object, without following references: each object has its turn."""
    if depth > MAX_DEPTH:
        raise RecursionError
    if isinstance(value, DictionaryObject):
        yield value
        for item in dict.values(value):
            yield from _inside(item, depth + 1)
    elif isinstance(value, ArrayObject):
        for item in list.__iter__(value):
            yield from _inside(item, depth + 1)


def _is_active(part: DictionaryObject) -> bool:
    if ACTIVE_KEYS & set(dict.keys(part)):
        return True
    return part.get("/S") in ACTIVE_ACTIONS or part.get("/Type") == "/Filespec"
