"""What is asked for a change that a decision ordered: from when, by which paper, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.form_fields import DatePartsField

SOURCE_LENGTH = 200


class SourceForm(forms.Form):
    """The paper behind a change."""

    use_required_attribute = False
    source = forms.CharField(
        label=_("Căn cứ"),
        help_text=_("Số và ngày của quyết định, ví dụ Quyết định 12/QĐ-UBND ngày 01/06/2026"),
        max_length=SOURCE_LENGTH,
        error_messages={
            "required": _("Ghi văn bản làm căn cứ."),
            "max_length": _("Căn cứ dài quá 200 ký tự. Ghi số và ngày của văn bản."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class DecisionForm(SourceForm):
    """A change with the day from which it counts."""

    on = DatePartsField(label=_("Có hiệu lực từ ngày"))
    field_order = ("name", "parent", "on", "source")


class RenameForm(DecisionForm):
    """Another name."""

    name = forms.CharField(
        label=_("Tên mới"),
        max_length=200,
        error_messages={
            "required": _("Ghi tên mới của đơn vị."),
            "max_length": _("Tên dài quá 200 ký tự. Ghi ngắn hơn."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class MoveForm(DecisionForm):
    """Another organisation above."""

    parent = forms.ChoiceField(
        label=_("Đơn vị cấp trên mới"),
        error_messages={
            "required": _("Chọn đơn vị cấp trên."),
            "invalid_choice": _("Chọn đơn vị trong danh sách."),
        },
    )

    def __init__(self, parents: Sequence[tuple[str, str]], *args: Any, **options: Any) -> None:
        """Offer what may stand above."""
        super().__init__(*args, **options)
        field = self.fields["parent"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", _("Chọn đơn vị")), *parents]


class CalendarDayForm(SourceForm):
    """A day off, or one that is worked in exchange."""

    day = DatePartsField(label=_("Ngày"))
    working = forms.ChoiceField(
        label=_("Ngày này"),
        choices=[("off", _("Nghỉ")), ("worked", _("Làm bù"))],
        initial="off",
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Chọn nghỉ hay làm bù."),
            "invalid_choice": _("Chọn nghỉ hay làm bù."),
        },
    )
    name = forms.CharField(
        label=_("Tên ngày"),
        help_text=_("Ví dụ: Nghỉ bù Giỗ Tổ Hùng Vương"),
        max_length=120,
        error_messages={
            "required": _("Ghi tên ngày."),
            "max_length": _("Tên dài quá 120 ký tự. Ghi ngắn hơn."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("day", "working", "name", "source")
