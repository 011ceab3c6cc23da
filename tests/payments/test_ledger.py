"""The ledger only grows: the database itself refuses to change or delete what it says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from payments import selectors
from payments.models import LedgerEntry
from tests.payments.shop import Shop, build, notice, owning, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Iterator[Shop]:
    with owning():
        yield build()


ATTACKS = (
    "UPDATE payments_ledgerentry SET amount = 1",
    "UPDATE payments_ledgerentry SET debit = 'payee:1:mine' WHERE 1 = 1",
    "DELETE FROM payments_ledgerentry",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_sql_cannot_change_what_was_written(shop: Shop, attack: str) -> None:
    tell(notice(shop.attempt(shop.order(20_000, 10_000))))
    before = list(LedgerEntry.objects.order_by("pk").values())
    with (
        pytest.raises(IntegrityError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(attack)
    assert list(LedgerEntry.objects.order_by("pk").values()) == before


@pytest.mark.postgresql
def test_truncate_is_refused_as_well(shop: Shop) -> None:
    if connection.vendor != "postgresql":
        # SQLite has no TRUNCATE; its DELETE is refused above
        assert connection.vendor == "sqlite"
        return
    tell(notice(shop.attempt()))
    with (
        pytest.raises(IntegrityError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        # constraints first, or PostgreSQL refuses for another reason
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE payments_ledgerentry CASCADE")


def test_the_orm_cannot_either(shop: Shop) -> None:
    attempt = shop.attempt()
    tell(notice(attempt))
    entry = LedgerEntry.objects.get()
    entry.amount = 1
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save()
    with pytest.raises(ProtectedError):
        attempt.delete()


@pytest.mark.parametrize("changes", [{"amount": 0}, {"credit": "bank:1"}])
def test_an_entry_has_two_sides_and_a_positive_amount(shop: Shop, changes: dict[str, object]) -> None:
    attempt = shop.attempt()
    good = {"key": "k", "debit": "bank:1", "credit": "payee:1:x", "amount": 5, "at": attempt.created_at}
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntry.objects.create(line=attempt.order.lines.get(), attempt=attempt, **{**good, **changes})
    assert not LedgerEntry.objects.exists()


def test_balances_add_up_to_nothing(shop: Shop) -> None:
    tell(notice(shop.attempt(shop.order(20_000, 10_000))))
    balances = selectors.balances()
    assert balances[f"bank:{shop.terminal.pk}"] == 30_000
    assert balances[f"payee:{shop.payee.pk}:test-fee"] == -30_000
    assert sum(balances.values()) == 0
