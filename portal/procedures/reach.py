"""The officers' side of reading: which dossiers a role reaches, its queues, what may be done with one."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet

from portal.accounts import selectors as accounts
from portal.common.codes import clean_phone
from portal.common.fields import blind_index
from portal.common.text import fold
from portal.procedures import registry
from portal.procedures.definition import Definition
from portal.procedures.fees import paid as fee_paid
from portal.procedures.models import Dossier, DossierEvent
from portal.procedures.ports import coded_definitions
from portal.procedures.reasons import first_request
from portal.procedures.slips import decided_by_leader
from portal.procedures.states import ENDED, Action, By, Move, Status, possible
from portal.procedures.workflow import Actor

if TYPE_CHECKING:
    from portal.accounts.models import User

type Roles = frozenset[accounts.ActiveRole]


def reachable(roles: Roles) -> QuerySet[Dossier]:
    """Dossiers that an officer's roles of today reach, including steps their office has done.

    Auditors, editors and accountants hold no part in the work and open none here.
    """
    working = {active.organisation_id for active in roles if active.role not in _NOT_ON_FILES}
    return Dossier.objects.filter(
        Q(organisation_id__in=working)
        | Q(step_organisation_id__in=working)
        | Q(pk__in=DossierEvent.objects.filter(organisation_id__in=working).values("dossier_id"))
    )


_NOT_ON_FILES = frozenset({"editor", "finance", "auditor", "administrator"})


def queue(user: User, name: str) -> QuerySet[Dossier]:
    """Give one of :data:`QUEUES` for an officer, the most urgent first.

    Dossiers without a due day (not received yet) come by the time of submission.
    """
    roles = accounts.active_roles(user)
    rows = _as_rows(reachable(roles).filter(_queue_rule(roles, name)))
    return rows.order_by(F("due_on").asc(nulls_last=True), "submitted_at", "pk")


def _as_rows(found: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Read with a list of dossiers what its rows say."""
    return found.select_related(
        "definition", "organisation", "step_organisation", "assignee", "pupil"
    ).prefetch_related("pauses")


#: name → what it holds; the labels are the desk's
QUEUES = ("mine", "new", "supplement", "elsewhere", "done")


def queue_counts(user: User) -> dict[str, int]:
    """Count all queues in one query."""
    roles = accounts.active_roles(user)
    counted = reachable(roles).aggregate(
        **{name: Count("pk", filter=_queue_rule(roles, name), distinct=True) for name in QUEUES}
    )
    return {name: int(counted[name]) for name in QUEUES}


def _queue_rule(roles: Roles, name: str) -> Q:
    clerks = [active.organisation_id for active in roles if active.role in _RECEPTION]
    rules = {
        "mine": Q(
            organisation_id__in=clerks, status__in=[Status.SUBMITTED, Status.ACCEPTED, Status.CONCLUDED]
        )
        | _own_steps(roles),
        "new": Q(organisation_id__in=clerks, status=Status.SUBMITTED),
        "supplement": Q(
            status__in=[Status.SUPPLEMENT_REQUESTED, Status.PAYMENT_REQUESTED, Status.SUSPENDED]
        ),
        "elsewhere": Q(status=Status.IN_PROGRESS) & ~_own_steps(roles),
        "done": Q(status__in=ENDED),
    }
    return rules[name]


_RECEPTION = frozenset({"school_clerk", "commune_officer", "department_officer"})


def _own_steps(roles: Roles) -> Q:
    """Select steps in progress that one of the officer's roles does, at its own organisation."""
    rule = Q(pk__in=[])
    for active in roles:
        steps = _steps_of_role(active.role)
        if steps:
            rule |= Q(
                status=Status.IN_PROGRESS, step_organisation_id=active.organisation_id, step__in=steps
            )
    return rule


def _steps_of_role(role: str) -> set[str]:
    return {
        step.name
        for definition in coded_definitions().values()
        for step in definition.steps
        if role in step.roles
    }


def search(user: User, query: str) -> QuerySet[Dossier]:
    """Find among the officer's dossiers by code, name with or without marks, phone, personal ID."""
    words = fold(query)
    rule = Q(code__iexact=query.strip()) | Q(temporary_code__iexact=query.strip())
    digits = "".join(character for character in query if character.isdigit())
    if len(digits) == 12:  # noqa: PLR2004 - a personal ID has twelve digits
        rule |= Q(keys__purpose="personal-id", keys__digest=blind_index("personal-id", digits))
    with suppress(ValueError):  # not a phone number: the other ways remain
        rule |= Q(keys__purpose="phone", keys__digest=blind_index("phone", clean_phone(query)))
    if words and not digits:
        rule |= Q(subject_key__contains=words)
    found = reachable(accounts.active_roles(user)).filter(rule)
    return _as_rows(found).distinct().order_by("-submitted_at", "-pk")


def moves_open_to(dossier: Dossier, user: User) -> list[Move]:
    """List the moves that an officer may make now, in the table's order.

    The engine checks again when the move is made; this decides which buttons are shown.
    """
    definition = registry.as_written(dossier.definition)
    roles = accounts.active_roles(user)
    decides = bool(dossier.step) and definition.step(dossier.step).decides
    return [
        move
        for move in possible(Status(dossier.status), received=dossier.received)
        if _may(move, dossier, definition, roles)
        and _fits_step(move, decides=decides)
        and (move.action is not Action.REQUEST_PAYMENT or owes_fee(dossier))
    ]


def owes_fee(dossier: Dossier) -> bool:
    """Whether the fee that was quoted has not been paid."""
    return dossier.fee_amount > 0 and fee_paid(dossier) < dossier.fee_amount


def _may(
    move: Move, dossier: Dossier, definition: Definition, roles: frozenset[accounts.ActiveRole]
) -> bool:
    if move.by is By.RECEPTION:
        needed, place = definition.reception_roles, dossier.organisation_id
    elif move.by is By.STEP and dossier.step:
        needed, place = definition.step(dossier.step).roles, dossier.step_organisation_id or 0
    else:
        return False
    return any(active.role in needed and active.organisation_id == place for active in roles)


def _fits_step(move: Move, *, decides: bool) -> bool:
    if move.action in {"grant", "refuse"}:
        return decides
    if move.action == "complete_step":
        return not decides
    return True


#: whose word is a decision, and who answers for an office
LEADERS = ("principal", "leader")


def needs_signature(dossier: Dossier, action: str) -> bool:
    """Whether a move is a leader's decision, signed with a certificate of their own."""
    return action in {Action.GRANT, Action.REFUSE} and decided_by_leader(dossier)


def may_sign(dossier: Dossier, user: User) -> bool:
    """Whether the officer's word is the one that a decision's letter waits for."""
    return bool(dossier.outcome) and accounts.has_role(user, dossier.organisation_id, *LEADERS)


def may_allow_second_request(dossier: Dossier, user: User) -> bool:
    """Whether the officer leads the office and something was asked for already, with no leave open."""
    return (
        Status(dossier.status) not in ENDED
        and accounts.has_role(user, dossier.organisation_id, *LEADERS)
        and first_request(dossier) is not None
        and not dossier.supplement_leaves.filter(used_by=None).exists()
    )


def may_apologise(dossier: Dossier, user: User) -> bool:
    """Whether the officer's office handles the dossier, works on it, and has not said sorry yet."""
    return (
        Status(dossier.status) in {Status.ACCEPTED, Status.IN_PROGRESS}
        and dossier.promised_on is None
        and accounts.has_role(user, dossier.organisation_id, *LEADERS, *_RECEPTION)
    )


def may_revoke(user: User, organisation_id: int, *, by_leader: bool) -> bool:
    """Whether the officer may take back a document of an office: a leader's letter only a leader."""
    roles = LEADERS if by_leader else (*LEADERS, *_RECEPTION)
    return accounts.has_role(user, organisation_id, *roles)


def actor_for(dossier: Dossier, user: User, name: str) -> Actor:
    """Say for which organisation an officer acts: the step's own, else the handling one."""
    mine = accounts.organisations_of(user)
    for place in (dossier.step_organisation_id, dossier.organisation_id):
        if place is not None and place in mine:
            return Actor(user, name, place)
    return Actor(user, name, None)
