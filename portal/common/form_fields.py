"""Form fields with exact Vietnamese sentences for what can go wrong."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.common import codes
from portal.common.spoken import spoken
from portal.common.widgets import DatePartsWidget, PersonalIdInput

FIRST_YEAR, LAST_YEAR = 1900, 2200
MONTHS = 12


class DatePartsField(forms.Field):
    """A day in three boxes. Errors name the box that is wrong and say what to do."""

    def __init__(self, *, birthday: bool = False, **options: Any) -> None:
        """Take the options of every field; see :class:`DatePartsWidget` for ``birthday``."""
        options.setdefault("widget", DatePartsWidget(birthday=birthday))
        super().__init__(**options)
        self.error_messages["required"] = _("Ghi đủ ngày, tháng, năm.")

    def to_python(self, value: Any) -> date | None:
        """Read the boxes; raises a sentence for a day that does not exist."""
        if isinstance(value, date):
            return value
        parts = value or ("", "", "")
        if not any(parts):
            return None
        for part, sentence in zip(
            parts, (_("Ghi cả ngày."), _("Ghi cả tháng."), _("Ghi cả năm.")), strict=True
        ):
            if not part:
                raise ValidationError(sentence, code="incomplete")
        if not all(part.isascii() and part.isdecimal() for part in parts):
            raise ValidationError(_("Ngày, tháng, năm chỉ gồm chữ số, ví dụ 5 9 2018."), code="invalid")
        day, month, year = (int(part) for part in parts)
        return _day(day, month, year)


def _day(day: int, month: int, year: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(_("Năm cần đủ 4 chữ số, ví dụ 2018."), code="year")
    if not 1 <= month <= MONTHS:
        raise ValidationError(_("Tháng là số từ 1 đến 12."), code="month")
    longest = calendar.monthrange(year, month)[1]
    if not 1 <= day <= longest:
        raise ValidationError(
            _("Tháng %(month)d chỉ có %(days)d ngày. Anh/chị xem lại ngày."),
            code="day",
            params={"month": month, "days": longest},
        )
    return date(year, month, day)


class PersonalIdField(forms.CharField):
    """Số định danh cá nhân: cleans to twelve digits; blanks and dots between them are forgiven."""

    widget = PersonalIdInput

    def __init__(self, **options: Any) -> None:
        """Take the options of a text field."""
        options.setdefault("max_length", 40)
        super().__init__(**options)
        self.error_messages["required"] = _("Ghi số định danh cá nhân gồm 12 chữ số.")

    def clean(self, value: Any) -> Any:
        """Give the digits, or the sentence of :func:`portal.common.codes.clean_personal_id`."""
        value = super().clean(value)
        if not value:
            return value
        try:
            return codes.clean_personal_id(value)
        except ValueError as error:
            raise ValidationError(spoken(error), code="personal-id") from error
