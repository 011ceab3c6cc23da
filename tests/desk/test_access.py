"""The officers' desk: whose office has a part in a dossier opens it; all others cannot tell it from none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from portal.accounts import services as accounts
from portal.accounts.models import FamilyClaim, Look, RoleAssignment
from portal.accounts.selectors import today
from portal.common.clock import Calendar
from portal.common.working_days import working_days_between
from portal.organisations.models import CalendarDay
from portal.procedures import selectors, services
from portal.procedures.models import Dossier
from portal.procedures.states import Status
from tests import doors
from tests.accounts import people
from tests.procedures import town as towns

pytestmark = pytest.mark.django_db

MOVES = (
    "accept", "refuse_reception", "request_payment", "request_supplement", "start", "complete_step",
    "suspend", "resume", "grant", "refuse", "deliver",
)  # fmt: skip
PAGES = (
    "/ban-lam-viec/ho-so/{id}/",
    "/ban-lam-viec/ho-so/{id}/nhan/",
    *(f"/ban-lam-viec/ho-so/{{id}}/lam/{move}/" for move in (*MOVES, "no-such-move")),
    "/ban-lam-viec/ho-so/{id}/hen-lai/",
    "/ban-lam-viec/ho-so/{id}/phieu-kiem-soat/",
)


@pytest.fixture
def town() -> towns.Town:
    return towns.build()


@pytest.fixture
def dossier(town: towns.Town) -> Dossier:
    return towns.submitted(town)


def _clerk(town: towns.Town) -> Client:
    return doors.client(town.thang.user, second_factor=True)


def _others(town: towns.Town) -> dict[str, tuple[Client, int]]:
    """Give everybody who must see nothing of a dossier just submitted, with the status that they get."""
    auditor = people.officer("thanh", "auditor", town.receiving)
    return {
        "the leaving school before its turn": (doors.client(town.thu.user, second_factor=True), 404),
        "a clerk elsewhere": (doors.client(town.far.user, second_factor=True), 404),
        "an auditor of the school": (doors.client(auditor.user, second_factor=True), 404),
        "the clerk without second factor": (doors.client(town.thang.user), 302),
        "the applicant": (doors.client(town.lan.user), 403),
        "another citizen": (doors.client(town.tuan.user), 403),
        "a stranger": (doors.client(), 302),
    }


def test_the_clerk_sees_the_queue_the_dossier_and_leaves_a_look(town: towns.Town, dossier: Dossier) -> None:
    clerk = _clerk(town)
    for path in ("/ban-lam-viec/", "/ban-lam-viec/?hang=new", f"/ban-lam-viec/?q={dossier.temporary_code}"):
        answer = clerk.get(path)
        assert "no-store" in answer["Cache-Control"]
        assert str(dossier.public_id) in answer.content.decode()
    assert town.minh.full_name in clerk.get(f"/ban-lam-viec/ho-so/{dossier.public_id}/").content.decode()
    look = Look.objects.get()
    assert (look.actor_id, look.subject_id, look.organisation_id) == (
        town.thang.user_id, str(dossier.pk), town.receiving.pk,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("move", "status"),
    [
        ("accept", Status.ACCEPTED),
        ("refuse_reception", Status.RECEPTION_REFUSED),
        ("request_supplement", Status.SUPPLEMENT_REQUESTED),
    ],
)
def test_the_clerk_moves(town: towns.Town, dossier: Dossier, move: str, status: Status) -> None:
    path = f"/ban-lam-viec/ho-so/{dossier.public_id}/lam/{move}/"
    assert _clerk(town).get(path).status_code == 200
    answer = _clerk(town).post(path, {"revision": "1", "note": "Thiếu tổ dân phố."})
    assert (answer.status_code, Dossier.objects.get().status) == (302, status)


def test_the_clerk_takes_and_gives_back(town: towns.Town, dossier: Dossier) -> None:
    path = f"/ban-lam-viec/ho-so/{dossier.public_id}/nhan/"
    clerk, principal = _clerk(town), doors.client(town.hanh.user, second_factor=True)
    clerk.post(path, {"revision": "1"})
    assert Dossier.objects.get().assignee_id == town.thang.pk
    principal.post(path, {"revision": str(Dossier.objects.get().revision)})
    principal.post(path, {"revision": str(Dossier.objects.get().revision), "release": "1"})
    assert Dossier.objects.get().assignee_id == town.thang.pk
    clerk.post(path, {"revision": str(Dossier.objects.get().revision), "release": "1"})
    assert Dossier.objects.get().assignee_id is None


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_not_yours_and_not_there_look_alike(town: towns.Town, dossier: Dossier, method: str) -> None:
    one_way = {
        "/ban-lam-viec/ho-so/{id}/": "GET",
        "/ban-lam-viec/ho-so/{id}/nhan/": "POST",
        "/ban-lam-viec/ho-so/{id}/phieu-kiem-soat/": "POST",
    }
    for who, (client, status) in _others(town).items():
        for pattern in PAGES:
            allowed = one_way.get(pattern, method) == method
            data = {"revision": "1", "note": "x"}
            got = doors.equal_answers(client, method, pattern, dossier.public_id, data)
            assert got == (status if allowed else 405), f"{who} at {pattern}"


def test_nobody_elses_queues_and_searches_name_the_dossier(town: towns.Town, dossier: Dossier) -> None:
    searches = (dossier.temporary_code, "lo van minh", "0900000118", people.MINH_ID)
    for who, (client, status) in _others(town).items():
        if status != 404:
            continue
        for query in ("", *searches):
            for queue in ("mine", "new", "supplement", "elsewhere", "done"):
                told = client.get("/ban-lam-viec/", {"q": query, "hang": queue}).content.decode()
                told = told.replace(query, "") if query else told
                assert str(dossier.public_id) not in told, who
                assert town.minh.full_name not in told, who
    for query in searches:
        assert str(dossier.public_id) in _clerk(town).get("/ban-lam-viec/", {"q": query}).content.decode()


def test_the_leaving_school_sees_it_from_its_turn_on_and_works_only_then(town: towns.Town) -> None:
    dossier = towns.at_step(town, "leaving_confirms")
    thu, page = doors.client(town.thu.user, second_factor=True), f"/ban-lam-viec/ho-so/{dossier.public_id}/"
    assert thu.get(page).status_code == 200
    answer = thu.post(f"{page}lam/complete_step/", {"revision": str(dossier.revision)})
    assert (answer.status_code, Dossier.objects.get().step) == (302, "principal_decides")
    assert thu.get(page).status_code == 200
    before, now = doors.contents(), str(Dossier.objects.get().revision)
    for move in MOVES:
        assert thu.post(f"{page}lam/{move}/", {"revision": now, "note": "x"}).status_code == 404, move
    assert doors.contents() == before


def test_time_left_is_counted_in_the_provinces_calendar(town: towns.Town, dossier: Dossier) -> None:
    """A day on which nobody works is no working day left."""
    accepted = services.accept_dossier(dossier=dossier, actor=town.actor(town.thang), revision=1)
    assert accepted.due_on is not None
    off = next(
        day
        for day in (accepted.due_on - timedelta(days=back) for back in range(1, 9))
        if today() < day and day.weekday() < 5
    )
    clerk, paths = _clerk(town), ("/ban-lam-viec/", f"/ban-lam-viec/ho-so/{dossier.public_id}/")
    left = working_days_between(today(), accepted.due_on, Calendar())
    for path in paths:
        assert f"Còn {left} ngày làm việc" in clerk.get(path).content.decode()
    CalendarDay.objects.create(day=off, working=False, name="Nghỉ bù", source="test")
    for path in paths:
        assert f"Còn {left - 1} ngày làm việc" in clerk.get(path).content.decode()


@pytest.mark.parametrize(
    ("step", "who", "refused"),
    [
        ("", "hanh", MOVES),
        (
            "",
            "thang",
            ("start", "complete_step", "resume", "grant", "refuse", "deliver", "request_payment"),
        ),
        ("leaving_confirms", "hanh", ("complete_step", "grant", "refuse", "accept", "deliver")),
        ("principal_decides", "thang", ("grant", "refuse", "complete_step", "deliver")),
        ("principal_decides", "hanh", ("accept", "deliver", "complete_step")),
    ],
)
def test_each_role_makes_its_own_moves_only(
    town: towns.Town, step: str, who: str, refused: tuple[str, ...]
) -> None:
    dossier = towns.at_step(town, step) if step else towns.submitted(town)
    officer = doors.client(getattr(town, who).user, second_factor=True)
    before = doors.contents()
    for move in refused:
        path = f"/ban-lam-viec/ho-so/{dossier.public_id}/lam/{move}/"
        assert officer.get(path).status_code == 404, move
        answer = officer.post(path, {"revision": str(dossier.revision), "note": "x"})
        assert answer.status_code == 404, move
    assert doors.contents() == before


def test_a_role_that_ended_opens_nothing(town: towns.Town, dossier: Dossier) -> None:
    clerk = _clerk(town)
    accounts.end_role(assignment_id=RoleAssignment.objects.get(officer=town.thang).pk, on=today())
    assert clerk.get(f"/ban-lam-viec/ho-so/{dossier.public_id}/").status_code == 403
    assert clerk.get("/ban-lam-viec/").status_code == 403


def test_who_comes_second_is_told_and_changes_nothing(town: towns.Town, dossier: Dossier) -> None:
    services.accept_dossier(dossier=dossier, actor=town.actor(town.thang), revision=1)
    clerk = _clerk(town)
    before = doors.contents()
    answer = clerk.post(f"/ban-lam-viec/ho-so/{dossier.public_id}/lam/accept/", {"revision": "1"})
    assert answer.status_code == 302
    assert doors.contents() == before


@pytest.mark.parametrize("path", ["/ban-lam-viec/", "/ban-lam-viec/gia-dinh/"])
def test_the_desk_is_for_officers_with_both_factors(town: towns.Town, path: str) -> None:
    assert _clerk(town).get(path).status_code == 200
    assert doors.client().get(path)["Location"].startswith("/can-bo/dang-nhap/?next=")
    assert doors.client(town.thang.user).get(path).status_code == 302
    assert doors.client(town.lan.user).get(path).status_code == 403


@pytest.mark.parametrize("query", ["\x00", "'; DROP TABLE", "%", "Đ" * 10_000, "٠٩٠٠", "999"])
def test_a_strange_search_finds_nothing(town: towns.Town, dossier: Dossier, query: str) -> None:
    answer = _clerk(town).get("/ban-lam-viec/", {"q": query, "trang": "x", "hang": "\x00"})
    assert answer.status_code == 200


# Claims of children


@pytest.fixture
def claim(town: towns.Town) -> FamilyClaim:
    made: FamilyClaim = people.claim_minh(town.tuan, relation="father")
    accounts.match_claim(claim_id=made.pk)
    return FamilyClaim.objects.get(pk=made.pk)


@pytest.mark.parametrize(("button", "state"), [("confirm", "confirmed"), ("refuse", "refused")])
def test_the_clerk_of_the_childs_school_decides_a_claim(
    town: towns.Town, claim: FamilyClaim, button: str, state: str
) -> None:
    thu = doors.client(town.thu.user, second_factor=True)
    assert town.minh.full_name in thu.get("/ban-lam-viec/gia-dinh/").content.decode()
    path = f"/ban-lam-viec/gia-dinh/{claim.pk}/"
    assert thu.get(path).status_code == 200
    answer = thu.post(path, {"revision": str(claim.revision), "note": "Đã xem khai sinh.", button: "1"})
    assert (answer.status_code, FamilyClaim.objects.get().state) == (302, state)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_claims_at_another_school_look_like_none(town: towns.Town, claim: FamilyClaim, method: str) -> None:
    data = {"revision": str(claim.revision), "note": "x", "confirm": "1"}
    people_and_status = {
        "the clerk of another school": (_clerk(town), 404),
        "a clerk elsewhere": (doors.client(town.far.user, second_factor=True), 404),
        "the clerk without second factor": (doors.client(town.thu.user), 302),
        "the claimant": (doors.client(town.tuan.user), 403),
        "a stranger": (doors.client(), 302),
    }
    for who, (client, status) in people_and_status.items():
        got = doors.equal_answers(client, method, "/ban-lam-viec/gia-dinh/{id}/", claim.pk, data)
        assert got == status, who
    assert town.minh.full_name not in _clerk(town).get("/ban-lam-viec/gia-dinh/").content.decode()


def test_pages_ask_the_same_of_the_database_for_few_rows_and_for_many(town: towns.Town) -> None:
    clerk = _clerk(town)

    def some() -> Dossier:
        for _ in range(2):
            towns.at_step(town, "principal_decides")
            asked = towns.submitted(town)
            services.request_supplement(
                dossier=asked, actor=town.actor(town.thang), revision=1, note="Ghi rõ."
            )
        return towns.submitted(town)

    first = some()
    paths = [f"/ban-lam-viec/?hang={queue}" for queue in ("mine", "new", "supplement", "elsewhere", "done")]
    paths += ["/ban-lam-viec/?q=lo+van", f"/ban-lam-viec/ho-so/{first.public_id}/"]
    clerk.get(paths[-1])
    few = {path: doors.queries(clerk, path) for path in paths}
    some(), some()
    last = some()
    assert {path: doors.queries(clerk, path) for path in paths} == few
    assert max(few.values()) < 25, few
    eventful = last
    for _ in range(3):
        eventful = services.request_supplement(
            dossier=eventful,
            actor=town.actor(town.thang),
            revision=eventful.revision,
            items=[selectors.Asked("news", words="x")],
        )
        eventful = services.supply(
            dossier=eventful, actor=town.lan_acts(), revision=eventful.revision, note="x"
        )
    assert doors.queries(clerk, f"/ban-lam-viec/ho-so/{last.public_id}/") == few[paths[-1]]
