"""Text, numbers and dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common import text
from portal.common.form_fields import DatePartsField
from portal.procedures.definition import Field
from portal.procedures.ports import FormContext


class TextKind:
    """One line of text, kept as typed but NFC and without stray blanks."""

    code = "text"
    sensitive = False

    def form_field(self, question: Field, _context: FormContext) -> forms.Field:
        """One line, 200 characters unless the question says otherwise."""
        return forms.CharField(max_length=int(question.settings.get("max_length", 200)))

    def answer(self, cleaned: Any) -> Any:
        """Tidy the text; nothing typed is no answer."""
        return text.tidy(cleaned) or None

    def initial(self, answer: Any) -> Any:
        """Show what is stored."""
        return answer

    def sent(self, name: str, answer: Any) -> dict[str, Any]:
        """One value under the question's name."""
        return {name: str(self.initial(answer))}

    def show(self, answer: Any, _question: Field, _context: FormContext) -> str:
        """Show what is stored."""
        return str(answer)

    def keys(self, _answer: Any) -> Iterable[tuple[str, str]]:
        """Nothing to be found by."""
        return ()


class LongTextKind(TextKind):
    """Several lines; line breaks are kept."""

    code = "long_text"

    def form_field(self, question: Field, _context: FormContext) -> forms.Field:
        """Offer a text area, 2,000 characters unless the question says otherwise."""
        return forms.CharField(
            max_length=int(question.settings.get("max_length", 2_000)),
            widget=forms.Textarea(attrs={"rows": 5}),
        )

    def answer(self, cleaned: Any) -> Any:
        """Keep the lines, normalise the letters."""
        return text.nfc(cleaned).strip() or None


class NumberKind(TextKind):
    """A whole number within ``settings["min"]`` and ``settings["max"]``."""

    code = "number"

    def form_field(self, question: Field, _context: FormContext) -> forms.Field:
        """Whole numbers only."""
        return forms.IntegerField(
            min_value=question.settings.get("min"),
            max_value=question.settings.get("max"),
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            error_messages={"invalid": _("Ghi một số nguyên, ví dụ 3.")},
        )

    def answer(self, cleaned: Any) -> Any:
        """Store the number."""
        return cleaned


class DateKind(TextKind):
    """A day, typed as day, month and year; stored as ISO text."""

    code = "date"

    def form_field(self, question: Field, context: FormContext) -> forms.Field:
        """Three boxes; ``settings["from_today"]`` and ``["until_today"]`` limit the day."""
        validators = []
        if question.settings.get("from_today"):
            validators.append(_not_before(context.today))
        if question.settings.get("until_today"):
            validators.append(_not_after(context.today))
        return DatePartsField(validators=validators)

    def answer(self, cleaned: Any) -> Any:
        """Store ISO text."""
        return cleaned.isoformat() if cleaned else None

    def initial(self, answer: Any) -> Any:
        """Give the day back."""
        return dt.date.fromisoformat(answer) if answer else None

    def sent(self, name: str, answer: Any) -> dict[str, Any]:
        """Three boxes."""
        day = dt.date.fromisoformat(answer)
        return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}

    def show(self, answer: Any, _question: Field, _context: FormContext) -> str:
        """Write dd/mm/yyyy."""
        return f"{dt.date.fromisoformat(answer):%d/%m/%Y}"


def _not_before(today: dt.date) -> Any:
    def check(day: dt.date) -> None:
        if day < today:
            raise forms.ValidationError(_("Ngày này đã qua. Chọn từ hôm nay trở đi."))

    return check


def _not_after(today: dt.date) -> Any:
    def check(day: dt.date) -> None:
        if day > today:
            raise forms.ValidationError(_("Ngày này chưa tới. Anh/chị xem lại năm."))

    return check
