"""A school of the province: typed with or without marks, then tapped in a short list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.organisations import selectors as organisations
from portal.procedures.definition import Field
from portal.procedures.kinds.plain import TextKind
from portal.procedures.ports import FormContext

if TYPE_CHECKING:
    from portal.organisations.models import Organisation

SHOWN = 8


class SchoolWidget(forms.Widget):
    """A search box first; once something was typed, the schools that match as rows to tap."""

    template_name = "procedures/widgets/school.html"

    def __init__(self, levels: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.levels = levels

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> tuple[str, str]:
        """Read (what was typed, which row was tapped)."""
        return str(data.get(f"{name}-query", "")), str(data.get(name, ""))

    def value_omitted_from_data(self, data: Mapping[str, Any], _files: Any, name: str) -> bool:
        """Neither box nor row was sent."""
        return name not in data and f"{name}-query" not in data

    def use_required_attribute(self, _initial: Any) -> bool:
        """Leave the browser's own bubble out: the box may be empty while a row is tapped."""
        return False

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """List the matches of what was typed, the chosen school first."""
        context = super().get_context(name, "", attrs)
        query, chosen = value if isinstance(value, tuple) else ("", str(value or ""))
        matches = find(query, self.levels)
        if chosen.isdecimal():
            tapped = organisations.schools().filter(pk=int(chosen)).first()
            if tapped is not None:
                matches = [tapped, *(match for match in matches if match.pk != tapped.pk)]
        context["widget"].update(query=query, chosen=chosen, matches=matches, searched=bool(query.strip()))
        return context


def find(query: str, levels: tuple[str, ...]) -> list[Organisation]:
    """Search schools of the levels (any, when none is named)."""
    if not query.strip():
        return []
    if not levels:
        return organisations.find_schools(query, limit=SHOWN)
    found: dict[int, Organisation] = {}
    for level in levels:
        for school in organisations.find_schools(query, level=level, limit=SHOWN):
            found.setdefault(school.pk, school)
    return list(found.values())[:SHOWN]


def is_offered(school_id: int, levels: tuple[str, ...]) -> bool:
    """Whether the row is a school that exists today and teaches one of the levels (any, if none)."""
    school = organisations.schools().filter(pk=school_id).first()
    return school is not None and (not levels or any(level in levels for level in school.levels))


class SchoolField(forms.Field):
    """Cleans to the school's row id; a search without a tap asks for the tap."""

    def __init__(self, levels: tuple[str, ...] = (), **options: Any) -> None:
        super().__init__(widget=SchoolWidget(levels), **options)
        self.levels = levels

    def clean(self, value: Any) -> Any:
        """Give the row id, or a sentence that says what is missing."""
        query, chosen = value or ("", "")
        if chosen.isdecimal() and is_offered(int(chosen), self.levels):
            return int(chosen)
        if not query.strip():
            if self.required:
                raise forms.ValidationError(_("Ghi tên trường rồi chọn trong danh sách."))
            return None
        if find(query, self.levels):
            raise forms.ValidationError(_("Chọn một trường trong danh sách."))
        raise forms.ValidationError(
            _(
                "Không có trường nào tên gần giống “%(query)s”. Ghi ngắn hơn, ví dụ chỉ tên riêng của trường."
            ),
            params={"query": query[:60]},
        )


class SchoolKind(TextKind):
    """An open school of the province; ``settings["levels"]`` narrows the list."""

    code = "school"

    def form_field(self, question: Field, _context: FormContext) -> forms.Field:
        """Search, then tap."""
        return SchoolField(tuple(question.settings.get("levels", ())))

    def answer(self, cleaned: Any) -> Any:
        """Store the row id."""
        return cleaned

    def show(self, answer: Any, _question: Field, _context: FormContext) -> str:
        """Say the school and its commune."""
        school = organisations.organisation(answer)
        if school.parent is None:
            return school.name
        return gettext("%(school)s, %(commune)s") % {"school": school.name, "commune": school.parent.name}
