"""Controls that the browser does not have: a date in three boxes, a personal ID with blanks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Parts = tuple[str, str, str]

PARTS: tuple[tuple[str, Promise, int, str], ...] = (
    ("day", _("Ngày"), 2, "bday-day"),
    ("month", _("Tháng"), 2, "bday-month"),
    ("year", _("Năm"), 4, "bday-year"),
)


class DatePartsWidget(forms.Widget):
    """Day, month and year in a box each. Whatever was typed stays in its box, however wrong."""

    template_name = "look/date_parts.html"
    use_fieldset = True

    def __init__(self, *, birthday: bool = False) -> None:
        """Let the browser fill in the person's own birthday where ``birthday`` is set."""
        super().__init__()
        self.birthday = birthday

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> Parts:
        """Read the three boxes as typed; a whole date typed into the first one is taken apart."""
        day, month, year = (str(data.get(f"{name}-{part}", "")).strip() for part, *_rest in PARTS)
        pieces = day.replace("-", "/").replace(".", "/").split("/")
        if not month and not year and len(pieces) == len(PARTS):
            day, month, year = pieces
        return day, month, year

    def value_omitted_from_data(self, data: Mapping[str, Any], _files: Any, name: str) -> bool:
        """Say whether the form was sent without any of the boxes."""
        return not any(f"{name}-{part}" in data for part, *_rest in PARTS)

    def id_for_label(self, id_: str) -> str:
        """Lead the label to the first box."""
        return f"{id_}-day" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Describe the boxes for the template."""
        context = super().get_context(name, None, attrs)
        typed = _parts(value)
        invalid = bool(context["widget"]["attrs"].get("aria-invalid"))
        identity = context["widget"]["attrs"].get("id", f"id_{name}")
        context["widget"]["boxes"] = [
            {
                "part": part,
                "label": label,
                "name": f"{name}-{part}",
                "id": f"{identity}-{part}",
                "value": text,
                "maxlength": 10 if part == "day" else length,
                "autocomplete": hint if self.birthday else "off",
                "invalid": invalid,
            }
            for (part, label, length, hint), text in zip(PARTS, typed, strict=True)
        ]
        return context


def _parts(value: Any) -> Parts:
    if isinstance(value, date):
        return str(value.day), str(value.month), str(value.year)
    if isinstance(value, tuple):
        day, month, year = value
        return str(day), str(month), str(year)
    return "", "", ""


class PersonalIdInput(forms.TextInput):
    """Twelve digits, typed with or without blanks; the phone shows its digits."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Ask for digits and keep browsers from remembering them."""
        super().__init__(
            {"inputmode": "numeric", "autocomplete": "off", "class": "figures w-id", **(attrs or {})}
        )
