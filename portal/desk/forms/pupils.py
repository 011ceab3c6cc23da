"""What is asked before pupils are read from a file, or written into one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.common.school_years import school_year_of

PROVINCE = "tinh"


def years_offered(today: date) -> list[str]:
    """Give the school year of today, the next and the last one."""
    present = school_year_of(today)
    first = int(present[:4])
    return [present, f"{first + 1}-{first + 2}", f"{first - 1}-{first}"]


def file_limit() -> str:
    """Say the largest upload in words."""
    return f"{settings.PUPIL_IMPORT_MAX_BYTES // 2**20} MB"


class ImportForm(forms.Form):
    """Whose pupils, of which year, from which file."""

    use_required_attribute = False
    scope = forms.ChoiceField(
        label=_("Học sinh của"),
        error_messages={"required": _("Chọn trường."), "invalid_choice": _("Chọn trường trong danh sách.")},
    )
    school_year = forms.ChoiceField(
        label=_("Năm học"),
        error_messages={
            "required": _("Chọn năm học."),
            "invalid_choice": _("Chọn năm học trong danh sách."),
        },
    )
    file = forms.FileField(
        label=_("Tệp Excel"),
        max_length=200,
        error_messages={
            "required": _("Chọn tệp .xlsx để tải lên."),
            "missing": _("Chọn tệp .xlsx để tải lên."),
            "empty": _("Tệp này trống. Chọn tệp khác."),
            "max_length": _("Tên tệp quá dài. Đổi tên ngắn hơn rồi tải lại."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, scopes: Sequence[tuple[str, str]], today: date, *args: Any, **options: Any) -> None:
        """Offer the officer's own places and three years."""
        super().__init__(*args, **options)
        scope, year = self.fields["scope"], self.fields["school_year"]
        assert isinstance(scope, forms.ChoiceField)  # noqa: S101 - tells the type checker
        assert isinstance(year, forms.ChoiceField)  # noqa: S101 - tells the type checker
        scope.choices = list(scopes)
        if len(scopes) == 1:
            scope.initial = scopes[0][0]
            scope.widget = forms.HiddenInput()
        year.choices = [(name, name) for name in years_offered(today)]
        self.fields["file"].help_text = gettext("Dạng .xlsx, nhiều nhất %(limit)s") % {
            "limit": file_limit()
        }

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is larger than the setting allows; what is inside, the register's room looks at."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > settings.PUPIL_IMPORT_MAX_BYTES:
            raise ValidationError(
                gettext("Tệp lớn hơn %(limit)s. Chia thành nhiều tệp nhỏ hơn rồi tải từng tệp.")
                % {"limit": file_limit()}
            )
        return file


class ExportForm(forms.Form):
    """Which part of the province."""

    use_required_attribute = False
    commune = forms.ChoiceField(
        label=_("Học sinh của"),
        error_messages={
            "required": _("Chọn xã, phường hoặc toàn tỉnh."),
            "invalid_choice": _("Chọn xã, phường trong danh sách."),
        },
    )

    def __init__(self, communes: Sequence[tuple[str, str]], *args: Any, **options: Any) -> None:
        """Offer the whole province and its communes."""
        super().__init__(*args, **options)
        field = self.fields["commune"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [(PROVINCE, gettext("Toàn tỉnh")), *communes]
