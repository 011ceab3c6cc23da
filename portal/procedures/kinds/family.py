"""A child of the family: only children whose link was confirmed can be chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts import selectors as accounts
from portal.procedures.definition import Field
from portal.procedures.kinds.plain import TextKind
from portal.procedures.ports import FormContext
from portal.pupils import selectors as pupils


class ChildKind(TextKind):
    """One of the citizen's children; stored as the pupil's row id."""

    code = "child"

    def form_field(self, _question: Field, context: FormContext) -> forms.Field:
        """Offer a row per child that the citizen may apply for."""
        links = accounts.children_of(accounts.citizen(context.citizen_id), context.today)
        pick = _("Chọn một cháu trong danh sách.")
        return forms.TypedChoiceField(
            choices=[(str(link.pupil_id), link.pupil.full_name) for link in links if link.may_apply],
            coerce=int,
            empty_value=None,
            widget=forms.RadioSelect(),
            error_messages={"required": pick, "invalid_choice": pick},
        )

    def answer(self, cleaned: Any) -> Any:
        """Store the row id."""
        return cleaned

    def show(self, answer: Any, _question: Field, _context: FormContext) -> str:
        """Say the child's name."""
        return pupils.pupil(answer).full_name
