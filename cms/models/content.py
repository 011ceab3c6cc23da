"""News, guidance, questions, documents, contact and whatever else editors write."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField

from cms import selectors, structured
from cms.blocks import PLAIN_TEXT, BodyBlock, QuestionBlock
from cms.models.base import PortalPage, today
from portal.organisations import selectors as organisations

NEWS_PER_PAGE = 12


def page_number(request: HttpRequest) -> int:
    """Read ``?trang=``; anything odd is the first page."""
    asked = request.GET.get("trang", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1  # noqa: PLR2004 - digits


class NewsIndexPage(PortalPage):
    """All news, newest first, by category."""

    lead = models.CharField(_("Lời dẫn"), max_length=300, blank=True)
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage", "cms.SchoolSitePage"]
    subpage_types: ClassVar[list[str]] = ["cms.NewsPage"]
    content_panels: ClassVar[list[Any]] = [*PortalPage.content_panels, FieldPanel("lead")]
    search_kind = "page"

    class Meta:
        verbose_name = _("Mục tin tức")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the news of a category and a page."""
        context = super().get_context(request, *args, **kwargs)
        category = request.GET.get("chuyen-muc", "")[:50].replace("\x00", "")
        found = selectors.news_below(self, category)
        context["categories"] = selectors.categories_below(self)
        context["category"] = category
        context["news"] = Paginator(found, NEWS_PER_PAGE).get_page(page_number(request))
        return context


class NewsPage(PortalPage):
    """A piece of news."""

    dated = models.DateField(_("Ngày"), default=today)
    category = models.ForeignKey(
        "cms.NewsCategory", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("Chuyên mục"),
    )  # fmt: skip
    lead = models.CharField(_("Sa-pô"), max_length=300, help_text=_("Một hai câu: ai, việc gì, khi nào."))
    lead_image = models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("Ảnh đầu bài"),
    )  # fmt: skip
    body = StreamField(BodyBlock(), verbose_name=_("Nội dung"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["cms.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *PortalPage.content_panels,
        *[FieldPanel(name) for name in ("dated", "category", "lead", "lead_image", "body")],
    ]
    search_kind = "news"

    class Meta:
        verbose_name = _("Tin")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the newest of the others."""
        context = super().get_context(request, *args, **kwargs)
        context["others"] = selectors.news_below(self.get_parent()).exclude(pk=self.pk)[:3]
        return context


class GuidanceIndexPage(PortalPage):
    """All guidance."""

    lead = models.CharField(_("Lời dẫn"), max_length=300, blank=True)
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.GuidancePage", "cms.QuestionsPage"]
    content_panels: ClassVar[list[Any]] = [*PortalPage.content_panels, FieldPanel("lead")]
    search_kind = "page"

    class Meta:
        verbose_name = _("Mục hướng dẫn")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the pages below."""
        context = super().get_context(request, *args, **kwargs)
        context["pages"] = self.get_children().live().public().specific(defer=False)
        return context


class GuidancePage(PortalPage):
    """How to do something, step by step."""

    lead = models.CharField(_("Lời dẫn"), max_length=300)
    body = StreamField(BodyBlock(), verbose_name=_("Nội dung"), blank=True)
    parent_page_types: ClassVar[list[str]] = ["cms.GuidanceIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *PortalPage.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    search_kind = "guidance"

    class Meta:
        verbose_name = _("Hướng dẫn")


class QuestionsPage(PortalPage):
    """Questions about one matter, with their other wordings: they feed the search and the assistant."""

    lead = models.CharField(_("Lời dẫn"), max_length=300, blank=True)
    questions = StreamField(
        [("question", QuestionBlock())], verbose_name=_("Câu hỏi"), min_num=1, max_num=40
    )
    parent_page_types: ClassVar[list[str]] = ["cms.GuidanceIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *PortalPage.content_panels,
        FieldPanel("lead"),
        FieldPanel("questions"),
    ]
    search_kind = "page"

    class Meta:
        verbose_name = _("Hỏi đáp")

    @property
    def structured(self) -> dict[str, Any]:
        """Say the questions as search engines read them."""
        return structured.questions(selectors.questions_of(self, self.locale.language_code, today()))


class DocumentIndexPage(PortalPage):
    """All documents, newest first."""

    lead = models.CharField(_("Lời dẫn"), max_length=300, blank=True)
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.DocumentPage"]
    content_panels: ClassVar[list[Any]] = [*PortalPage.content_panels, FieldPanel("lead")]
    search_kind = "page"

    class Meta:
        verbose_name = _("Mục văn bản")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the documents of a page."""
        context = super().get_context(request, *args, **kwargs)
        found = DocumentPage.objects.child_of(self).live().public().order_by("-issued_on", "title")
        context["documents"] = Paginator(found, 20).get_page(page_number(request))
        return context


class DocumentPage(PortalPage):
    """A legal text or another official document."""

    number = models.CharField(_("Số, ký hiệu"), max_length=60, help_text=_("Ví dụ: 29/2024/TT-BGDĐT"))
    authority = models.CharField(_("Cơ quan ban hành"), max_length=150)
    issued_on = models.DateField(_("Ngày ban hành"))
    in_force_from = models.DateField(_("Hiệu lực từ"), null=True, blank=True)
    in_force_to = models.DateField(_("Hết hiệu lực từ"), null=True, blank=True)
    summary = RichTextField(_("Tóm tắt"), features=PLAIN_TEXT)
    file = models.ForeignKey(
        "wagtaildocs.Document", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("Tệp"),
    )  # fmt: skip
    parent_page_types: ClassVar[list[str]] = ["cms.DocumentIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *PortalPage.content_panels,
        *[
            FieldPanel(name)
            for name in (
                "number",
                "authority",
                "issued_on",
                "in_force_from",
                "in_force_to",
                "summary",
                "file",
            )
        ],
    ]
    search_kind = "document"

    class Meta:
        verbose_name = _("Văn bản")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Say whether it is in force today."""
        context = super().get_context(request, *args, **kwargs)
        context["is_over"] = self.in_force_to is not None and self.in_force_to <= today()
        context["not_yet"] = self.in_force_from is not None and self.in_force_from > today()
        return context


class ContactPage(PortalPage):
    """Where the department is and how to reach it; the communes' offices by name."""

    lead = models.CharField(_("Lời dẫn"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("Nội dung"), blank=True)
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *PortalPage.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    search_kind = "page"

    class Meta:
        verbose_name = _("Liên hệ")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the department and the communes of the register."""
        context = super().get_context(request, *args, **kwargs)
        context["department"] = organisations.department_or_none()
        context["communes"] = organisations.communes()
        return context


class StandardPage(PortalPage):
    """Any other page: about us, privacy, accessibility."""

    lead = models.CharField(_("Lời dẫn"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("Nội dung"), blank=True)
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage", "cms.SchoolSitePage", "cms.StandardPage"]
    content_panels: ClassVar[list[Any]] = [
        *PortalPage.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    search_kind = "page"

    class Meta:
        verbose_name = _("Trang nội dung")
