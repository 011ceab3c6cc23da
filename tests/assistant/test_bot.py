"""The real bot: Rasa in its own environment, trained on what is committed."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.test import Client

from portal.assistant.understanding import Kind, understand
from tasks.assistant.evaluate import OWN_QUESTIONS, VARIETIES, ask_all
from tasks.assistant.questions import read_rows
from tasks.assistant.running import Bot
from tests.assistant.conftest import ask, only

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(600)]

#: what must never be lost again, in percent
FLOORS = {"accuracy": 92.0, "accuracy_no_marks": 90.0, "accuracy_phone": 88.0}
MOST_OUTSIDE = 5.0


@pytest.mark.parametrize("key", sorted(FLOORS))
def test_the_committed_questions_are_answered(bot: Bot, key: str) -> None:
    result = ask_all(read_rows(OWN_QUESTIONS), bot, VARIETIES[key][1])
    assert result.accuracy >= FLOORS[key]
    assert result.outside_answered <= MOST_OUTSIDE


@pytest.mark.django_db
@pytest.mark.usefixtures("with_bot")
def test_a_fee_asked_without_marks_comes_with_its_page(client: Client) -> None:
    reply = only(ask(client, "xin ban sao hoc ba het bao nhieu tien"))
    assert reply["source"] == "bot"
    assert {"label": "Lệ phí", "value": "9.000 đ"} in reply["facts"]
    assert [link["href"] for link in reply["links"]] == ["/thu-tuc/ban-sao-hoc-ba/"]


@pytest.mark.django_db
@pytest.mark.usefixtures("with_bot")
def test_papers_of_a_transfer_with_its_page(client: Client) -> None:
    reply = only(ask(client, "chuyen truong can giay to gi"))
    assert reply["topic"] == "transfer_documents"
    assert any("Bảng tổng hợp" in paper for paper in reply["papers"])
    assert [link["href"] for link in reply["links"]] == ["/thu-tuc/chuyen-truong/"]
    assert reply["updated"]


def test_composition_makes_no_difference(bot: Bot) -> None:
    import unicodedata

    text = "Hồ sơ của tôi đến đâu rồi ạ"
    assert bot.parse(text).ranking == bot.parse(unicodedata.normalize("NFD", text)).ranking


def test_nothing_is_asked_without_the_token(bot: Bot) -> None:
    from tasks.up.ask import answer

    assert answer(f"http://127.0.0.1:{bot.port}/model/parse")[0] in {401, 405}
    assert answer(f"http://127.0.0.1:{bot.port}/status")[0] == 401
    assert answer(f"http://127.0.0.1:{bot.port}/webhooks/rest/")[0] == 404, "no channel is open"


def test_eight_at_once_are_answered_soon(bot: Bot) -> None:
    def timed(number: int) -> float:
        with closing(Bot(bot.port, bot.pid)) as own:
            began = time.monotonic()
            understood = understand(f"chuyen truong lop {number % 12 + 1} can giay to gi", own.parse)
        assert understood.kind is Kind.ANSWER
        return time.monotonic() - began

    with ThreadPoolExecutor(8) as crowd:
        assert max(crowd.map(timed, range(24))) < 2
