"""The waiting room: off when not needed, fair, honest, the same ticket in every tab."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import Client

from admissions import ports, services
from admissions.models import WaitingRoom
from admissions.services import waiting
from admissions.views.waiting import told
from tests import doors
from tests.admissions import season

ROOT = "/tuyen-sinh/lop-1-2027"


def _room(fair: season.Fair, per_minute: int) -> WaitingRoom:
    return services.set_rate(phase=fair.season.phases.get(kind="window"), per_minute=per_minute)


@pytest.mark.django_db
def test_nobody_notices_a_room_that_is_off_or_empty() -> None:
    fair = season.committed(season.build())
    lan = doors.client(fair.lan.user)
    assert lan.get(f"{ROOT}/cac-chau/").status_code == 200
    _room(fair, 600)
    assert lan.get(f"{ROOT}/cac-chau/").status_code == 302, "without a ticket one is led to the room"
    assert lan.get(f"{ROOT}/cho/", follow=True).redirect_chain[-1][0] == f"{ROOT}/cac-chau/"


@pytest.mark.django_db
def test_turns_are_in_the_order_of_coming_and_estimates_come_true() -> None:
    fair = season.committed(season.build())
    room = _room(fair, 60)
    now = room.phase.opens_at.timestamp() + 1_000
    turns = [waiting.take_ticket(room=room, now=now) for _ in range(100)]
    told = [turn.seconds for turn in turns]
    assert told == sorted(told)
    assert told[: waiting.BURST] == [0] * waiting.BURST, "a few enter at once"
    assert told[-1] == pytest.approx(100 - waiting.BURST, abs=1), "one a second after that"
    last = turns[-1].ticket
    assert waiting.look(room=room, ticket=last, now=now + 40).seconds == told[-1] - 40
    assert not waiting.is_admitted(room=room, ticket=last, now=now + told[-1] - 2)
    assert waiting.is_admitted(room=room, ticket=last, now=now + told[-1])
    later = waiting.take_ticket(room=room, now=now + 10_000)
    assert later.seconds == 0, "when the rush is over the room is off"


@pytest.mark.django_db
def test_coming_before_the_opening_gives_nothing() -> None:
    fair = season.build()
    season.dates(fair.season, window=(1, 24))
    room = _room(fair, 60)
    opens = room.phase.opens_at.timestamp()
    early = [waiting.take_ticket(room=room, now=opens - 3_000 + number).ticket for number in range(200)]
    room.refresh_from_db()
    after = [waiting.look(room=room, ticket=ticket, now=opens).seconds for ticket in early]
    assert max(after) <= 200
    first, last = sum(after[:100]) / 100, sum(after[100:]) / 100
    assert abs(first - last) < 35, "a lot decides, not the hour of coming"
    assert waiting.take_ticket(room=room, now=opens + 1).seconds >= 195, "who comes later follows them"


@pytest.mark.django_db
def test_reloading_and_other_tabs_keep_the_turn() -> None:
    fair = season.committed(season.build())
    room = _room(fair, 1)
    WaitingRoom.objects.filter(pk=room.pk).update(next_turn=room.phase.opens_at.timestamp() + 10_000)
    someone = Client()
    page = someone.get(f"{ROOT}/cho/")
    assert "nộp sớm hay muộn như nhau" in page.content.decode()
    ticket = someone.cookies[f"phong-cho-{room.pk}"].value
    before = WaitingRoom.objects.get().next_turn
    for _ in range(5):
        someone.get(f"{ROOT}/cho/")
        assert someone.get(f"{ROOT}/cho/con/").status_code == 200
    assert someone.cookies[f"phong-cho-{room.pk}"].value == ticket
    assert WaitingRoom.objects.get().next_turn == before


@pytest.mark.django_db
@pytest.mark.parametrize("ticket", ["", "x", "a:b:c", "\x00" * 20])
def test_a_forged_ticket_opens_nothing(ticket: str) -> None:
    fair = season.committed(season.build())
    room = _room(fair, 1)
    assert not services.is_admitted(room=room, ticket=ticket)
    genuine = waiting.take_ticket(room=room).ticket
    assert not services.is_admitted(room=room, ticket=genuine[:-3] + "AAA")


def _ask(path: str, cookie: str = "") -> tuple[str, str, int]:
    """Ask the wrapped application; give status, body and how often the portal itself was asked."""
    asked: list[str] = []
    told: list[str] = []

    def portal(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        asked.append(environ["PATH_INFO"])
        assert "HTTP_COOKIE" not in environ, "a stranger asks for the page that everybody gets"
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"the page"]

    serve = ports.whole_pages(portal)
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": "x", "HTTP_COOKIE": cookie}
    body = b""
    for _ in range(3):
        body = b"".join(serve(environ, lambda status, _headers: told.append(status)))
    return told[-1], body.decode(), len(asked)


@pytest.mark.django_db
def test_public_pages_are_served_whole_and_for_strangers() -> None:
    assert _ask("/tuyen-sinh/lop-1-2027/dang-ky/", "sessionid=abc") == ("200 OK", "the page", 1)


@pytest.mark.django_db(transaction=True)
def test_the_question_how_long_never_reaches_the_portal() -> None:
    fair = season.committed(season.build())
    room = _room(fair, 1)
    WaitingRoom.objects.filter(pk=room.pk).update(next_turn=time.time() + 3_000)
    ticket = waiting.take_ticket(room=room).ticket
    status, body, asked = _ask(f"{ROOT}/cho/con/", f"phong-cho-{room.pk}={ticket}")
    assert (status, asked) == ("200 OK", 0)
    assert "đến lượt anh/chị" in body
    assert _ask(f"{ROOT}/cho/con/", "phong-cho-1=forged")[0].startswith("205")
    assert _ask("/tuyen-sinh/khong-co/cho/con/")[0].startswith("205")


@pytest.mark.parametrize("seconds", [1, 30, 44, 46, 100, 240, 3_600])
def test_the_last_question_comes_just_when_the_turn_has_come(seconds: int) -> None:
    again = told(waiting.Turn("", seconds))["again"]
    late = -seconds % again
    assert 5 <= again <= 46
    assert late <= max(5, seconds // 20)
