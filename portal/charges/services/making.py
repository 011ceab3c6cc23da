"""From a wish to a draft: whom it is for, at which price, checked whole before anything is saved."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.charges import facts
from portal.charges.events import write_event
from portal.charges.guards import list_is
from portal.charges.models import Charge, ChargeEvent, ChargeKind, ChargeList
from portal.charges.refusals import ChargeRefusedError
from portal.charges.sheet import FileLine, read_file
from portal.common.clock import local_day
from portal.common.school_years import school_year_of
from portal.common.text import tidy
from portal.organisations import selectors as organisations
from portal.outbox.services import owe
from portal.pupils import selectors as pupils
from portal.pupils.ports import BREATH, Pace

State = ChargeList.State
LOT = 500
#: what a page may write while somebody waits
AT_ONCE = 2_000
TITLE_LENGTH = 120
MOST_UNITS = 366
FURTHEST = dt.timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a school wants to collect. ``scope_value`` is the grade or the class; amounts in whole đồng."""

    school_id: int
    kind_code: str
    title: str
    unit_price: int
    due_on: dt.date
    quantity: int = 1
    scope: str = ChargeList.Scope.SCHOOL
    scope_value: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    pupil_id: int
    class_name: str
    quantity: int
    exemption: str = ""


def make_list(*, wish: Wish, actor_id: int | None, at: dt.datetime | None = None) -> ChargeList:
    """Make a draft for a class, a grade or the whole school; raises ChargeRefusedError.

    Up to 2,000 pupils stand in it at once; a larger list is PREPARING until its duty has filled it.
    """
    now = at or timezone.now()
    lines = list(_enrolled(wish.school_id, wish.scope, wish.scope_value, wish.quantity, local_day(now)))
    if not lines:
        raise ChargeRefusedError(_("Không có học sinh nào đang học ở đó. Chọn lớp hoặc khối khác."))
    if len(lines) <= AT_ONCE:
        made = _begin(wish, actor_id, now)
        _write(made, lines)
        return _end(made.pk)
    with transaction.atomic():
        made = _begin(wish, actor_id, now)
        owe(kind="charges.fill", key=f"charges.fill:{made.pk}", payload={"list_id": made.pk})
    return made


def make_list_from_file(
    *,
    wish: Wish,
    file: BinaryIO,
    file_name: str,
    actor_id: int | None,
    at: dt.datetime | None = None,
) -> ChargeList:
    """Make a draft of the rows of an Excel file.

    Raises RowsRefusedError with every wrong row, ``FileRefusedError`` for a file that is wrong as a whole
    and ChargeRefusedError for what may not be charged; nothing is saved then.
    """
    now = at or timezone.now()
    _checked(wish, local_day(now))
    lines = read_file(file, file_name, school_id=wish.school_id, day=local_day(now))
    made = _begin(wish, actor_id, now)
    _write(made, [_of_file(line) for line in lines])
    return _end(made.pk)


def _of_file(line: FileLine) -> _Line:
    return _Line(line.pupil_id, line.class_name, line.quantity, line.exemption)


def _enrolled(school_id: int, scope: str, value: str, quantity: int, day: dt.date) -> Iterator[_Line]:
    found = pupils.pupils_of(school_id, day, value if scope == ChargeList.Scope.CLASS else None)
    if scope == ChargeList.Scope.GRADE:
        found = found.filter(grade=int(value) if value.isdecimal() else -1)
    for pupil_id, class_name in found.values_list("pupil_id", "class_name"):
        yield _Line(pupil_id, class_name, quantity)


def _checked(wish: Wish, day: dt.date) -> tuple[Wish, ChargeKind]:
    school = organisations.organisation(wish.school_id)
    kind = facts.kind_for(school, wish.kind_code, day)
    facts.check_price(school, kind, wish.unit_price)
    check_due_day(wish.due_on, day)
    if not 1 <= wish.quantity <= MOST_UNITS:
        raise ChargeRefusedError(_("Số lượng phải từ 1 đến %(most)d.") % {"most": MOST_UNITS})
    if not tidy(wish.title) or len(tidy(wish.title)) > TITLE_LENGTH:
        raise ChargeRefusedError(_("Ghi tên khoản thu, nhiều nhất 120 ký tự."))
    return wish, kind


def check_due_day(due_on: dt.date, day: dt.date) -> None:
    """Refuse a last day to pay that is over, or so far that somebody mistyped the year."""
    if due_on < day:
        raise ChargeRefusedError(_("Hạn nộp đã qua. Chọn một ngày từ hôm nay trở đi."))
    if due_on > day + FURTHEST:
        raise ChargeRefusedError(_("Hạn nộp quá xa. Xem lại năm."))


def _begin(wish: Wish, actor_id: int | None, now: dt.datetime) -> ChargeList:
    wish, kind = _checked(wish, local_day(now))
    with transaction.atomic():
        made = ChargeList.objects.create(
            school_id=wish.school_id,
            school_year=school_year_of(local_day(now)),
            kind=kind,
            title=tidy(wish.title),
            scope=wish.scope,
            scope_value=wish.scope_value,
            unit_price=wish.unit_price,
            quantity=wish.quantity,
            due_on=wish.due_on,
            made_by_id=actor_id,
            made_at=now,
        )
        write_event(made.pk, ChargeEvent.Action.MADE, actor_id=actor_id, at=now)
    return made


def fill_list(list_id: int, after_lot: Callable[[], None] | None = None) -> None:
    """Write the pupils of a list that was too large for a page; killed on its way it goes on."""
    made = ChargeList.objects.filter(pk=list_id, state=State.PREPARING).first()
    if made is None:
        return
    present = set(made.charges.values_list("pupil_id", flat=True))
    day = local_day(made.made_at)
    lines = _enrolled(made.school_id, made.scope, made.scope_value, made.quantity, day)
    _write(made, [line for line in lines if line.pupil_id not in present], len(present), after_lot)
    _end(made.pk)


def _write(
    made: ChargeList,
    lines: list[_Line],
    before: int = 0,
    after_lot: Callable[[], None] | None = None,
) -> None:
    """Write draft rows in lots; ``before`` are there already. Breathes between lots only in a duty."""
    pace, at = Pace(LOT), 0
    while at < len(lines):
        lot = lines[at : at + pace.rows]
        with transaction.atomic():
            pace.begin()
            Charge.objects.bulk_create(_rows(made, lot, before + at), ignore_conflicts=True)
            ChargeList.objects.filter(pk=made.pk, state=State.PREPARING).update(
                done_count=F("done_count") + len(lot)
            )
        pace.end(len(lot))
        at += len(lot)
        if after_lot is not None:
            after_lot()
            time.sleep(max(BREATH, pace.last))


def _rows(made: ChargeList, lot: Iterable[_Line], before: int) -> Iterator[Charge]:
    for number, line in enumerate(lot, start=before + 1):
        amount = made.unit_price * line.quantity
        yield Charge(
            charge_list=made,
            pupil_id=line.pupil_id,
            class_name=line.class_name,
            number=number,
            quantity=line.quantity,
            amount=amount,
            to_pay=amount,
            exemption=line.exemption,
        )


def _end(list_id: int) -> ChargeList:
    made = ChargeList.objects.get(pk=list_id)
    ChargeList.objects.filter(pk=list_id, state=State.PREPARING).update(
        state=State.DRAFT, row_count=made.charges.count(), done_count=0, revision=F("revision") + 1
    )
    made.refresh_from_db()
    return made


def exempt_in_draft(*, charge: Charge, ground: str) -> None:
    """Note in a draft on what ground a pupil need not pay; an empty ground takes it back."""
    with transaction.atomic():
        changed = Charge.objects.filter(
            list_is(State.DRAFT), pk=charge.pk, state=Charge.State.DRAFT
        ).update(exemption=tidy(ground)[:200])
        if changed != 1:
            raise ChargeRefusedError(_("Danh sách này không còn là bản nháp. Mở lại trang để xem."))


def drop_draft(*, list_id: int, revision: int) -> None:
    """Throw a draft away; raises ChargeRefusedError where it moved meanwhile."""
    with transaction.atomic():
        mine = ChargeList.objects.filter(pk=list_id, state=State.DRAFT, revision=revision)
        if mine.update(revision=F("revision") + 1) != 1:
            raise ChargeRefusedError(_("Danh sách này không còn là bản nháp. Mở lại trang để xem."))
        Charge.objects.filter(charge_list_id=list_id).delete()
        ChargeList.objects.filter(pk=list_id).delete()
