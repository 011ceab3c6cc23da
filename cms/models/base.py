"""What every page type of the portal shares: review dates, texts to be found, being cached whole."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import Page

from cms import references, texts
from portal.common.clock import local_day

HOME_DEPTH = 2  # the tree's root is 1 and never shown


def today() -> dt.date:
    """Give the local day."""
    return local_day(timezone.now())


class PortalPage(Page):  # type: ignore[misc]  # Wagtail ships no types
    """A page of the portal. It says nothing personal, so that it can be cached whole for everybody."""

    review_on = models.DateField(
        _("Xem lại vào ngày"),
        null=True,
        blank=True,
        help_text=_("Đến ngày này trang hiện trong báo cáo “Trang cần xem lại”."),
    )

    #: what search calls it; "" is not found
    search_kind: ClassVar[str] = ""
    #: an English page of this type may hold Vietnamese prose: editors translate it first
    settings_panels: ClassVar[list[Any]] = [
        PublishingPanel(),
        MultiFieldPanel([FieldPanel("review_on")], heading=_("Xem lại định kỳ")),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse references that lead nowhere: a reader would find a hole."""
        super().clean()
        wrong = references.unknown(self.text(), today())
        if wrong:
            raise ValidationError(
                _("Không có dữ kiện nào tên là %(names)s. Xem lại mã ghi trong ngoặc vuông."),
                params={"names": ", ".join(wrong)},
            )

    def text(self) -> str:
        """Give everything that editors wrote, as plain text, references unresolved."""
        return texts.text_of(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the way here, and the day for which facts are shown."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["today"] = today()
        context["crumbs"] = [
            {"title": _("Trang chủ") if page.depth == HOME_DEPTH else page.title, "href": page.url}
            for page in self.get_ancestors().filter(depth__gt=1)
        ]
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Serve the page and say that it may be kept for everybody, unless it opens with a password."""
        response: HttpResponse = super().serve(request, *args, **kwargs)
        response.may_be_kept = not self.get_view_restrictions().exists()  # type: ignore[attr-defined]  # for the page cache
        return response
