"""The citizen's desk: Lan owns a dossier; Tuấn, the officers and strangers learn nothing of it."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.accounts.services import record_look
from portal.procedures import selectors, services
from portal.procedures.models import Dossier
from portal.procedures.states import Status
from tests import doors
from tests.procedures import town as towns

pytestmark = pytest.mark.django_db

PAGES = (
    "/ho-so/{id}/",
    "/ho-so/{id}/rut/",
    "/ho-so/{id}/bo-sung/",
    "/ho-so/{id}/nguoi-xem/",
    "/ho-so/{id}/danh-gia/",
)
WRITING = ("/ho-so/{id}/rut/", "/ho-so/{id}/bo-sung/")


@pytest.fixture
def town() -> towns.Town:
    return towns.build()


@pytest.fixture
def dossier(town: towns.Town) -> Dossier:
    return towns.submitted(town)


def _supplement_asked(town: towns.Town, dossier: Dossier, reason: str = "unclear") -> Dossier:
    return services.request_supplement(
        dossier=dossier,
        actor=town.actor(town.thang),
        revision=dossier.revision,
        items=[selectors.Asked(reason, words="Ghi rõ tổ dân phố.")],
    )


def _others(town: towns.Town) -> dict[str, tuple[Client, int]]:
    """Give everybody who must see nothing, with the status that they get."""
    return {
        "another citizen": (doors.client(town.tuan.user), 404),
        "the clerk": (doors.client(town.thang.user, second_factor=True), 403),
        "the clerk without second factor": (doors.client(town.thang.user), 403),
        "a clerk elsewhere": (doors.client(town.far.user, second_factor=True), 403),
        "a stranger": (doors.client(), 302),
    }


def test_the_owner_sees_every_page(town: towns.Town, dossier: Dossier) -> None:
    lan = doors.client(town.lan.user)
    for path in ("/ho-so/", "/ho-so/tin-nhan/", f"/ho-so/{dossier.public_id}/"):
        assert "no-store" in lan.get(path)["Cache-Control"]
    assert dossier.temporary_code in lan.get("/ho-so/").content.decode()
    assert town.minh.full_name in lan.get(f"/ho-so/{dossier.public_id}/").content.decode()
    assert lan.get(f"/ho-so/{dossier.public_id}/rut/").status_code == 200
    assert lan.get(f"/ho-so/{dossier.public_id}/nguoi-xem/").status_code == 200
    assert lan.get(f"/ho-so/{dossier.public_id}/bo-sung/").status_code == 302
    _supplement_asked(town, dossier)
    assert "Ghi rõ tổ dân phố." in lan.get(f"/ho-so/{dossier.public_id}/bo-sung/").content.decode()


def test_the_owner_withdraws(town: towns.Town, dossier: Dossier) -> None:
    answer = doors.client(town.lan.user).post(f"/ho-so/{dossier.public_id}/rut/", {"revision": "1"})
    assert (answer.status_code, Dossier.objects.get().status) == (302, Status.WITHDRAWN)


def test_the_owner_supplies_what_was_asked_for(town: towns.Town, dossier: Dossier) -> None:
    asked = _supplement_asked(town, dossier)
    doors.client(town.lan.user).post(
        f"/ho-so/{dossier.public_id}/bo-sung/", {"revision": str(asked.revision), "note": "Tổ 5"}
    )
    assert Dossier.objects.get().status != Status.SUPPLEMENT_REQUESTED


@pytest.mark.parametrize("revision", ["", "0", "2", "-1", "9" * 30, "1.0", "x"])
def test_a_form_that_was_shown_long_ago_moves_nothing(
    town: towns.Town, dossier: Dossier, revision: str
) -> None:
    lan = doors.client(town.lan.user)
    before = doors.contents()
    answer = lan.post(f"/ho-so/{dossier.public_id}/rut/", {"revision": revision})
    assert answer.status_code == 302
    assert doors.contents() == before


@pytest.mark.parametrize("pattern", PAGES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_not_yours_and_not_there_look_alike(
    town: towns.Town, dossier: Dossier, pattern: str, method: str
) -> None:
    asked = _supplement_asked(town, dossier)
    data = {"revision": str(asked.revision), "note": "Tổ 5"}
    allowed = method == "GET" or pattern in {*WRITING, "/ho-so/{id}/danh-gia/"}
    for who, (client, status) in _others(town).items():
        got = doors.equal_answers(client, method, pattern, dossier.public_id, data)
        assert got == (status if allowed else 405), who


def test_nobody_elses_lists_name_the_dossier(town: towns.Town, dossier: Dossier) -> None:
    tuan = doors.client(town.tuan.user)
    for path in ("/ho-so/", "/ho-so/tin-nhan/", "/ho-so/thanh-dau/"):
        told = tuan.get(path).content.decode()
        for secret in (dossier.temporary_code, str(dossier.public_id), town.minh.full_name):
            assert secret not in told


@pytest.mark.parametrize("path", ["/ho-so/", "/ho-so/tin-nhan/"])
def test_the_desk_is_for_citizens(town: towns.Town, path: str) -> None:
    assert doors.client().get(path)["Location"].startswith("/dang-nhap/?next=")
    assert doors.client(town.thang.user, second_factor=True).get(path).status_code == 403


def test_the_header_greets_whoever_it_is(town: towns.Town, dossier: Dossier) -> None:
    told = {
        who: client.get("/ho-so/thanh-dau/")
        for who, client in {
            "lan": doors.client(town.lan.user),
            "thang": doors.client(town.thang.user, second_factor=True),
            "half": doors.client(town.thang.user),
            "nobody": doors.client(),
        }.items()
    }
    assert {answer.status_code for answer in told.values()} == {200}
    assert all("no-store" in answer["Cache-Control"] for answer in told.values())
    assert "/ban-lam-viec/" in told["thang"].content.decode()
    # without the second factor an officer is nobody yet
    assert doors.seen(told["half"]) == doors.seen(told["nobody"])


def test_a_look_up_tells_a_wrong_code_and_a_wrong_number_the_same(
    town: towns.Town, dossier: Dossier
) -> None:
    who = doors.client()
    sent = [
        {"code": dossier.temporary_code, "phone": "0912345678"},
        {"code": "T-3M3M-33", "phone": "0900 000 118"},
        {"code": "T-3M3M-33\x00", "phone": "\x00"},
    ]
    answers = []
    for data in sent:
        status, _, body = doors.ask(who, "POST", "/ho-so/tra-cuu/", data)
        for typed in data.values():
            body = body.replace(typed, "…")
        answers.append((status, body))
    assert answers[0] == answers[1]
    assert answers[0][0] == 404
    assert answers[2][0] in {404, 422}
    right = who.post("/ho-so/tra-cuu/", {"code": dossier.temporary_code.lower(), "phone": "0900000118"})
    assert right.status_code == 200
    assert town.minh.full_name not in right.content.decode()


def test_the_thirty_first_look_up_of_an_hour_waits() -> None:
    who = doors.client()
    data = {"code": "T-7Q4K-22", "phone": "0900000118"}
    assert [who.post("/ho-so/tra-cuu/", data).status_code for _ in range(31)] == [404] * 30 + [429]


def test_a_form_from_another_site_moves_nothing(town: towns.Town, dossier: Dossier) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(town.lan.user, backend="django.contrib.auth.backends.ModelBackend")
    before = doors.contents()
    assert client.post(f"/ho-so/{dossier.public_id}/rut/", {"revision": "1"}).status_code == 403
    assert doors.contents() == before


def test_pages_ask_the_same_of_the_database_for_two_dossiers_and_for_ten(town: towns.Town) -> None:
    lan = doors.client(town.lan.user)
    first = towns.submitted(town)
    _supplement_asked(town, towns.submitted(town))
    services.withdraw_dossier(dossier=towns.submitted(town), actor=town.lan_acts(), revision=1)
    lan.get("/ho-so/")
    few = {path: doors.queries(lan, path) for path in ("/ho-so/", "/ho-so/tin-nhan/")}
    one_event = doors.queries(lan, f"/ho-so/{first.public_id}/")
    for _ in range(3):
        towns.at_step(town, "principal_decides")
        _supplement_asked(town, towns.submitted(town))
        services.withdraw_dossier(dossier=towns.submitted(town), actor=town.lan_acts(), revision=1)
    assert {path: doors.queries(lan, path) for path in few} == few
    eventful = selectors.dossier(first.pk)
    for _ in range(4):
        eventful = _supplement_asked(town, eventful, "news")
        eventful = services.supply(
            dossier=eventful, actor=town.lan_acts(), revision=eventful.revision, note="x"
        )
    assert doors.queries(lan, f"/ho-so/{first.public_id}/") == one_event


def test_the_page_of_looks_asks_the_same_for_one_look_and_for_many(
    town: towns.Town, dossier: Dossier
) -> None:
    lan, path = doors.client(town.lan.user), f"/ho-so/{dossier.public_id}/nguoi-xem/"

    def look(times: int) -> None:
        for officer in (town.thang, town.hanh):
            for _ in range(times):
                record_look(
                    actor=officer.user,
                    subject_kind="dossier",
                    subject_id=dossier.pk,
                    purpose="work",
                    organisation_id=town.receiving.pk,
                )

    look(1)
    few = doors.queries(lan, path)
    look(6)
    assert doors.queries(lan, path) == few
