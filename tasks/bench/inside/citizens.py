"""Citizens who write and submit, one thread each, as the web process's threads do for them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection, connections
from django.utils import timezone

from portal.accounts.models import FamilyLink
from portal.common.clock import local_day
from portal.organisations import selectors as organisations
from portal.procedures import services
from portal.procedures.models import Draft
from portal.pupils import selectors as pupils

TRANSFER = "2.002854"


@dataclass
class Waits:
    """Seconds that things took: whole submissions, saved pages, and waiting for the write lock alone."""

    submissions: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    locks: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, execute: Any, sql: str, params: Any, many: bool, context: Mapping[str, Any]) -> Any:  # noqa: FBT001 - Django's signature
        """Measure how long SQLite lets us wait for its one write lock."""
        if not sql.startswith("BEGIN"):
            return execute(sql, params, many, context)
        with timed(self.locks):
            return execute(sql, params, many, context)


@contextmanager
def timed(into: list[float]) -> Iterator[None]:
    """Add the seconds that the block took."""
    began = time.perf_counter()
    yield
    into.append(time.perf_counter() - began)


def links() -> list[FamilyLink]:
    """Give the demo's parents, each with a child that can change school."""
    found = FamilyLink.objects.filter(may_apply=True, valid_to__isnull=True).select_related("citizen__user")
    by_citizen = {link.citizen_id: link for link in found}
    return [link for link in by_citizen.values() if _school(link) is not None]


def _school(link: FamilyLink) -> tuple[int, int] | None:
    """Give another school of the child's level, and the grade."""
    enrolment = pupils.open_enrolment(link.pupil_id)
    if enrolment is None or enrolment.school.levels[0] not in {
        "primary",
        "lower_secondary",
        "upper_secondary",
    }:
        return None
    others = organisations.schools(enrolment.school.levels[0]).exclude(pk=enrolment.school_id)
    return (others[0].pk, enrolment.grade) if others else None


def write(link: FamilyLink, waits: Waits, *, disability: bool = False) -> Draft:
    """Write a transfer page by page; with a disability it needs a paper."""
    place = _school(link)
    assert place is not None  # noqa: S101 - links() gives no others
    with timed(waits.pages):
        draft = services.start_draft(citizen=link.citizen, procedure_code=TRANSFER)
    pages: dict[str, dict[str, Any]] = {
        "child": {"child": link.pupil_id},
        "destination": {
            "to_school": place[0],
            "to_grade": str(place[1]),
            "starts_on": (local_day(timezone.now()) + timedelta(days=21)).isoformat(),
        },
        "reason": {"reason": "moved", "reason_words": None, "disability": disability},
        "contact": {"phone": link.citizen.phone, "address": "Tổ 5, phường Ban Trắng"},
    }
    for page, answers in pages.items():
        with timed(waits.pages):
            draft = services.save_page(
                draft=draft, page_name=page, page_answers=answers, revision=draft.revision
            )
    return draft


def keep_submitting(mine: list[FamilyLink], waits: Waits, enough: threading.Event, pause: float) -> None:
    """Write and submit for one family after the other until it is enough; a failure is kept, not raised."""
    try:
        with connection.execute_wrapper(waits.watch):
            number = 0
            while not enough.is_set():
                draft = write(mine[number % len(mine)], waits)
                with timed(waits.submissions):
                    services.submit_draft(draft=draft)
                number += 1
                enough.wait(pause)
    except Exception as error:  # noqa: BLE001 - whatever it is, the figures must tell it
        waits.errors.append(f"{type(error).__name__}: {error}")
    finally:
        connections.close_all()


@contextmanager
def submitting(families: list[FamilyLink], threads: int, pause: float) -> Iterator[Waits]:
    """Let ``threads`` citizens submit while the block runs; ``pause`` seconds between two submissions."""
    waits, enough = Waits(), threading.Event()
    people = [
        threading.Thread(target=keep_submitting, args=(families[number::threads], waits, enough, pause))
        for number in range(threads)
    ]
    for person in people:
        person.start()
    try:
        yield waits
    finally:
        enough.set()
        for person in people:
            person.join()
