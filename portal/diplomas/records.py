"""What a line of a register holds: the fields of the old and the new forms, and the keys of look-ups."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.common.codes import mask_personal_id
from portal.common.fields import blind_index
from portal.common.text import fold
from portal.diplomas.normal.dates import shorter_forms, spoken_date
from portal.diplomas.normal.names import name_key
from portal.diplomas.normal.numbers import register_key, serial_key

KEY_LENGTH = 32


class BookField(NamedTuple):
    """A column of the book; ``old`` and ``new`` say which form has it (TT 21/2019, TT 10/2026)."""

    name: str
    label: str | Promise
    length: int
    old: bool = True
    new: bool = True


#: in the order in which books have them. Source: TT 21/2019/TT-BGDĐT, annex (recalled); TT 10/2026/TT-BGDĐT
FIELDS = (
    BookField("full_name", _("Họ và tên"), 120),
    BookField("birth", _("Ngày sinh"), 10),
    BookField("birth_place", _("Nơi sinh"), 200),
    BookField("gender", _("Giới tính"), 6),
    BookField("ethnicity", _("Dân tộc"), 40),
    BookField("school", _("Học sinh trường"), 200),
    BookField("grade", _("Xếp loại"), 40),
    BookField("study_form", _("Hình thức đào tạo"), 60, new=False),
    BookField("exam_board", _("Hội đồng thi"), 200, new=False),
    BookField("serial", _("Số hiệu"), 60),
    BookField("register_number", _("Số vào sổ gốc"), 60),
    BookField("signed_on", _("Ngày ký"), 10),
    BookField("signed_by", _("Người ký"), 120),
    BookField("receiver", _("Người nhận ký"), 120, new=False),
    BookField("page", _("Trang sổ"), 4, new=False),
    BookField("note", _("Ghi chú"), 300),
)
NAMES = tuple(each.name for each in FIELDS)
LABELS = {each.name: each.label for each in FIELDS}
#: fields that the blind indexes or the entry's columns are made of
_DATES = frozenset({"birth", "signed_on"})


@dataclass(frozen=True, slots=True)
class Record:
    """One line as it shall be entered. ``content`` has only known fields that say something."""

    content: dict[str, str]
    personal_id: str = ""
    #: kept apart so that a line can be entered again unchanged
    keys: dict[str, str] = field(default_factory=dict, compare=False)

    @staticmethod
    def of(values: dict[str, Any], personal_id: str = "") -> Record:
        """Make a record; ``values`` are kept forms (see ``normal``); raises ``KeyError`` for strange fields."""
        strange = set(values) - set(NAMES)
        if strange:
            raise KeyError(", ".join(sorted(strange)))
        content = {name: str(values[name]) for name in NAMES if values.get(name) not in (None, "")}
        return Record(content, personal_id)

    def columns(self) -> dict[str, Any]:
        """Give the entry's columns that follow from the content."""
        content = self.content
        return {
            "full_name": content.get("full_name", ""),
            "name_key": fold(content.get("full_name", "")),
            "gender": content.get("gender", ""),
            "school": content.get("school", ""),
            "grade": content.get("grade", ""),
            "content": content,
            "personal_id": self.personal_id,
            **self.indexes(),
        }

    def indexes(self) -> dict[str, str]:
        """Give the blind indexes by column."""
        content = self.content
        return {
            "personal_id_index": blind_index("personal-id", self.personal_id) if self.personal_id else "",
            **key_columns(content),
        }


def key_columns(content: dict[str, str]) -> dict[str, str]:
    """Give the look-up keys of a content by column; empty where there is nothing to look up by."""
    name, birth = name_key(content.get("full_name", "")), content.get("birth", "")
    return {
        "serial_index": _digest("diploma-serial", serial_key(content.get("serial", ""))),
        "register_index": _digest("diploma-register", register_key(content.get("register_number", ""))),
        "name_birth_index": _digest("name-birth", f"{name}|{birth}" if name and birth else ""),
    }


def keys_of_number(typed: str) -> tuple[str, str]:
    """Give the digests under which a typed number may be found: as a serial, as a register number."""
    return (
        _digest("diploma-serial", serial_key(typed)),
        _digest("diploma-register", register_key(typed)),
    )


def keys_of_person(name: str, birth: str) -> list[str]:
    """Give the digests of a name with a partial date; the register may have kept less of the date."""
    key = name_key(name)
    return [_digest("name-birth", f"{key}|{form}") for form in shorter_forms(birth)] if key else []


def _digest(purpose: str, value: str) -> str:
    return blind_index(purpose, value)[:KEY_LENGTH] if value else ""


def shown(content: dict[str, str], personal_id: str = "") -> list[dict[str, Any]]:
    """Tell a content as rows of label and value, dates as people write them, the personal ID masked."""
    from portal.diplomas.models.entries import Gender  # noqa: PLC0415 - records are read before the apps are

    genders = dict(Gender.choices)
    rows: list[dict[str, Any]] = []
    for each in FIELDS:
        value = content.get(each.name, "")
        if each.name in _DATES:
            value = spoken_date(value)
        elif each.name == "gender":
            value = str(genders.get(value, value))
        if value:
            figures = each.name in {*_DATES, "serial", "register_number", "page"}
            rows.append({"name": each.name, "label": each.label, "value": value, "figures": figures})
    if personal_id:
        rows.append(
            {
                "name": "personal_id",
                "label": _("Số định danh"),
                "value": mask_personal_id(personal_id),
                "figures": True,
            }
        )
    return rows
