"""The columns of the sector database's file, and how their headings are written in practice.

The eight mandatory fields are those of the provinces' plans (khối, lớp, họ tên, ngày sinh, giới
tính, trạng thái, ngày trạng thái, dân tộc); the personal ID tells pupils apart, and a file of the
whole province names the school of each row.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext as _

from portal.common.text import fold
from portal.pupils.refusals import FileRefusedError

# key -> heading as we write it; the order is that of our own files
HEADINGS = {
    "school_code": "Mã trường",
    "grade": "Khối",
    "class_name": "Lớp",
    "full_name": "Họ tên",
    "birth_date": "Ngày sinh",
    "gender": "Giới tính",
    "status": "Trạng thái",
    "status_on": "Ngày trạng thái",
    "ethnicity": "Dân tộc",
    "personal_id": "Số định danh cá nhân",
}
_OTHER_SPELLINGS = {
    "school_code": ("ma truong hoc", "ma co so giao duc"),
    "grade": ("khoi lop", "khoi hoc"),
    "class_name": ("ten lop", "lop hoc"),
    "full_name": ("ho va ten", "ho ten hoc sinh", "ho va ten hoc sinh", "ten hoc sinh"),
    "birth_date": ("ngay thang nam sinh", "ngay sinh dd mm yyyy"),
    "gender": ("gioi", "nam nu"),
    "status": ("trang thai hoc sinh", "trang thai hoc tap"),
    "status_on": ("ngay cua trang thai", "ngay thay doi trang thai", "ngay trang thai dd mm yyyy"),
    "ethnicity": ("ten dan toc",),
    "personal_id": (
        "so dinh danh",
        "ma dinh danh",
        "ma dinh danh ca nhan",
        "so cccd",
        "cccd",
        "so can cuoc",
    ),
}
# a heading row is found among the first rows, below titles
SEARCHED_ROWS = 20


def _heading_key(cell: object) -> str:
    return " ".join(re.sub(r"[^0-9a-z]+", " ", fold(cell)).split()) if isinstance(cell, str) else ""


class Columns:
    """A sheet's columns: headings by key, in the order of our own files, and their other spellings."""

    def __init__(
        self, headings: Mapping[str, str], spellings: Mapping[str, Sequence[str]], *, enough: int
    ) -> None:
        """``spellings`` are folded; a row with ``enough`` known headings is the heading row."""
        self.headings = headings
        self._enough = enough
        self._keys = {_heading_key(heading): key for key, heading in headings.items()} | {
            spelling: key for key, others in spellings.items() for spelling in others
        }

    def recognise(self, row: Sequence[object]) -> dict[str, int] | None:
        """Map keys to positions if ``row`` is the heading row, else None; order, case and marks are free.

        Raises FileRefusedError where two columns claim the same heading.
        """
        found: dict[str, int] = {}
        for position, cell in enumerate(row):
            key = self._keys.get(_heading_key(cell))
            if key is None:
                continue
            if key in found:
                raise FileRefusedError(
                    _("Có hai cột %(column)s. Xóa bớt một cột rồi tải lại.")
                    % {"column": self.headings[key]}
                )
            found[key] = position
        return found if len(found) >= self._enough else None

    def require(self, found: Mapping[str, int], needed: Collection[str]) -> None:
        """Refuse a heading row in which something needed is missing, naming it."""
        missing = [self.headings[key] for key in needed if key not in found]
        if missing:
            raise FileRefusedError(
                _("Thiếu cột %(columns)s. Thêm cột vào dòng tiêu đề rồi tải lại.")
                % {"columns": ", ".join(missing)}
            )


PUPIL_COLUMNS = Columns(HEADINGS, _OTHER_SPELLINGS, enough=4)
