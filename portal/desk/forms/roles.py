"""What is asked before a role is given, ended or lent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.ports import Role
from portal.common.form_fields import DatePartsField
from portal.organisations.selectors import Kind

_EVERYWHERE = (Role.LEADER, Role.EDITOR, Role.FINANCE, Role.AUDITOR, Role.ADMINISTRATOR)
# what there is to do at an organisation of each kind
ROLES_AT: dict[str, tuple[Role, ...]] = {
    Kind.SCHOOL: (Role.SCHOOL_CLERK, Role.PRINCIPAL, *_EVERYWHERE),
    Kind.COMMUNE: (Role.COMMUNE_OFFICER, *_EVERYWHERE),
    Kind.DEPARTMENT: (Role.DEPARTMENT_OFFICER, *_EVERYWHERE),
}


class UsernameForm(forms.Form):
    """Whom: officers are named by the user name, which is theirs alone."""

    use_required_attribute = False
    username = forms.CharField(
        label=_("Tên đăng nhập của cán bộ"),
        max_length=150,
        error_messages={"required": _("Ghi tên đăng nhập của cán bộ.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )


class AssignForm(UsernameForm):
    """A role from a day on."""

    role = forms.ChoiceField(
        label=_("Vai trò"),
        error_messages={
            "required": _("Chọn vai trò."),
            "invalid_choice": _("Chọn vai trò trong danh sách."),
        },
    )
    valid_from = DatePartsField(label=_("Từ ngày"))
    valid_to = DatePartsField(
        label=_("Đến trước ngày"), required=False, help_text=_("Bỏ trống nếu chưa biết ngày kết thúc")
    )

    def __init__(self, kind: str, *args: Any, **options: Any) -> None:
        """Offer the roles that there are at an organisation of this kind."""
        super().__init__(*args, **options)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [
            ("", _("Chọn vai trò")),
            *((role.value, role.label) for role in ROLES_AT.get(kind, ())),
        ]


class EndForm(forms.Form):
    """The first day without the role."""

    use_required_attribute = False
    on = DatePartsField(label=_("Ngày đầu tiên không còn vai trò này"))


class LendForm(UsernameForm):
    """Days of a leave."""

    valid_from = DatePartsField(label=_("Từ ngày"))
    valid_to = DatePartsField(label=_("Đến trước ngày"))

    def __init__(self, *args: Any, **options: Any) -> None:
        """Say whose name is asked for."""
        super().__init__(*args, **options)
        self.fields["username"].label = _("Tên đăng nhập của người làm thay")
