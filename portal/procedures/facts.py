"""Fees and time limits in force on a day, and the loading of a definition's first rows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from portal.procedures.definition import Definition, holds
from portal.procedures.models import DeadlineRow, ExemptionRow, FeeRow


class MissingFactError(LookupError):
    """No row says the fee or the time limit of that day; nothing may be promised then."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What a citizen is told when submitting: fee in whole đồng, limit in working days."""

    fee: int
    fee_source: str
    deadline_key: str
    working_days: int
    cutoff: dt.time | None
    full_fee: int = 0
    """What others pay; larger than ``fee`` where the applicant's group pays less."""
    evidence: str = ""
    """The paper that must prove the group; empty where nobody is exempted."""


def _in_force(day: dt.date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def fee(procedure_code: str, channel: str, day: dt.date) -> FeeRow:
    """Give the fee row of a channel; a row for "any" counts where the channel has none of its own."""
    rows = {
        row.channel: row
        for row in FeeRow.objects.filter(
            _in_force(day), procedure_code=procedure_code, channel__in=(channel, "any")
        ).order_by("valid_from")
    }
    found = rows.get(channel) or rows.get("any")
    if found is None:
        raise MissingFactError(f"fee:{procedure_code}")
    return found


def exemption(
    definition: Definition, answers: Mapping[str, Any], channel: str, day: dt.date
) -> ExemptionRow | None:
    """Give the exemption in force for the group that these answers name; None where there is none."""
    group = answers.get(definition.exemption_field) if definition.exemption_field else None
    if not isinstance(group, str) or not group:
        return None
    rows = {
        row.channel: row
        for row in ExemptionRow.objects.filter(
            _in_force(day), procedure_code=definition.code, group=group, channel__in=(channel, "any")
        ).order_by("valid_from")
    }
    return rows.get(channel) or rows.get("any")


def deadline(procedure_code: str, key: str, day: dt.date) -> DeadlineRow:
    """Give the time limit row of a key."""
    row = (
        DeadlineRow.objects.filter(_in_force(day), procedure_code=procedure_code, key=key)
        .order_by("-valid_from")
        .first()
    )
    if row is None:
        raise MissingFactError(f"days:{procedure_code}/{key}")
    return row


def deadlines(procedure_code: str, day: dt.date) -> dict[str, DeadlineRow]:
    """Give every time limit of a procedure in force on a day, by key."""
    rows = DeadlineRow.objects.filter(_in_force(day), procedure_code=procedure_code)
    return {row.key: row for row in rows.order_by("valid_from")}


@dataclass(frozen=True, slots=True)
class Offer:
    """A procedure on a day, with its fee in whole đồng and its limits by key."""

    definition: Definition
    fee: int
    limits: Mapping[str, DeadlineRow]


def offers(definitions: Iterable[Definition], day: dt.date, channel: str) -> list[Offer]:
    """Give what may be promised on a day, in two queries for any number of procedures.

    A procedure without a fee or without one of its limits in force is left out: nothing may be promised
    of it, and it must not take the others' page down.
    """
    fees: dict[tuple[str, str], int] = {}
    for row in FeeRow.objects.filter(_in_force(day), channel__in=(channel, "any")).order_by("valid_from"):
        fees[row.procedure_code, row.channel] = row.amount
    limits: dict[str, dict[str, DeadlineRow]] = defaultdict(dict)
    for limit in DeadlineRow.objects.filter(_in_force(day)).order_by("valid_from"):
        limits[limit.procedure_code][limit.key] = limit
    found = []
    for definition in definitions:
        amount = fees.get((definition.code, channel), fees.get((definition.code, "any")))
        theirs = limits[definition.code]
        if amount is not None and all(rule.key in theirs for rule in definition.deadline_rules):
            found.append(Offer(definition, amount, theirs))
    return found


def quote(
    definition: Definition, answers: Mapping[str, Any], channel: str, day: dt.date, units: int = 1
) -> Quote:
    """Say the fee and the time limit for these answers; raises :class:`MissingFactError`.

    ``units``: how many times the fee is due, such as the number of copies.
    """
    rule = next(rule for rule in definition.deadline_rules if holds(rule.when, answers))
    limit = deadline(definition.code, rule.key, day)
    price = fee(definition.code, channel, day)
    less = exemption(definition, answers, channel, day)
    if less is not None and less.amount >= price.amount:
        less = None
    return Quote(
        fee=(less.amount if less else price.amount) * units,
        fee_source=less.source if less else price.source,
        full_fee=price.amount * units,
        evidence=less.evidence if less else "",
        deadline_key=rule.key,
        working_days=limit.working_days,
        cutoff=limit.cutoff,
    )


def load_first_rows(definition: Definition) -> int:
    """Write the rows a definition brings along, where its procedure has none; return how many.

    Rows that officers changed since are never touched.
    """
    fees = [
        FeeRow(
            procedure_code=definition.code,
            channel=fact.channel,
            amount=fact.amount,
            valid_from=fact.valid_from,
            valid_to=fact.valid_to,
            source=fact.source,
            recalled=fact.recalled,
        )
        for fact in definition.fees
    ]
    limits = [
        DeadlineRow(
            procedure_code=definition.code,
            key=fact.key,
            working_days=fact.working_days,
            cutoff=fact.cutoff,
            valid_from=fact.valid_from,
            valid_to=fact.valid_to,
            source=fact.source,
            recalled=fact.recalled,
        )
        for fact in definition.deadlines
    ]
    exemptions = [
        ExemptionRow(
            procedure_code=definition.code,
            group=fact.group,
            channel=fact.channel,
            amount=fact.amount,
            evidence=fact.evidence,
            valid_from=fact.valid_from,
            valid_to=fact.valid_to,
            source=fact.source,
            recalled=fact.recalled,
        )
        for fact in definition.exemptions
    ]
    written = 0
    if not ExemptionRow.objects.filter(procedure_code=definition.code).exists():
        written += len(ExemptionRow.objects.bulk_create(exemptions))
    if not FeeRow.objects.filter(procedure_code=definition.code).exists():
        written += len(FeeRow.objects.bulk_create(fees))
    if not DeadlineRow.objects.filter(procedure_code=definition.code).exists():
        written += len(DeadlineRow.objects.bulk_create(limits))
    return written
