"""A draft that is edited and paid for at once: what is submitted is what was paid for. First without the guard."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.test import override_settings

from payments import services as money
from payments.models import Attempt, Order, Refund
from portal.outbox.models import Duty
from portal.procedures import prepaid, services
from portal.procedures.models import Dossier, Draft
from tests.payments.shop import CODE, SECRET, notice, tell
from tests.procedures.town import Town, build
from tests.support.threads import FreshDatabase

pytestmark = pytest.mark.concurrency


@pytest.fixture
def town(fresh_database: FreshDatabase) -> Iterator[Town]:
    money.register_terminal(code=CODE, name="Sở", shared=True)
    with override_settings(VNPAY_SECRETS={CODE: SECRET}):
        yield build()


def _asked(town: Town) -> tuple[Draft, Order]:
    draft = services.start_draft(citizen=town.lan, procedure_code="H99-XNQT")
    pages: dict[str, dict[str, Any]] = {
        "child": {"child": town.minh.pk},
        "school": {"school": town.leaving.pk, "phone": "+84900000118"},
        "fee": {"group": "none"},
    }
    for page, answers in pages.items():
        draft = services.save_page(
            draft=draft, page_name=page, page_answers=answers, revision=draft.revision
        )
    with pytest.raises(services.FeeDueError) as due:
        services.submit_draft(draft=draft)
    return draft, due.value.order


def _begin(order: Order) -> None:
    money.begin_attempt(
        order=order, method="qr", customer_ip="203.0.113.10", return_url="https://dvc.example.vn/r"
    )


def _edit(draft: Draft, school: int, revision: int) -> None:
    services.save_page(
        draft=Draft.objects.select_related("definition").get(pk=draft.pk),
        page_name="school",
        page_answers={"school": school, "phone": "+84900000118"},
        revision=revision,
    )


def _settle(order: Order) -> None:
    for attempt in Attempt.objects.filter(order=order):
        assert tell(notice(attempt)) == "00"
    for duty in Duty.objects.filter(kind="payments.deliver"):
        money.deliver_line(line_id=duty.payload["line_id"])


def test_control_without_the_guard_one_school_is_paid_and_another_gets_the_dossier(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, order = _asked(town)
    _begin(order)
    monkeypatch.setattr(prepaid, "before_change", lambda _draft: None)
    _edit(draft, town.receiving.pk, draft.revision)
    _settle(order)
    assert Dossier.objects.get().organisation_id == town.receiving.pk
    assert order.lines.get().payee_id == town.leaving.pk, "the accident: the money lies at the other school"


def test_of_editing_and_paying_at_once_one_gives_way(town: Town, fresh_database: FreshDatabase) -> None:
    draft, order = _asked(town)
    fresh_database.together(
        [partial(_begin, order)] * 8 + [partial(_edit, draft, town.receiving.pk, draft.revision)] * 8
    )
    order.refresh_from_db()
    edited = Draft.objects.get(pk=draft.pk).revision > draft.revision
    begun = Attempt.objects.filter(order=order).exists()
    assert (order.state == Order.State.CLOSED) is edited
    assert not (begun and edited and order.state == Order.State.OPEN)
    _settle(order)
    if edited:
        assert not Dossier.objects.exists()
        assert Refund.objects.count() == (1 if begun else 0)
    else:
        assert Dossier.objects.get().organisation_id == town.leaving.pk
