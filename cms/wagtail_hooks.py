"""What editors find in Wagtail's admin: what pages share, reports, warnings while they write."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms import references, reports
from cms.models import KeyDate, NewsCategory, NoticeBanner
from portal.search.selectors import Synonym


class _Categories(SnippetViewSet):  # type: ignore[misc]  # Wagtail ships no types
    model = NewsCategory
    icon = "folder-open-1"
    list_display = ("name", "slug")


class _Banners(SnippetViewSet):  # type: ignore[misc]  # Wagtail ships no types
    model = NoticeBanner
    icon = "warning"
    list_display = ("title", "shown_from", "shown_to", "urgent")


class _KeyDates(SnippetViewSet):  # type: ignore[misc]  # Wagtail ships no types
    model = KeyDate
    icon = "calendar-alt"
    list_display = ("name", "season", "phase", "starts", "ends")


class _Synonyms(SnippetViewSet):  # type: ignore[misc]  # Wagtail ships no types
    model = Synonym
    icon = "search"
    list_display = ("term", "means")
    panels = (FieldPanel("term"), FieldPanel("means"), FieldPanel("both_ways"))


class _Shared(SnippetViewSetGroup):  # type: ignore[misc]  # Wagtail ships no types
    menu_label = _("Dùng chung")
    menu_icon = "snippet"
    menu_order = 250
    items = (_Banners, _KeyDates, _Categories, _Synonyms)


register_snippet(_Shared)


@hooks.register("register_admin_urls")
def _urls() -> list[Any]:
    return [
        path("bao-cao/can-xem-lai/", reports.StalePages.as_view(), name="stale_pages"),
        path(
            "bao-cao/can-xem-lai/ket-qua/",
            reports.StalePages.as_view(results_only=True),
            name="stale_pages_results",
        ),
        path("bao-cao/tim-khong-ra/", reports.unanswered, name="unanswered_searches"),
    ]


@hooks.register("register_reports_menu_item")
def _stale() -> MenuItem:
    return MenuItem(_("Trang cần xem lại"), reverse("stale_pages"), icon_name="date", order=700)


@hooks.register("register_reports_menu_item")
def _unanswered() -> MenuItem:
    return MenuItem(_("Tìm mà không ra"), reverse("unanswered_searches"), icon_name="search", order=710)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def _warn_of_literals(request: HttpRequest, page: Any) -> None:
    """Warn of amounts and days that are written out: tomorrow they may be wrong, a reference never is."""
    if not hasattr(page, "text"):
        return
    found = list(dict.fromkeys(references.literals(page.text())))[:5]
    if found:
        messages.warning(
            request,
            gettext(
                "Trang ghi thẳng %(found)s. Nếu là lệ phí hay thời hạn của một thủ tục, hãy thay bằng [fee:MÃ]"
                " hoặc [days:MÃ] để luôn đúng."
            )
            % {"found": ", ".join(f"“{each}”" for each in found)},
        )


@hooks.register("construct_homepage_panels")
def _remind(request: HttpRequest, panels: list[Any]) -> None:
    """Show on the dashboard how many pages wait to be looked at again."""
    panels.append(reports.ReviewPanel())
    del request
