"""Page types. A procedure page points to its procedure by code, a plain string."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from cms import selectors, structured
from cms.blocks import PLAIN_TEXT, QuestionBlock
from cms.models.base import PortalPage
from cms.models.base import today as _today


class HomePage(PortalPage):
    """The front door: one question, the procedures most people come for, the code look-up."""

    hero_title = models.CharField(_("Câu hỏi lớn"), max_length=80, default="Anh/chị cần làm việc gì?")
    hero_lead = models.CharField(
        _("Lời dẫn"),
        max_length=200,
        default="Nộp hồ sơ và theo dõi kết quả giáo dục của tỉnh, không phải đến cơ quan.",
    )
    notice_title = models.CharField(_("Tin quan trọng: tiêu đề"), max_length=120, blank=True)
    notice_text = models.CharField(_("Tin quan trọng: nội dung"), max_length=300, blank=True)
    notice_link = models.URLField(_("Tin quan trọng: đường dẫn"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "cms.ProcedureIndexPage",
        "cms.NewsIndexPage",
        "cms.GuidanceIndexPage",
        "cms.DocumentIndexPage",
        "cms.ContactPage",
        "cms.StandardPage",
        "cms.SchoolSitesPage",
    ]
    max_count = 2  # one for each language
    content_panels: ClassVar[list[Any]] = [
        *PortalPage.content_panels,
        FieldPanel("hero_title"),
        FieldPanel("hero_lead"),
        MultiFieldPanel(
            [FieldPanel("notice_title"), FieldPanel("notice_text"), FieldPanel("notice_link")],
            heading=_("Tin quan trọng (để trống thì không hiện)"),
        ),
    ]

    class Meta:
        verbose_name = _("Trang chủ")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the procedures offered today."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["cards"] = selectors.cards(self.locale, get_language() or "vi", _today())[:6]
        context["services"] = selectors.services_of(context["cards"])
        context["index"] = selectors.index_of(self.locale)
        context["news"] = selectors.newest_news(self.locale)[:3]
        context["life_events"] = selectors.life_events(context["cards"])
        return context


class ProcedureIndexPage(PortalPage):
    """The catalogue of procedures, with a search that understands missing marks."""

    lead = models.CharField(_("Lời dẫn"), max_length=300, blank=True)

    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.ProcedurePage"]
    max_count = 2
    content_panels: ClassVar[list[Any]] = [*PortalPage.content_panels, FieldPanel("lead")]

    search_kind = "page"

    class Meta:
        verbose_name = _("Danh mục thủ tục")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the procedures, narrowed by ``?q=``."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        query = request.GET.get("q", "").replace("\x00", "")[:120].strip()
        cards = selectors.cards(self.locale, get_language() or "vi", _today())
        event = request.GET.get("viec", "")
        context["query"] = query
        context["life_events"] = selectors.life_events(cards)
        context["event"] = event
        context["cards"] = [
            card
            for card in selectors.matching(cards, query)
            if not event or event in card.facts.life_events
        ]
        context["services"] = selectors.services_of(context["cards"])
        context["all_count"] = len(cards)
        return context


class ProcedurePage(PortalPage):
    """What a citizen reads before starting. Facts come from the procedure; editors add guidance."""

    procedure_code = models.CharField(_("Mã thủ tục"), max_length=40)
    guidance = RichTextField(_("Hướng dẫn thêm"), blank=True, features=PLAIN_TEXT)
    questions = StreamField(
        [("question", QuestionBlock())], verbose_name=_("Câu hỏi thường gặp"), blank=True
    )

    parent_page_types: ClassVar[list[str]] = ["cms.ProcedureIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *PortalPage.content_panels,
        FieldPanel("procedure_code"),
        FieldPanel("guidance"),
        FieldPanel("questions"),
    ]

    search_kind = "procedure"

    class Meta:
        verbose_name = _("Trang thủ tục")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the procedure's facts of today."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        procedure = selectors.facts_of(self.procedure_code, get_language() or "vi", _today())
        context["procedure"] = procedure
        if procedure is not None:
            context["facts"] = selectors.fact_rows(procedure)
            context["steps"] = selectors.step_rows(procedure)
            context["structured"] = structured.procedure(procedure, self.url or "")
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer 410 for a procedure that is offered no more: better than a page that misleads."""
        response = super().serve(request, *args, **kwargs)
        if (
            isinstance(response, TemplateResponse)
            and (response.context_data or {}).get("procedure") is None
        ):
            response.status_code = 410
        return response
