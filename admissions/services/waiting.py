"""The waiting room: a turn is a moment, given away by one UPDATE and signed into the visitor's ticket.

While fewer come than we let in, every turn is "now" and nobody notices the room. Who comes before the
opening draws a lot among all early ones, so being early gives nothing; who comes later stands in the
order of coming. Asking again, reloading and other tabs read the same ticket and write nothing.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.db.models import Case, F, Value, When

from admissions.models import Phase, WaitingRoom

if TYPE_CHECKING:
    import datetime as dt

_SALT = "admissions.waiting-room"
#: seconds within which a turn must be taken, and for which it lasts
VALID = 45 * 60
#: as many may enter at once after a quiet time
BURST = 20


@dataclass(frozen=True, slots=True)
class Turn:
    """A ticket as it was read: ``seconds`` until its turn (0: come in), ``ahead`` in whole minutes told."""

    ticket: str
    seconds: int

    @property
    def minutes(self) -> int:
        """An honest estimate, rounded up."""
        return -(-self.seconds // 60)


def set_rate(*, phase: Phase, per_minute: int) -> WaitingRoom:
    """Say how many are let in a minute; 0 switches the room off."""
    room, _made = WaitingRoom.objects.update_or_create(phase=phase, defaults={"per_minute": per_minute})
    return room


def take_ticket(*, room: WaitingRoom, now: float | None = None) -> Turn:
    """Give a new visitor a ticket. One UPDATE, whatever the number of those who wait."""
    now = time.time() if now is None else now
    opens = _seconds(room.phase.opens_at)
    number = secrets.token_hex(8)
    if now < opens:
        WaitingRoom.objects.filter(pk=room.pk).update(early=F("early") + 1)
        return look(room=room, ticket=_sign(room, number, early=True, turn=0.0), now=now)
    step = 60 / room.per_minute
    earliest = Value(now - BURST * step, output_field=models.FloatField())
    rows = WaitingRoom.objects.filter(pk=room.pk)
    # the row is written before it is read: two who come at once get two turns
    with transaction.atomic():
        rows.filter(next_turn=0).update(
            next_turn=Value(opens, output_field=models.FloatField()) + F("early") * Value(step)
        )
        rows.update(
            next_turn=Case(When(next_turn__lt=earliest, then=earliest), default=F("next_turn"))
            + Value(step)
        )
        turn = rows.values_list("next_turn", flat=True).get() - step
    return look(room=room, ticket=_sign(room, number, early=False, turn=turn), now=now)


def look(*, room: WaitingRoom, ticket: str, now: float | None = None) -> Turn:
    """Say when a ticket's turn comes; raises :class:`BadTicketError` for one that is none of ours."""
    now = time.time() if now is None else now
    facts = _read(room, ticket)
    if facts["early"]:
        opens = _seconds(room.phase.opens_at)
        # a lot between 0 and 1, known to nobody before, the same whenever it is asked for
        lot = int(sha256(f"{settings.SECRET_KEY}:{ticket}".encode()).hexdigest()[:12], 16) / 16**12
        turn = opens + lot * room.early * 60 / room.per_minute if room.per_minute else opens
    else:
        turn = float(facts["turn"])
    return Turn(ticket, max(0, -(-int((turn - now) * 1000) // 1000)))


def is_admitted(*, room: WaitingRoom | None, ticket: str, now: float | None = None) -> bool:
    """Whether the bearer may save and submit: the room is off, or the ticket's turn has come."""
    if room is None or not room.per_minute:
        return True
    try:
        return look(room=room, ticket=ticket, now=now).seconds == 0
    except BadTicketError:
        return False


def room_of(phase: Phase | None) -> WaitingRoom | None:
    """Give a window's room; None where it has none or it is off."""
    if phase is None:
        return None
    return WaitingRoom.objects.select_related("phase").filter(phase=phase, per_minute__gt=0).first()


class BadTicketError(ValueError):
    """Not signed by us, for another window, or too old."""


def _sign(room: WaitingRoom, number: str, *, early: bool, turn: float) -> str:
    facts = {"room": room.pk, "n": number, "early": early, "turn": round(turn, 3)}
    return signing.dumps(facts, salt=_SALT)


def _read(room: WaitingRoom, ticket: str) -> dict[str, float]:
    try:
        facts = signing.loads(ticket, salt=_SALT, max_age=24 * 60 * 60)
    except signing.BadSignature as error:
        raise BadTicketError from error
    if facts.get("room") != room.pk:
        raise BadTicketError
    return dict(facts)


def _seconds(moment: dt.datetime) -> float:
    return moment.timestamp()
