"""The chain of periods of one organisation: gapless, without overlap, the last one open until it closes.

Only services of this room write here, inside their transaction and after :func:`take_register`.
"""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack

from django.db.models import Q
from django.utils.translation import gettext as _

from portal.organisations.keys import search_key
from portal.organisations.models import Kind, Organisation, OrganisationPeriod
from portal.organisations.refusals import OrganisationRefusedError

SOURCE_LENGTH = 400
# who may belong to whom; the order of kinds also rules out circles
PARENTS = {
    Kind.DEPARTMENT: frozenset[str](),
    Kind.DISTRICT: frozenset({Kind.DEPARTMENT}),
    Kind.COMMUNE: frozenset({Kind.DEPARTMENT, Kind.DISTRICT}),
    Kind.SCHOOL: frozenset({Kind.DEPARTMENT, Kind.DISTRICT, Kind.COMMUNE}),
}


class Facts(TypedDict, total=False):
    """What a period may say anew; what is left out stays as it was."""

    name: str
    code: str
    parent_id: int


def take_register() -> None:
    """Make changes of the register queue up: rows of departments are its lock on PostgreSQL.

    Changes touch several organisations and are rare, so one lock for all is simpler than an order
    of many. SQLite needs none: its transactions that write follow each other anyway.
    """
    list(Organisation.objects.select_for_update().filter(kind=Kind.DEPARTMENT).values_list("pk"))


def last_period(organisation_id: int) -> OrganisationPeriod:
    """Give the open period, or refuse where the organisation is unknown or has an end already."""
    period = (
        OrganisationPeriod.objects.filter(organisation_id=organisation_id)
        .select_related("organisation")
        .order_by("valid_from")
        .last()
    )
    if period is None:
        raise OrganisationRefusedError(_("Không có đơn vị này trong danh sách. Tìm lại theo tên hoặc mã."))
    if period.valid_to is not None:
        raise OrganisationRefusedError(
            _("%(name)s đã kết thúc ngày %(day)s nên không đổi được nữa.")
            % {"name": period.name, "day": f"{period.valid_to:%d/%m/%Y}"}
        )
    return period


def check_parent(kind: str, parent_id: int | None, on: date) -> None:
    """Refuse a parent of the wrong kind, one that does not exist yet on the day, or one with an end."""
    allowed = PARENTS[Kind(kind)]
    if parent_id is None:
        if allowed:
            raise OrganisationRefusedError(_("Chọn đơn vị cấp trên."))
        return
    parent = Organisation.objects.filter(pk=parent_id).first()
    if parent is None or parent.kind not in allowed:
        raise OrganisationRefusedError(_("Đơn vị cấp trên này không đúng cấp. Chọn đơn vị khác."))
    if parent.closed_on is not None:
        raise OrganisationRefusedError(
            _("%(name)s kết thúc ngày %(day)s. Chọn đơn vị cấp trên khác.")
            % {"name": parent.name, "day": f"{parent.closed_on:%d/%m/%Y}"}
        )
    if parent.opened_on > on:
        raise OrganisationRefusedError(
            _("%(name)s có từ ngày %(day)s. Chọn ngày không sớm hơn ngày đó.")
            % {"name": parent.name, "day": f"{parent.opened_on:%d/%m/%Y}"}
        )


def check_left(organisation_id: int, on: date) -> None:
    """Refuse to end what others belong to on that day or later."""
    later = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    child = OrganisationPeriod.objects.filter(later, parent_id=organisation_id).order_by("valid_to").first()
    if child is None:
        return
    if child.valid_to is None:
        raise OrganisationRefusedError(
            _("%(name)s còn thuộc đơn vị này. Chuyển đi trước.") % {"name": child.name}
        )
    raise OrganisationRefusedError(
        _("%(name)s thuộc đơn vị này đến ngày %(day)s. Chọn ngày không sớm hơn ngày đó.")
        % {"name": child.name, "day": f"{child.valid_to:%d/%m/%Y}"}
    )


def check_code(code: str, organisation_id: int | None) -> None:
    """Refuse a code that another organisation has or ever had: old papers are found by their code."""
    taken = OrganisationPeriod.objects.filter(code=code).first()
    if taken is not None and taken.organisation_id != organisation_id:
        raise OrganisationRefusedError(
            _("Mã %(code)s đã dùng cho %(name)s. Mã cũ không cấp lại, chọn mã khác.")
            % {"code": code, "name": taken.name}
        )


def change(organisation_id: int, on: date, source: str, **facts: Unpack[Facts]) -> None:
    """Say something else from ``on``: close the open period and begin another.

    Several decisions of one day share the period that begins on it, as long as each speaks of
    something else: on 01/07/2025 a school changed its name and its parent.
    """
    last = last_period(organisation_id)
    if "code" in facts:
        check_code(facts["code"], organisation_id)
    if "parent_id" in facts:
        check_parent(last.organisation.kind, facts["parent_id"], on)
    if on < last.valid_from:
        raise OrganisationRefusedError(
            _("Từ ngày %(day)s đã có thay đổi khác của %(name)s. Chọn ngày sau đó.")
            % {"day": f"{last.valid_from:%d/%m/%Y}", "name": last.name}
        )
    if on == last.valid_from:
        _amend(last, source, facts)
        return
    end_period(last, on)
    OrganisationPeriod.objects.create(
        organisation_id=organisation_id,
        valid_from=on,
        code=facts.get("code", last.code),
        name=facts.get("name", last.name),
        parent_id=facts.get("parent_id", last.parent_id),
        source=source[:SOURCE_LENGTH],
    )


def _amend(last: OrganisationPeriod, source: str, facts: Facts) -> None:
    """Add a decision to the period that begins on its very day."""
    before = OrganisationPeriod.objects.filter(
        organisation_id=last.organisation_id, valid_to=last.valid_from
    ).first()
    for field in facts:
        if before is None or getattr(before, field) != getattr(last, field):
            raise OrganisationRefusedError(
                _("Ngày %(day)s đã có quyết định về việc này của %(name)s. Chọn ngày khác.")
                % {"day": f"{last.valid_from:%d/%m/%Y}", "name": last.name}
            )
    joined = f"{last.source}; {source}"[:SOURCE_LENGTH]
    OrganisationPeriod.objects.filter(pk=last.pk).update(source=joined, **facts)


def end_period(last: OrganisationPeriod, on: date) -> None:
    """Close the open period on ``on`` (exclusive); refuse if somebody else was first."""
    if on <= last.valid_from:
        raise OrganisationRefusedError(
            _("%(name)s có thay đổi từ ngày %(day)s. Chọn ngày sau đó.")
            % {"name": last.name, "day": f"{last.valid_from:%d/%m/%Y}"}
        )
    if OrganisationPeriod.objects.filter(pk=last.pk, valid_to__isnull=True).update(valid_to=on) != 1:
        raise OrganisationRefusedError(
            _("%(name)s vừa được người khác thay đổi. Mở lại trang để xem.") % {"name": last.name}
        )


def refresh(organisation_ids: list[int], today: date) -> int:
    """Write what the periods say of ``today`` onto the rows; give how many rows changed.

    An organisation that begins later or has ended keeps the nearest period: its first or its last.
    """
    chains: dict[int, list[OrganisationPeriod]] = {}
    periods = OrganisationPeriod.objects.filter(organisation_id__in=organisation_ids)
    for period in periods.select_related("parent").order_by("valid_from"):
        chains.setdefault(period.organisation_id, []).append(period)
    changed: list[Organisation] = []
    for organisation in Organisation.objects.filter(pk__in=organisation_ids):
        before = (organisation.code, organisation.name, organisation.name_key, organisation.parent_id)
        stands_in = organisation.commune_id
        chain = chains[organisation.pk]
        past = [period for period in chain if period.valid_from <= today] or chain[:1]
        now = past[-1]
        organisation.code, organisation.name, organisation.parent_id = now.code, now.name, now.parent_id
        organisation.name_key = search_key(period.name for period in reversed(past))
        if now.parent is not None and now.parent.kind == Kind.COMMUNE:
            organisation.commune_id = now.parent_id
        after = (organisation.code, organisation.name, organisation.name_key, organisation.parent_id)
        if before != after or stands_in != organisation.commune_id:
            changed.append(organisation)
    Organisation.objects.bulk_update(
        changed, ["code", "name", "name_key", "parent", "commune"], batch_size=200
    )
    return len(changed)
