"""The register only grows, and a book tells when somebody changed it behind its back."""

from __future__ import annotations

import threading
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from portal.diplomas import selectors, services
from portal.diplomas.chain import check_book
from portal.diplomas.models import Book, Entry, EntryVersion, State
from portal.diplomas.register import MOVES
from portal.diplomas.rules import rule_for
from tests.diplomas import build
from tests.diplomas.build import DECISION, Archive, entered, line
from tests.support.threads import FreshDatabase


def _found(archive: Archive) -> list[str]:
    return [finding.what for finding in check_book(Book.objects.get(pk=archive.book.pk))]


def _change(entry: Entry, action: str, archive: Archive, **more: Any) -> Entry:
    return services.change_entry(
        entry=entry, version=entry.version, action=action, decision=DECISION, by=archive.by, **more
    )


def test_lines_are_entered_in_order_and_the_chain_holds(archive: Archive) -> None:
    first = entered(archive, *(line(register_number=f"{number}/2008") for number in range(1, 6)))
    entered(archive, line(register_number="6/2008", personal_id="999190001234"))
    assert [entry.number for entry in first] == [1, 2, 3, 4, 5]
    assert _found(archive) == []
    book = Book.objects.get(pk=archive.book.pk)
    assert (book.entry_count, book.length) == (6, 6)
    newest = EntryVersion.objects.latest("sequence")
    assert newest.content["full_name"] == "Lò Thị Lan"
    assert "999190001234" not in str(newest.__dict__)


def test_a_correction_is_a_version_with_its_decision(archive: Archive) -> None:
    (entry,) = entered(archive)
    after = _change(entry, "correct", archive, record=line(full_name="Lò Thị Lân"))
    assert (after.full_name, after.version, after.state) == ("Lò Thị Lân", 2, State.VALID)
    newer, older = selectors.history_of(after)
    assert (newer.decision, newer.decided_on, older.content["full_name"]) == (
        "12/QĐ-SGDĐT",
        date(2026, 11, 2),
        "Lò Thị Lan",
    )
    assert selectors.find_public("B12345", "lo thi lan", "1990-02-03") == [after], "marks do not count"
    assert _found(archive) == []


@pytest.mark.parametrize("action", ["correct", "suspend", "reinstate", "withdraw", "cancel"])
@pytest.mark.parametrize("state", list(State))
def test_only_the_moves_of_the_table_are_made(archive: Archive, action: str, state: State) -> None:
    (entry,) = entered(archive)
    Entry.objects.filter(pk=entry.pk).update(state=state)
    entry.refresh_from_db()
    more = {"record": line(grade="Giỏi")} if action == "correct" else {}
    if (state, action) in MOVES:
        assert _change(entry, action, archive, **more).state == MOVES[state, action]
    else:
        with pytest.raises(services.RegisterRefusedError, match="trạng thái"):
            _change(entry, action, archive, **more)


def test_no_decision_no_change(archive: Archive) -> None:
    (entry,) = entered(archive)
    for decision in (
        services.Decision(),
        services.Decision("12/QĐ"),
        services.Decision("", date(2026, 1, 1)),
    ):
        with pytest.raises(services.RegisterRefusedError, match="quyết định"):
            services.change_entry(
                entry=entry, version=1, action="withdraw", decision=decision, by=archive.by
            )
    with pytest.raises(services.RegisterRefusedError, match="Không có gì thay đổi"):
        _change(entry, "correct", archive, record=line())
    _change(entry, "withdraw", archive)
    with pytest.raises(services.OvertakenError):
        services.change_entry(entry=entry, version=1, action="withdraw", decision=DECISION, by=archive.by)


def test_versions_cannot_be_changed_or_deleted(archive: Archive) -> None:
    entered(archive)
    for statement in (
        "UPDATE diplomas_entryversion SET reason = 'khác'",
        "DELETE FROM diplomas_entryversion",
    ):
        with (
            pytest.raises(DatabaseError, match="only grows"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def _without_triggers(statement: str) -> None:
    """Alter a version as somebody would who owns the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER diplomas_version_no_update")
            cursor.execute("DROP TRIGGER diplomas_version_no_delete")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE diplomas_entryversion DISABLE TRIGGER USER")
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        ("UPDATE diplomas_entry SET grade = 'Giỏi'", {"differs"}),
        ("UPDATE diplomas_entry SET state = 'withdrawn' WHERE number = 2", {"differs"}),
        ("UPDATE diplomas_entry SET name_birth_index = 'x' WHERE number = 1", {"differs"}),
        ("UPDATE diplomas_entryversion SET reason = 'khác' WHERE sequence = 2", {"altered"}),
        ("UPDATE diplomas_entryversion SET decision = '1' WHERE sequence = 3", {"altered"}),
        ("UPDATE diplomas_entryversion SET digest = previous WHERE sequence = 2", {"altered", "unlinked"}),
        ("DELETE FROM diplomas_entryversion WHERE sequence = 2", {"missing", "unlinked", "unwritten"}),
        ("DELETE FROM diplomas_entryversion WHERE sequence = 3", {"head", "unwritten"}),
        ("UPDATE diplomas_book SET head = ''", {"head"}),
    ],
)
def test_an_altered_register_is_found(archive: Archive, harm: str, what: set[str]) -> None:
    entered(archive, *(line(register_number=f"{number}/2008") for number in range(1, 4)))
    assert _found(archive) == []
    _without_triggers(harm)
    assert set(_found(archive)) == what


def test_two_writers_never_fork_a_book(fresh_database: FreshDatabase) -> None:
    archive = build.archive()

    def enter(number: int) -> None:
        record = line(register_number=f"{number}/2008")
        for _try in range(40):
            try:
                services.enter_lines(book_id=archive.book.pk, records=[record], by=archive.by)
            except services.OvertakenError:
                continue
            return
        raise AssertionError(number)

    results = fresh_database.together([partial(enter, number) for number in range(1, 9)])
    assert [result for result in results if isinstance(result, Exception)] == []
    assert _found(archive) == []
    assert Entry.objects.filter(book=archive.book).count() == 8


def test_control_without_the_guard_every_withdrawal_wins(fresh_database: FreshDatabase) -> None:
    archive = build.archive()
    (entry,) = entered(archive)
    barrier = threading.Barrier(6)

    def read_check_save() -> None:
        mine = Entry.objects.get(pk=entry.pk)
        assert mine.state == State.VALID
        barrier.wait(20)
        mine.state, mine.version = State.WITHDRAWN, mine.version + 1
        mine.save()

    outcomes = fresh_database.together([read_check_save] * 6)
    assert [each for each in outcomes if isinstance(each, BaseException)] == []


def test_of_six_withdrawals_one_wins(fresh_database: FreshDatabase) -> None:
    archive = build.archive()
    (entry,) = entered(archive)
    barrier = threading.Barrier(6)

    def withdraw() -> None:
        seen = Entry.objects.get(pk=entry.pk)
        barrier.wait(20)
        _change(seen, "withdraw", archive)

    outcomes = fresh_database.together([withdraw] * 6)
    refused = [each for each in outcomes if isinstance(each, services.RegisterRefusedError)]
    assert len(refused) == 5
    assert EntryVersion.objects.filter(action="withdraw").count() == 1
    assert _found(archive) == []


def test_rules_of_both_times_are_data() -> None:
    before, after = (
        rule_for("upper_secondary", date(2026, 4, 14)),
        rule_for("upper_secondary", date(2026, 4, 15)),
    )
    assert before is not None
    assert after is not None
    assert (before.days, after.days) == (75, 30)
    assert (str(before.signer), str(after.signer)) == ("Giám đốc Sở Giáo dục và Đào tạo", "Hiệu trưởng")
    assert rule_for("lower_secondary", date(2026, 6, 1)) is None
