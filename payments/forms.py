"""How somebody wants to pay."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class MethodField(forms.ChoiceField):
    """Three ways; each has a second line."""

    choice_hints = {  # noqa: RUF012 - words, the same for every field
        "qr": _("Quét mã bằng ứng dụng ngân hàng hoặc ví điện tử"),
        "domestic": _("Thẻ ATM hoặc tài khoản ngân hàng trong nước"),
        "international": _("Visa, MasterCard, JCB"),
    }


class MethodForm(forms.Form):
    """The one question of the pay page."""

    use_required_attribute = False
    method = MethodField(
        label=_("Cách thanh toán"),
        choices=[
            ("qr", _("Quét mã VNPAY-QR")),
            ("domestic", _("Thẻ nội địa")),
            ("international", _("Thẻ quốc tế")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Chọn một cách thanh toán."),
            "invalid_choice": _("Chọn một cách thanh toán trong danh sách."),
        },
    )
