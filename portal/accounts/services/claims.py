"""Claiming a child, and what becomes of the claim.

A claim answers nothing. Whatever is true of the child, the request does the same work: a turn, a look
at the claimant's own waiting claims, a row, an event, a duty. Only the duty looks at the sector's data, later and
elsewhere, and what it finds shows to nobody but the child's recorded parents.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.errors import NotThereError, RefusedError
from portal.accounts.matching import guardianship_for, may_link_by_match, pupil_meant
from portal.accounts.models import Citizen, FamilyClaim, FamilyEvent, FamilyLink, Relation, Role, User
from portal.accounts.selectors import has_role
from portal.accounts.services.links import confirm_link
from portal.accounts.services.looks import record_look
from portal.accounts.services.throttle import LONGEST_WINDOW, take_turn
from portal.common.codes import clean_personal_id
from portal.common.fields import blind_index
from portal.common.text import tidy
from portal.outbox import services as outbox

CLAIMS_PER_DAY: Final = 5
_State = FamilyClaim.State

_TOO_MANY = _(
    "Anh/chị đã khai nhiều lần trong hôm nay. Mời anh/chị khai tiếp vào ngày mai, hoặc đến trường."
)
_TWICE = _("Anh/chị đã khai cháu này và đang chờ kiểm tra. Anh/chị chưa phải làm gì thêm.")
_NOT_THERE = _("Không có yêu cầu này ở trường của anh/chị. Anh/chị tải lại danh sách.")
_MOVED = _("Yêu cầu này vừa được xử lý ở nơi khác. Anh/chị tải lại trang để xem kết quả.")


def claim_child(
    *, citizen: Citizen, relation: str, child_name: str, child_birth_date: date, child_personal_id: str
) -> FamilyClaim:
    """Store what a citizen says of a child; the answer is the same whatever is true.

    Raises :class:`RefusedError` for too many claims a day or the same claim twice (the claimant's own
    doing, so nothing is told of the child), ``ValueError`` with a sentence for a malformed personal ID.
    """
    personal_id = clean_personal_id(child_personal_id)
    if not take_turn(
        key=f"claim:{citizen.pk}", limit=CLAIMS_PER_DAY, seconds=int(LONGEST_WINDOW.total_seconds())
    ):
        raise RefusedError(_TOO_MANY)
    index = blind_index("personal-id", personal_id)
    if citizen.claims.filter(child_personal_id_index=index, state=_State.WAITING).exists():
        raise RefusedError(_TWICE)
    try:
        with transaction.atomic():
            claim = FamilyClaim.objects.create(
                citizen=citizen,
                relation=Relation(relation),
                child_name=tidy(child_name),
                child_birth_date=child_birth_date,
                child_personal_id=personal_id,
                child_personal_id_index=index,
            )
            FamilyEvent.objects.create(
                claim=claim, action=FamilyEvent.Action.CLAIMED, actor_id=citizen.user_id
            )
            owe_match(claim.pk)
    except IntegrityError as error:
        raise RefusedError(_TWICE) from error
    return claim


def owe_match(claim_id: int, cause: str = "claimed") -> None:
    """Owe a look at the sector's data. ``cause`` tells one occasion from the next."""
    outbox.owe(
        kind="accounts.match_claim",
        key=f"accounts.match_claim:{claim_id}:{cause}",
        payload={"claim_id": claim_id},
    )


def match_claim(*, claim_id: int) -> FamilyLink | None:
    """Compare a waiting claim with the sector's data; a full match makes the link. May run twice.

    No match leaves the claim waiting, for the claimant just as before; the pupil it seems to be about is
    noted for the clerk of the pupil's school.
    """
    with transaction.atomic():
        claim = (
            FamilyClaim.objects.select_related("citizen").filter(pk=claim_id, state=_State.WAITING).first()
        )
        if claim is None:
            return None
        guardianship = guardianship_for(claim)
        if guardianship is None or not may_link_by_match(claim.citizen, guardianship.pupil_id):
            meant = pupil_meant(claim)
            FamilyClaim.objects.filter(pk=claim_id, state=_State.WAITING).update(pupil_id=meant)
            return None
        if not _move(claim, _State.MATCHED, pupil_id=guardianship.pupil_id):
            return None
        FamilyEvent.objects.create(claim=claim, action=FamilyEvent.Action.MATCHED)
        return confirm_link(
            citizen_id=claim.citizen_id,
            pupil_id=guardianship.pupil_id,
            # what the sector's data says outweighs what was ticked
            relation=guardianship.relation,
            basis=FamilyLink.Basis.REGISTER,
            claim_id=claim.pk,
        )


def confirm_claim(
    *, claim_id: int, revision: int, actor: User, organisation_id: int, note: str = ""
) -> FamilyLink:
    """Confirm at the counter, the birth certificate in hand: for the clerk of the child's school.

    The look is recorded whatever comes of it. Raises :class:`NotThereError` for another school's child,
    :class:`RefusedError` where the claim moved meanwhile.
    """
    claim, pupil_id = _claim_at(claim_id, actor, organisation_id)
    with transaction.atomic():
        _decide(claim, revision, actor, _State.CONFIRMED, note)
        return confirm_link(
            citizen_id=claim.citizen_id,
            pupil_id=pupil_id,
            relation=claim.relation,
            basis=FamilyLink.Basis.CLERK,
            claim_id=claim.pk,
            actor=actor,
        )


def refuse_claim(*, claim_id: int, revision: int, actor: User, organisation_id: int, note: str) -> None:
    """Refuse at the counter; ``note`` is what the claimant reads, so it says nothing of the child."""
    claim, _pupil_id = _claim_at(claim_id, actor, organisation_id)
    with transaction.atomic():
        _decide(claim, revision, actor, _State.REFUSED, note)


def withdraw_claim(*, claim_id: int, citizen: Citizen) -> None:
    """Take a waiting claim back."""
    with transaction.atomic():
        claim = citizen.claims.filter(pk=claim_id).first()
        if claim is None:
            raise NotThereError(_("Không có yêu cầu này. Anh/chị xem lại danh sách."))
        if not _move(claim, _State.WITHDRAWN):
            raise RefusedError(_MOVED)
        FamilyEvent.objects.create(
            claim=claim, action=FamilyEvent.Action.WITHDRAWN, actor_id=citizen.user_id
        )


def _claim_at(claim_id: int, actor: User, organisation_id: int) -> tuple[FamilyClaim, int]:
    """Find a claim and its pupil, now at the school for which the actor works; record the look."""
    claim = FamilyClaim.objects.filter(
        pk=claim_id,
        pupil__enrolments__school_id=organisation_id,
        pupil__enrolments__ends_on__isnull=True,
    ).first()
    if (
        claim is None
        or claim.pupil_id is None
        or not has_role(actor, organisation_id, Role.SCHOOL_CLERK, Role.PRINCIPAL)
    ):
        raise NotThereError(_NOT_THERE)
    record_look(
        actor=actor,
        subject_kind="pupil",
        subject_id=claim.pupil_id,
        purpose="family-claim",
        organisation_id=organisation_id,
    )
    return claim, claim.pupil_id


def _decide(claim: FamilyClaim, revision: int, actor: User, state: str, note: str) -> None:
    if not _move(
        claim,
        state,
        revision=revision,
        decided_at=timezone.now(),
        decided_by=actor.officer,
        note=note,
    ):
        raise RefusedError(_MOVED)
    # the members of Action are spelled as the states they lead to
    FamilyEvent.objects.create(claim=claim, action=FamilyEvent.Action(state), actor=actor, note=note)


def _move(claim: FamilyClaim, state: str, *, revision: int | None = None, **values: object) -> bool:
    """Leave "waiting", once: True for the one who did it."""
    still = FamilyClaim.objects.filter(
        pk=claim.pk, state=_State.WAITING, revision=claim.revision if revision is None else revision
    )
    return still.update(state=state, revision=F("revision") + 1, **values) == 1
