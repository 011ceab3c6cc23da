"""From a draft to a dossier, once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.ports import SettledLine, register_payable
from portal.common import text
from portal.common.clock import local_day
from portal.common.codes import new_temporary_code
from portal.documents.services import hand_over_papers
from portal.notifications.services import notify
from portal.procedures import facts, papers, ports, prepaid, registry, workflow
from portal.procedures.answers import digests, relevant, seal, unseal
from portal.procedures.definition import ANSWER, Definition, FeeDue, Subject, say
from portal.procedures.forms import as_sent, missing_on_condition, open_pages, page_form
from portal.procedures.models import Channel, Dossier, DossierKey, Draft
from portal.procedures.services.drafts import StaleDraftError, stale_sentence
from portal.procedures.states import Action
from portal.pupils import selectors as pupils


class IncompleteDraftError(Exception):
    """The draft cannot be submitted yet: ``pages`` have questions to put right, ``sentences`` say why."""

    def __init__(self, pages: list[str], sentences: list[str]) -> None:
        super().__init__("; ".join(sentences) or ", ".join(pages))
        self.pages = pages
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class _Checked:
    definition: Definition
    answers: dict[str, Any]
    quote: facts.Quote


def submit_draft(*, draft: Draft, channel: str = Channel.LOCAL, at: dt.datetime | None = None) -> Dossier:
    """Submit a draft; submitting it again gives the same dossier.

    Everything is checked anew by the forms: what a draft holds was typed by a citizen, perhaps long
    ago. Raises :class:`IncompleteDraftError`, ``StaleDraftError`` for a deleted draft,
    ``facts.MissingFactError`` where no fee or time limit is in force, and ``FeeDueError`` with the order
    where the fee is part of submitting and was not paid.
    """
    draft.refresh_from_db()
    if draft.state == Draft.State.SUBMITTED:
        return Dossier.objects.get(draft=draft)
    if draft.state == Draft.State.DELETED:
        raise StaleDraftError(stale_sentence(draft))
    now = at or timezone.now()
    checked = _with_fee(draft, _check(draft, channel, now))
    with transaction.atomic():
        taken = Draft.objects.filter(
            pk=draft.pk, state=Draft.State.WRITING, revision=draft.revision
        ).update(state=Draft.State.SUBMITTED, revision=draft.revision + 1, answers={})
        if taken == 1:
            return _create(draft, checked, channel, now)
    draft.refresh_from_db()
    if draft.state == Draft.State.SUBMITTED:
        return Dossier.objects.get(draft=draft)
    raise StaleDraftError(stale_sentence(draft))


def _check(draft: Draft, channel: str, now: dt.datetime) -> _Checked:
    definition = registry.as_written(draft.definition)
    context = ports.FormContext(draft.writer_id, "vi", local_day(now))
    answers = relevant(definition, unseal(draft.answers))
    hooks = ports.hooks_of(definition.code)
    answers = relevant(definition, hooks.derive(answers, context))
    wrong = wrong_pages(definition, answers, context)
    lacking = papers.missing_of(draft, answers)
    if lacking:
        wrong.append(papers.PAGE)
    sentences = [papers.missing_sentence(paper, context.language) for paper in lacking]
    sentences += [] if wrong else hooks.objections(answers, context)
    if wrong or sentences:
        raise IncompleteDraftError(wrong, sentences)
    quote = facts.quote(definition, answers, channel, context.today, hooks.units(answers))
    return _Checked(definition, answers, quote)


def _with_fee(draft: Draft, checked: _Checked) -> _Checked:
    """Keep the fee that was paid with the draft: it is the quote that was given. Ask for one that was not."""
    definition, fee = checked.definition, checked.quote.fee
    if definition.fee_due is not FeeDue.SUBMISSION:
        return checked
    came = prepaid.paid(draft.pk)
    if came:
        return replace(checked, quote=replace(checked.quote, fee=came))
    if fee:
        raise prepaid.FeeDueError(
            prepaid.ask(
                draft,
                payee_id=handling_place(definition, checked.answers),
                amount=fee,
                title=say(definition.short_title, "vi"),
            )
        )
    return checked


def settle_draft(line: SettledLine) -> str:
    """Submit a draft whose fee came, once; say why the money must go back where there is nothing to submit."""
    draft = Draft.objects.select_related("writer__user", "definition").get(pk=int(line.subject_id))
    if draft.state == Draft.State.DELETED:
        return _("Bản nháp đã bị xóa trước khi lệ phí đến.")
    if draft.state == Draft.State.SUBMITTED:
        # told twice, or submitted without this money
        is_its_fee = prepaid.paid(draft.pk) <= draft.dossier.fee_amount
        return "" if is_its_fee else _("Hồ sơ đã được nộp trước khi lệ phí đến.")
    try:
        submit_draft(draft=draft)
    except (IncompleteDraftError, StaleDraftError, facts.MissingFactError):
        return _("Bản nháp đã thay đổi nên chưa nộp được; lệ phí được hoàn lại.")
    return ""


def page_of_draft(subject_id: str) -> str:
    """Give the path of a draft's last page, or of its dossier once it was submitted."""
    draft = Draft.objects.get(pk=int(subject_id))
    if draft.state == Draft.State.SUBMITTED:
        return reverse("home:dossier", args=[draft.dossier.public_id])
    return reverse("procedures:check", args=[draft.procedure_code, draft.public_id])


def register() -> None:
    """Own the purpose of fees that are part of submitting."""
    register_payable(
        prepaid.SUBMISSION,
        on_settled=settle_draft,
        return_url=page_of_draft,
        title=gettext_lazy("Lệ phí nộp cùng hồ sơ"),
    )


def wrong_pages(definition: Definition, answers: dict[str, Any], context: ports.FormContext) -> list[str]:
    """Name the pages whose stored answers their form would not accept today."""
    wrong = []
    for page in open_pages(definition, answers):
        bound = page_form(page, answers, context, data=as_sent(page, answers))
        if not bound.is_valid() or missing_on_condition(page, answers):
            wrong.append(page.name)
    return wrong


def _create(draft: Draft, checked: _Checked, channel: str, now: dt.datetime) -> Dossier:
    definition, answers = checked.definition, checked.answers
    subject_name = _subject_name(draft, definition, answers)
    dossier = Dossier.objects.create(
        temporary_code=_unused_code(),
        procedure_code=definition.code,
        definition=draft.definition,
        draft=draft,
        applicant=draft.writer,
        pupil_id=answers.get(definition.subject_field) if definition.subject is Subject.CHILD else None,
        subject_name=subject_name,
        subject_key=text.fold(subject_name),
        organisation_id=handling_place(definition, answers),
        answers=seal(definition, answers),
        channel=channel,
        fee_amount=checked.quote.fee,
        fee_source=checked.quote.fee_source,
        deadline_key=checked.quote.deadline_key,
        deadline_days=checked.quote.working_days,
        deadline_cutoff=checked.quote.cutoff,
        revision=1,
        submitted_at=now,
    )
    DossierKey.objects.bulk_create(
        DossierKey(dossier=dossier, purpose=purpose, digest=digest)
        for purpose, digest in digests(definition, answers)
        | {("personal-id", draft.writer.personal_id_index)}
        | ({("personal-id", dossier.pupil.personal_id_index)} if dossier.pupil else set())
    )
    _take_papers(draft, dossier, definition, answers)
    actor = workflow.Actor(draft.writer.user, draft.writer.full_name)
    workflow.write_event(dossier, workflow.Request(Action.SUBMIT, 0), actor, now)
    ports.hooks_of(definition.code).on_submitted(dossier.pk)
    notify(
        recipient_id=draft.writer.user_id,
        template="dossier.submitted",
        subject_kind="dossier",
        subject_id=str(dossier.pk),
        key=f"dossier:{dossier.pk}:1",
    )
    return dossier


def _take_papers(draft: Draft, dossier: Dossier, definition: Definition, answers: dict[str, Any]) -> None:
    """Let the papers go with the dossier; one that was removed since the check takes all of it back."""
    given = hand_over_papers(
        giver=papers.draft_papers(draft),
        receiver=papers.dossier_papers(dossier.pk),
        papers=[paper.name for paper in papers.wanted(definition, answers)],
    )
    lacking = papers.missing(definition, answers, given)
    if lacking:
        raise IncompleteDraftError(
            [papers.PAGE], [papers.missing_sentence(paper, "vi") for paper in lacking]
        )


def _subject_name(draft: Draft, definition: Definition, answers: dict[str, Any]) -> str:
    if definition.subject is Subject.CHILD:
        return pupils.pupil(answers[definition.subject_field]).full_name
    return draft.writer.full_name


def handling_place(definition: Definition, answers: dict[str, Any]) -> int:
    """Give the row id of the organisation that handles a dossier with these answers."""
    if definition.handled_by.startswith(ANSWER):
        return int(answers[definition.handled_by.removeprefix(ANSWER)])
    return workflow.office(definition.handled_by)


def _unused_code() -> str:
    """Draw temporary codes until one is free; 32⁶ of them make a second draw rare."""
    while True:
        code = new_temporary_code()
        if not Dossier.objects.filter(temporary_code=code).exists():
            return code
