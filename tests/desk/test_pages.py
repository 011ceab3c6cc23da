"""Every page of the registers in Chromium: phone and office screen, light and dark, with and without script."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from portal.accounts.models import Officer, RoleAssignment
from portal.accounts.services import lend_role
from portal.organisations import services as organisations
from portal.organisations.models import CalendarDay
from portal.outbox.models import Duty
from portal.pupils import services
from portal.pupils.models import Enrolment, PupilImport
from tests.desk.office import DESK, Office, build, sign_in
from tests.journeys.people import look, press
from tests.pupils.build import YEAR, check, enrolled, line, workbook
from tests.support.browser_fixtures import PageAt

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office() -> Office:
    made = build()
    organisations.load_calendar(2026)
    school = made.province.primary
    for number in range(33):
        enrolled(
            school,
            200 + number,
            full_name=("Lò Thị Đào", "Giàng A Páo", "Quàng Thị Thương Thương")[number % 3],
        )
    organisations.rename(
        organisation_id=school.pk,
        name="Trường Tiểu học Nậm Ban Số 1",
        on=date(2025, 7, 1),
        source="Nghị quyết mẫu về sắp xếp đơn vị hành chính",
        actor_id=made.ngoc.user.pk,
    )
    Duty.objects.create(
        kind="notice.deliver",
        key="notice.deliver:1",
        state="dead",
        attempts=20,
        next_attempt_at=timezone.now(),
        last_error="smtplib.SMTPServerDisconnected at portal/notifications/channels/mail.py:118",
    )
    own = RoleAssignment.objects.get(officer=made.hanh)
    start = timezone.localdate()
    lend_role(
        assignment_id=own.pk,
        to_officer_id=made.son.pk,
        valid_from=start,
        valid_to=start + timedelta(days=9),
    )
    return made


def let_in(page: Page, server: LiveServer, who: Officer) -> Page:
    """Bring the session of a signed-in officer into the browser."""
    cookie = sign_in(who).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])
    return page


def imports(office: Office) -> dict[str, PupilImport]:
    """Make one import in each state."""
    school = office.province.primary
    found = {
        "ready": check(
            workbook(line(200, full_name="Lò Thị Đào", birth_date="06/05/2018"), line(900)), school
        ),
        "refused": check(workbook(line(902, gender="?"), line(904, birth_date="31/02/2019")), school),
        "applied": check(workbook(line(906)), school),
    }
    assert [each.state for each in found.values()] == ["ready", "refused", "ready"]
    services.confirm_import(import_id=found["applied"].pk, revision=found["applied"].revision)
    services.apply_import(found["applied"].pk)
    for state in ("checking", "applying"):
        found[state] = PupilImport.objects.create(
            school=school, school_year=YEAR, file_name="danh-sach-hoc-sinh.xlsx", state=state,
            row_count=1_200 if state == "applying" else 0, applied_count=500,
        )  # fmt: skip
    return found


def pages_of(office: Office) -> list[tuple[Officer, str, str]]:
    """List every page of the registers: for whom, where, and what its picture is called."""
    school, ward = office.province.primary, office.province.ward
    own = RoleAssignment.objects.get(officer=office.thu)
    day = CalendarDay.objects.get(day=date(2026, 11, 24))
    pupil = Enrolment.objects.filter(school=school).latest("pk").pupil_id
    return [
        (office.thu, "hoc-sinh/", "pupils"),
        (office.thu, "hoc-sinh/?q=khong+co+ai", "pupils-none"),
        (office.thu, f"hoc-sinh/{pupil}/", "pupil"),
        (office.thu, "hoc-sinh/nhap/", "import-upload"),
        *(
            (office.thu, f"hoc-sinh/nhap/{found.pk}/", f"import-{state}")
            for state, found in imports(office).items()
        ),
        (office.ngoc, "hoc-sinh/", "pupils-province"),
        (office.ngoc, "hoc-sinh/nhap/", "import-upload-province"),
        (office.ngoc, "don-vi/", "organisations"),
        (office.ngoc, "don-vi/?q=ban", "organisations-found"),
        (office.ngoc, f"don-vi/{school.pk}/", "organisation-school"),
        (office.quan, f"don-vi/{ward.pk}/", "organisation-commune"),
        (office.ngoc, f"don-vi/{school.pk}/doi/doi-ten/", "organisation-rename"),
        (office.ngoc, f"don-vi/{school.pk}/doi/chuyen/", "organisation-move"),
        (office.ngoc, f"don-vi/{school.pk}/doi/ket-thuc/", "organisation-close"),
        (office.quan, f"don-vi/{school.pk}/vai-tro/", "roles"),
        (office.quan, f"don-vi/vai-tro/{own.pk}/ket-thuc/", "role-end"),
        (office.quan, f"don-vi/vai-tro/{own.pk}/giao-thay/", "role-lend"),
        (office.ngoc, "lich-lam-viec/?nam=2026", "calendar"),
        (office.ngoc, "lich-lam-viec/?nam=2031", "calendar-none"),
        (office.ngoc, f"lich-lam-viec/{day.pk}/", "calendar-switch"),
        (office.ngoc, "lich-lam-viec/them/", "calendar-add"),
        (office.quan, "viec-nen/", "duties"),
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_at_this_width_and_light(
    office: Office, live_server: LiveServer, page_at: PageAt, width: int, dark: bool
) -> None:
    shown: dict[int, Page] = {}
    for who, path, name in pages_of(office):
        if who.pk not in shown:
            shown[who.pk] = let_in(page_at(width, dark=dark, base_url=live_server.url), live_server, who)
        page = shown[who.pk]
        page.goto(f"{DESK}{path}")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        look(page, f"desk-{name}-{width}{'-dark' if dark else ''}")


@pytest.mark.parametrize("width", [360, 1280])
def test_forms_that_were_filled_in_wrongly(
    office: Office, live_server: LiveServer, page_at: PageAt, width: int
) -> None:
    page = let_in(page_at(width, base_url=live_server.url), live_server, office.quan)
    school = office.province.primary
    for path, button, name in (
        (f"don-vi/{school.pk}/doi/chuyen/", "Xem lại trước khi ghi", "move"),
        (f"don-vi/{school.pk}/vai-tro/", "Giao vai trò", "roles"),
        ("lich-lam-viec/them/", "Thêm ngày", "calendar-add"),
    ):
        page.goto(f"{DESK}{path}")
        press(page, button)
        expect(page.get_by_role("alert")).to_be_focused()
        look(page, f"desk-wrong-{name}-{width}")


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
def test_a_file_goes_in_and_an_organisation_is_renamed_by_hand(
    office: Office, live_server: LiveServer, page_at: PageAt, tmp_path: Path, scripts: bool
) -> None:
    book = tmp_path / "hoc-sinh.xlsx"
    book.write_bytes(workbook(line(900), line(902)).getvalue())
    clerk = let_in(page_at(1280, scripts=scripts, base_url=live_server.url), live_server, office.thu)
    clerk.goto(f"{DESK}hoc-sinh/")
    clerk.get_by_role("link", name="Nhập từ Excel").click()
    clerk.get_by_label("Tệp Excel").set_input_files(book)
    press(clerk, "Tải lên và kiểm tra")
    press(clerk, "Ghi vào sổ")
    expect(clerk.get_by_role("heading", level=1)).to_have_text("Đang ghi vào sổ học sinh")
    services.apply_import(PupilImport.objects.latest("pk").pk)
    if scripts:  # the page finds out by itself
        expect(clerk.get_by_role("heading", level=1)).to_have_text("Đã ghi vào sổ học sinh", timeout=15_000)
    else:
        clerk.get_by_role("link", name="Xem lại xem đến đâu").click()
    expect(clerk.get_by_role("main")).to_contain_text("2 học sinh mới")

    officer = let_in(page_at(1280, scripts=scripts, base_url=live_server.url), live_server, office.ngoc)
    officer.goto(f"{DESK}don-vi/{office.province.other.pk}/")
    officer.get_by_role("link", name="Đổi tên").click()
    officer.get_by_label("Tên mới").fill("Trường Tiểu học Bản Mòn")
    for part, typed in (("Ngày", "1"), ("Tháng", "1"), ("Năm", "2020")):
        officer.get_by_label(part, exact=True).fill(typed)
    officer.get_by_label("Căn cứ").fill("Quyết định 12/QĐ-UBND")
    press(officer, "Xem lại trước khi ghi")
    if scripts:
        look(officer, "desk-organisation-review-1280")
    press(officer, "Đổi tên")
    expect(officer.get_by_role("heading", level=1)).to_have_text("Trường Tiểu học Bản Mòn")
