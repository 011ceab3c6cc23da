"""One organisation takes over from another: mergers, splits, and tasks that go to somebody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.clock import local_day
from portal.organisations import periods
from portal.organisations.models import Organisation, OrganisationPeriod, Succession
from portal.organisations.refusals import OrganisationRefusedError


def _must_exist(organisation_ids: Sequence[int], on: date) -> None:
    known = Organisation.objects.filter(pk__in=organisation_ids, opened_on__lte=on, closed_on__isnull=True)
    if not organisation_ids or known.count() != len(set(organisation_ids)):
        raise OrganisationRefusedError(
            _("Đơn vị tiếp nhận phải đang có vào ngày %(day)s. Mở đơn vị đó trước.")
            % {"day": f"{on:%d/%m/%Y}"}
        )


def _hand_over(predecessor_id: int, heirs: Mapping[int, int], on: date, source: str) -> list[int]:
    """Move every child to its heir; refuse a child without one. Gives the children."""
    children = list(
        OrganisationPeriod.objects.filter(parent_id=predecessor_id, valid_to__isnull=True).values_list(
            "organisation_id", "name"
        )
    )
    homeless = [name for child, name in children if child not in heirs]
    if homeless:
        raise OrganisationRefusedError(
            _("Chưa rõ %(name)s về đơn vị nào. Chọn đơn vị tiếp nhận cho từng đơn vị trực thuộc.")
            % {"name": homeless[0]}
        )
    for child, _name in children:
        periods.change(child, on, source, parent_id=heirs[child])
    return [child for child, _name in children]


def _end(predecessor_id: int, on: date) -> None:
    periods.check_left(predecessor_id, on)
    periods.end_period(periods.last_period(predecessor_id), on)
    Organisation.objects.filter(pk=predecessor_id).update(closed_on=on)


@transaction.atomic
def merge(*, predecessor_ids: Sequence[int], successor_id: int, on: date, source: str) -> None:
    """End the predecessors on ``on``; the successor takes over, with all that belonged to them.

    The successor exists already: a new organisation opened for the purpose, or one that goes on.
    """
    periods.take_register()
    _must_exist([successor_id], on)
    if not predecessor_ids or successor_id in predecessor_ids:
        raise OrganisationRefusedError(_("Chọn ít nhất một đơn vị khác để nhập vào đơn vị tiếp nhận."))
    touched: list[int] = []
    for predecessor_id in dict.fromkeys(predecessor_ids):
        everything = OrganisationPeriod.objects.filter(parent_id=predecessor_id, valid_to__isnull=True)
        heirs = dict.fromkeys(everything.values_list("organisation_id", flat=True), successor_id)
        touched += _hand_over(predecessor_id, heirs, on, source)
        _end(predecessor_id, on)
        Succession.objects.create(
            predecessor_id=predecessor_id, successor_id=successor_id, on=on, source=source
        )
    today = local_day(timezone.now())
    periods.refresh(touched, today)
    if on <= today:
        Organisation.objects.filter(commune_id__in=predecessor_ids).update(commune_id=successor_id)


@transaction.atomic
def split(
    *,
    predecessor_id: int,
    successor_ids: Sequence[int],
    on: date,
    source: str,
    heirs: Mapping[int, int] | None = None,
    ends: bool = True,
) -> None:
    """Let several take over from one, which ends unless ``ends`` is False (a part is carved out).

    ``heirs`` maps what belongs to the predecessor (ids) to the successor that receives it; when the
    predecessor ends, every child needs one. A district's end is a split to its communes.
    """
    periods.take_register()
    _must_exist(successor_ids, on)
    heirs = heirs or {}
    if predecessor_id in successor_ids or not set(heirs.values()) <= {*successor_ids}:
        raise OrganisationRefusedError(_("Đơn vị tiếp nhận phải là các đơn vị đã chọn, khác đơn vị cũ."))
    if ends:
        touched = _hand_over(predecessor_id, heirs, on, source)
        _end(predecessor_id, on)
    else:
        touched = list(heirs)
        for child, heir in heirs.items():
            periods.change(child, on, source, parent_id=heir)
    for successor_id in dict.fromkeys(successor_ids):
        Succession.objects.create(
            predecessor_id=predecessor_id, successor_id=successor_id, on=on, source=source
        )
    periods.refresh(touched, local_day(timezone.now()))
