"""Reports for editors: pages whose review day has come, and what people look for without finding it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.components import Component
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page, get_page_models

from cms.models import PortalPage
from portal.common.clock import local_day
from portal.search import selectors as search


def stale_pages() -> Any:
    """List live pages whose review day has come, or that nobody has described for search engines and lists."""
    day = local_day(timezone.now())
    rule = Q(pk__in=[])
    for model in get_page_models():
        if issubclass(model, PortalPage):
            rule |= Q(pk__in=model.objects.filter(review_on__lte=day).values("pk"))
    return Page.objects.live().filter(rule).order_by("title")


class StalePages(PageReportView):  # type: ignore[misc]  # Wagtail ships no types
    """Pages to look at again."""

    index_url_name = "stale_pages"
    index_results_url_name = "stale_pages_results"
    page_title = _("Trang cần xem lại")
    header_icon = "date"
    list_export: ClassVar[list[str]] = [*PageReportView.list_export, "latest_revision_created_at"]

    def get_base_queryset(self) -> Any:
        """Give them."""
        return stale_pages()


class ReviewPanel(Component):  # type: ignore[misc]  # Wagtail ships no types
    """How many pages wait, on the dashboard."""

    name = "review"
    template_name = "cms/admin/review_panel.html"
    order = 250

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Count them."""
        del parent_context
        return {"count": stale_pages().count()}


@require_admin_access
@require_GET
def unanswered(request: HttpRequest) -> HttpResponse:
    """List what was looked for at least three times and not found."""
    rows = list(search.unanswered())
    return render(
        request,
        "cms/admin/unanswered.html",
        {"rows": rows, "page_title": gettext("Tìm mà không ra"), "header_icon": "search"},
    )
