"""Plain text of pages: for search, for checks, for descriptions."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from wagtail.blocks import ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.fields import RichTextField, StreamField

_TAG = re.compile(r"<[^>]+>")
_BREAK = re.compile(r"</(?:p|li|h\d|ul|ol)>")
#: fields of Wagtail's own that are no text of the page
_NOT_TEXT = frozenset(
    {"slug", "url_path", "seo_title", "search_description", "draft_title", "expire_at", "procedure_code",
     "school_code", "content_type", "notice_link"}
)  # fmt: skip


def plain(markup: str) -> str:
    """Take the tags out of rich text; ends of paragraphs become blanks."""
    return " ".join(html.unescape(_TAG.sub("", _BREAK.sub(" ", markup))).split())


def text_of(page: Any) -> str:
    """Give all texts of a page's own fields, in their order, the title left out."""
    return " ".join(part for part in _parts(page) if part)


def _parts(page: Any) -> Iterator[str]:
    for field in page._meta.get_fields():  # noqa: SLF001 - Django's name for it
        if field.name in _NOT_TEXT or field.name == "title" or not hasattr(page, field.name):
            continue
        if field.auto_created or getattr(field, "remote_field", None):
            continue
        value = getattr(page, field.name)
        if isinstance(field, StreamField):
            yield stream_text(value)
        elif isinstance(field, RichTextField):
            yield plain(value)
        elif field.get_internal_type() in {"CharField", "TextField"} and isinstance(value, str):
            yield value


def stream_text(value: Any) -> str:
    """Give the text of a stream's blocks."""
    return " ".join(" ".join(_block(child.block, child.value)) for child in value)


def _block(block: Any, value: Any) -> Iterator[str]:
    if value is None:
        return
    if isinstance(block, RichTextBlock):
        yield plain(value.source)
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            if name not in {"code", "kind", "variants"}:
                yield from _block(child, value.get(name))
    elif isinstance(block, StreamBlock):
        yield stream_text(value)
    elif isinstance(block, ListBlock):
        for item in value:
            yield from _block(block.child_block, item)
    elif isinstance(value, str):
        yield value
