"""Papers of a draft: given, turned, moved, removed, given again. Only its writer's views call these."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from portal.documents import selectors as documents
from portal.documents import services as papers
from portal.procedures import prepaid
from portal.procedures.models import Draft
from portal.procedures.papers import draft_papers
from portal.procedures.services.drafts import KEPT

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


def add_paper_file(*, draft: Draft, paper: str, upload: UploadedFile[Any]) -> None:
    """Keep an upload as the paper's last page.

    Raises ``PaperRefusedError`` with a sentence, or ``SubjectClosedError`` where the draft was
    submitted or deleted meanwhile.
    """
    papers.take_upload(
        owner_id=draft.writer.user_id,
        subject=draft_papers(draft),
        paper=paper,
        upload=upload,
        still_open=partial(touch_draft, draft),
    )


def reuse_paper(*, draft: Draft, paper: str) -> int:
    """Copy the writer's latest own copy of a paper into the draft; return how many pages."""
    before = given_before(draft, [paper]).get(paper, [])
    copied = papers.reuse_paper(
        owner_id=draft.writer.user_id,
        subject=draft_papers(draft),
        paper=paper,
        page_ids=[page.pk for page in before],
        still_open=partial(touch_draft, draft),
    )
    return len(copied)


def given_before(draft: Draft, names: list[str]) -> dict[str, list[documents.PaperFile]]:
    """Give the pages of papers that the writer handed in with an earlier dossier."""
    return documents.given_before(draft.writer.user_id, names, ["dossier"])


def turn_paper_page(*, draft: Draft, public_id: UUID) -> bool:
    """Turn a photo of the draft by a quarter, clockwise."""
    page = documents.page_of(draft_papers(draft), public_id)
    return page is not None and papers.turn_page(
        page=page, degrees=90, still_open=partial(touch_draft, draft)
    )


def move_paper_page(*, draft: Draft, public_id: UUID) -> bool:
    """Let a page come one place earlier."""
    page = documents.page_of(draft_papers(draft), public_id)
    return page is not None and papers.move_page(
        page=page, earlier=True, still_open=partial(touch_draft, draft)
    )


def remove_paper_page(*, draft: Draft, public_id: UUID) -> bool:
    """Take a page out of the draft."""
    page = documents.page_of(draft_papers(draft), public_id)
    return page is not None and papers.remove_page(page=page, still_open=partial(touch_draft, draft))


def touch_draft(draft: Draft) -> bool:
    """Lock the draft's row and keep it for another while; False where it is no longer written.

    Raises ``DraftLockedError`` while it is being paid for.

    The revision stays: a page of answers that is open elsewhere does not depend on the papers.
    """
    now = timezone.now()
    still_written = bool(
        Draft.objects.filter(pk=draft.pk, state=Draft.State.WRITING).update(
            saved_at=now, expires_at=now + KEPT
        )
    )
    if still_written:
        prepaid.before_change(draft)
    return still_written
