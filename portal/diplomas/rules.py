"""Who issues which diploma, within how many days, since when: facts with their dates and sources.

TT 10/2026/TT-BGDĐT replaced TT 21/2019/TT-BGDĐT on 15/4/2026; the amended Law on Education ended the
lower-secondary diploma. Where ``recalled`` is set the figure is sample data until the text is at hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NEW_RULES = date(2026, 4, 15)
_OLD = "Thông tư 21/2019/TT-BGDĐT"
_NEW = "Thông tư 10/2026/TT-BGDĐT"


@dataclass(frozen=True, slots=True)
class IssueRule:
    """``days`` from the day of recognition to the diploma; ``valid_to`` is exclusive."""

    level: str
    signer: str | Promise
    days: int
    source: str
    valid_from: date
    valid_to: date | None = None
    recalled: bool = False


RULES = (
    IssueRule("lower_secondary", _("Trưởng phòng Giáo dục và Đào tạo"), 75, _OLD, date(2020, 1, 15), date(2025, 7, 1), recalled=True),
    IssueRule("lower_secondary", _("Chủ tịch UBND cấp xã"), 75, "Thông tư 10/2025/TT-BGDĐT", date(2025, 7, 1), date(2026, 1, 1), recalled=True),
    IssueRule("upper_secondary", _("Giám đốc Sở Giáo dục và Đào tạo"), 75, _OLD, date(2020, 1, 15), NEW_RULES, recalled=True),
    IssueRule("upper_secondary", _("Hiệu trưởng"), 30, _NEW, NEW_RULES),
    IssueRule("vocational_secondary", _("Hiệu trưởng"), 30, _NEW, NEW_RULES, recalled=True),
)  # fmt: skip


def rule_for(level: str, day: date) -> IssueRule | None:
    """Give the rule by which diplomas of a level are issued on a day; None where none are."""
    for rule in RULES:
        if (
            rule.level == level
            and rule.valid_from <= day
            and (rule.valid_to is None or day < rule.valid_to)
        ):
            return rule
    return None


def new_form(year: int) -> bool:
    """Say whether the books of a year have the fields of the new form."""
    return year >= NEW_RULES.year
