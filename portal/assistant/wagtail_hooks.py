"""The editors' answers in Wagtail's admin."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.assistant.models import Question


class QuestionViewSet(SnippetViewSet):  # type: ignore[misc]  # Wagtail ships no types
    """List, search and write answers; a change stands in the next answer that is given."""

    model = Question
    icon = "help"
    menu_label = _("Câu trả lời của trợ lý")
    add_to_admin_menu = True
    list_display: ClassVar[list[str]] = ["title", "topic", "updated_on"]
    list_filter: ClassVar[list[str]] = ["topic"]
    search_fields: ClassVar[list[str]] = ["title", "variants", "answer"]
    panels: ClassVar[list[Any]] = [
        FieldPanel(name)
        for name in (
            "topic", "title", "variants", "answer", "procedure_code", "show", "link", "valid_from", "valid_to",
        )
    ]  # fmt: skip


register_snippet(QuestionViewSet)
