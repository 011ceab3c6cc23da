"""Field kinds of this room's procedure: a round, a place, a school of the season. Stored as row ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from admissions.models import Place, Round
from portal.organisations import selectors as organisations
from portal.procedures.definition import Field
from portal.procedures.ports import FormContext, register_kind


class RowKind:
    """A row id, chosen on the room's own pages; whether it may be chosen is the hooks' question."""

    sensitive = False

    def __init__(self, code: str) -> None:
        self.code = code

    def form_field(self, _question: Field, _context: FormContext) -> forms.Field:
        """Take a number; nobody types it."""
        return forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput())

    def answer(self, cleaned: Any) -> Any:
        """Store the row id."""
        return cleaned

    def initial(self, answer: Any) -> Any:
        """Give it back."""
        return answer

    def sent(self, name: str, answer: Any) -> dict[str, Any]:
        """One value under the question's name."""
        return {name: str(answer)}

    def show(self, answer: Any, _question: Field, _context: FormContext) -> str:
        """Say the row in words."""
        return _SHOWN[self.code](int(answer))

    def keys(self, _answer: Any) -> Iterable[tuple[str, str]]:
        """Nothing to be found by."""
        return ()


def show_round(pk: int) -> str:
    """Say a round: the season's name, and which round of it."""
    found = Round.objects.select_related("season").get(pk=pk)
    if found.number == 1:
        return found.season.title
    return _("%(season)s, đợt bổ sung %(number)d") % {
        "season": found.season.title,
        "number": found.number - 1,
    }


def show_place(pk: int) -> str:
    """Say a place with its commune."""
    found = Place.objects.select_related("commune").get(pk=pk)
    return f"{found.name}, {found.commune.name}" if found.name else found.commune.name


def _show_school(pk: int) -> str:
    return organisations.organisation(pk).name


_SHOWN = {
    "admission_round": show_round,
    "admission_place": show_place,
    "admission_school": _show_school,
}


def register_all() -> None:
    """Register the room's kinds."""
    for code in _SHOWN:
        register_kind(RowKind(code))
