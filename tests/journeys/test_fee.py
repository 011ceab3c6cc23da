"""A fee paid by a parent on a phone, by card at the sandbox bank, and settled once; another one cancelled."""

from __future__ import annotations

import json
import subprocess

import httpx
import pytest
from playwright.sync_api import Page, expect

from portal.demo.cast import MAI, PAO, RECEIVING_SCHOOL, Parent
from tasks.places import PYTHON, ROOT
from tests.journeys.people import look, press, sign_in_parent
from tests.support.browser_fixtures import PageAt
from tests.support.portal_fixtures import RunningPortal

pytestmark = [pytest.mark.browser, pytest.mark.processes]

GOOD_CARD = "9704198526191432198"
PASSWORD = "123456"

ASK = """
import datetime as dt
import sys

import django

django.setup()
from portal.accounts import selectors as accounts
from portal.common.clock import local_day
from portal.organisations import selectors as organisations
from portal.procedures import selectors, services
from portal.procedures.models import FeeRow
from portal.procedures.workflow import Actor
from django.utils import timezone

TRANSFER = "2.002854"
parent = accounts.citizen_by_personal_id(sys.argv[1])
child = next(link.pupil for link in accounts.children_of(parent) if link.pupil.full_name == sys.argv[3])
school = organisations.find_schools(sys.argv[2])[0]
soon = local_day(timezone.now()) + dt.timedelta(days=14)
fees = FeeRow.objects.filter(procedure_code=TRANSFER)
before = list(fees.values_list("pk", "amount"))
fees.update(amount=9_000)
draft = services.start_draft(citizen=parent, procedure_code=TRANSFER)
for page, answers in {
    "child": {"child": child.pk},
    "destination": {"to_school": school.pk, "to_grade": "4", "starts_on": soon.isoformat()},
    "reason": {"reason": "moved", "reason_words": None, "disability": False},
    "contact": {"phone": "+84900000226", "address": "Tổ 5, phường Ban Trắng"},
}.items():
    draft = services.save_page(draft=draft, page_name=page, page_answers=answers, revision=draft.revision)
dossier = services.submit_draft(draft=draft)
for pk, amount in before:
    fees.filter(pk=pk).update(amount=amount)
clerk = Actor(None, "Văn thư", dossier.organisation_id)
dossier = services.accept_dossier(dossier=dossier, actor=clerk, revision=dossier.revision)
dossier = services.request_payment(dossier=dossier, actor=clerk, revision=dossier.revision)
print(dossier.public_id)
"""


def _asked_for_a_fee(portal: RunningPortal, parent: Parent, child: str) -> str:
    """Send in a parent's dossier, let a clerk accept it and ask for its fee; give its address."""
    done = subprocess.run(
        [PYTHON, "-c", ASK, parent.personal_id, RECEIVING_SCHOOL, child],
        cwd=ROOT,
        env=dict(portal.site.environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return f"/ho-so/{done.stdout.split()[-1]}/"


def _to_the_bank(page: Page, method: str) -> None:
    page.get_by_role("radio", name=method).check()
    press(page, "Sang trang thanh toán")
    page.wait_for_url("**/pay/**")


def _payments(portal: RunningPortal) -> list[dict[str, object]]:
    books: dict[str, list[dict[str, object]]] = json.loads(
        httpx.get(f"{portal.address('bank')}/sandbox/api/books").text
    )
    return books["payments"]


def test_a_fee_is_cancelled_then_paid_by_card_and_settled_once(
    running_portal: RunningPortal, page_at: PageAt
) -> None:
    address = _asked_for_a_fee(running_portal, PAO, "Giàng Thị Mỷ")
    page = page_at(360, base_url=running_portal.base_url)
    sign_in_parent(page, PAO)
    page.goto(address)
    look(page, "20-fee-asked-360")
    page.get_by_role("link", name="Nộp lệ phí").click()
    look(page, "21-pay-360")
    press(page, "Sang trang thanh toán")
    expect(page.get_by_role("alert")).to_contain_text("Chọn một cách thanh toán")

    _to_the_bank(page, "Thẻ nội địa")
    look(page, "22-bank-360")
    page.goto(address)
    page.get_by_role("link", name="Nộp lệ phí").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đang chờ ngân hàng xác nhận")
    expect(page.get_by_role("main")).to_contain_text("Đừng trả lại lần nữa")
    look(page, "23-waiting-360")
    page.get_by_text("Anh/chị chưa trả tiền?").click()
    press(page, "Mở lại trang của ngân hàng")
    page.wait_for_url("**/pay/**")
    press(page, "Hủy thanh toán")
    page.wait_for_url("**/thanh-toan/**")
    _until(page, "Lần thanh toán trước không thành công")
    look(page, "24-cancelled-360")

    _to_the_bank(page, "Thẻ nội địa")
    page.get_by_label("Số thẻ thử nghiệm").fill(GOOD_CARD)
    press(page, "Tiếp tục")
    page.get_by_label("Mã xác thực (OTP)").fill(PASSWORD)
    press(page, "Tiếp tục")
    page.wait_for_url("**/thanh-toan/**")
    _until(page, "Đã nhận thanh toán")
    look(page, "25-paid-360")
    page.get_by_role("link", name="Xem hồ sơ").click()
    _until(page, "Đã nhận lệ phí")
    look(page, "26-fee-settled-360")
    assert [payment["state"] for payment in _payments(running_portal)][-2:] == ["failed", "paid"]


def test_money_that_came_while_the_worker_was_dead_moves_the_dossier_after_its_restart(
    running_portal: RunningPortal, page_at: PageAt
) -> None:
    address = _asked_for_a_fee(running_portal, MAI, "Nguyễn Gia Bình")
    page = page_at(360, base_url=running_portal.base_url)
    sign_in_parent(page, MAI)
    page.goto(address)
    page.get_by_role("link", name="Nộp lệ phí").click()
    running_portal.kill("worker")
    try:
        _to_the_bank(page, "Quét mã VNPAY-QR")
        press(page, "Tôi đã quét và trả tiền")
        page.wait_for_url("**/thanh-toan/**")
        _until(page, "Đã nhận thanh toán")
        page.get_by_role("link", name="Xem hồ sơ").click()
        expect(page.get_by_role("main")).to_contain_text("Anh/chị không phải trả nữa")
        look(page, "27-paid-not-delivered-360")
    finally:
        running_portal.start("worker")
    _until(page, "Anh/chị chưa phải làm gì")


def _until(page: Page, words: str) -> None:
    """Look again until the page says it: the bank tells us in its own time."""
    for _second in range(60):
        if words in page.get_by_role("main").inner_text():
            return
        page.wait_for_timeout(1_000)
        page.reload()
    pytest.fail(f"{words!r} did not come; the page says {page.get_by_role('main').inner_text()!r}")
