"""Owing, performing and reviving duties."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from portal.outbox import claims, payloads, ports
from portal.outbox.models import KEY_LENGTH, KIND_LENGTH, Duty
from portal.outbox.wakes import wake

_BATCH = 20


class TransactionError(RuntimeError):
    """A duty was owed outside a transaction, or performed inside one."""


class DutyNotDeadError(ValueError):
    """Only a dead duty can be revived."""


class LeaseLostError(RuntimeError):
    """The lease ran out and somebody else took the duty over: stop."""


def owe(
    *, kind: str, key: str, payload: Mapping[str, object] | None = None, not_before: datetime | None = None
) -> int:
    """Write down, in the caller's transaction, what must happen; the same ``key`` is written once.

    ``payload`` holds ids and short codes only. The duty is performed soon after the commit, or at
    ``not_before``. Answers the duty's id.

    Raises :class:`TransactionError` outside a transaction, ``PayloadError`` for more than ids, and
    ``ValueError`` for a key that belongs to another kind or does not fit its column.
    """
    if not _transactions():
        message = (
            f"The duty {kind!r} was owed outside a transaction, so it could outlive its cause or be lost"
            " with it. Open transaction.atomic() around the cause and owe the duty in there."
        )
        raise TransactionError(message)
    for name, text, longest in (("kind", kind, KIND_LENGTH), ("key", key, KEY_LENGTH)):
        if not 0 < len(text) <= longest:
            raise ValueError(f"A duty's {name} has 1 to {longest} characters: {text!r}")
    due_at = not_before or timezone.now()
    duty = Duty(kind=kind, key=key, payload=payloads.check(payload or {}), next_attempt_at=due_at)
    Duty.objects.bulk_create([duty], ignore_conflicts=True)  # no error that would end the transaction
    written = Duty.objects.values("pk", "kind", "state").get(key=key)
    if written["kind"] != kind:
        raise ValueError(
            f"The key {key!r} belongs to a duty of the kind {written['kind']!r}, not {kind!r}."
        )
    if written["state"] == Duty.State.WAITING and due_at <= timezone.now():
        transaction.on_commit(partial(wake, written["pk"]))
    return int(written["pk"])


def _transactions() -> int:
    """Count the open transactions and savepoints, leaving out those of Django's test cases."""
    blocks = transaction.get_connection().atomic_blocks
    return sum(not getattr(block, "_from_testcase", False) for block in blocks)


def perform_duty(*, duty_id: int) -> bool:
    """Perform a duty if it is due and nobody is at it; says whether it was ours to perform.

    Raises nothing that the handler raises: a failure is counted in the row.
    """
    if _transactions():
        raise TransactionError("A duty is performed outside of transactions; its handler opens its own.")
    claim = claims.take(duty_id)
    if claim is None:
        return False
    token = claims.current.set(claim)
    try:
        claim.kind.handler(claim.payload)
    except ports.Later as later:
        claims.postpone(claim, later.seconds)
    except Exception as error:  # noqa: BLE001 -- whatever it is, it counts as a failed attempt
        claims.fail(claim, error)
    else:
        claims.finish(claim)
    finally:
        claims.current.reset(token)
    return True


def extend_lease(*, seconds: float) -> None:
    """Keep the claim for ``seconds`` from now; for a handler on its way.

    Raises :class:`LeaseLostError` when it came too late and the duty is somebody else's.
    """
    claim = claims.current.get()
    if claim is None:
        raise LeaseLostError("Only the handler of a duty can extend a lease.")
    if not claims.extend(claim, seconds):
        raise LeaseLostError(f"Duty {claim.duty_id} was taken over; do less at a time or extend earlier.")


def perform_due_duties(*, seconds: float = 50.0) -> int:
    """Perform what is due until nothing is left or ``seconds`` have passed; answers how many it performed.

    Several may run at once. Each claims one duty at a time, so they share the work.
    """
    started, performed = time.monotonic(), 0
    while True:
        before = performed
        for duty_id in (
            claims.due(timezone.now())
            .order_by("next_attempt_at", "pk")
            .values_list("pk", flat=True)[:_BATCH]
        ):
            if time.monotonic() - started > seconds:
                return performed
            performed += perform_duty(duty_id=duty_id)
        if performed == before:  # nothing due, or others are at all of it
            return performed


def revive(*, duty_id: int) -> None:
    """Let a dead duty start again with all its attempts, or raise :class:`DutyNotDeadError`."""
    with transaction.atomic():
        dead = Duty.objects.filter(pk=duty_id, state=Duty.State.DEAD)
        found = dead.values_list("revision", flat=True).first()
        revived = found is not None and dead.filter(revision=found).update(
            state=Duty.State.WAITING,
            attempts=0,
            next_attempt_at=timezone.now(),
            lease_until=None,
            revision=found + 1,
        )
        if not revived:
            raise DutyNotDeadError(
                f"Duty {duty_id} is not dead: it waits, is done, or was revived already."
            )
        transaction.on_commit(partial(wake, duty_id))
