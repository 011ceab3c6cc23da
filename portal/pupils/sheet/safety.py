"""Is an uploaded file an Excel workbook that we dare to read? Found out before anything is believed.

A workbook is a zip of XML. A few kilobytes can unpack to gigabytes, and one cell at the far corner
makes a reader reserve the whole rectangle. So every part is unpacked here in pieces and counted by
its real size (a header may lie), and the worksheets are walked once for positions, formulas and
merged cells.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from django.utils.translation import gettext as _

from portal.pupils.refusals import FileRefusedError

MAX_FILE = 30 * 2**20
MAX_UNPACKED = 400 * 2**20
MAX_PARTS = 500
MAX_ROWS = 200_000
# headings and titles above the data
MAX_SHEET_ROWS = MAX_ROWS + 100
MAX_COLUMNS = 200
# a reader keeps the whole rectangle in memory, some 30 bytes a cell
MAX_AREA = 6_000_000
_PIECE = 2**18
_LOCAL_HEADER = 30
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(slots=True)
class SheetFacts:
    """What the walk through one worksheet found; rows and columns count from 1."""

    name: str
    rows: int = 0
    columns: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)


def _damaged() -> FileRefusedError:
    return FileRefusedError(_("Không đọc được tệp này. Mở tệp bằng Excel, lưu lại dạng .xlsx rồi tải lên."))


def _too_large() -> FileRefusedError:
    return FileRefusedError(_("Tệp quá lớn. Chia thành nhiều tệp nhỏ hơn rồi tải từng tệp."))


class _Parts:
    """The parts of a zip by lower-case name, unpacked in pieces against one common allowance."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._allowance = MAX_UNPACKED
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise _damaged() from error
        listed = self._zip.infolist()
        self.infos = {info.filename.lower(): info for info in listed}
        twisted = any("\\" in name or ".." in name for name in self.infos)
        if twisted or len(listed) > MAX_PARTS or len(self.infos) != len(listed):
            raise _damaged()

    def _begin(self, info: zipfile.ZipInfo) -> None:
        self._file.seek(info.header_offset)
        header = self._file.read(_LOCAL_HEADER)
        if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
            raise _damaged()
        name, extra = int.from_bytes(header[26:28], "little"), int.from_bytes(header[28:30], "little")
        self._file.seek(name + extra, 1)

    def pieces(self, name: str) -> Iterator[bytes]:
        """Unpack one part piece by piece; what the zip says of its size is not believed."""
        info = self.infos.get(name.lower())
        if info is None or info.flag_bits & 0x1:
            raise _damaged()
        self._begin(info)
        left = info.compress_size
        inflate = (
            zlib.decompressobj(-zlib.MAX_WBITS) if info.compress_type == zipfile.ZIP_DEFLATED else None
        )
        if inflate is None and info.compress_type != zipfile.ZIP_STORED:
            raise _damaged()
        while left > 0:
            packed = self._file.read(min(left, _PIECE))
            if not packed:
                raise _damaged()
            left -= len(packed)
            while packed:
                try:
                    piece = packed if inflate is None else inflate.decompress(packed, _PIECE)
                except zlib.error as error:
                    raise _damaged() from error
                packed = b"" if inflate is None else inflate.unconsumed_tail
                self._allowance -= len(piece)
                if self._allowance < 0:
                    raise _too_large()
                yield piece

    def walk(self, name: str, parser: expat.XMLParserType) -> None:
        """Send one part through an XML parser; document types, and with them entities, are refused."""

        def refuse(*_args: object) -> None:
            raise _damaged()

        parser.StartDoctypeDeclHandler = refuse
        try:
            for piece in self.pieces(name):
                parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by position only
            parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by position only
        except expat.ExpatError as error:
            raise _damaged() from error

    def elements(self, name: str, wanted: str) -> list[dict[str, str]]:
        """Attributes of every ``wanted`` element of a small part, prefixes cut off."""
        found: list[dict[str, str]] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            if _bare(tag) == wanted:
                found.append({_bare(key): value for key, value in attributes.items()})

        parser = expat.ParserCreate()
        parser.StartElementHandler = start
        self.walk(name, parser)
        return found


def _bare(tag: str) -> str:
    return tag.rpartition(":")[2]


def _position(reference: str) -> tuple[int, int]:
    """Read "B12" as (12, 2); a reference that is none counts as damaged."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        if not "A" <= letter.upper() <= "Z":
            raise _damaged()
        column = column * 26 + ord(letter.upper()) - 64
    digits = reference[len(letters) :]
    if not digits or not letters:
        raise _damaged()
    return int(digits), column


class _Walk:
    """Follows the cells of a worksheet as a reader would place them."""

    def __init__(self, facts: SheetFacts) -> None:
        self.facts = facts
        self._row = self._column = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = _bare(tag)
        if tag == "c":
            reference = attributes.get("r")
            if reference is None:
                self._column += 1
            else:
                self._row, self._column = _position(reference)
        elif tag in {"v", "f", "is"}:
            self._filled(formula=tag == "f")
        elif tag == "row":
            given = attributes.get("r", "")
            self._row = int(given) if given.isascii() and given.isdigit() else self._row + 1
            self._column = 0
        elif tag == "mergeCell":
            self.facts.merged.append(attributes.get("ref", ""))

    def _filled(self, *, formula: bool) -> None:
        facts = self.facts
        facts.rows = max(facts.rows, self._row)
        facts.columns = max(facts.columns, self._column)
        if facts.rows > MAX_SHEET_ROWS:
            raise FileRefusedError(
                _("Tệp có hơn 200.000 dòng. Chia thành nhiều tệp, mỗi tệp nhiều nhất 200.000 dòng.")
            )
        if facts.columns > MAX_COLUMNS or facts.rows * facts.columns > MAX_AREA:
            raise FileRefusedError(_("Tệp có quá nhiều cột. Xóa các cột thừa ở bên phải, lưu rồi tải lại."))
        if formula:
            facts.formulas.add((self._row, self._column))


def check_kind(file: BinaryIO, file_name: str) -> None:
    """Look at size, name and first bytes; raises FileRefusedError. Reads four bytes."""
    size = file.seek(0, 2)
    file.seek(0)
    start = file.read(4)
    name = file_name.lower()
    if size > MAX_FILE:
        raise _too_large()
    if name.endswith((".xlsm", ".xltm", ".xlsb", ".xlam")):
        raise FileRefusedError(_("Tệp có thể chứa macro nên không nhận. Lưu lại dạng .xlsx rồi tải lên."))
    if start == _OLD_EXCEL:
        raise FileRefusedError(
            _(
                "Đây là tệp Excel cũ (.xls) hoặc có mật khẩu. Lưu lại dạng .xlsx, không mật khẩu, rồi tải lên."
            )
        )
    if start[:2] != b"PK" or not name.endswith(".xlsx"):
        raise FileRefusedError(_("Chỉ nhận tệp Excel .xlsx. Lưu lại đúng dạng rồi tải lên."))


def inspect(file: BinaryIO, file_name: str) -> list[SheetFacts]:
    """Walk through every worksheet; raises FileRefusedError for what must not be read at all."""
    check_kind(file, file_name)
    parts = _Parts(file)
    if any(name.endswith(("vbaproject.bin", ".vbs", ".exe")) for name in parts.infos):
        raise FileRefusedError(_("Tệp có thể chứa macro nên không nhận. Lưu lại dạng .xlsx rồi tải lên."))
    links = parts.elements("xl/_rels/workbook.xml.rels", "Relationship")
    walked: dict[str, SheetFacts] = {}
    for link in links:
        # all of them, whatever they claim to be: a reader may take any for a worksheet
        path = _path(link.get("Target", ""))
        if path in parts.infos and path not in walked:
            walked[path] = SheetFacts("")
            walker = expat.ParserCreate()
            walker.StartElementHandler = _Walk(walked[path]).start
            parts.walk(path, walker)
    for name in parts.infos:
        if name not in walked:  # only counted: pictures unpack, too
            for _piece in parts.pieces(name):
                pass
    targets = {link.get("Id", ""): _path(link.get("Target", "")) for link in links}
    found: list[SheetFacts] = []
    for sheet in parts.elements("xl/workbook.xml", "sheet"):
        facts = walked.get(targets.get(sheet.get("id", ""), ""))
        if facts is None:
            raise _damaged()
        facts.name = sheet.get("name", "")
        found.append(facts)
    return found


def _path(target: str) -> str:
    """Give the part that a workbook's relation points to, as readers resolve it."""
    bare = target.lstrip("/").lower()
    return bare if bare.startswith("xl/") else f"xl/{bare}"
