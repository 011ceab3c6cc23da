"""A form with every kind of field, as it comes and with everything wrong that can be."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from portal.common.form_fields import DatePartsField, PersonalIdField


class SampleForm(forms.Form):
    """Every kind of field once. Its words are samples and stay Vietnamese in every language."""

    use_required_attribute = False

    name = forms.CharField(
        label="Họ và tên cháu",
        help_text="Như trong giấy khai sinh.",
        max_length=60,
        error_messages={"required": "Ghi họ và tên cháu."},
    )
    personal_id = PersonalIdField(
        label="Số định danh cá nhân của cháu",
        help_text="12 chữ số, có trên giấy khai sinh. Gõ liền hoặc cách đều được.",
    )
    birthday = DatePartsField(label="Ngày sinh của cháu", help_text="Ví dụ 5 9 2018")
    school = forms.ChoiceField(
        label="Trường chuyển đến",
        choices=[("1", "Trường Tiểu học Ban Trắng"), ("2", "Trường Tiểu học và THCS Bản Trang")],
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn một trường trong danh sách."},
    )
    grade = forms.ChoiceField(
        label="Vào lớp",
        choices=[("", "Chọn lớp"), ("4", "Lớp 4"), ("5", "Lớp 5")],
        error_messages={"required": "Chọn lớp."},
    )
    reasons = forms.MultipleChoiceField(
        label="Vì sao gia đình muốn chuyển trường?",
        help_text="Chọn được nhiều ý.",
        choices=[("move", "Gia đình chuyển nơi ở"), ("hardship", "Hoàn cảnh khó khăn")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một lý do."},
    )
    paper = forms.FileField(
        label="Bảng tổng hợp kết quả rèn luyện và học tập",
        help_text="Chụp thẳng, đủ bốn góc, đủ sáng. Ảnh hoặc PDF, mỗi tệp không quá 10 MB.",
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
        error_messages={"required": "Chọn một tệp."},
    )
    note = forms.CharField(
        label="Điều muốn nói thêm", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    truth = forms.BooleanField(
        label="Tôi cam đoan những điều đã khai là đúng",
        error_messages={"required": "Đánh dấu để cam đoan."},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Give the schools their second lines."""
        super().__init__(*args, **options)
        self.fields["school"].choice_hints = {  # type: ignore[attr-defined]  # the look reads it
            "1": "Phường Ban Trắng",
            "2": "Xã Pú Hoa",
        }


class WrongSampleForm(SampleForm):
    """The same with one mistake in every field; what was typed stays where it was typed."""

    TYPED: ClassVar[dict[str, Any]] = {
        "sai-personal_id": "99931800451",
        "sai-birthday-day": "31",
        "sai-birthday-month": "9",
        "sai-birthday-year": "2018",
        "sai-note": "Cháu quen học buổi sáng.",
    }

    def __init__(self) -> None:
        """Bind the mistakes."""
        super().__init__(self.TYPED, {}, prefix="sai")
