from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from portal.outbox import services as outbox
from portal.pupils import import_apply, services
from portal.pupils.models import Enrolment, Pupil, PupilImport
from portal.pupils.services import PupilRefusedError
from tests.pupils.build import YEAR, check, enrolled, line, province, workbook
from tests.support.databases import Copy
from tests.support.threads import FreshDatabase

pytestmark = pytest.mark.concurrency
MOVE_DAY = date(2026, 11, 30)
ROWS = 3_000
# seconds that a citizen may wait at most while a file is written; the machine of the tests is shared
LONGEST_WAIT = 5.0


def _move_unguarded(shown: Enrolment, to: int, number: int) -> int:
    """Move as if nobody else did: what the form showed is written without a second look."""
    Enrolment.objects.filter(pk=shown.pk).update(ends_on=MOVE_DAY, end_cause=f"dossier:{number}")
    return to


def test_without_the_condition_every_officer_would_have_moved_the_pupil(
    fresh_database: FreshDatabase,
) -> None:
    made = province()
    shown = enrolled(made.primary)
    outcomes = fresh_database.together(
        [partial(_move_unguarded, shown, made.other.pk, number) for number in range(8)]
    )
    assert outcomes == [made.other.pk] * 8


def test_one_of_many_moves_wins_and_the_others_are_told(fresh_database: FreshDatabase) -> None:
    made = province()
    old = enrolled(made.primary)
    outcomes = fresh_database.together(
        [
            partial(
                services.move_pupil,
                pupil_id=old.pupil_id,
                to_school_id=made.other.pk,
                grade=1,
                class_name="1B",
                school_year=YEAR,
                on=MOVE_DAY,
                cause=f"dossier:{number}",
                from_school_id=made.primary.pk,
            )
            for number in range(8)
        ]
    )
    moved = [outcome for outcome in outcomes if isinstance(outcome, Enrolment)]
    refused = [str(outcome) for outcome in outcomes if isinstance(outcome, PupilRefusedError)]
    assert (len(moved), len(refused)) == (1, 7)
    assert set(refused) == {"Học sinh nay đang học Trường Tiểu học Ban Trắng. Mở lại hồ sơ để xem."}
    assert Enrolment.objects.filter(ends_on__isnull=True).count() == 1


def test_the_same_decision_carried_out_by_many_workers_moves_once(fresh_database: FreshDatabase) -> None:
    made = province()
    old = enrolled(made.primary)
    move = partial(
        services.move_pupil,
        pupil_id=old.pupil_id,
        to_school_id=made.other.pk,
        grade=1,
        class_name="1B",
        school_year=YEAR,
        on=MOVE_DAY,
        cause="dossier:7",
    )
    outcomes = fresh_database.together([move] * 8)
    assert {outcome.pk for outcome in outcomes if isinstance(outcome, Enrolment)} == {
        Enrolment.objects.get(ends_on__isnull=True).pk
    }
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]


def test_two_workers_on_one_import_write_every_row_once(
    fresh_database: FreshDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_apply, "LOT", 20)
    monkeypatch.setattr(import_apply, "BREATH", 0.005)
    monkeypatch.setattr(import_apply, "_TRIES", 50)
    made = province()
    checked = check(workbook(*(line(number) for number in range(0, 400, 2))), made.primary)
    services.confirm_import(import_id=checked.pk, revision=checked.revision)
    outcomes = fresh_database.together([partial(services.apply_import, checked.pk)] * 4)
    assert outcomes == [None] * 4
    checked.refresh_from_db()
    assert (checked.state, checked.applied_count, checked.created_count) == (
        PupilImport.State.APPLIED, 200, 200,
    )  # fmt: skip
    assert Pupil.objects.count() == Enrolment.objects.count() == 200


@pytest.mark.processes
def test_a_killed_worker_leaves_nothing_halved_and_the_next_one_goes_on(
    fresh_database: FreshDatabase, database_copy: Copy, tmp_path: Path
) -> None:
    assert fresh_database is not None
    made = province()
    checked = check(workbook(*(line(number) for number in range(0, 2 * ROWS, 2))), made.primary)
    services.confirm_import(import_id=checked.pk, revision=checked.revision)
    place = database_copy.environment()
    if "DATA_DIR" in place:  # the worker needs the keys that encrypted the rows
        shutil.copytree(settings.DATA_DIR / "keys", Path(place["DATA_DIR"]) / "keys")
    program = f"import django; django.setup(); from portal.pupils import services; services.apply_import({checked.pk})"
    with (tmp_path / "worker.log").open("wb") as log:
        worker = subprocess.Popen(
            [sys.executable, "-c", program], env={**os.environ, **place}, stdout=log, stderr=log
        )
        try:
            _wait_for_some(checked)
        finally:
            worker.kill()
            worker.wait()
    checked.refresh_from_db()
    assert 0 < checked.applied_count < ROWS, (tmp_path / "worker.log").read_text()
    assert Pupil.objects.count() == Enrolment.objects.count() == checked.applied_count
    services.apply_import(checked.pk)
    checked.refresh_from_db()
    assert (checked.state, checked.applied_count) == (PupilImport.State.APPLIED, ROWS)
    assert Pupil.objects.count() == Enrolment.objects.count() == ROWS


def _wait_for_some(started: PupilImport) -> None:
    """Wait until a worker wrote its first rows."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        started.refresh_from_db()
        if started.applied_count:
            return
        time.sleep(0.01)


def test_citizens_submit_while_a_file_is_written(fresh_database: FreshDatabase) -> None:
    made = province()
    checked = check(workbook(*(line(number) for number in range(0, 2 * ROWS, 2))), made.primary)
    services.confirm_import(import_id=checked.pk, revision=checked.revision)

    def submit(citizen: int) -> float:
        """Write as a citizen's submission does, until the file is done; give the longest wait."""
        longest, number = 0.0, 0
        while PupilImport.objects.filter(pk=checked.pk, state=PupilImport.State.APPLYING).exists():
            started = time.perf_counter()
            with transaction.atomic():
                outbox.owe(kind="test.submission", key=f"test:{citizen}:{number}")
            longest = max(longest, time.perf_counter() - started)
            number += 1
            time.sleep(0.01)
        assert number > 0
        return longest

    def write() -> float:
        services.apply_import(checked.pk)
        return 0.0

    works: list[Callable[[], float]] = [write, *(partial(submit, citizen) for citizen in range(3))]
    outcomes: list[float | Exception] = fresh_database.together(works)
    waits = [outcome for outcome in outcomes if not isinstance(outcome, Exception)]
    assert len(waits) == len(outcomes), outcomes  # no "database is locked"
    assert max(waits) < LONGEST_WAIT
    assert Pupil.objects.count() == ROWS
