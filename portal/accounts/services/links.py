"""Confirmed ties between adults and pupils: made, limited by a ruling, ended. Never deleted."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from portal.accounts.errors import NotThereError, RefusedError
from portal.accounts.models import FamilyClaim, FamilyEvent, FamilyLink, Guardianship, Relation, User
from portal.accounts.selectors import today
from portal.common.codes import clean_personal_id
from portal.common.fields import blind_index

# Papers of a pupil are signed by a parent or guardian; a grandparent who is the guardian is linked as one.
MAY_APPLY: Final = frozenset({Relation.MOTHER, Relation.FATHER, Relation.GUARDIAN})

_GONE = _("Quan hệ này vừa thay đổi ở nơi khác. Anh/chị tải lại trang để xem.")


def confirm_link(
    *,
    citizen_id: int,
    pupil_id: int,
    relation: str,
    basis: str,
    claim_id: int | None = None,
    actor: User | None = None,
    valid_from: date | None = None,
) -> FamilyLink:
    """Tie a citizen to a pupil from a day (today) on; where an open link exists, that one stays as it is.

    ``basis`` is a :class:`FamilyLink.Basis` value. The caller has checked: the sector's data, a birth
    certificate, or the procedure that ends here.
    """
    with transaction.atomic():
        link, made = FamilyLink.objects.get_or_create(
            citizen_id=citizen_id,
            pupil_id=pupil_id,
            valid_to=None,
            defaults={
                "relation": Relation(relation),
                "basis": FamilyLink.Basis(basis),
                "claim_id": claim_id,
                "valid_from": valid_from or today(),
                "may_apply": relation in MAY_APPLY,
            },
        )
        if made:
            FamilyEvent.objects.create(
                link=link, claim_id=claim_id, action=FamilyEvent.Action.LINKED, actor=actor
            )
        return link


def end_link(
    *, link_id: int, revision: int, reason: str, actor: User | None, on: date | None = None
) -> None:
    """End a link; ``on`` (today) is the first day without it. ``reason`` names the ruling or the wish."""
    day = on or today()
    with transaction.atomic():
        open_link = FamilyLink.objects.filter(
            pk=link_id, valid_to__isnull=True, revision=revision, valid_from__lte=day
        )
        if open_link.update(valid_to=day, revision=F("revision") + 1) != 1:
            raise _refusal(link_id)
        FamilyEvent.objects.create(
            link_id=link_id, action=FamilyEvent.Action.ENDED, actor=actor, note=reason[:300]
        )


def limit_link(
    *, link_id: int, revision: int, may_apply: bool, may_see: bool, reason: str, actor: User | None
) -> None:
    """Set what an adult may do for a child under a custody ruling; lifting all limits is the same verb.

    ``reason`` names the ruling (number, court, date) and stays on the link while it limits anything.
    """
    if may_apply and not may_see:
        raise RefusedError(_("Người được nộp hồ sơ cho cháu thì cũng cần xem được thông tin của cháu."))
    limited = not (may_apply and may_see)
    if limited and not reason.strip():
        raise RefusedError(_("Anh/chị ghi số và ngày của bản án hoặc quyết định làm căn cứ."))
    with transaction.atomic():
        open_link = FamilyLink.objects.filter(pk=link_id, valid_to__isnull=True, revision=revision)
        changed = open_link.update(
            may_apply=may_apply,
            may_see=may_see,
            limit_reason=reason[:200] if limited else "",
            revision=F("revision") + 1,
        )
        if changed != 1:
            raise _refusal(link_id)
        FamilyEvent.objects.create(
            link_id=link_id, action=FamilyEvent.Action.LIMITED, actor=actor, note=reason[:300]
        )


def record_guardian(*, pupil_id: int, adult_personal_id: str, relation: str, source: str) -> Guardianship:
    """Store that the sector's data names an adult as a pupil's parent; waiting claims are looked at anew.

    ``adult_personal_id`` is kept as a digest only. ``source`` says which file or decision says so.
    """
    # imported here because claims are built on links
    from portal.accounts.services.claims import owe_match  # noqa: PLC0415 — see above

    index = blind_index("personal-id", clean_personal_id(adult_personal_id))
    with transaction.atomic():
        guardianship, _made = Guardianship.objects.update_or_create(
            pupil_id=pupil_id,
            personal_id_index=index,
            defaults={"relation": Relation(relation), "source": source},
        )
        waiting = FamilyClaim.objects.filter(
            state=FamilyClaim.State.WAITING,
            citizen__personal_id_index=index,
            child_personal_id_index=guardianship.pupil.personal_id_index,
        )
        for claim_id in waiting.values_list("pk", flat=True):
            # the day in the key: what did not match yesterday may match today
            owe_match(claim_id, cause=f"guardian-{guardianship.pk}-{today()}")
        return guardianship


def _refusal(link_id: int) -> RefusedError:
    if FamilyLink.objects.filter(pk=link_id).exists():
        return RefusedError(_GONE)
    return NotThereError(_("Không có quan hệ này. Anh/chị tải lại danh sách."))
