"""One cell at a time: what Excel gives → what is stored. A ValueError carries what to do, in Vietnamese.

Sentences never repeat a personal ID.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from django.utils.translation import gettext as _

from portal.common.codes import clean_personal_id
from portal.common.text import fold, tidy
from portal.pupils.grades import CLASS_LENGTH
from portal.pupils.models import Gender, PupilStatus
from portal.pupils.sheet.reading import Cell

_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
_GENDERS = {"nam": Gender.MALE, "nu": Gender.FEMALE}
_STATUSES = {
    "dang hoc": PupilStatus.STUDYING,
    "chuyen den": PupilStatus.STUDYING,
    "hoc lai": PupilStatus.STUDYING,
    "chuyen di": PupilStatus.MOVED,
    "chuyen truong": PupilStatus.MOVED,
    "thoi hoc": PupilStatus.STOPPED,
    "bo hoc": PupilStatus.STOPPED,
    "nghi hoc": PupilStatus.STOPPED,
    "hoan thanh": PupilStatus.COMPLETED,
    "hoan thanh chuong trinh": PupilStatus.COMPLETED,
    "tot nghiep": PupilStatus.COMPLETED,
    "da tot nghiep": PupilStatus.COMPLETED,
}
STATUS_WORDS = {
    PupilStatus.STUDYING: "Đang học",
    PupilStatus.MOVED: "Chuyển đi",
    PupilStatus.STOPPED: "Thôi học",
    PupilStatus.COMPLETED: "Hoàn thành",
}
GENDER_WORDS = {Gender.MALE: "Nam", Gender.FEMALE: "Nữ"}
# an ID typed as a number has lost its leading zeros: 001… comes as ten digits, 031… as eleven
_SHORTEST_NUMBER_ID = 10
_ID_LENGTH = 12


def text(cell: Cell) -> str:
    """Give a cell as text: a whole number without ".0"."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return tidy(str(cell))


def day(cell: Cell) -> date:
    """Read an Excel date, dd/mm/yyyy text or yyyy-mm-dd text."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    written = text(cell)
    if not written:
        raise ValueError(_("Ô này còn trống. Ghi ngày/tháng/năm, ví dụ 05/09/2019."))
    day_first, year_first = _DAY_FIRST.fullmatch(written), _YEAR_FIRST.fullmatch(written)
    if day_first:
        parts = int(day_first[3]), int(day_first[2]), int(day_first[1])
    elif year_first:
        parts = int(year_first[1]), int(year_first[2]), int(year_first[3])
    else:
        raise ValueError(_("Ghi đủ ngày/tháng/năm, ví dụ 05/09/2019."))
    try:
        return date(*parts)
    except ValueError:
        raise ValueError(_("Không có ngày %(day)s. Xem lại ngày và tháng.") % {"day": written}) from None


def gender(cell: Cell) -> str:
    """Read "Nam" or "Nữ"."""
    found = _GENDERS.get(fold(text(cell)))
    if found is None:
        raise ValueError(_("Ghi Nam hoặc Nữ."))
    return found.value


def status(cell: Cell) -> str:
    """Read the sector database's states and their usual synonyms."""
    found = _STATUSES.get(fold(text(cell)))
    if found is None:
        raise ValueError(_("Ghi một trong: Đang học, Chuyển đi, Thôi học, Hoàn thành."))
    return found.value


def class_name(cell: Cell) -> str:
    """Read the name of a class, at most 20 characters."""
    name = text(cell)
    if not name:
        raise ValueError(_("Ô này còn trống. Ghi tên lớp, ví dụ 1A."))
    if len(name) > CLASS_LENGTH:
        raise ValueError(_("Tên lớp dài quá 20 ký tự. Rút gọn lại."))
    return name


def personal_id(cell: Cell) -> str:
    """Read twelve digits, typed as text or as a number (leading zeros come back)."""
    written = text(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not written.isdigit() or not _SHORTEST_NUMBER_ID <= len(written) <= _ID_LENGTH:
            raise ValueError(_("Số định danh cá nhân cần đủ 12 chữ số. Đặt cột dạng Văn bản rồi nhập lại."))
        written = written.zfill(_ID_LENGTH)
    if re.search(r"[eE]\+", written):
        raise ValueError(
            _("Excel đã làm tròn số định danh. Đặt cột dạng Văn bản rồi nhập lại đủ 12 chữ số.")
        )
    return clean_personal_id(written)
