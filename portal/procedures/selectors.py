"""Reading drafts and dossiers: by their writer, by officers, by a code with a proof."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet

from portal.accounts import selectors as accounts
from portal.common.clock import local_day
from portal.common.codes import clean_phone
from portal.common.fields import blind_index
from portal.procedures import facts, registry
from portal.procedures.answers import unseal
from portal.procedures.books import office_book, received_in, second_requests
from portal.procedures.definition import Definition, say
from portal.procedures.facts import Offer
from portal.procedures.fees import open_order as fee_order
from portal.procedures.figures import Figures, public_figures
from portal.procedures.models import Channel, Dossier, DossierEvent, Draft, Rating, StoredDefinition
from portal.procedures.papers import (
    ToldPaper,
    dossier_papers,
    supply_papers,
    tell_dossier_papers,
    tell_supply_papers,
)
from portal.procedures.ports import FormContext, codes_with_own_pages
from portal.procedures.ratings import LEVELS as RATING_LEVELS
from portal.procedures.ratings import REASONS as RATING_REASONS
from portal.procedures.reach import (
    LEADERS,
    QUEUES,
    actor_for,
    may_allow_second_request,
    may_apologise,
    may_revoke,
    may_sign,
    moves_open_to,
    needs_signature,
    queue,
    queue_counts,
    reachable,
    search,
)
from portal.procedures.reasons import REASONS, Asked, Reason, first_request, seen_before, written
from portal.procedures.services.apologies import responsible
from portal.procedures.states import CITIZEN_ACTS, ENDED, Action, Status, find
from portal.procedures.telling import (
    Happening,
    Situation,
    ToldPage,
    due_reasons,
    is_paused,
    next_work,
    paused_since,
    situation,
    tell_answers,
    tell_dossier,
    timeline,
)
from portal.procedures.workflow import Actor, meanwhile

if TYPE_CHECKING:
    from portal.accounts.models import Citizen, User

Dossiers = QuerySet[Dossier]

__all__ = [
    "LEADERS",
    "QUEUES",
    "RATING_LEVELS",
    "RATING_REASONS",
    "REASONS",
    "Actor",
    "Asked",
    "Dossier",
    "Dossiers",
    "Figures",
    "FormContext",
    "Happening",
    "Offer",
    "Reason",
    "Situation",
    "ToldPaper",
    "ToldRating",
    "actor_for",
    "answers_of",
    "by_code_and_phone",
    "dossier",
    "dossier_for",
    "dossier_of",
    "dossier_papers",
    "dossiers_of",
    "draft_answers",
    "draft_of",
    "drafts_of",
    "due_reasons",
    "ended_of",
    "fee_order",
    "first_request",
    "is_paused",
    "last_request",
    "may_allow_second_request",
    "may_apologise",
    "may_rate",
    "may_revoke",
    "may_sign",
    "may_supply",
    "may_withdraw",
    "meanwhile",
    "moves_open_to",
    "needs_signature",
    "next_work",
    "offer",
    "offered",
    "offers",
    "office_book",
    "paused_since",
    "public_figures",
    "queue",
    "queue_counts",
    "rating_of",
    "received_in",
    "responsible",
    "running_of",
    "search",
    "second_requests",
    "seen_before",
    "situation",
    "supply_papers",
    "tell_answers",
    "tell_dossier",
    "tell_dossier_papers",
    "tell_draft",
    "tell_request",
    "tell_supply_papers",
    "timeline",
    "title_of",
    "waiting_for",
    "wanted_papers",
]


def drafts_of(citizen: Citizen) -> QuerySet[Draft]:
    """List open drafts of the common form, the last one saved first."""
    return (
        Draft.objects.filter(writer=citizen, state=Draft.State.WRITING)
        .exclude(procedure_code__in=codes_with_own_pages())
        .select_related("definition")
        .order_by("-saved_at")
    )


def draft_of(citizen: Citizen, public_id: UUID) -> Draft | None:
    """Give the citizen's own draft, whatever its state; None for anybody else's or none."""
    return (
        Draft.objects.filter(writer=citizen, public_id=public_id)
        .select_related("definition", "writer")
        .first()
    )


def dossiers_of(citizen: Citizen) -> QuerySet[Dossier]:
    """List the citizen's dossiers: what needs them first, then the newest."""
    return (
        Dossier.objects.filter(applicant=citizen)
        .select_related("definition", "organisation", "step_organisation", "pupil")
        .order_by("-submitted_at")
    )


def dossier_of(citizen: Citizen, public_id: UUID) -> Dossier | None:
    """Give the citizen's own dossier; None for anybody else's or none."""
    return dossiers_of(citizen).filter(public_id=public_id).first()


def waiting_for(citizen: Citizen) -> QuerySet[Dossier]:
    """List the dossiers in which the citizen has to act."""
    return dossiers_of(citizen).filter(status__in=CITIZEN_ACTS)


def running_of(citizen: Citizen) -> QuerySet[Dossier]:
    """List the dossiers under way in which the citizen waits."""
    return dossiers_of(citizen).exclude(status__in=ENDED | CITIZEN_ACTS)


def ended_of(citizen: Citizen) -> QuerySet[Dossier]:
    """List the dossiers that came to their end."""
    return dossiers_of(citizen).filter(status__in=ENDED)


def dossier_for(user: User, public_id: UUID) -> Dossier | None:
    """Give a dossier that an officer may open: their organisation handles it or has a part in it."""
    return (
        reachable(accounts.active_roles(user))
        .filter(public_id=public_id)
        .select_related("definition", "organisation", "step_organisation", "pupil", "applicant", "assignee")
        .first()
    )


def dossier(pk: int) -> Dossier:
    """Give a dossier by its row id, for other rooms' handlers; ``DoesNotExist`` where there is none."""
    return Dossier.objects.select_related("definition", "organisation", "applicant__user", "pupil").get(
        pk=pk
    )


def by_code_and_phone(code: str, phone: str) -> Dossier | None:
    """Find a dossier by its (official or temporary) code and the phone number written in it.

    Equal work and equal answer for a wrong code and a wrong number. ``phone`` as typed.
    """
    try:
        digest = blind_index("phone", clean_phone(phone))
    except ValueError:
        digest = ""
    # no code holds a NUL, and PostgreSQL refuses to look for one
    wanted = "" if "\x00" in code else code.strip().upper()
    return (
        Dossier.objects.filter(Q(code=wanted) | Q(temporary_code=wanted))
        .filter(keys__purpose="phone", keys__digest=digest)
        .select_related("definition", "organisation", "step_organisation")
        .first()
    )


def answers_of(dossier: Dossier) -> dict[str, Any]:
    """Open a dossier's answers, for the hooks and duties of the room that owns its procedure."""
    return unseal(dossier.answers)


def draft_answers(draft: Draft) -> dict[str, Any]:
    """Open a draft's answers, for the pages of the room that owns its procedure."""
    return unseal(draft.answers)


def tell_draft(draft: Draft, citizen_id: int, language: str) -> list[ToldPage]:
    """Put a draft's answers into words, for the pages of the room that owns its procedure."""
    context = FormContext(citizen_id, language, accounts.today())
    return tell_answers(registry.as_written(draft.definition), unseal(draft.answers), context)


def title_of(definition: StoredDefinition, language: str) -> str:
    """Give a procedure's short title under the version that was written with."""
    return say(registry.as_written(definition).short_title, language)


def may_withdraw(dossier: Dossier) -> bool:
    """Whether the table lets the citizen withdraw now."""
    return find(Status(dossier.status), Action.WITHDRAW, received=dossier.received) is not None


def may_supply(dossier: Dossier) -> bool:
    """Whether the citizen is asked for a supplement."""
    return find(Status(dossier.status), Action.SUPPLY, received=dossier.received) is not None


def last_request(dossier: Dossier) -> DossierEvent | None:
    """Give the event in which a supplement was asked for last."""
    return dossier.events.filter(action=Action.REQUEST_SUPPLEMENT).order_by("-number").first()


def tell_request(dossier: Dossier, language: str) -> list[str]:
    """Say item by item what was asked for last, in the reader's language."""
    event = last_request(dossier)
    if event is None:
        return []
    items = [Asked(item.reason, item.paper, item.page, item.words) for item in event.items.all()]
    return written(registry.as_written(dossier.definition), items, language)


def wanted_papers(dossier: Dossier) -> frozenset[str]:
    """Name the papers that were asked for last."""
    event = last_request(dossier)
    return frozenset(item.paper for item in event.items.all() if item.paper) if event else frozenset()


@dataclass(frozen=True, slots=True)
class ToldRating:
    """A rating in the reader's language, with its local day."""

    level: int
    words: str
    day: dt.date


def rating_of(dossier: Dossier) -> ToldRating | None:
    """Give the applicant's rating, if there is one."""
    row = Rating.objects.filter(dossier=dossier).first()
    return ToldRating(row.level, str(RATING_LEVELS[row.level]), local_day(row.rated_at)) if row else None


def may_rate(dossier: Dossier) -> bool:
    """Whether the result was delivered and not rated yet."""
    return (
        Status(dossier.status) is Status.DELIVERED and not Rating.objects.filter(dossier=dossier).exists()
    )


def offered(day: dt.date) -> list[Definition]:
    """List the procedures that can be applied for on a day, by code."""
    return registry.offered(day)


def offers(day: dt.date, channel: str = Channel.LOCAL) -> list[Offer]:
    """List them with fee and limits, without those of which no fee or limit is in force. Two queries."""
    return facts.offers(registry.offered(day), day, channel)


def offer(code: str, day: dt.date, channel: str = Channel.LOCAL) -> Offer | None:
    """Give one of :func:`offers`; None where it cannot be applied for. Two queries, none for a wrong code."""
    found = [definition for definition in registry.offered(day) if definition.code == code]
    return next(iter(facts.offers(found, day, channel)), None) if found else None
