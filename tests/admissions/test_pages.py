"""The pages of a season as named people see them: a family, a stranger, a clerk, a principal, the board."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from admissions import services
from admissions.models import Registration, SeasonEvent
from portal.procedures import selectors as dossiers
from tests import doors
from tests.accounts import people
from tests.admissions import season

pytestmark = pytest.mark.django_db
ROOT = "/tuyen-sinh/lop-1-2027"
DESK = "/ban-lam-viec/tuyen-sinh"


@pytest.fixture
def fair() -> season.Fair:
    return season.committed(season.build(seats=1))


def _as(citizen: Any) -> Client:
    return doors.client(citizen.user)


def _office(officer: Any) -> Client:
    return doors.client(officer.user, second_factor=True)


def _home(fair: season.Fair, **changes: Any) -> dict[str, Any]:
    return {
        "address": "Bản Nà Lếch, xã Nậm Ban",
        "basis": "permanent",
        "disability": "no",
        "phone": "0900000118",
        "revision": "1",
        **changes,
    }


def test_a_family_registers_in_three_pages(fair: season.Fair) -> None:
    client, page = _as(fair.lan), f"{ROOT}/chau/{fair.an.pk}/"
    assert "Đăng ký" in client.get(f"{ROOT}/cac-chau/").content.decode()
    assert client.get(page).status_code == 200
    assert client.post(page, _home(fair)).status_code == 302
    choices = client.get(f"{page}truong/").content.decode()
    assert "Trường đúng tuyến nhà mình: Trường Tiểu học Nậm Ban" in choices
    assert (
        client.post(
            f"{page}truong/", {"choice-0": fair.near.pk, "choice-1": fair.far.pk, "revision": "2"}
        ).status_code
        == 302
    )
    assert client.post(f"{page}kiem-tra/").status_code == 422, "the declaration is missing"
    done = client.post(f"{page}kiem-tra/", {"declared": "1"}, follow=True)
    assert "Đã nhận đăng ký" in done.content.decode()
    assert "Đăng ký cho Lò Gia Bình" in done.content.decode(), "the twin comes next"
    twin = client.get(f"{ROOT}/chau/{fair.binh.pk}/").content.decode()
    assert 'value="Bản Nà Lếch, Xã Nậm Ban"' in twin, "what was said once is filled in"
    assert Registration.objects.get().choices == [fair.near.pk, fair.far.pk]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"address": ""}, "Ghi nơi ở của cháu"),
        ({"address": "Bản Không Có, xã Mường Xa"}, "Chưa tìm thấy nơi này"),
        ({"address": "xã Nậm Ban"}, "Chọn nơi ở của cháu"),
        ({"phone": "12"}, "số điện thoại"),
        ({"basis": "other"}, "Select a valid choice"),
        ({"disability": ""}, "Chọn Có hoặc Không"),
    ],
)
def test_what_is_wrong_is_said_and_kept(fair: season.Fair, changes: dict[str, str], said: str) -> None:
    answer = _as(fair.lan).post(f"{ROOT}/chau/{fair.an.pk}/", _home(fair, **changes))
    assert answer.status_code == 422
    page = answer.content.decode()
    if said != "Select a valid choice":
        assert said.lower() in page.lower()
    assert changes.get("address", "Bản Nà Lếch") in page


def test_somebody_elses_child_and_registration_look_like_none(fair: season.Fair) -> None:
    made = season.register(fair, fair.an, fair.lan, [fair.near])
    stranger = _as(fair.tuan)
    own = f"/tuyen-sinh/dang-ky/{made.dossier.public_id}"
    for address in (
        f"{ROOT}/chau/{fair.an.pk}/",
        f"{ROOT}/chau/{fair.an.pk}/truong/",
        f"{ROOT}/chau/{fair.an.pk}/xem-lai/",
        f"{own}/",
        f"{own}/phieu.json",
        f"{own}/xac-nhan/",
        f"{own}/sua/noi-o/",
        f"{own}/rut/",
    ):
        assert stranger.get(address).status_code == 404, address
        assert Client().get(address).status_code == 302, address
    assert stranger.post(f"{own}/rut/", {"revision": "1"}).status_code == 404
    assert dossiers.dossier(made.dossier_id).status == 1


def test_amending_and_withdrawing_on_the_pages(fair: season.Fair) -> None:
    made = season.register(fair, fair.an, fair.lan, [fair.near])
    client, own = _as(fair.lan), f"/tuyen-sinh/dang-ky/{made.dossier.public_id}"
    moved = client.post(f"{own}/sua/noi-o/", _home(fair, address="Bản Huổi Mây, Nậm Ban"))
    assert moved.status_code == 302
    made.refresh_from_db()
    assert made.place.name == "Bản Huổi Mây"
    stale = client.post(f"{own}/sua/truong/", {"choice-0": fair.far.pk, "revision": "1"})
    assert stale.status_code == 409
    assert client.post(f"{own}/rut/", {"revision": "2"}).status_code == 302
    assert "Chưa đăng ký" in client.get(f"{ROOT}/cac-chau/").content.decode()


def test_the_result_page_explains_itself_and_recomputes(fair: season.Fair) -> None:
    season.register(fair, fair.chi, fair.tuan, [fair.near], place_id=fair.edge.pk)
    an = season.register(fair, fair.an, fair.lan, [fair.near, fair.far])
    season.published(fair)
    client, own = _as(fair.lan), f"/tuyen-sinh/dang-ky/{an.dossier.public_id}"
    page = client.get(f"{own}/?tinh-lai").content.decode()
    assert "con anh/chị được nhận, lớp ưu tiên 1, khoảng cách 200 m" in page
    assert page.count(">Đúng<") == 4 or page.count("Đúng") >= 4
    assert ">Sai" not in page
    assert (
        client.get(f"{own}/phieu.json").json()["entry"]["id"]
        == Registration.objects.get(pk=an.pk).pseudonym
    )
    results = Client().get(f"{ROOT}/ket-qua/").content.decode()
    assert fair.round.root in results
    assert fair.an.full_name not in results
    assert Client().get(f"{ROOT}/ket-qua/goi.json").json()["result"]["digest"] == fair.round.digest
    assert client.post(f"{own}/tu-choi/").status_code == 302
    assert "Từ chối" in client.get(f"{own}/").content.decode()


def test_results_do_not_exist_before_they_are_published(fair: season.Fair) -> None:
    for page in ("ket-qua/", "ket-qua/goi.json"):
        assert Client().get(f"{ROOT}/{page}").status_code == 404
    assert Client().get("/tuyen-sinh/khong-co/").status_code == 404


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("Bản Nà Lếch, xã Nậm Ban, huyện Nậm Khe, tỉnh Hoa Ban", "thuộc tuyến của trường này"),
        ("ban na lech xã nậm ban", "thuộc tuyến của trường này"),
        ("nà lếch, Nậm Ban", "thuộc tuyến của trường này"),
        ("xã Nậm Ban", "Nhà mình ở nơi nào?"),
        ("Hà Nội", "Chưa tìm thấy nơi này"),
        ("\x00" * 5 + "'; drop table", "Chưa tìm thấy nơi này"),
    ],
)
def test_everybody_may_ask_which_school_is_theirs(fair: season.Fair, address: str, said: str) -> None:
    page = Client().get(f"{ROOT}/truong-cua-toi/", {"dia-chi": address})
    assert page.status_code == 200
    assert said in page.content.decode()


def test_a_receipt_of_time_can_be_checked_by_everybody(fair: season.Fair) -> None:
    made = season.register(fair, fair.an, fair.lan, [fair.near])
    token = services.receipt_of_time(made)
    assert "do cổng ký" in Client().get("/tuyen-sinh/bien-nhan/", {"ma": token}).content.decode()
    forged = token[:-6] + "AAAAAA"
    assert "Không phải biên nhận" in Client().get("/tuyen-sinh/bien-nhan/", {"ma": forged}).content.decode()


def test_a_school_checks_its_own_registrations_only(fair: season.Fair) -> None:
    made = season.register(fair, fair.an, fair.lan, [fair.near])
    season.closed(fair)
    clerk = _office(fair.clerk)
    page = f"{DESK}/dang-ky/{made.dossier.public_id}"
    assert fair.an.full_name in clerk.get(f"{DESK}/lop-1-2027/kiem-tra/").content.decode()
    assert "Chỉ hiệu trưởng" in clerk.get(f"{page}/").content.decode()
    assert clerk.post(f"{page}/khong-nhan/", {"revision": "1", "note": "Trùng"}).status_code == 404
    far = people.officer("far", "school_clerk", fair.far)
    assert _office(far).get(f"{page}/").status_code == 404
    assert _office(far).post(f"{page}/dung/", {"revision": "1"}).status_code == 404
    assert _as(fair.tuan).get(f"{page}/").status_code == 403
    assert clerk.post(f"{page}/dung/", {"revision": "1"}).status_code == 302
    assert dossiers.dossier(made.dossier_id).status == 4
    assert clerk.post(f"{page}/dung/", {"revision": "1"}).status_code == 422


def test_a_principal_refuses_with_a_reason(fair: season.Fair) -> None:
    made = season.register(fair, fair.an, fair.lan, [fair.near])
    season.closed(fair)
    principal = _office(fair.principal)
    page = f"{DESK}/dang-ky/{made.dossier.public_id}/khong-nhan/"
    assert principal.post(page, {"revision": "1", "note": ""}).status_code == 422
    assert principal.post(page, {"revision": "1", "note": "Gia đình đã chuyển tỉnh."}).status_code == 302
    assert dossiers.dossier(made.dossier_id).status == 3


def test_only_the_board_moves_a_season(fair: season.Fair) -> None:
    clerk, ngoc, son = (_office(who) for who in (fair.clerk, fair.ngoc, fair.son))
    assert clerk.get(f"{DESK}/lop-1-2027/").status_code == 403
    assert ngoc.get(f"{DESK}/lop-1-2027/").status_code == 200
    assert son.get(f"{DESK}/lop-1-2027/nhap/tuyen/").status_code == 403
    assert ngoc.post(f"{DESK}/lop-1-2027/buoc/duyet/", {"revision": "1"}).status_code == 404
    answer = ngoc.post(
        f"{DESK}/lop-1-2027/lich/window/",
        {
            "opens_at": "2026-11-01T08:00",
            "closes_at": "2027-01-05T17:00",
            "reason": "Kéo dài vì mưa lũ",
            "revision": "1",
        },
    )
    assert answer.status_code == 302
    assert SeasonEvent.objects.filter(reason="Kéo dài vì mưa lũ", actor=fair.ngoc.user).exists()
    assert "Kéo dài vì mưa lũ" in Client().get(f"{ROOT}/").content.decode()


def test_a_helper_enters_for_a_family_that_finds_it_later(fair: season.Fair) -> None:
    child = season.pupil("999321000109", "Vàng Thị Dợ")
    clerk = _office(fair.clerk)
    told = _home(
        fair,
        child_id="999321000109",
        adult_id="999190000777",
        adult_name="Vàng Thị Say",
        relation="mother",
    )
    slip = clerk.post(f"{DESK}/lop-1-2027/nhap-giup/", told)
    assert "Phiếu đăng ký tuyển sinh" in slip.content.decode()
    made = Registration.objects.get(pupil=child)
    assert made.dossier.channel == "counter"
    say = people.citizen(
        {"sub": "sub-say", "citizen_id": "999190000777", "name": "Vàng Thị Say", "birthdate": "1990-01-01"}
    )
    assert _as(say).get(f"/tuyen-sinh/dang-ky/{made.dossier.public_id}/").status_code == 200
    unknown = clerk.post(f"{DESK}/lop-1-2027/nhap-giup/", {**told, "child_id": "999321000998"})
    assert unknown.status_code == 422


def test_families_review_the_data_and_schools_answer(fair: season.Fair) -> None:
    season.dates(fair.season, review=(-1, 5))
    client, page = _as(fair.lan), f"{ROOT}/chau/{fair.an.pk}/xem-lai/"
    assert "coi là đúng" in client.get(page).content.decode()
    assert client.post(page, {"right": "1"}).status_code == 302
    assert "Gia đình xác nhận đúng" in client.get(page).content.decode()
    assert client.post(page, {"correct": "1", "words": ""}).status_code == 422
    client.post(page, {"correct": "1", "words": "Tên đệm là Bảo, không phải Bào."})
    assert "Gia đình đề nghị sửa" in client.get(page).content.decode()
