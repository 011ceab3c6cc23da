"""Asking for more, once; a leader's leave to ask again; the answer with its papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts import selectors as accounts
from portal.documents import selectors as documents
from portal.documents import services as papers
from portal.procedures import reasons, registry, workflow
from portal.procedures.models import Dossier, SupplementItem, SupplementLeave
from portal.procedures.papers import dossier_papers, supply_papers
from portal.procedures.reasons import Asked
from portal.procedures.services.making import move, tell_applicant
from portal.procedures.states import Action, Status
from portal.procedures.workflow import Actor, Request

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from portal.accounts.models import Officer

LEADERS = ("principal", "leader")


def request_supplement(
    *,
    dossier: Dossier,
    actor: Actor,
    revision: int,
    note: str = "",
    items: Sequence[Asked] = (),
    at: dt.datetime | None = None,
) -> Dossier:
    """Ask for what is missing (mẫu 02), all at once; the clock pauses where it runs.

    Lines of ``note`` are items of their own. What the first request could have named is refused
    (``RefusedMoveError``), unless a leader gave leave: that leave is used up.
    """
    lines = [line.strip() for line in note.splitlines() if line.strip()]
    asked = [*items, *(Asked(reasons.OTHER, words=line) for line in lines)]
    definition = registry.as_written(dossier.definition)
    words = "\n".join(reasons.written(definition, asked))
    with transaction.atomic():
        seen = reasons.seen_before(dossier, asked)
        leave = dossier.supplement_leaves.filter(used_by=None).first() if seen else None
        if seen and leave is None:
            raise workflow.RefusedMoveError(_once(dossier, seen))
        moved = move(
            dossier,
            Request(Action.REQUEST_SUPPLEMENT, revision, words, at),
            actor,
            tell="supplement_requested",
        )
        event = moved.events.get(number=moved.revision)
        SupplementItem.objects.bulk_create(
            SupplementItem(
                event=event,
                position=number,
                reason=item.reason,
                paper=item.paper,
                page=item.page,
                words=item.words,
                seen_before=item in seen,
            )
            for number, item in enumerate(asked, start=1)
        )
        if leave is not None:
            SupplementLeave.objects.filter(pk=leave.pk, used_by=None).update(used_by=event)
    return moved


def _once(dossier: Dossier, seen: Sequence[Asked]) -> str:
    first = reasons.first_request(dossier)
    definition = registry.as_written(dossier.definition)
    return _(
        "Mỗi hồ sơ chỉ được yêu cầu bổ sung một lần. Điều này đã thấy được từ lần yêu cầu ngày %(day)s: “%(what)s” "
        "Giải quyết theo hồ sơ hiện có, hoặc nhờ lãnh đạo cho phép yêu cầu thêm một lần."
    ) % {
        "day": f"{first.at:%d/%m/%Y}" if first else "",
        "what": reasons.written(definition, seen[:1])[0],
    }


def allow_second_request(
    *, dossier: Dossier, leader: Officer, organisation_id: int, why: str, at: dt.datetime | None = None
) -> SupplementLeave:
    """Let the office ask once more although it could have asked before; it is logged and counted.

    Raises ``RefusedMoveError`` for anybody but a leader of the office, without a reason, or where nothing
    was asked for yet.
    """
    if not accounts.has_role(leader.user, organisation_id, *LEADERS):
        raise workflow.RefusedMoveError(_("Chỉ lãnh đạo của nơi giải quyết cho phép được việc này."))
    if not why.strip():
        raise workflow.RefusedMoveError(_("Ghi lý do cho phép."))
    if reasons.first_request(dossier) is None:
        raise workflow.RefusedMoveError(_("Hồ sơ chưa bị yêu cầu bổ sung lần nào nên không cần cho phép."))
    now = at or timezone.now()
    with transaction.atomic():
        known = dossier.supplement_leaves.filter(used_by=None).first()
        if known is not None:
            return known
        request = Request(Action.ALLOW_SUPPLEMENT, dossier.revision, why, now)
        workflow.note(dossier, request, Actor(leader.user, leader.full_name, organisation_id))
        return SupplementLeave.objects.create(
            dossier=dossier, leader=leader, organisation_id=organisation_id, why=why.strip()[:500], at=now
        )


def supply(
    *, dossier: Dossier, actor: Actor, revision: int, note: str = "", at: dt.datetime | None = None
) -> Dossier:
    """Hand in what was asked for, with the papers that lie ready; the clock goes on."""
    with transaction.atomic():
        moved = move(dossier, Request(Action.SUPPLY, revision, note, at), actor)
        papers.append_papers(giver=supply_papers(dossier.pk), receiver=dossier_papers(dossier.pk))
        tell_applicant(moved, "supplied")
    return moved


def add_supply_file(*, dossier: Dossier, paper: str, upload: UploadedFile[Any]) -> None:
    """Let a file lie ready for the answer; raises ``PaperRefusedError`` or ``SubjectClosedError``."""
    papers.take_upload(
        owner_id=dossier.applicant.user_id,
        subject=supply_papers(dossier.pk),
        paper=paper,
        upload=upload,
        still_open=partial(still_asked, dossier.pk),
    )


def remove_supply_page(*, dossier: Dossier, public_id: UUID) -> bool:
    """Take a file back before the answer is sent."""
    page = documents.page_of(supply_papers(dossier.pk), public_id)
    return page is not None and papers.remove_page(page=page, still_open=partial(still_asked, dossier.pk))


def still_asked(dossier_id: int) -> bool:
    """Lock the dossier's row; False where nothing is asked for any more."""
    waiting = Dossier.objects.filter(pk=dossier_id, status=Status.SUPPLEMENT_REQUESTED)
    return bool(waiting.update(revision=F("revision")))
