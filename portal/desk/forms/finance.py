"""What is asked at the pages of those who keep the books."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.form_fields import DatePartsField
from portal.common.money import parse_dong
from portal.common.spoken import spoken

REASON_LENGTH = 300


class ReasonForm(forms.Form):
    """Why something is decided: whoever checks later reads it."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=REASON_LENGTH,
        error_messages={
            "required": _("Ghi lý do: người kiểm tra sau này cần biết."),
            "max_length": _("Lý do dài quá 300 ký tự. Ghi ngắn hơn."),
        },
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RefundForm(ReasonForm):
    """How much goes back, and why."""

    amount = forms.CharField(
        label=_("Số tiền hoàn"),
        max_length=20,
        error_messages={"required": _("Ghi số tiền hoàn.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    field_order = ("amount", "reason")

    def clean_amount(self) -> int:
        """Read the amount as people write it."""
        try:
            return parse_dong(self.cleaned_data["amount"])
        except ValueError as error:
            raise forms.ValidationError(spoken(error)) from error


class DaysForm(forms.Form):
    """From a day to a day, both included."""

    use_required_attribute = False
    first = DatePartsField(label=_("Từ ngày"))
    last = DatePartsField(label=_("Đến hết ngày"))

    def clean(self) -> dict[str, Any]:
        """Let the first day come first."""
        said = super().clean() or self.cleaned_data
        first, last = said.get("first"), said.get("last")
        if first and last and last < first:
            self.add_error("last", _("Ngày cuối đứng trước ngày đầu. Xem lại hai ngày."))
        return said


class ExportListForm(DaysForm):
    """The accountants' list: two buttons, one for each kind of file."""

    form = forms.ChoiceField(choices=[("xlsx", "XLSX"), ("csv", "CSV")])


class DayForm(forms.Form):
    """One day."""

    use_required_attribute = False
    day = DatePartsField(label=_("Ngày"))
