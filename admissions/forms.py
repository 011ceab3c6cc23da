"""What families fill in: where the child lives, and the schools in their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from admissions.addresses import find_places
from admissions.kinds import show_place
from admissions.models import Place
from admissions.standing import Offer, metres_words, zone_words
from portal.common.codes import clean_phone
from portal.common.form_fields import PersonalIdField
from portal.common.spoken import spoken

_MOST_PLACES = 12
#: schools beyond these are too far for anybody; a family finds them through its commune's office
SHOWN = 30


class HomeForm(forms.Form):
    """The address as people write it; where it may mean several places, these as rows to tap."""

    use_required_attribute = False

    address = forms.CharField(
        label=_("Cháu đang ở đâu?"),
        help_text=_("Thôn, bản, tổ, đường; xã, phường. Ghi địa chỉ cũ có tên huyện cũng được."),
        max_length=200,
        error_messages={"required": _("Ghi nơi ở của cháu, ví dụ Bản Nà Lếch, xã Nậm Ban.")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    place = forms.TypedChoiceField(
        label=_("Nơi nào trong những nơi này?"),
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Địa chỉ này có thể là nhiều nơi. Chọn nơi ở của cháu."),
            "invalid_choice": _("Chọn một nơi trong danh sách."),
        },
    )
    basis = forms.ChoiceField(
        label=_("Gia đình ở đây theo diện nào?"),
        choices=[("permanent", _("Thường trú")), ("present", _("Tạm trú hoặc nơi ở hiện tại"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn thường trú hay tạm trú.")},
    )
    disability = forms.TypedChoiceField(
        label=_("Cháu là trẻ khuyết tật?"),
        help_text=_("Trường có chỗ dành riêng và xem giấy xác nhận khi kiểm tra."),
        choices=[("no", _("Không")), ("yes", _("Có"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn Có hoặc Không.")},
    )
    phone = forms.CharField(
        label=_("Số điện thoại"),
        max_length=20,
        error_messages={"required": _("Ghi số điện thoại để trường gọi khi cần.")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer rows where the address that was sent or shown leaves a choice."""
        super().__init__(*args, **options)
        typed = self.data.get("address") if self.is_bound else self.initial.get("address", "")
        self.found = find_places(str(typed or ""))
        places = self.found.places[:_MOST_PLACES]
        field = self.fields["place"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(place.pk), show_place(place.pk)) for place in places]
        if len(places) < 2:  # noqa: PLR2004 - one place is no choice
            del self.fields["place"]

    def clean_phone(self) -> str:
        """Give the number as it is stored."""
        try:
            return clean_phone(self.cleaned_data["phone"])
        except ValueError as error:
            raise forms.ValidationError(spoken(error)) from error

    def clean(self) -> dict[str, Any]:
        """Come to exactly one place, or say what is missing."""
        cleaned = super().clean() or {}
        if "address" not in cleaned:
            return cleaned
        if self.found.place is not None:
            cleaned["place"] = self.found.place.pk
        elif not self.found.places:
            self.add_error("address", self._nothing())
        return cleaned

    def _nothing(self) -> str:
        if self.found.communes:
            return gettext("Xã, phường này chưa có trong kế hoạch phân tuyến. Gọi tổng đài để được giúp.")
        return gettext("Chưa tìm thấy nơi này. Ghi tên thôn, bản, tổ và xã, phường, cách nhau dấu phẩy.")

    def place_row(self) -> Place:
        """Give the place; call only after ``is_valid()``."""
        return Place.objects.get(pk=self.cleaned_data["place"])


class ChoicesForm(forms.Form):
    """Schools in the family's order; the child's own school stands first."""

    use_required_attribute = False

    def __init__(self, offers: Sequence[Offer], most: int, *args: Any, **options: Any) -> None:
        """Offer the nearest schools, each with what it is to this home and how far it is."""
        super().__init__(*args, **options)
        rows = [(str(offer.school.pk), words_of(offer)) for offer in offers[:SHOWN]]
        labels = (gettext("Nguyện vọng 1"), gettext("Nguyện vọng 2"), gettext("Nguyện vọng 3"))
        for number, label in enumerate(labels[:most]):
            empty = [("", gettext("Chọn trường") if number == 0 else gettext("Không ghi"))]
            self.fields[f"choice-{number}"] = forms.TypedChoiceField(
                label=label,
                choices=[*empty, *rows],
                coerce=int,
                empty_value=None,
                required=number == 0,
                error_messages={
                    "required": gettext("Chọn ít nhất một trường."),
                    "invalid_choice": gettext("Chọn một trường trong danh sách."),
                },
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a school that is named twice, at the later choice."""
        cleaned = super().clean() or {}
        seen: set[int] = set()
        for name in self.fields:
            school = cleaned.get(name)
            if school in seen:
                self.add_error(name, gettext("Trường này đã ghi ở trên. Chọn trường khác hoặc bỏ trống."))
            elif school is not None:
                seen.add(school)
        return cleaned

    def schools(self) -> list[int]:
        """Give the row ids in order, gaps closed; call only after ``is_valid()``."""
        return [self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)]


def words_of(offer: Offer) -> str:
    """Say a school as a choice: name, what it is to the home, how far."""
    return " · ".join(
        part for part in (offer.school.name, zone_words(offer.zone), metres_words(offer.metres)) if part
    )


class ReviewForm(forms.Form):
    """What is wrong in the data held about a child."""

    use_required_attribute = False

    words = forms.CharField(
        label=_("Chỗ nào sai, và đúng phải là gì?"),
        help_text=_("Trường so với giấy khai sinh, thông tin cư trú rồi trả lời anh/chị ở đây."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Ghi chỗ sai và nội dung đúng.")},
    )


class CounterForm(HomeForm):
    """What a helper fills in for a family at the counter."""

    child_id = PersonalIdField(label=_("Số định danh của cháu"))
    adult_id = PersonalIdField(label=_("Số định danh của cha, mẹ, người giám hộ"))
    adult_name = forms.CharField(
        label=_("Họ và tên của người ấy"),
        max_length=120,
        error_messages={"required": _("Ghi họ tên như trong căn cước.")},
    )
    relation = forms.ChoiceField(
        label=_("Là gì của cháu?"),
        choices=[("mother", _("Mẹ")), ("father", _("Bố")), ("guardian", _("Người giám hộ"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn quan hệ với cháu.")},
    )
    field_order = ("child_id", "adult_id", "adult_name", "relation", "address", "place")
