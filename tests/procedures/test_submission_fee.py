"""A fee that is part of submitting: nothing is submitted before the money, nothing is kept for nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client, override_settings

from payments import services as money
from payments.models import Attempt, Order, Refund
from portal.accounts.selectors import today
from portal.outbox.models import Duty
from portal.procedures import facts, ports, prepaid, registry, services
from portal.procedures.definition import FeeDue
from portal.procedures.definition.check import problems
from portal.procedures.models import Dossier, Draft, ExemptionRow, FeeRow
from portal.procedures.states import Status
from tests.documents import files
from tests.payments.shop import CODE, SECRET, failure, notice, tell
from tests.procedures.town import Town, build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_folder")]

PROCEDURE = "H99-XNQT"
FEE = 20_000


@pytest.fixture
def town() -> Iterator[Town]:
    money.register_terminal(code=CODE, name="Sở", shared=True)
    with override_settings(VNPAY_SECRETS={CODE: SECRET}):
        yield build()


def _pages(town: Town, group: str = "none") -> dict[str, dict[str, Any]]:
    return {
        "child": {"child": town.minh.pk},
        "school": {"school": town.leaving.pk, "phone": "+84900000118"},
        "fee": {"group": group},
    }


def _draft(town: Town, group: str = "none") -> Draft:
    draft = services.start_draft(citizen=town.lan, procedure_code=PROCEDURE)
    for page, answers in _pages(town, group).items():
        draft = services.save_page(
            draft=draft, page_name=page, page_answers=answers, revision=draft.revision
        )
    if group != "none":
        services.add_paper_file(draft=draft, paper="group_proof", upload=files.upload(files.pdf(), "a.pdf"))
    return draft


def _due(draft: Draft) -> Order:
    with pytest.raises(services.FeeDueError) as due:
        services.submit_draft(draft=draft)
    return due.value.order


def _begin(order: Order) -> Attempt:
    money.begin_attempt(
        order=order, method="qr", customer_ip="203.0.113.10", return_url="https://dvc.example.vn/r"
    )
    return Attempt.objects.filter(order=order).latest("number")


def _pay(order: Order) -> Attempt:
    attempt = _begin(order)
    assert tell(notice(attempt)) == "00"
    return attempt


def _deliver(times: int = 1) -> None:
    for _time in range(times):
        for duty in Duty.objects.filter(kind="payments.deliver"):
            money.deliver_line(line_id=duty.payload["line_id"])


def test_the_money_submits_the_draft_once(town: Town) -> None:
    draft = _draft(town)
    order = _due(draft)
    assert _due(draft) == order
    assert (order.amount, order.payer_id) == (FEE, town.lan.user_id)
    assert order.lines.get().payee == town.leaving
    assert town.minh.full_name not in order.lines.get().title
    _pay(order)
    assert not Dossier.objects.exists()
    _deliver(2)
    dossier = Dossier.objects.get()
    assert (dossier.fee_amount, dossier.status) == (FEE, Status.SUBMITTED)
    assert not Refund.objects.exists()
    assert services.submit_draft(draft=draft) == dossier


def test_after_the_money_the_citizen_may_press_as_well(town: Town) -> None:
    draft = _draft(town)
    _pay(_due(draft))
    dossier = services.submit_draft(draft=draft)
    _deliver()
    assert Dossier.objects.get() == dossier
    assert not Refund.objects.exists()


def test_a_fee_that_changed_meanwhile_is_the_one_that_was_quoted(town: Town) -> None:
    draft = _draft(town)
    _pay(_due(draft))
    FeeRow.objects.filter(procedure_code=PROCEDURE).update(amount=50_000)
    _deliver()
    assert Dossier.objects.get().fee_amount == FEE


def test_a_draft_with_an_open_attempt_is_locked(town: Town) -> None:
    draft = _draft(town)
    _begin(_due(draft))
    draft.refresh_from_db()
    with pytest.raises(services.DraftLockedError):
        services.save_page(
            draft=draft, page_name="fee", page_answers={"group": "poor"}, revision=draft.revision
        )
    with pytest.raises(services.DraftLockedError):
        services.add_paper_file(draft=draft, paper="group_proof", upload=files.upload(files.pdf(), "a.pdf"))
    assert Draft.objects.get(pk=draft.pk).revision == draft.revision


def test_stopping_unlocks_and_late_money_submits_nothing_and_goes_back(town: Town) -> None:
    draft = _draft(town)
    attempt = _begin(_due(draft))
    assert services.stop_draft_payment(draft=draft)
    draft = services.save_page(
        draft=draft, page_name="school", page_answers=_pages(town)["school"], revision=draft.revision
    )
    assert tell(notice(attempt)) == "00"
    _deliver()
    assert not Dossier.objects.exists()
    assert (Refund.objects.get().amount, Refund.objects.get().state) == (FEE, "proposed")
    # what it costs now is asked for anew
    _pay(_due(draft))
    _deliver()
    assert Dossier.objects.get().fee_amount == FEE
    assert Refund.objects.count() == 1


def test_editing_before_anybody_pays_closes_the_order(town: Town) -> None:
    draft = _draft(town)
    order = _due(draft)
    services.save_page(
        draft=draft, page_name="school", page_answers=_pages(town)["school"], revision=draft.revision
    )
    assert Order.objects.get(pk=order.pk).state == "closed"
    with pytest.raises(money.PaymentRefusedError):
        _begin(order)


def test_after_a_failed_attempt_the_draft_may_be_edited(town: Town) -> None:
    draft = _draft(town)
    attempt = _begin(_due(draft))
    tell(failure(attempt))
    services.save_page(
        draft=draft, page_name="school", page_answers=_pages(town)["school"], revision=draft.revision
    )
    assert tell(notice(attempt)) == "00", "money after a failure, for a draft that changed"
    _deliver()
    assert Refund.objects.get().amount == FEE
    assert not Dossier.objects.exists()


def test_money_for_a_deleted_draft_goes_back(town: Town) -> None:
    draft = _draft(town)
    attempt = _begin(_due(draft))
    assert services.delete_draft(draft=draft)
    tell(notice(attempt))
    _deliver()
    assert Refund.objects.get().amount == FEE
    assert not Dossier.objects.exists()


def test_money_for_a_draft_deleted_between_settlement_and_delivery_goes_back(town: Town) -> None:
    draft = _draft(town)
    _pay(_due(draft))
    services.delete_draft(draft=draft)
    _deliver(2)
    assert Refund.objects.get().reason.startswith("Bản nháp đã bị xóa")
    assert not Dossier.objects.exists()


def test_money_for_a_draft_that_was_submitted_without_it_goes_back(town: Town) -> None:
    draft = _draft(town)
    _pay(_due(draft))
    Order.objects.update(state="open")  # as if its delivery had never been
    FeeRow.objects.filter(procedure_code=PROCEDURE).update(amount=0)
    services.submit_draft(draft=draft)
    Order.objects.update(state="paid")
    _deliver(2)
    assert Dossier.objects.get().fee_amount == 0
    assert Refund.objects.get().amount == FEE


def test_money_for_a_draft_that_can_be_submitted_no_more_goes_back(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = _draft(town)
    _pay(_due(draft))
    monkeypatch.setattr("portal.procedures.services.submission.wrong_pages", lambda *_: ["child"])
    _deliver(2)
    assert Refund.objects.get().amount == FEE
    draft.refresh_from_db()
    assert (draft.state, prepaid.lock(draft)) == ("writing", "")


@pytest.mark.parametrize("verb", ["refuse_reception", "withdraw", "refuse"])
def test_a_dossier_that_ends_for_nothing_gives_its_fee_back(town: Town, verb: str) -> None:
    _pay(_due(_draft(town)))
    _deliver()
    dossier, clerk = Dossier.objects.get(), town.actor(town.thu, town.leaving)
    if verb == "withdraw":
        services.withdraw_dossier(dossier=dossier, actor=town.lan_acts(), revision=1)
    elif verb == "refuse_reception":
        services.refuse_reception(dossier=dossier, actor=clerk, revision=1, note="Không học ở đây")
    else:
        dossier = services.accept_dossier(dossier=dossier, actor=clerk, revision=1)
        with pytest.raises(services.RefusedMoveError, match="đã được nộp"):
            services.request_payment(dossier=dossier, actor=clerk, revision=dossier.revision)
        dossier = services.start_work(dossier=dossier, actor=clerk, revision=dossier.revision)
        services.refuse_dossier(dossier=dossier, actor=clerk, revision=dossier.revision, note="Không học")
    assert Refund.objects.get().amount == FEE


@pytest.mark.parametrize(
    ("group", "fee"), [("none", FEE), ("near_poor", 10_000), ("poor", 0), ("merit", 0)]
)
def test_a_group_pays_what_its_row_says(town: Town, group: str, fee: int) -> None:
    draft = _draft(town, group)
    if fee:
        order = _due(draft)
        assert order.amount == fee
        _pay(order)
        _deliver()
    else:
        services.submit_draft(draft=draft)
    assert Dossier.objects.get().fee_amount == fee


def test_an_exemption_has_days_a_channel_and_a_proof(town: Town) -> None:
    definition = registry.current(PROCEDURE)

    def fee(channel: str = "local", day: dt.date | None = None) -> facts.Quote:
        return facts.quote(definition, {"group": "poor"}, channel, day or today())

    assert (fee().fee, fee().full_fee) == (0, FEE)
    assert "hộ nghèo" in fee().evidence
    rows = ExemptionRow.objects.filter(procedure_code=PROCEDURE, group="poor")
    rows.update(valid_to=today())
    assert (fee().fee, fee().evidence) == (FEE, "")
    assert fee(day=today() - dt.timedelta(days=1)).fee == 0
    rows.update(valid_to=None, channel="counter")
    assert [fee(channel).fee for channel in ("local", "counter")] == [FEE, 0]
    rows.update(channel="any", amount=90_000)
    assert fee().fee == FEE, "a group never pays more"


def test_without_its_proof_an_exempted_draft_is_incomplete(town: Town) -> None:
    draft = services.start_draft(citizen=town.lan, procedure_code=PROCEDURE)
    for page, answers in _pages(town, "poor").items():
        draft = services.save_page(
            draft=draft, page_name=page, page_answers=answers, revision=draft.revision
        )
    with pytest.raises(services.IncompleteDraftError, match="chứng minh"):
        services.submit_draft(draft=draft)


def test_a_definition_says_what_its_exemptions_lack() -> None:
    definition = registry.current(PROCEDURE)
    assert problems(definition) == []
    assert definition.fee_due is FeeDue.SUBMISSION
    for changes in ({"papers": ()}, {"exemption_field": "nowhere"}, {"exemption_field": ""}):
        assert problems(replace(definition, **changes))
    stranger = replace(definition.exemptions[0], group="rich", evidence="", amount=-1)
    assert len(problems(replace(definition, exemptions=(stranger,)))) == 3


def test_the_pages_lead_from_the_check_to_the_bank_and_back(town: Town, client: Client) -> None:
    draft = _draft(town)
    client.force_login(town.lan.user)
    address = f"/nop/{PROCEDURE}/{draft.public_id}/"
    page = client.get(f"{address}kiem-tra/").content.decode()
    assert "Trả lệ phí và nộp hồ sơ" in page
    assert "20.000" in page
    answer = client.post(f"{address}kiem-tra/", {"declaration-0": "on"})
    order = Order.objects.get()
    assert answer["Location"] == f"/thanh-toan/{order.public_id}/"
    client.post(f"/thanh-toan/{order.public_id}/tra/", {"method": "qr"})
    for part in ("kiem-tra/", "trang/fee/", "giay-to/", "xoa/"):
        locked = client.get(address + part)
        assert locked.status_code == 409
        assert "Dừng thanh toán để sửa" in locked.content.decode()
    answer = client.post(f"{address}dung-thanh-toan/")
    assert answer["Location"] == f"{address}kiem-tra/"
    assert client.get(f"{address}kiem-tra/").status_code == 200
    client.post(f"{address}kiem-tra/", {"declaration-0": "on"})
    _pay(Order.objects.get(state="open"))
    assert "Đang nộp hồ sơ" in client.get(f"{address}kiem-tra/").content.decode()
    _deliver()
    dossier = Dossier.objects.get()
    assert client.get(f"{address}kiem-tra/")["Location"] == f"/ho-so/{dossier.public_id}/"


def test_nobody_else_stops_a_payment(town: Town, client: Client) -> None:
    draft = _draft(town)
    _begin(_due(draft))
    address = f"/nop/{PROCEDURE}/{draft.public_id}/dung-thanh-toan/"
    assert client.post(address).status_code == 302
    client.force_login(town.tuan.user)
    assert client.post(address).status_code == 404
    assert client.get(address).status_code == 405
    assert Order.objects.get().state == "open"


def test_an_older_stored_version_reads_as_the_new_kit_has_it(town: Town) -> None:
    row = registry.stored(registry.current("2.002854"))
    for name in ("fee_due", "exemption_field", "exemptions"):
        row.document.pop(name)
    row.save()
    assert registry.stored(registry.current("2.002854")).pk == row.pk
    assert ports.coded_definitions()["2.002854"].fee_due is FeeDue.PROCESSING
