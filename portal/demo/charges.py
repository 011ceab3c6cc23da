"""What three schools collect: published, partly paid at the school, a draft, a list that is overdue."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from payments import services as money
from portal.accounts import selectors as accounts
from portal.charges import selectors, services
from portal.common.clock import ZONE, local_day
from portal.common.money import format_dong
from portal.common.school_years import school_year_of
from portal.demo import cast
from portal.organisations import selectors as organisations
from portal.settings.banking import SANDBOX_TERMINALS

LOWER_SECONDARY = "Trường THCS Hoa Ban"
GROUNDS = ("Hộ nghèo", "Con của người có công", "Khuyết tật")


@dataclass(frozen=True, slots=True)
class Plan:
    """A list to be: days from today at which it was made and is due; ``paid`` is the share paid at the school."""

    school: str
    kind: str
    title: str
    unit_price: int
    quantity: int
    made: int
    due: int
    paid: float
    published: bool = True


PLANS = (
    Plan(cast.LEAVING_SCHOOL, "health-insurance", "Bảo hiểm y tế {year}", 632_000, 1, -40, -6, 0.8),
    Plan(cast.LEAVING_SCHOOL, "meals", "Tiền ăn bán trú tháng {month}", 28_000, 20, -9, 9, 0.35),
    Plan(cast.LEAVING_SCHOOL, "water", "Nước uống học kỳ I", 8_000, 4, -9, 16, 0.3),
    Plan(cast.LEAVING_SCHOOL, "contact-book", "Sổ liên lạc điện tử", 12_000, 9, -1, 30, 0, published=False),
    Plan(cast.RECEIVING_SCHOOL, "boarding", "Chăm sóc bán trú tháng {month}", 220_000, 1, -8, 8, 0.55),
    Plan(cast.RECEIVING_SCHOOL, "cleaning", "Vệ sinh trường lớp học kỳ I", 12_000, 4, -20, 12, 0.4),
    Plan(LOWER_SECONDARY, "second-session", "Buổi học thứ hai tháng {month}", 140_000, 1, -7, 12, 0.5),
)


def seed_charges(rng: Random, now: dt.datetime) -> int:
    """Make the lists and give how many; one school takes its money through a terminal of its own."""
    opened = dt.datetime.combine(
        dt.date(int(school_year_of(local_day(now))[:4]), 9, 5), dt.time(9, 0), ZONE
    )
    if now < opened:
        return 0  # in August nobody is in a class yet
    _own_terminal()
    named = _named_children()
    for plan in PLANS:
        school = organisations.schools().get(name=plan.school)
        clerk = accounts.officers_of(school.pk, "school_clerk")[0].user_id
        at = max(now + dt.timedelta(days=plan.made), opened)
        day = local_day(now)
        listed = services.make_list(
            wish=services.Wish(
                school_id=school.pk,
                kind_code=plan.kind,
                title=plan.title.format(month=f"{day:%m/%Y}", year=day.year),
                unit_price=plan.unit_price,
                due_on=max(day + dt.timedelta(days=plan.due), local_day(at)),
                quantity=plan.quantity,
            ),
            actor_id=clerk,
            at=at,
        )
        for row in selectors.charges_in(listed):
            if row.pupil_id not in named and rng.random() < 0.06:  # noqa: PLR2004 - one in sixteen
                services.exempt_in_draft(charge=row, ground=rng.choice(GROUNDS))
        if plan.published:
            services.publish_list(list_id=listed.pk, revision=listed.revision, actor_id=clerk, at=at)
            services.publish_all(listed.pk)
            _collect(listed, plan, rng, clerk, named)
    return len(PLANS)


def _own_terminal() -> None:
    school = organisations.schools().get(name=cast.RECEIVING_SCHOOL)
    terminal = money.register_terminal(code=SANDBOX_TERMINALS[1], name=school.name)
    money.assign_terminal(organisation_id=school.pk, terminal=terminal)


def _named_children() -> set[int]:
    """Give the children of the named parents: what they owe waits for whoever tries the demo."""
    found = [accounts.citizen_by_personal_id(parent.personal_id) for parent in cast.PARENTS]
    return {
        link.pupil_id for citizen in found if citizen is not None for link in accounts.children_of(citizen)
    }


def _collect(listed: selectors.ChargeList, plan: Plan, rng: Random, clerk: int, named: set[int]) -> None:
    rows = [row for row in selectors.charges_in(listed, "due") if row.pupil_id not in named]
    for number, row in enumerate(rows):
        if rng.random() < plan.paid:
            way = "transfer" if rng.random() < 0.7 else "cash"  # noqa: PLR2004 - seven in ten
            services.record_payment(
                charge=row, way=way, note=f"Phiếu thu {number + 1}", actor_id=clerk, revision=row.revision
            )
    unpaid = next((row for row in selectors.charges_in(listed, "due") if row.pupil_id not in named), None)
    if unpaid is not None and plan.quantity > 1:
        less = plan.quantity - 1
        services.correct_charge(
            charge=unpaid,
            quantity=less,
            reason=f"Nghỉ một buổi, nay là {format_dong(plan.unit_price * less)}",
            actor_id=clerk,
            revision=unpaid.revision,
        )
