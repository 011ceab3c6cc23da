"""The components of the portal as template tags; how they look is in `portal/templates/components/`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate

from portal.common.clock import Calendar
from portal.common.due_words import DueLabel, due_label
from portal.common.icons import ICONS
from portal.common.navigation import CITIZEN_LINKS, current_link, links_for
from portal.common.status_tags import STATUS_TAGS

register = template.Library()

NOTICE_ICONS = {
    "info": "info",
    "success": "check",
    "warning": "warning",
    "danger": "warning",
    "season": "calendar",
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon in the colour of the text; ``label`` only where no words stand beside it."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"there is no icon {name!r}; see portal/common/icons.py")
    meaning = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" focusable="false" {}>{}</svg>',
        meaning,
        mark_safe(ICONS[name]),  # noqa: S308 -- our own drawings, never input
    )


@register.inclusion_tag("components/tag.html")
def status_tag(state: int | str) -> dict[str, Any]:
    """Show one of the ten states (1–10) or "draft" as a tag."""
    known = STATUS_TAGS[int(state) if str(state).isdigit() else state]
    return {"kind": known.kind, "icon_name": known.icon, "words": known.words}


@register.inclusion_tag("components/tag.html", name="tag")
def plain_tag(kind: str, icon_name: str, words: str) -> dict[str, Any]:
    """Show any other tag: kind info, danger, warning, neutral, success, done or draft; an icon; words."""
    return {"kind": kind, "icon_name": icon_name, "words": words}


@register.inclusion_tag("components/due.html")
def due(
    day: date | DueLabel | None,
    today: date | None = None,
    *,
    calendar: Calendar | None = None,
    hour: str = "",
    paused_since: date | None = None,
    done_on: date | None = None,
) -> dict[str, Any]:
    """Show how much time is left. ``day`` may be a ready `DueLabel` (lists: one calendar for all rows)."""
    if isinstance(day, DueLabel):
        return {"due": day}
    label = due_label(
        day, today or localdate(), calendar=calendar, hour=hour, paused_since=paused_since, done_on=done_on
    )
    return {"due": label}


@register.inclusion_tag("components/nav_links.html", takes_context=True)
def nav_links(context: template.Context, side: str = "citizen") -> dict[str, Any]:
    """List the links of a header, the one we are under marked; ``side`` citizen or desk.

    The desk's follow the roles that its pages put into the context as ``desk_roles``.
    """
    links = links_for(context.get("desk_roles", ())) if side == "desk" else CITIZEN_LINKS
    request = context.get("request")
    path = request.path.removeprefix("/en") if request is not None else ""
    return {"links": links, "current": current_link(links, path), "localised": side != "desk"}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """List what must be put right, first thing in main; nothing while all is well."""
    problems = [problem for form in forms for problem in _problems(form)]
    return {"problems": problems, "count": len(problems)}


def _problems(form: BaseForm) -> Iterable[dict[str, str]]:
    if not form.is_bound:
        return
    for words in form.non_field_errors():
        yield {"words": str(words), "target": ""}
    for field in form:
        for words in field.errors:
            yield {"words": str(words), "target": first_control(field)}


@register.filter
def first_control(field: BoundField) -> str:
    """Give the id of a field's first control: where a link from the error summary must land."""
    if field.id_for_label:
        return field.id_for_label
    return field.subwidgets[0].id_for_label or field.auto_id if field.subwidgets else field.auto_id


@register.filter
def control_kind(field: BoundField) -> str:
    """Say how a field's control is laid out: checkbox, choices, date, file, select or plain."""
    widget = field.field.widget
    kind = getattr(widget, "input_type", "")
    if kind == "checkbox" and not widget.use_fieldset:
        return "checkbox"
    if kind in {"radio", "checkbox"}:
        return "choices"
    return kind if kind in {"file", "select"} else "plain"


@register.filter
def choice_hint(field: BoundField, value: Any) -> str:
    """Give the second line of a choice, if the form's field carries `choice_hints = {value: words}`."""
    hints = getattr(field.field, "choice_hints", {})
    return str(hints.get(value, hints.get(str(value), "")))


@register.simple_block_tag
def notice(
    content: str, kind: str = "info", title: str = "", *, heading: int = 0, wide: bool = False
) -> SafeString:
    """Frame a message: info, success, warning, danger or season; with ``heading=2`` its title is an h2."""
    return _component(
        "notice",
        {
            "kind": kind,
            "title": title,
            "heading": heading,
            "wide": wide,
            "icon_name": NOTICE_ICONS[kind],
            "body": content,
        },
    )


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Set a remark apart by a bronze line."""
    return _component("inset", {"body": content})


@register.simple_block_tag
def panel(content: str, title: str = "", level: int = 2) -> SafeString:
    """Frame a part of the page, with a heading of ``level`` when there is a title."""
    return _component("panel", {"body": content, "title": title, "level": level})


@register.simple_block_tag
def details(content: str, title: str, *, opened: bool = False) -> SafeString:
    """Fold an answer under its question."""
    return _component("details", {"body": content, "title": title, "opened": opened})


@register.simple_block_tag
def confirmation(
    content: str, title: str, kind: str = "success", icon_name: str = "check", level: int = 1
) -> SafeString:
    """Say at the top of a page what has just come about; it takes the focus. Never a toast."""
    context = {"body": content, "title": title, "kind": kind, "icon_name": icon_name, "level": level}
    return _component("confirmation", context)


@register.simple_block_tag
def action_bar(content: str, title: str, note: str = "") -> SafeString:
    """Lay an officer's next steps along the foot of the screen; each leads to a page that asks again."""
    return _component("action_bar", {"body": content, "title": title, "note": note})


@register.simple_block_tag
def empty(content: str, title: str, icon_name: str = "file") -> SafeString:
    """Say what will stand here, and give one link."""
    return _component("empty", {"body": content, "title": title, "icon_name": icon_name})


@register.simple_block_tag
def stopped(content: str, title: str, icon_name: str = "warning") -> SafeString:
    """Fill a page that cannot go on: ``title`` is its h1 and says what happened, the body what to do."""
    return _component("stopped", {"body": content, "title": title, "icon_name": icon_name})


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any], words: str = "") -> dict[str, Any]:
    """Show "1–9 trong 14" and numbered links that keep the filters of the address; ``words`` names the things."""
    request = context.get("request")
    query: QueryDict = request.GET.copy() if request is not None else QueryDict(mutable=True)
    query.pop("trang", None)
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "words": words, "rest": query.urlencode(), "numbers": list(numbers)}


@register.inclusion_tag("components/progress.html")
def progress(step: int, steps: int) -> dict[str, Any]:
    """Show "Bước 2 trên 5" and its bar."""
    return {"step": step, "steps": steps, "marks": _marks(step, range(1, steps + 1))}


@register.inclusion_tag("components/step_list.html")
def step_list(names: Iterable[str], step: int) -> dict[str, Any]:
    """List the names of a form's pages in the aside, the present one marked."""
    return {
        "rows": [
            {"name": name, **mark} for name, mark in zip(names, _marks(step, range(1, 100)), strict=False)
        ]
    }


def _marks(step: int, numbers: Iterable[int]) -> list[dict[str, Any]]:
    kinds = {True: "done", False: "later"}
    return [{"number": n, "kind": "now" if n == step else kinds[n < step]} for n in numbers]


def _component(name: str, context: dict[str, Any]) -> SafeString:
    return render_to_string(f"components/{name}.html", context)
