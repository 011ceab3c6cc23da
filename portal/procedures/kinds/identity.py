"""Who somebody is and how to reach them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common import codes, text
from portal.common.form_fields import PersonalIdField
from portal.common.spoken import spoken
from portal.procedures.definition import Field
from portal.procedures.kinds.plain import TextKind
from portal.procedures.ports import FormContext


class _CheckedText(forms.CharField):
    """Text that one of our pure checks cleans; its sentence becomes the form's error."""

    def __init__(self, check: Any, **options: Any) -> None:
        self.check = check
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        """Clean by the check, showing its sentence when it refuses."""
        value = super().clean(value)
        if not value:
            return value
        try:
            return self.check(value)
        except ValueError as error:
            raise forms.ValidationError(spoken(error)) from error


class NameKind(TextKind):
    """A person's name: any letters, any number of syllables, kept as typed."""

    code = "name"

    def form_field(self, _question: Field, _context: FormContext) -> forms.Field:
        """Up to 120 characters."""
        return forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def answer(self, cleaned: Any) -> Any:
        """Tidy only: names are never re-spelt."""
        return text.tidy(cleaned) or None


class PersonalIdKind(TextKind):
    """Số định danh cá nhân: twelve digits, encrypted at rest, masked on every page."""

    code = "personal_id"
    sensitive = True

    def form_field(self, _question: Field, _context: FormContext) -> forms.Field:
        """Blanks and dots between the digits are accepted."""
        return PersonalIdField()

    def answer(self, cleaned: Any) -> Any:
        """Store the twelve digits."""
        return cleaned or None

    def show(self, answer: Any, _question: Field, _context: FormContext) -> str:
        """Mask the middle."""
        return codes.mask_personal_id(answer)

    def keys(self, answer: Any) -> Iterable[tuple[str, str]]:
        """Officers find a dossier by the ID typed in full."""
        return (("personal-id", answer),)


class PhoneKind(TextKind):
    """A Vietnamese phone number, stored as E.164."""

    code = "phone"

    def form_field(self, _question: Field, _context: FormContext) -> forms.Field:
        """Blanks and dots are accepted."""
        return _CheckedText(
            codes.clean_phone,
            max_length=30,
            widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        )

    def answer(self, cleaned: Any) -> Any:
        """Store E.164."""
        return cleaned or None

    def initial(self, answer: Any) -> Any:
        """Show it as people write it."""
        return codes.spoken_phone(answer) if answer else answer

    def show(self, answer: Any, _question: Field, _context: FormContext) -> str:
        """Show it as people write it."""
        return codes.spoken_phone(answer)

    def keys(self, answer: Any) -> Iterable[tuple[str, str]]:
        """Officers find a dossier by phone."""
        return (("phone", answer),)


class EmailKind(TextKind):
    """An e-mail address."""

    code = "email"

    def form_field(self, _question: Field, _context: FormContext) -> forms.Field:
        """Check the shape only."""
        return forms.EmailField(
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
            error_messages={"invalid": _("Địa chỉ thư điện tử cần có dạng ten@noi.vn.")},
        )
