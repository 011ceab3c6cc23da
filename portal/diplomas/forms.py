"""Forms of the officers' pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.common.clock import local_day
from portal.common.form_fields import DatePartsField, PersonalIdField
from portal.common.spoken import spoken
from portal.diplomas.models import Issuer, Level
from portal.diplomas.models.entries import Gender
from portal.diplomas.normal.dates import read_date, spoken_date
from portal.diplomas.normal.names import kept_name
from portal.diplomas.normal.numbers import checked_number
from portal.diplomas.records import FIELDS, Record

FIRST_YEAR = 1945
_LONG = 100


class BookForm(forms.Form):
    """Which book: whose, of which level, of which year."""

    use_required_attribute = False
    issuer = forms.ChoiceField(
        label=_("Cơ quan cấp bằng"),
        help_text=_("Tên ghi trên bằng; cơ quan có thể không còn."),
        error_messages={"required": _("Chọn cơ quan cấp bằng.")},
    )
    level = forms.ChoiceField(
        label=_("Bằng tốt nghiệp"), choices=Level.choices, error_messages={"required": _("Chọn loại bằng.")}
    )
    year = forms.IntegerField(
        label=_("Năm tốt nghiệp"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-short", "maxlength": "4"}),
        error_messages={
            "required": _("Ghi năm tốt nghiệp."),
            "invalid": _("Năm gồm 4 chữ số, ví dụ 1987."),
        },
    )

    def __init__(self, issuers: list[Issuer], *arguments: Any, **options: Any) -> None:
        """Offer the issuers whose books the officer's office keeps."""
        super().__init__(*arguments, **options)
        choices = [(str(each.pk), each.name) for each in issuers]
        self.fields["issuer"] = forms.ChoiceField(
            label=self.fields["issuer"].label,
            help_text=self.fields["issuer"].help_text,
            choices=choices if len(choices) == 1 else [("", gettext("Chọn")), *choices],
            error_messages={
                "required": gettext("Chọn cơ quan cấp bằng."),
                "invalid_choice": gettext("Chọn cơ quan cấp bằng."),
            },
        )
        self.order_fields(["issuer", "level", "year", "school", "january", "file"])

    def clean_year(self) -> int:
        """Keep to years of which there can be diplomas."""
        year: int = self.cleaned_data["year"]
        if not FIRST_YEAR <= year <= local_day(timezone.now()).year:
            raise forms.ValidationError(_("Năm gồm 4 chữ số, từ 1945 đến năm nay."))
        return year


class ImportForm(BookForm):
    """A workbook for a book."""

    school = forms.CharField(
        label=_("Trường"),
        required=False,
        max_length=200,
        help_text=_("Dùng cho các dòng không ghi tên trường."),
    )
    january = forms.BooleanField(
        label=_("Ngày 01/01 nghĩa là chỉ rõ năm sinh"),
        required=False,
        initial=True,
        help_text=_("Sổ cũ thường ghi như vậy khi không rõ ngày, tháng."),
    )
    file = forms.FileField(
        label=_("Tệp Excel"),
        help_text=_("Một tệp .xlsx cho một sổ; bước sau anh/chị chọn cột nào là gì."),
        error_messages={"required": _("Chọn tệp .xlsx."), "empty": _("Tệp trống. Chọn tệp khác.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class DecisionForm(forms.Form):
    """By which decision an entry changes."""

    use_required_attribute = False
    number = forms.CharField(
        label=_("Số quyết định"),
        max_length=100,
        help_text=_("Ví dụ 125/QĐ-SGDĐT"),
        error_messages={"required": _("Ghi số quyết định.")},
    )
    on = DatePartsField(label=_("Ngày quyết định"))
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Ghi lý do.")},
    )

    def clean_on(self) -> date:
        """Refuse a decision of tomorrow."""
        day: date = self.cleaned_data["on"]
        if day > local_day(timezone.now()):
            raise forms.ValidationError(_("Ngày này chưa tới. Xem lại năm."))
        return day


class CorrectionForm(DecisionForm):
    """A corrected line: every column of the book, with the decision."""

    def __init__(self, content: dict[str, str], personal_id: str, *arguments: Any, **options: Any) -> None:
        """Show the line as it is."""
        super().__init__(*arguments, **options)
        self._old = content
        for each in FIELDS:
            value = content.get(each.name, "")
            if each.name == "gender":
                self.fields[each.name] = forms.ChoiceField(
                    label=str(each.label),
                    required=False,
                    initial=value,
                    choices=[("", gettext("Không ghi")), *Gender.choices],
                )
                continue
            date_like = each.name in {"birth", "signed_on"}
            self.fields[each.name] = forms.CharField(
                label=str(each.label),
                required=each.name == "full_name",
                initial=spoken_date(value) if date_like else value,
                max_length=each.length,
                help_text=gettext("Ngày/tháng/năm, hoặc chỉ năm") if each.name == "birth" else "",
                widget=forms.Textarea(attrs={"rows": 2})
                if each.length > _LONG and each.name == "note"
                else None,
            )
        self.fields["personal_id"] = PersonalIdField(
            label=gettext_lazy("Số định danh cá nhân"), required=False, initial=personal_id
        )
        self.order_fields([*(each.name for each in FIELDS), "personal_id", "number", "on", "reason"])

    def clean(self) -> dict[str, Any]:
        """Bring names, numbers and dates to their kept form, each with its own sentence."""
        cleaned = super().clean() or {}
        today = local_day(timezone.now())
        readers: dict[str, Callable[[str], str]] = {
            "full_name": kept_name,
            "serial": checked_number,
            "register_number": checked_number,
            "birth": lambda text: read_date(text, latest=today, first_of_january_is_unknown=False),
            "signed_on": lambda text: read_date(text, latest=today, first_of_january_is_unknown=False),
        }
        for name, read in readers.items():
            if cleaned.get(name):
                try:
                    cleaned[name] = read(cleaned[name])
                except ValueError as error:
                    self.add_error(name, spoken(error))
        return cleaned

    def record(self) -> Record:
        """Give the corrected line; call it only after ``is_valid()``."""
        values = {each.name: self.cleaned_data.get(each.name) or "" for each in FIELDS}
        return Record.of(values, self.cleaned_data.get("personal_id") or "")


class ScanForm(forms.Form):
    """A scanned page of a book."""

    use_required_attribute = False
    page = forms.IntegerField(
        label=_("Trang số"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-short", "maxlength": "4"}),
        error_messages={"required": _("Ghi số trang."), "invalid": _("Ghi số trang, ví dụ 12.")},
    )
    file = forms.FileField(
        label=_("Ảnh hoặc PDF của trang"),
        error_messages={"required": _("Chọn ảnh hoặc tệp PDF."), "empty": _("Tệp trống. Chọn tệp khác.")},
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )
