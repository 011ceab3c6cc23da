"""Verbs of the register of organisations. Every change has a day and a source; the past stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.clock import local_day
from portal.common.text import tidy
from portal.organisations import periods
from portal.organisations.keys import search_key
from portal.organisations.models import (
    Kind,
    Organisation,
    OrganisationEvent,
    OrganisationPeriod,
    SchoolLevel,
    Succession,
)
from portal.organisations.refusals import OrganisationRefusedError
from portal.organisations.successions import merge, split
from portal.organisations.working_days import add_calendar_day, load_calendar, switch_calendar_day

__all__ = (
    "OrganisationRefusedError",
    "add_calendar_day",
    "apply_organisation_changes",
    "close",
    "correct_details",
    "load_calendar",
    "merge",
    "move",
    "open_organisation",
    "recode",
    "rename",
    "split",
    "switch_calendar_day",
)


def _checked_name(name: str) -> str:
    name = tidy(name)
    if not name:
        raise OrganisationRefusedError(_("Nhập tên đơn vị."))
    return name


def _checked_levels(kind: str, levels: Sequence[str]) -> list[str]:
    if kind != Kind.SCHOOL and levels:
        raise OrganisationRefusedError(_("Chỉ trường học mới có cấp học."))
    if kind == Kind.SCHOOL and not levels:
        raise OrganisationRefusedError(_("Chọn ít nhất một cấp học của trường."))
    known = [level.value for level in SchoolLevel if level.value in levels]
    if len(known) != len(set(levels)):
        raise OrganisationRefusedError(_("Có cấp học không có trong danh sách. Chọn lại cấp học."))
    return known


@transaction.atomic
def open_organisation(
    *,
    code: str,
    kind: str,
    name: str,
    on: date,
    source: str,
    parent_id: int | None = None,
    commune_id: int | None = None,
    levels: Sequence[str] = (),
    public: bool = True,
    address: str = "",
    phone: str = "",
    email: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
) -> Organisation:
    """Enter a new organisation that exists from ``on``.

    ``commune_id`` says where a school under the department stands; for a school under a commune it
    is that commune. Raises OrganisationRefusedError for a code already used, or a parent that does
    not fit or does not exist on that day.
    """
    periods.take_register()
    code, name = tidy(code), _checked_name(name)
    if not code:
        raise OrganisationRefusedError(_("Nhập mã đơn vị."))
    periods.check_code(code, None)
    periods.check_parent(kind, parent_id, on)
    if parent_id is not None and Organisation.objects.get(pk=parent_id).kind == Kind.COMMUNE:
        commune_id = parent_id
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(
                code=code,
                kind=kind,
                name=name,
                name_key=search_key([name]),
                parent_id=parent_id,
                commune_id=commune_id,
                levels=_checked_levels(kind, levels),
                public=public,
                address=tidy(address),
                phone=phone,
                email=email,
                latitude=latitude,
                longitude=longitude,
                opened_on=on,
            )
    except IntegrityError as error:
        raise OrganisationRefusedError(
            _("Mã %(code)s vừa được dùng cho đơn vị khác. Chọn mã khác.") % {"code": code}
        ) from error
    OrganisationPeriod.objects.create(
        organisation=organisation, valid_from=on, code=code, name=name, parent_id=parent_id, source=source
    )
    return organisation


class Details(TypedDict, total=False):
    """What is no decision: corrected in place, without history. Levels are SchoolLevel values."""

    levels: Sequence[str]
    public: bool
    address: str
    phone: str
    email: str
    latitude: float | None
    longitude: float | None
    commune_id: int | None


@transaction.atomic
def correct_details(*, organisation_id: int, **details: Unpack[Details]) -> None:
    """Correct what needs no decision; names, codes and parents have verbs of their own."""
    periods.take_register()
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if organisation is None:
        raise OrganisationRefusedError(_("Không có đơn vị này trong danh sách. Tìm lại theo tên hoặc mã."))
    if "levels" in details:
        details["levels"] = _checked_levels(organisation.kind, details["levels"])
    Organisation.objects.filter(pk=organisation_id).update(**details)


def _today() -> date:
    return local_day(timezone.now())


def _note(organisation_id: int, action: str, on: date, source: str, actor_id: int | None) -> None:
    OrganisationEvent.objects.create(
        organisation_id=organisation_id, action=action, on=on, source=source, actor_id=actor_id
    )


@transaction.atomic
def rename(*, organisation_id: int, name: str, on: date, source: str, actor_id: int | None = None) -> None:
    """Give another name from ``on``; a day in the future takes effect by itself."""
    periods.take_register()
    periods.change(organisation_id, on, source, name=_checked_name(name))
    periods.refresh([organisation_id], _today())
    _note(organisation_id, OrganisationEvent.Action.RENAMED, on, source, actor_id)


@transaction.atomic
def recode(*, organisation_id: int, code: str, on: date, source: str) -> None:
    """Give another code from ``on``; the organisation stays findable by the old one."""
    periods.take_register()
    periods.change(organisation_id, on, source, code=tidy(code))
    periods.refresh([organisation_id], _today())


@transaction.atomic
def move(
    *, organisation_id: int, parent_id: int, on: date, source: str, actor_id: int | None = None
) -> None:
    """Put under another parent from ``on``."""
    periods.take_register()
    periods.change(organisation_id, on, source, parent_id=parent_id)
    periods.refresh([organisation_id], _today())
    _note(organisation_id, OrganisationEvent.Action.MOVED, on, source, actor_id)


@transaction.atomic
def close(*, organisation_id: int, on: date, source: str, actor_id: int | None = None) -> None:
    """End an organisation: ``on`` is the first day on which it is no more.

    Refuses while others still belong to it after that day. Pupils are the pupils' room's concern:
    whoever closes a school closes or moves its enrolments first.
    """
    periods.take_register()
    last = periods.last_period(organisation_id)
    periods.check_left(organisation_id, on)
    periods.end_period(last, on)
    OrganisationPeriod.objects.filter(pk=last.pk).update(
        source=f"{last.source}; {source}"[: periods.SOURCE_LENGTH]
    )
    Organisation.objects.filter(pk=organisation_id).update(closed_on=on)
    _note(organisation_id, OrganisationEvent.Action.CLOSED, on, source, actor_id)


@transaction.atomic
def apply_organisation_changes(*, today: date | None = None) -> int:
    """Bring the rows to what the periods say of today; give how many rows changed.

    Runs daily; running it twice or late harms nothing.
    """
    periods.take_register()
    day = today or _today()
    changed = periods.refresh(list(Organisation.objects.values_list("pk", flat=True)), day)
    # a school under the department follows the commune in which it stands
    for link in Succession.objects.filter(on__lte=day, predecessor__kind=Kind.COMMUNE).order_by("on", "pk"):
        if Succession.objects.filter(predecessor_id=link.predecessor_id, on__lte=day).count() == 1:
            changed += Organisation.objects.filter(commune_id=link.predecessor_id).update(
                commune_id=link.successor_id
            )
    return changed
