"""What Wagtail tells of pages: kept pages are forgotten, the search is brought up to date, in the same transaction."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from cms import page_cache
from portal.search import services as search


def page_changed(*, instance: Any, **_: Any) -> None:
    """Take a page that was published, taken down, moved or deleted, with its questions."""
    with transaction.atomic():
        page_cache.purge()
        pages = [instance.pk]
        # a new slug or place changes the addresses below
        if instance.numchild:
            pages += instance.get_descendants().values_list("pk", flat=True)
        for pk in pages:
            search.refresh(source="page", key=str(pk))
        if hasattr(instance, "questions"):
            for child in instance.questions:
                search.refresh(source="question", key=f"{instance.pk}-{child.id}")
            search.forget_missing(source="question", prefix=f"{instance.pk}-")


def page_deleted(*, instance: Any, **_: Any) -> None:
    """Take a page that is no more."""
    with transaction.atomic():
        page_cache.purge()
        search.refresh(source="page", key=str(instance.pk))
        search.forget_missing(source="question", prefix=f"{instance.pk}-")


def shared_changed(**_: Any) -> None:
    """Take a notice, a key date, a category, an image or a file that changed: any page may show it."""
    page_cache.purge()
