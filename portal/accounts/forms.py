"""Forms of this room's pages."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Relation
from portal.accounts.selectors import today
from portal.common.codes import clean_personal_id
from portal.common.text import tidy

OLDEST_CHILD: Final = 25
LIKE_A_PERSONAL_ID: Final = 9


class PasswordForm(forms.Form):
    """What an officer knows."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=150,
        error_messages={"required": _("Anh/chị nhập tên đăng nhập.")},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        max_length=200,
        strip=False,
        error_messages={"required": _("Anh/chị nhập mật khẩu.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_username(self) -> str:
        """Stop a citizen at the wrong door: failed names are stored, and a personal ID must not be."""
        name: str = self.cleaned_data["username"]
        if sum(letter.isdigit() for letter in name) >= LIKE_A_PERSONAL_ID:
            raise ValidationError(_("Trang này dành cho cán bộ. Người dân đăng nhập bằng VNeID."))
        return name


class CodeForm(forms.Form):
    """What an officer has: six digits of the app, or a recovery code."""

    code = forms.CharField(
        label=_("Mã 6 số trong ứng dụng xác thực"),
        max_length=20,
        error_messages={"required": _("Anh/chị nhập mã đang hiện trong ứng dụng.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class BirthDateWidget(forms.MultiWidget):
    """Three boxes: day, month, year, as people say a birth date."""

    template_name = "accounts/birth_date_widget.html"

    def __init__(self) -> None:
        """Name the boxes, so that a phone's keyboard and a reader know them."""
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 2, "size": 2}),
            "month": forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 2, "size": 2}),
            "year": forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "size": 4}),
        }
        super().__init__(boxes)

    def decompress(self, value: date | None) -> list[int | None]:
        """Take a date apart."""
        return [value.day, value.month, value.year] if value else [None, None, None]


class BirthDateField(forms.MultiValueField):
    """A past day, typed in three boxes."""

    widget = BirthDateWidget

    def __init__(self, **kwargs: Any) -> None:
        """Three numbers, all needed."""
        boxes = tuple(forms.CharField(required=False, max_length=4) for _box in range(3))
        super().__init__(boxes, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> date | None:
        """Put a date together, or say which part is wrong."""
        parts = [tidy(str(part or "")) for part in data_list]
        if len(parts) != len(self.fields) or not all(part.isascii() and part.isdigit() for part in parts):
            raise ValidationError(_("Ngày sinh cần đủ ngày, tháng, năm bằng chữ số. Anh/chị nhập lại."))
        try:
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
        except ValueError:
            raise ValidationError(_("Không có ngày này trong lịch. Anh/chị xem lại ngày sinh.")) from None


class ClaimForm(forms.Form):
    """Which child, and what the citizen is to it."""

    relation = forms.ChoiceField(
        label=_("Anh/chị là gì của trẻ?"),
        choices=Relation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Anh/chị chọn một quan hệ.")},
    )
    child_name = forms.CharField(
        label=_("Họ và tên của trẻ"),
        max_length=120,
        help_text=_("Như trong giấy khai sinh."),
        error_messages={"required": _("Anh/chị nhập họ và tên của trẻ.")},
    )
    child_birth_date = BirthDateField(
        label=_("Ngày sinh của trẻ"),
        help_text=_("Ví dụ: 27 3 2018."),
        error_messages={"required": _("Anh/chị nhập ngày sinh của trẻ.")},
    )
    child_personal_id = forms.CharField(
        label=_("Số định danh cá nhân của trẻ"),
        max_length=20,
        help_text=_("12 chữ số, ghi trên giấy khai sinh hoặc căn cước của trẻ."),
        error_messages={"required": _("Anh/chị nhập số định danh của trẻ.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_child_name(self) -> str:
        """Tidy the name; blanks alone are no name."""
        name = tidy(self.cleaned_data["child_name"])
        if not name:
            raise ValidationError(_("Anh/chị nhập họ và tên của trẻ."))
        return name

    def clean_child_birth_date(self) -> date:
        """Refuse only what no child's birth date can be."""
        born: date = self.cleaned_data["child_birth_date"]
        if not today().year - OLDEST_CHILD <= born.year or born > today():
            raise ValidationError(_("Ngày sinh này không phải của trẻ em. Anh/chị xem lại năm sinh."))
        return born

    def clean_child_personal_id(self) -> str:
        """Take blanks away; anything else is said back."""
        try:
            return clean_personal_id(self.cleaned_data["child_personal_id"])
        except ValueError as error:
            raise ValidationError(str(error)) from error
