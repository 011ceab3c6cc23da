"""Choices among what the definition lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.procedures.definition import Field, say
from portal.procedures.kinds.plain import TextKind
from portal.procedures.ports import FormContext

PICK = _("Chọn một mục trong danh sách.")


def _options(question: Field, language: str) -> list[tuple[str, str]]:
    return [(option.value, say(option.label, language)) for option in question.options]


class ChoiceKind(TextKind):
    """One of several, as rows to tap."""

    code = "choice"

    def form_field(self, question: Field, context: FormContext) -> forms.Field:
        """Radio rows; a long list (over eight) becomes a drop-down."""
        choices = _options(question, context.language)
        short = len(choices) <= 8  # noqa: PLR2004 - what fits one phone screen
        if short:
            return forms.ChoiceField(
                choices=choices,
                widget=forms.RadioSelect(),
                error_messages={"invalid_choice": PICK, "required": PICK},
            )
        return forms.ChoiceField(
            choices=[("", gettext("Chọn")), *choices],
            error_messages={"invalid_choice": PICK, "required": PICK},
        )

    def answer(self, cleaned: Any) -> Any:
        """Store the option's value."""
        return cleaned or None

    def show(self, answer: Any, question: Field, context: FormContext) -> str:
        """Say the option's label."""
        return dict(_options(question, context.language)).get(answer, str(answer))


class ChoicesKind(TextKind):
    """Any number of several."""

    code = "choices"

    def form_field(self, question: Field, context: FormContext) -> forms.Field:
        """Check-box rows."""
        return forms.MultipleChoiceField(
            choices=_options(question, context.language),
            widget=forms.CheckboxSelectMultiple(),
            error_messages={"invalid_choice": PICK, "required": _("Chọn ít nhất một mục.")},
        )

    def answer(self, cleaned: Any) -> Any:
        """Store the list of values."""
        return list(cleaned) or None

    def sent(self, name: str, answer: Any) -> dict[str, Any]:
        """Send a value per ticked row."""
        return {name: list(answer)}

    def show(self, answer: Any, question: Field, context: FormContext) -> str:
        """Say the labels, comma-separated."""
        labels = dict(_options(question, context.language))
        return ", ".join(labels.get(value, value) for value in answer)


class YesNoKind(TextKind):
    """Yes or no, never pre-selected; stored as true or false."""

    code = "yes_no"

    def form_field(self, _question: Field, _context: FormContext) -> forms.Field:
        """Two rows."""
        return forms.TypedChoiceField(
            choices=[("yes", gettext("Có")), ("no", gettext("Không"))],
            coerce=lambda value: value == "yes",
            empty_value=None,
            widget=forms.RadioSelect(),
            error_messages={"required": _("Chọn Có hoặc Không.")},
        )

    def answer(self, cleaned: Any) -> Any:
        """Store the truth value."""
        return cleaned

    def initial(self, answer: Any) -> Any:
        """Select the stored row."""
        return None if answer is None else ("yes" if answer else "no")

    def show(self, answer: Any, _question: Field, _context: FormContext) -> str:
        """Say it."""
        return gettext("Có") if answer else gettext("Không")
