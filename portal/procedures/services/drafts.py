"""Writing a draft: begun once, saved page by page, deleted by its writer, expired by the clock."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.clock import local_day
from portal.documents.services import discard_papers
from portal.procedures import ports, prepaid, registry
from portal.procedures.answers import relevant, seal, unseal
from portal.procedures.models import Draft
from portal.procedures.papers import draft_papers

if TYPE_CHECKING:
    from portal.accounts.models import Citizen

KEPT = dt.timedelta(days=60)


class StaleDraftError(Exception):
    """The draft was saved elsewhere since the page was shown; what was typed is not lost."""


def start_draft(*, citizen: Citizen, procedure_code: str, anew: bool = False) -> Draft:
    """Give the citizen's open draft of a procedure, or begin one; ``anew`` begins one beside those open.

    Raises ``registry.UnknownProcedureError``.
    """
    definition = registry.current(procedure_code)
    with transaction.atomic():
        draft = (
            Draft.objects.filter(writer=citizen, procedure_code=procedure_code, state=Draft.State.WRITING)
            .order_by("-saved_at")
            .first()
        )
        if draft is not None and not anew:
            return draft
        now = timezone.now()
        return Draft.objects.create(
            definition=registry.stored(definition),
            procedure_code=procedure_code,
            writer=citizen,
            saved_at=now,
            expires_at=now + KEPT,
        )


def save_page(*, draft: Draft, page_name: str, page_answers: dict[str, Any], revision: int) -> Draft:
    """Store a page's answers in the draft as it was shown (``revision``).

    Answers to questions that a changed answer hides are kept in the draft, and left out only at
    submission: changing one's mind twice loses nothing. Raises :class:`StaleDraftError`, or
    ``DraftLockedError`` while the draft is being paid for.
    """
    definition = registry.as_written(draft.definition)
    answers = unseal(draft.answers) | page_answers
    context = ports.FormContext(draft.writer_id, "vi", local_day(timezone.now()))
    derived = ports.hooks_of(definition.code).derive(relevant(definition, answers), context)
    answers |= {
        question.name: derived.get(question.name) for question in definition.fields() if question.derived
    }
    done = [*(name for name in draft.done_pages if name != page_name), page_name]
    now = timezone.now()
    with transaction.atomic():
        changed = Draft.objects.filter(pk=draft.pk, state=Draft.State.WRITING, revision=revision).update(
            answers=seal(definition, answers),
            done_pages=done,
            saved_at=now,
            expires_at=now + KEPT,
            revision=revision + 1,
        )
        if changed:
            prepaid.before_change(draft)
    draft.refresh_from_db()
    if changed != 1:
        raise StaleDraftError(stale_sentence(draft))
    return draft


def stale_sentence(draft: Draft) -> str:
    """Say what happened to the draft meanwhile."""
    if draft.state == Draft.State.SUBMITTED:
        return _("Bản nháp này đã được nộp ở một cửa sổ khác. Xem hồ sơ trong “Hồ sơ của tôi”.")
    if draft.state == Draft.State.DELETED:
        return _("Bản nháp này đã bị xóa ở một cửa sổ khác.")
    return _(
        "Bản nháp này vừa được lưu ở một cửa sổ khác. Những gì anh/chị nhập ở đây vẫn còn nguyên: "
        "xem lại, rồi bấm “Tiếp tục” lần nữa để giữ bản này."
    )


def delete_draft(*, draft: Draft) -> bool:
    """Delete what was typed; False where it was submitted or deleted already. Money on its way goes back."""
    with transaction.atomic():
        changed = Draft.objects.filter(pk=draft.pk, state=Draft.State.WRITING).update(
            state=Draft.State.DELETED, answers={}, done_pages=[], saved_at=timezone.now()
        )
        if changed:
            prepaid.stop(draft)
            discard_papers(subject=draft_papers(draft))
    return changed == 1


def stop_draft_payment(*, draft: Draft) -> bool:
    """End the payment of a draft, so that it can be edited; False where there is none to end."""
    return prepaid.stop(draft)


def expire_drafts(*, now: dt.datetime | None = None) -> int:
    """Delete drafts whose time is over; return how many. Run daily by beat."""
    over = Draft.objects.filter(state=Draft.State.WRITING, expires_at__lte=now or timezone.now())
    expired = 0
    for draft in over.only("pk").iterator():
        with transaction.atomic():
            if over.filter(pk=draft.pk).update(state=Draft.State.DELETED, answers={}, done_pages=[]):
                prepaid.stop(draft)
                discard_papers(subject=draft_papers(draft))
                expired += 1
    return expired
