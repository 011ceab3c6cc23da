"""Field kinds of this room: one's own diploma, and a date that may be partial."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts import selectors as accounts
from portal.diplomas import selectors
from portal.diplomas.birth_field import BirthField
from portal.diplomas.models import Entry, State
from portal.diplomas.normal.dates import spoken_date
from portal.procedures.definition import Field
from portal.procedures.ports import FormContext

OTHER = "other"


def in_words(entry: Entry) -> str:
    """Name a diploma: what, when, by whom."""
    return gettext("Bằng tốt nghiệp %(level)s, năm %(year)d, %(issuer)s") % {
        "level": entry.book.get_level_display().lower(),
        "year": entry.book.year,
        "issuer": entry.book.issuer.name,
    }


class DiplomaKind:
    """One of the citizen's own diplomas, or another that is then described; stored as its public id."""

    code = "diploma"
    sensitive = False

    def form_field(self, _question: Field, context: FormContext) -> forms.Field:
        """Offer a row per diploma under the citizen's personal ID, and "another one"."""
        mine = selectors.of_holder(accounts.citizen(context.citizen_id))
        rows = [(str(each.public_id), in_words(each)) for each in mine if each.state == State.VALID]
        pick = _("Chọn một mục trong danh sách.")
        return forms.ChoiceField(
            choices=[*rows, (OTHER, gettext("Văn bằng khác, tôi ghi số và họ tên ở bước sau"))],
            widget=forms.RadioSelect(),
            error_messages={"required": pick, "invalid_choice": pick},
        )

    def answer(self, cleaned: Any) -> Any:
        """Store the public id, or "other"."""
        return cleaned or None

    def initial(self, answer: Any) -> Any:
        """Select the stored row."""
        return answer

    def sent(self, name: str, answer: Any) -> dict[str, Any]:
        """Send the row."""
        return {name: str(answer)}

    def show(self, answer: Any, _question: Field, _context: FormContext) -> str:
        """Name the diploma."""
        if answer == OTHER:
            return gettext("Văn bằng khác")
        found = selectors.entry(UUID(answer))
        return in_words(found) if found else gettext("Văn bằng không còn trong sổ")

    def keys(self, _answer: Any) -> Iterable[tuple[str, str]]:
        """Nothing to be found by."""
        return ()


class PartialDateKind(DiplomaKind):
    """A date of birth as a diploma has it: whole, month and year, or the year alone."""

    code = "partial_date"
    sensitive = True

    def form_field(self, _question: Field, _context: FormContext) -> forms.Field:
        """Three boxes, of which day and month may stay empty."""
        return BirthField()

    def initial(self, answer: Any) -> Any:
        """Fill the boxes."""
        year, month, day = (*str(answer).split("-"), "", "")[:3]
        return (day.lstrip("0"), month.lstrip("0"), year)

    def sent(self, name: str, answer: Any) -> dict[str, Any]:
        """Send the boxes."""
        day, month, year = self.initial(answer)
        return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}

    def show(self, answer: Any, _question: Field, _context: FormContext) -> str:
        """Write it as people do."""
        return spoken_date(answer)
