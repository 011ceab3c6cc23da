"""What Django says of a form is Vietnamese, calls nothing "trường", and tells what to do."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import pytest
import wagtail.forms
from babel.messages.pofile import read_po
from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import formset_factory
from django.utils.translation import gettext, override

from portal.settings.parts.places import PROJECT_DIR
from tests.locale.support import has_vietnamese

VIETNAMESE = PROJECT_DIR / "locale" / "vi" / "LC_MESSAGES" / "django.po"
CHOICES = [("a", "A"), ("b", "B")]


def _fields() -> Iterator[tuple[str, forms.Field, object]]:
    file = SimpleUploadedFile("anh.jpg", b"khong phai anh")
    yield "required", forms.CharField(), ""
    yield "too long", forms.CharField(max_length=3), "quá dài"
    yield "too short", forms.CharField(min_length=3), "a"
    yield "null", forms.CharField(), "a\x00b"
    yield "email", forms.EmailField(), "không phải"
    yield "url", forms.URLField(), "không phải"
    yield "slug", forms.SlugField(), "có dấu"
    yield "whole", forms.IntegerField(), "ba"
    yield "too much", forms.IntegerField(max_value=3), "4"
    yield "too little", forms.IntegerField(min_value=3), "2"
    yield "step", forms.IntegerField(step_size=5), "3"
    yield "step from", forms.IntegerField(step_size=5, min_value=1), "3"
    yield "decimal", forms.DecimalField(), "ba"
    yield "digits", forms.DecimalField(max_digits=2), "123"
    yield "places", forms.DecimalField(decimal_places=1), "1.25"
    yield "before the comma", forms.DecimalField(max_digits=3, decimal_places=2), "12.1"
    yield "date", forms.DateField(), "hôm qua"
    yield "time", forms.TimeField(), "sáng"
    yield "moment", forms.DateTimeField(), "sáng qua"
    yield "duration", forms.DurationField(), "lâu"
    yield "choice", forms.ChoiceField(choices=CHOICES), "c"
    yield "choices", forms.MultipleChoiceField(choices=CHOICES), ["a", "c"]
    yield "no list", forms.MultipleChoiceField(choices=CHOICES), "a"
    yield "pattern", forms.RegexField(r"[0-9]+"), "chữ"
    yield "uuid", forms.UUIDField(), "không phải"
    yield "json", forms.JSONField(), "{"
    yield "address", forms.GenericIPAddressField(), "không phải"
    yield "no file", forms.FileField(), None
    yield "not a file", forms.FileField(), "x"
    yield "empty file", forms.FileField(), SimpleUploadedFile("trong.pdf", b"")
    yield "long name", forms.FileField(max_length=5), file
    yield "no picture", forms.ImageField(), file
    yield "kind of file", forms.FileField(validators=[validators.FileExtensionValidator(["pdf"])]), file
    yield "commas", forms.CharField(validators=[validators.validate_comma_separated_integer_list]), "a,b"
    yield "domain", forms.CharField(validators=[validators.DomainNameValidator()]), "x y"


CASES = {name: (field, value) for name, field, value in _fields()}


@pytest.mark.parametrize("name", CASES)
def test_a_forms_error_is_a_kind_vietnamese_sentence(name: str) -> None:
    field, value = CASES[name]
    with override("vi"):
        with pytest.raises(ValidationError) as wrong:
            field.clean(value)
        told = wrong.value.messages
    for sentence in told:
        assert has_vietnamese(sentence), sentence
        assert sentence.endswith("."), sentence
        assert not re.search(r"hợp lệ|[Tt]rường|bạn|[Vv]ui lòng|%\(", sentence), sentence


def test_a_set_of_forms_is_refused_in_vietnamese() -> None:
    rows = formset_factory(forms.Form, max_num=1, min_num=1, validate_max=True)
    sent = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}
    with override("vi"):
        assert [str(words) for words in rows(sent).non_form_errors()] == ["Gửi nhiều nhất 1 mục."]
        assert "Tải lại trang" in str(rows({}).non_form_errors())


def test_a_page_shows_the_sentence() -> None:
    class Form(forms.Form):
        name = forms.CharField(label="Họ và tên")

    with override("vi"):
        assert "Cần điền ô này." in Form({"name": ""}).as_div()


def test_every_sentence_overrides_one_that_django_or_wagtail_has() -> None:
    """A msgid with a slip in it, or one that a new version words otherwise, would silently do nothing."""
    modules = (
        validators, forms.fields, forms.forms, forms.formsets, forms.models, forms.utils, forms.widgets,
        wagtail.forms,
    )  # fmt: skip
    # texts broken over lines are joined: "…" "…"
    said = re.sub(r'"\s*"', "", " ".join(inspect.getsource(module) for module in modules))
    with VIETNAMESE.open("rb") as file:
        ids = [
            message.id if isinstance(message.id, str) else message.id[0]
            for message in read_po(file, locale="vi")
            if message.id
        ]
    assert len(ids) > 50
    assert [text for text in ids if text not in said] == []


def test_our_sentences_win_over_djangos() -> None:
    with override("vi"):
        assert gettext("This field is required.") == "Cần điền ô này."
    with override("en"):
        assert gettext("This field is required.") == "This field is required."
