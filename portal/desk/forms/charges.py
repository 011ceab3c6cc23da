"""What a school is asked before it charges, corrects or takes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.common.form_fields import DatePartsField
from portal.common.money import parse_dong
from portal.common.spoken import spoken

MOST_UNITS = 366
_TITLE = 120
_REASON = 200


class MoneyField(forms.CharField):
    """Whole đồng as people write them: 30000, 30.000, 30.000 đ."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "figures w-id"})

    def clean(self, value: Any) -> Any:
        """Give the number, or the sentence of :func:`portal.common.money.parse_dong`."""
        value = super().clean(value)
        try:
            return parse_dong(value)
        except ValueError as error:
            raise ValidationError(spoken(error), code="money") from error


class QuantityField(forms.IntegerField):
    """How many units: a whole number within a year's days."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "figures w-id"})

    def __init__(self, **options: Any) -> None:
        """Take the options of a number field."""
        super().__init__(
            min_value=1,
            max_value=MOST_UNITS,
            error_messages={
                "required": _("Ghi số lượng."),
                "invalid": _("Số lượng là số nguyên, ví dụ 20."),
                "min_value": _("Số lượng phải từ 1 đến 366."),
                "max_value": _("Số lượng phải từ 1 đến 366."),
            },
            **options,
        )


class ChargeForm(forms.Form):
    """What to collect; subclasses add from whom."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("Loại khoản thu"),
        error_messages={
            "required": _("Chọn loại khoản thu."),
            "invalid_choice": _("Chọn loại khoản thu trong danh sách."),
        },
    )
    title = forms.CharField(
        label=_("Tên khoản thu"),
        help_text=_("Phụ huynh đọc tên này, ví dụ: Tiền ăn bán trú tháng 12/2026. Không ghi tên học sinh."),
        max_length=_TITLE,
        error_messages={
            "required": _("Ghi tên khoản thu."),
            "max_length": _("Tên dài quá 120 ký tự. Ghi ngắn hơn."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    unit_price = MoneyField(
        label=_("Đơn giá"),
        help_text=_("Đồng, ví dụ 30.000"),
        error_messages={"required": _("Ghi đơn giá.")},
    )
    due_on = DatePartsField(label=_("Hạn nộp"))

    def __init__(self, kinds: Sequence[tuple[str, str]], *args: Any, **options: Any) -> None:
        """Offer what the school may charge for."""
        super().__init__(*args, **options)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 - tells the type checker
        kind.choices = [("", _("Chọn loại khoản thu")), *kinds]


class ListForm(ChargeForm):
    """A charge for a class, a grade or the whole school; everybody the same."""

    whom = forms.ChoiceField(
        label=_("Thu của"),
        error_messages={
            "required": _("Chọn lớp, khối hoặc toàn trường."),
            "invalid_choice": _("Chọn lớp hoặc khối trong danh sách."),
        },
    )
    quantity = QuantityField(
        label=_("Số lượng mỗi học sinh"), help_text=_("Số ngày, số tháng…, ví dụ 20"), initial=1
    )
    field_order = ("kind", "title", "whom", "unit_price", "quantity", "due_on")

    def __init__(
        self, kinds: Sequence[tuple[str, str]], whom: Sequence[Any], *args: Any, **options: Any
    ) -> None:
        """Offer the school's grades and classes."""
        super().__init__(kinds, *args, **options)
        field = self.fields["whom"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", _("Chọn học sinh")), *whom]


class FileForm(ChargeForm):
    """A charge from an Excel file; the file says how many units each pupil takes."""

    file = forms.FileField(
        label=_("Tệp Excel"),
        help_text=_("Dạng .xlsx, mỗi học sinh một dòng"),
        max_length=200,
        error_messages={
            "required": _("Chọn tệp .xlsx để tải lên."),
            "missing": _("Chọn tệp .xlsx để tải lên."),
            "empty": _("Tệp này trống. Chọn tệp khác."),
            "max_length": _("Tên tệp quá dài. Đổi tên ngắn hơn rồi tải lại."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    field_order = ("kind", "title", "unit_price", "due_on", "file")


class ReasonForm(forms.Form):
    """Why something that parents have seen is changed."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Lý do"),
        help_text=_("Phụ huynh đọc được lý do này. Không ghi tên người khác."),
        max_length=_REASON,
        error_messages={
            "required": _("Ghi lý do."),
            "max_length": _("Lý do dài quá 200 ký tự. Ghi ngắn hơn."),
        },
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CorrectForm(ReasonForm):
    """Another quantity."""

    quantity = QuantityField(label=_("Số lượng đúng"))
    field_order = ("quantity", "reason")


class DraftExemptionForm(forms.Form):
    """On what ground a pupil need not pay; empty takes it back."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Lý do miễn"),
        help_text=_("Ví dụ: hộ nghèo, khuyết tật. Để trống nếu không miễn."),
        required=False,
        max_length=_REASON,
        error_messages={"max_length": _("Lý do dài quá 200 ký tự. Ghi ngắn hơn.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class PaidAtSchoolForm(forms.Form):
    """How a parent paid at the school."""

    use_required_attribute = False
    way = forms.ChoiceField(
        label=_("Cách nộp"),
        choices=[("cash", _("Tiền mặt")), ("transfer", _("Chuyển khoản cho trường"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Chọn tiền mặt hay chuyển khoản."),
            "invalid_choice": _("Chọn tiền mặt hay chuyển khoản."),
        },
    )
    reason = forms.CharField(
        label=_("Số phiếu thu"),
        help_text=_("Nếu có, ví dụ: Phiếu thu 12"),
        required=False,
        max_length=60,
        error_messages={"max_length": _("Số phiếu thu dài quá 60 ký tự.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def first_due_day(today: dt.date) -> dt.date:
    """Suggest a last day to pay: two weeks from today."""
    return today + dt.timedelta(days=14)
