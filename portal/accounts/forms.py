"""Forms of this room's pages."""

from __future__ import annotations

from datetime import date
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Relation
from portal.accounts.selectors import today
from portal.common.form_fields import DatePartsField, PersonalIdField
from portal.common.text import tidy

OLDEST_CHILD: Final = 25
LIKE_A_PERSONAL_ID: Final = 9


class PasswordForm(forms.Form):
    """What an officer knows."""

    use_required_attribute = False

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

    use_required_attribute = False

    code = forms.CharField(
        label=_("Mã 6 số trong ứng dụng xác thực"),
        max_length=20,
        error_messages={"required": _("Anh/chị nhập mã đang hiện trong ứng dụng.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "figures w-id"}
        ),
    )


class ClaimForm(forms.Form):
    """Which child, and what the citizen is to it."""

    use_required_attribute = False

    relation = forms.ChoiceField(
        label=_("Anh/chị là gì của cháu?"),
        choices=Relation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Anh/chị chọn một quan hệ.")},
    )
    child_name = forms.CharField(
        label=_("Họ và tên của cháu"),
        max_length=120,
        help_text=_("Như trong giấy khai sinh."),
        error_messages={"required": _("Anh/chị nhập họ và tên của cháu.")},
    )
    child_birth_date = DatePartsField(
        label=_("Ngày sinh của cháu"),
        help_text=_("Ví dụ: 27 3 2018."),
    )
    child_personal_id = PersonalIdField(
        label=_("Số định danh cá nhân của cháu"),
        help_text=_("12 chữ số, ghi trên giấy khai sinh hoặc căn cước của cháu."),
    )

    def clean_child_name(self) -> str:
        """Tidy the name; blanks alone are no name."""
        name = tidy(self.cleaned_data["child_name"])
        if not name:
            raise ValidationError(_("Anh/chị nhập họ và tên của cháu."))
        return name

    def clean_child_birth_date(self) -> date:
        """Refuse only what no child's birth date can be."""
        born: date = self.cleaned_data["child_birth_date"]
        if not today().year - OLDEST_CHILD <= born.year or born > today():
            raise ValidationError(_("Ngày sinh này không phải của trẻ em. Anh/chị xem lại năm sinh."))
        return born
