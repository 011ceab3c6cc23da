"""Diplomas: found by two keys, copied, paid, signed, checked by a stranger without a network; books filled and undone."""

from __future__ import annotations

import re
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from portal.demo.cast import MAI
from tasks.places import PYTHON, ROOT
from tests.diplomas.test_verify_page import kept
from tests.journeys.people import (
    forget_draft,
    look,
    move,
    press,
    sign_in_officer,
    sign_in_parent,
)
from tests.support.browser_fixtures import PageAt
from tests.support.portal_fixtures import RunningPortal

pytestmark = [pytest.mark.browser, pytest.mark.processes]

DESK = "/ban-lam-viec/van-bang/"
ENTER = """
import sys

import django

django.setup()
from portal.diplomas import selectors
from portal.diplomas.credentials.making import credential_for, link_of, sign
from portal.diplomas.services import By, Record, enter_lines

book = selectors.all_books().filter(level="upper_secondary", year=2006).get()
line = {"full_name": sys.argv[1], "birth": "1988", "serial": sys.argv[2], "register_number": sys.argv[2]}
(entry,) = enter_lines(book_id=book.pk, records=[Record.of(line)], by=By(None, "journey"))
print(entry.public_id)
print(link_of(sign(credential_for(entry=entry, occasion="journey"), entry.content)))
"""


def _entered(portal: RunningPortal, name: str, serial: str) -> tuple[str, str]:
    """Enter a line of the journey's own; give its id and the address behind its QR code."""
    done = subprocess.run(
        [PYTHON, "-c", ENTER, name, serial],
        cwd=ROOT,
        env=dict(portal.site.environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    public_id, address = done.stdout.split()
    return public_id, address


def _ask(page: Page, number: str, name: str, birth: tuple[str, str, str]) -> None:
    page.goto("/van-bang/tra-cuu/")
    page.get_by_label("Số hiệu hoặc số vào sổ gốc").fill(number)
    page.get_by_label("Họ và tên ghi trên văn bằng").fill(name)
    for label, part in zip(("Ngày", "Tháng", "Năm"), birth, strict=True):
        page.get_by_label(label, exact=True).fill(part)
    press(page, "Tra cứu")


def _until(page: Page, words: str) -> None:
    for _second in range(60):
        if words in page.get_by_role("main").inner_text():
            return
        page.wait_for_timeout(1_000)
        page.reload()
    pytest.fail(f"{words!r} did not come; the page says {page.get_by_role('main').inner_text()!r}")


def _order(page: Page) -> str:
    """Order two copies of Mai's own diploma; give the temporary code."""
    page.goto("/nop/H99-BSVB/")
    forget_draft(page)
    press(page, "Bắt đầu")
    page.get_by_label("Bằng tốt nghiệp trung học phổ thông, năm 2006").check()
    look(page, "62-copy-which-360")
    press(page, "Tiếp tục")
    page.get_by_label("Số bản").fill("2")
    page.get_by_label("Bản điện tử có chữ ký số").check()
    page.get_by_label("Số điện thoại").fill("0900 000 118")
    look(page, "63-copy-delivery-360")
    press(page, "Tiếp tục")
    expect(page.get_by_role("main")).to_contain_text("18.000 đ")
    return _submit(page)


def _submit(page: Page) -> str:
    look(page, "64-copy-check-360")
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Nộp hồ sơ")
    expect(page.get_by_role("main")).to_contain_text("Đã nhận hồ sơ lúc")
    found = re.search(r"T-[0-9A-Z]{4}-[0-9A-Z]{2}", page.get_by_role("main").inner_text())
    assert found is not None
    return found[0]


def _open(page: Page, code: str) -> None:
    page.goto("/ban-lam-viec/")
    page.get_by_label("Tìm mã, tên").fill(code)
    press(page, "Tìm")
    page.get_by_role("link", name=MAI.full_name).first.click()


def _pay(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Nộp lệ phí").click()
    page.get_by_role("radio", name="Thẻ nội địa").check()
    press(page, "Sang trang thanh toán")
    page.wait_for_url("**/pay/**")
    page.get_by_label("Số thẻ thử nghiệm").fill("9704198526191432198")
    press(page, "Tiếp tục")
    page.get_by_label("Mã xác thực (OTP)").fill("123456")
    press(page, "Tiếp tục")
    page.wait_for_url("**/thanh-toan/**")
    _until(page, "Đã nhận thanh toán")


def test_a_copy_from_the_phone_to_the_stranger_without_a_network(
    running_portal: RunningPortal, page_at: PageAt
) -> None:
    base = running_portal.base_url
    phone = page_at(360, base_url=base)
    phone.goto("/van-bang/tra-cuu/")
    look(phone, "60-diploma-lookup-360")
    _ask(phone, "b 0612345", "nguyen thi mai", ("12", "4", "1989"))
    expect(phone.get_by_role("main")).to_contain_text("Không tìm thấy hoặc thông tin chưa khớp")
    _ask(phone, "b 0612345", "nguyen thi mai", ("12", "4", "1988"))
    expect(phone.get_by_role("main")).to_contain_text("còn giá trị")
    look(phone, "61-diploma-found-360")
    sign_in_parent(phone, MAI)
    code = _order(phone)
    address = phone.url

    officer = page_at(1280, base_url=base)
    sign_in_officer(officer, running_portal, "ngoc")
    _open(officer, code)
    expect(officer.get_by_alt_text("Ảnh trang 1 của sổ")).to_be_visible()
    look(officer, "65-copy-register-beside-1280")
    move(officer, "Tiếp nhận", "Tiếp nhận")
    move(officer, "Yêu cầu nộp lệ phí", "Yêu cầu nộp lệ phí")
    _pay(phone, address)
    phone.goto(address)
    _until(phone, "Cán bộ đang so với sổ gốc")
    officer.reload()
    move(officer, "Xác nhận, chuyển bước tiếp", "Xác nhận, chuyển bước tiếp", "Đã so với trang 1 của sổ.")

    leader = page_at(1280, base_url=base)
    sign_in_officer(leader, running_portal, "son")
    _open(leader, code)
    move(leader, "Đồng ý", "Đồng ý")
    officer.reload()
    move(officer, "Trả kết quả", "Trả kết quả")

    phone.goto(address)
    copy = phone.get_by_role("link", name="Bản sao văn bằng từ sổ gốc")
    for _second in range(60):  # set and sealed by a duty
        if copy.count():
            break
        phone.wait_for_timeout(1_000)
        phone.reload()
    look(phone, "66-copy-delivered-360")
    with phone.expect_download() as waiting:
        copy.click()
    pdf = Path(waiting.value.path()).read_bytes()
    token = re.search(rb"vc:([A-Za-z0-9_.-]+)", pdf)
    assert token is not None

    _check_without_a_network(page_at(360, base_url=base), token[1].decode())


def _check_without_a_network(stranger: Page, token: str) -> None:
    stranger.goto(f"/van-bang/kiem-tra/#{token}")
    expect(stranger.locator("#verdict")).to_have_attribute("data-answer", "valid")
    expect(stranger.get_by_role("heading", name="Văn bằng này có thật và còn giá trị")).to_be_visible()
    expect(stranger.get_by_role("main")).to_contain_text("B 0612345")
    look(stranger, "67-verified-360")
    kept(stranger)
    stranger.context.set_offline(True)
    stranger.reload()
    expect(stranger.locator("#verdict")).to_have_attribute("data-answer", "valid")
    expect(stranger.locator("[data-offline]")).to_be_visible()
    look(stranger, "68-verified-offline-360")
    altered = token.split(".")
    stranger.get_by_label("Hoặc dán nội dung mã QR").fill(
        ".".join([altered[0], altered[1][:-2] + "AA", altered[2]])
    )
    press(stranger, "Kiểm tra")
    expect(stranger.get_by_role("heading", name="Mã này đã bị thay đổi")).to_be_visible()


def test_a_withdrawn_diploma_is_shown_as_withdrawn(running_portal: RunningPortal, page_at: PageAt) -> None:
    base = running_portal.base_url
    public_id, address = _entered(running_portal, "Lò Văn Thử", "B 7770001")
    stranger = page_at(360, base_url=base)
    stranger.goto(address)
    expect(stranger.locator("#verdict")).to_have_attribute("data-answer", "valid")
    officer = page_at(1280, base_url=base)
    sign_in_officer(officer, running_portal, "ngoc")
    officer.goto(f"{DESK}muc/{public_id}/")
    look(officer, "70-entry-1280")
    officer.get_by_role("link", name="Thu hồi").click()
    press(officer, "Thu hồi")
    expect(officer.get_by_role("alert")).to_contain_text("Ghi số quyết định")
    officer.get_by_label("Số quyết định").fill("9/QĐ-SGDĐT")
    today = datetime.now().astimezone()
    for label, part in (("Ngày", today.day), ("Tháng", today.month), ("Năm", today.year)):
        officer.get_by_label(label, exact=True).fill(str(part))
    officer.get_by_label("Lý do").fill("Cấp sai đối tượng.")
    look(officer, "71-withdraw-1280")
    press(officer, "Thu hồi")
    expect(officer.get_by_role("main")).to_contain_text("Đã thu hồi")
    for _second in range(70):  # a list may be a minute old
        stranger.goto("/van-bang/kiem-tra/")
        stranger.goto(address)
        stranger.wait_for_selector('#verdict:not([data-answer=""])')
        if stranger.locator("#verdict").get_attribute("data-answer") == "revoked":
            break
        stranger.wait_for_timeout(1_000)
    expect(stranger.get_by_role("heading", name="Văn bằng này đã bị thu hồi")).to_be_visible()
    look(stranger, "72-revoked-360")


def _sheet(path: Path, *rows: list[object]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["SỔ GỐC CẤP BẰNG TỐT NGHIỆP THPT"])
    sheet.append(["TT", "Họ đệm", "Tên", "Năm sinh", "Phái", "Số hiệu bằng", "Vào sổ số", "Chấm công"])
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def _upload(page: Page, file: Path) -> None:
    page.goto(f"{DESK}nhap/")
    page.get_by_label("Cơ quan cấp bằng").select_option("Sở Giáo dục và Đào tạo tỉnh Hoa Ban")
    page.get_by_label("Bằng tốt nghiệp").select_option("upper_secondary")
    page.get_by_label("Năm tốt nghiệp").fill("1983")
    page.get_by_label("Tệp Excel").set_input_files(file)
    press(page, "Tải lên")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cột nào là gì?")


def test_a_messy_file_is_put_right_entered_by_two_and_undone(
    running_portal: RunningPortal, page_at: PageAt, tmp_path: Path
) -> None:
    base = running_portal.base_url
    officer = page_at(1280, base_url=base)
    sign_in_officer(officer, running_portal, "ngoc")
    wrong = [3, "Lò Thị", "", 1965, "Nữ", "B 83003", "3", ""]
    rows: list[list[object]] = [
        [1, "Giµng A", "P¸o", "1/1/1965", "nam", "B 83001", "1", "x"],
        [2, "Quàng  Văn", "Hoà", "12/5/65", "Nam", "B 83002", "2", ""],
    ]
    _upload(officer, _sheet(tmp_path / "so-goc-1983.xlsx", *rows, wrong))
    officer.get_by_label("Vào sổ số").select_option("Số vào sổ gốc")
    look(officer, "75-columns-1280")
    press(officer, "Kiểm tra tệp")
    expect(officer.get_by_role("main")).to_contain_text("1 dòng cần sửa")
    look(officer, "76-refused-1280")
    _upload(officer, _sheet(tmp_path / "so-goc-1983-sua.xlsx", *rows))
    expect(officer.get_by_label("Vào sổ số")).to_have_value("register_number")
    press(officer, "Kiểm tra tệp")
    expect(officer.get_by_role("main")).to_contain_text("Giàng A Páo")
    look(officer, "77-ready-1280")
    press(officer, "Chuyển người kiểm tra")
    place = officer.url

    second = page_at(1280, base_url=base)
    sign_in_officer(second, running_portal, "hoa")
    second.goto(place)
    press(second, "Cho ghi vào sổ gốc")
    _until(second, "2 dòng đã vào sổ")
    second.get_by_role("link", name="Xem sổ").click()
    expect(second.get_by_role("main")).to_contain_text("Quàng Văn Hoà")
    look(second, "78-book-1280")
    press(second, "Kiểm tra sổ")
    expect(second.get_by_role("main")).to_contain_text("Sổ còn nguyên")

    officer.goto(place)
    officer.get_by_text("Nhập nhầm? Hoàn tác cả tệp").click()
    officer.get_by_label("Lý do hoàn tác").fill("Nhầm năm tốt nghiệp.")
    press(officer, "Hoàn tác cả tệp")
    _until(officer, "2 trên 2 dòng đã bỏ khỏi sổ")
    look(officer, "79-undone-1280")


def test_pages_for_everybody_and_books_look_right(running_portal: RunningPortal, page_at: PageAt) -> None:
    base = running_portal.base_url
    phone = page_at(360, base_url=base)
    phone.goto("/van-bang/so-lieu/")
    look(phone, "80-figures-360")
    phone.goto("/van-bang/kiem-tra/")
    look(phone, "81-verify-360")
    sign_in_parent(phone, MAI)
    phone.goto("/van-bang/")
    look(phone, "82-mine-360")
    phone.get_by_role("link", name="Bằng tốt nghiệp trung học phổ thông, năm 2006").click()
    press(phone, "Tạo liên kết")
    expect(phone.get_by_role("main")).to_contain_text("mở được đến")
    look(phone, "83-own-360")
    officer = page_at(1280, base_url=base)
    sign_in_officer(officer, running_portal, "ngoc")
    officer.goto(f"{DESK}?q=nguyen+thi+mai")
    look(officer, "84-books-1280")
    english = page_at(360, base_url=base)
    english.goto("/en/van-bang/tra-cuu/")
    expect(english.get_by_role("heading", level=1)).to_be_visible()
