"""A school's own small site: a sub-tree with its own editors, menu, news and admission notice."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from cms import selectors
from cms.blocks import BodyBlock
from cms.models.base import PortalPage
from portal.organisations import selectors as organisations


class SchoolSitesPage(PortalPage):
    """All schools that have a site of their own."""

    lead = models.CharField(_("Lời dẫn"), max_length=300, blank=True)
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.SchoolSitePage"]
    max_count_per_parent = 1
    content_panels: ClassVar[list[Any]] = [*PortalPage.content_panels, FieldPanel("lead")]
    search_kind = "page"

    class Meta:
        verbose_name = _("Các trang trường")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the schools' sites."""
        context = super().get_context(request, *args, **kwargs)
        context["pages"] = self.get_children().live().public().order_by("title")
        return context


class SchoolSitePage(PortalPage):
    """The front page of a school. Name, address and levels come from the register by code."""

    school_code = models.CharField(_("Mã trường"), max_length=20, unique=True)
    lead = models.CharField(_("Lời giới thiệu"), max_length=300, blank=True)
    notice_title = models.CharField(_("Thông báo: tiêu đề"), max_length=120, blank=True)
    notice_text = models.CharField(_("Thông báo: nội dung"), max_length=400, blank=True)
    admission_text = models.TextField(
        _("Thông báo tuyển sinh"),
        max_length=1_500,
        blank=True,
        help_text=_("Ghi ngày bằng [date:MÙA/ĐỢT] để luôn đúng."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("Nội dung"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["cms.SchoolSitesPage"]
    subpage_types: ClassVar[list[str]] = ["cms.NewsIndexPage", "cms.StandardPage"]
    content_panels: ClassVar[list[Any]] = [
        *PortalPage.content_panels,
        FieldPanel("school_code", read_only=True),
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("notice_title"), FieldPanel("notice_text")], heading=_("Thông báo")),
        FieldPanel("admission_text"),
        FieldPanel("body"),
    ]
    search_kind = "page"

    class Meta:
        verbose_name = _("Trang trường")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the school of the register, its menu and news."""
        context = super().get_context(request, *args, **kwargs)
        context["school"] = organisations.by_code(self.school_code)
        context["site_page"] = self
        context["menu"] = self.get_children().live().public().in_menu()
        context["news"] = selectors.news_below(self)[:4]
        return context
