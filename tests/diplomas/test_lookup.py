"""Everybody may ask with two keys; nobody learns which key was wrong, or gets through many tries."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import ThrottleCounter
from portal.diplomas import lookup, proof, services
from portal.diplomas.lookup import Question, TooManyError, look_up
from portal.diplomas.models import Look, Sweep
from tests.diplomas.build import DECISION, Archive, entered, line

PAGE = "/van-bang/tra-cuu/"
MISS = "Không tìm thấy hoặc thông tin chưa khớp"
RIGHT = {
    "number": "B 0012345",
    "name": "lo thi lan",
    "birth-day": "3",
    "birth-month": "2",
    "birth-year": "1990",
}


def solve(challenge: str) -> str:
    """Do the work that a browser does."""
    number = 0
    while int.from_bytes(hashlib.sha256(f"{challenge}:{number}".encode()).digest()) >> (256 - proof.BITS):
        number += 1
    return str(number)


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the work small, for tests that ask often."""
    monkeypatch.setattr(proof, "BITS", 4)


def asked(client: Client, **changes: Any) -> Any:
    challenge = proof.new_challenge()
    sent = {**RIGHT, "challenge": challenge, "proof": solve(challenge), **changes}
    return client.post(PAGE, sent)


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"number": "b12345"},
        {"number": "BOO 12345"},
        {"number": "0123/2008 thpt"},
        {"name": "  LÒ  THỊ LAN "},
        {"name": "Lò Thị Lan"},
    ],
)
def test_a_diploma_is_found_however_its_keys_are_typed(
    archive: Archive, client: Client, changes: dict[str, str]
) -> None:
    entered(archive)
    answer = asked(client, **changes)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "còn giá trị" in page
    assert "Lò Thị Lan" in page
    for hidden in ("Thái", "Phường Hoa Ban", "Khá", "123/2008/THPT" if "number" not in changes else "∅"):
        assert hidden not in page.replace("ví dụ B 0012345 hoặc 123/2008/THPT", ""), "no more than helps"
    assert answer.headers["X-Robots-Tag"].startswith("noindex")
    assert 'name="robots" content="noindex' in page


@pytest.mark.usefixtures("cheap")
def test_a_register_that_knows_the_year_alone_is_found_by_the_whole_date(
    archive: Archive, client: Client
) -> None:
    entered(archive, line(birth="1990"))
    assert "còn giá trị" in asked(client).content.decode()
    assert "còn giá trị" in asked(client, **{"birth-day": "", "birth-month": ""}).content.decode()
    assert MISS in asked(client, **{"birth-year": "1991"}).content.decode()


@pytest.mark.usefixtures("cheap")
def test_wrong_and_not_there_are_one_answer_by_the_same_queries(archive: Archive, client: Client) -> None:
    entered(archive)
    answers, counts = [], []
    tries = (
        {"number": "B 99"},
        {"name": "Lò Thị Bích"},
        {"birth-year": "1991"},
        {"number": "1/1", "name": "Không Ai Cả"},
    )
    client.get(PAGE)
    for changes in tries:
        with CaptureQueriesContext(connection) as queries:
            answer = asked(client, **changes)
        assert answer.status_code == 200
        assert MISS in answer.content.decode()
        body = answer.content.decode()
        for typed in ({**RIGHT, **changes}).values():
            body = body.replace(f'value="{typed}"', "")
        answers.append(re.sub(r'value="[^"]*"', "", body))
        counts.append([re.sub(r"[0-9a-f]{32,}|\d+|'[^']*'", "…", query["sql"]) for query in queries])
    assert len(set(answers)) == 1, "no words tell which key was wrong"
    assert all(each == counts[0] for each in counts), "no query either"
    with CaptureQueriesContext(connection) as queries:
        assert "còn giá trị" in asked(client).content.decode()
    assert len(queries) == len(counts[0]), "a hit is the same work"
    assert Look.objects.count() == len(tries) + 1


@pytest.mark.usefixtures("cheap")
def test_states_are_told_and_voided_entries_are_not_there(archive: Archive, client: Client) -> None:
    (entry,) = entered(archive)
    after = services.change_entry(
        entry=entry, version=1, action="suspend", decision=DECISION, by=archive.by
    )
    assert "tạm dừng giá trị" in asked(client).content.decode()
    services.change_entry(entry=after, version=2, action="withdraw", decision=DECISION, by=archive.by)
    assert "không còn giá trị" in asked(client).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"number": ""}, "Ghi số hiệu"),
        ({"number": "không nhớ"}, "cần có chữ số"),
        ({"name": ""}, "Ghi họ và tên"),
        ({"birth-year": ""}, "Ghi cả năm"),
        ({"birth-day": "", "birth-month": "", "birth-year": ""}, "Ghi đủ ngày"),
        ({"birth-day": "31"}, "chỉ có"),
    ],
)
def test_mistakes_are_said_at_the_field(
    db: None, client: Client, changes: dict[str, str], words: str
) -> None:
    answer = client.post(PAGE, {**RIGHT, **changes})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_without_the_work_three_an_hour(archive: Archive, client: Client) -> None:
    entered(archive)
    for name in ("a b", "c d", "e f"):
        assert client.post(PAGE, {**RIGHT, "name": name}).status_code == 200
    refused = client.post(PAGE, RIGHT)
    assert refused.status_code == 429
    assert refused.headers["X-Robots-Tag"].startswith("noindex")
    assert Sweep.objects.get().kind == Sweep.Kind.ADDRESS
    assert asked(client).status_code == 200, "whoever does the work goes on"


def test_a_proof_counts_once_and_only_ours(db: None) -> None:
    challenge = proof.new_challenge()
    number = solve(challenge)
    assert not proof.is_proof(challenge, "0" if number != "0" else "1")
    assert proof.is_proof(challenge, number)
    assert not proof.is_proof(challenge, number), "used"
    old = proof.new_challenge(now=1_000_000)
    assert not proof.is_proof(old, solve(old)), "over"
    easier = re.sub(r"\.16\.", ".1.", proof.new_challenge())
    assert not proof.is_proof(easier, "1"), "made easier by the visitor"
    for nonsense in ("", "a.b.c.d", "x" * 5_000, challenge[:-1] + "0"):
        assert not proof.is_proof(nonsense, number)


def test_ten_thousand_serials_tell_nothing(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Count serials up with a right name and birthday, from ever new addresses that all did the work."""
    entered(archive)
    got_through = found = 0
    for serial in range(7_345, 17_345):
        try:
            hits = look_up(
                question=Question(f"B {serial}", "Lò Thị Lan", "1990-02-03"),
                address=f"a{serial}",
                proven=True,
            )
        except TooManyError:
            continue
        got_through += 1
        found += len(hits)
    assert (got_through, found) == (lookup.PER_KEY, 0)
    assert Sweep.objects.filter(kind=Sweep.Kind.KEY).get().count == 10_000 - lookup.PER_KEY
    assert Look.objects.count() == lookup.PER_KEY


def test_ten_thousand_names_for_one_serial_tell_nothing(archive: Archive) -> None:
    entered(archive)
    for number in range(200):
        with pytest.raises(TooManyError) if number >= lookup.PER_KEY else _nothing():
            look_up(
                question=Question(
                    "B12345", f"Người {chr(65 + number % 26)}{chr(65 + number // 26)}", "1990"
                ),
                address=f"b{number}",
                proven=True,
            )
    assert Sweep.objects.filter(kind=Sweep.Kind.KEY).get().count == 190


class _nothing:  # noqa: N801 - reads like pytest.raises beside it
    def __enter__(self) -> None:
        """Expect no error."""

    def __exit__(self, *_: object) -> None:
        """Let errors through."""


def test_one_address_sweeping_rings_and_misses_ring(archive: Archive) -> None:
    for number in range(lookup.WITH_PROOF):
        look_up(
            question=Question(f"{number}", f"Ai {'ABCDEFGHIJKLMNOPQRSTUVWXYZĐÊÔƠ'[number]}", "1990"),
            address="same",
            proven=True,
        )
    with pytest.raises(TooManyError):
        look_up(question=Question("1", "Ai", "1990"), address="same", proven=True)
    assert Sweep.objects.get().subject == "same"
    Look.objects.bulk_create(Look(way="public", address=str(number)) for number in range(lookup.MISSES))
    assert lookup.watch() == lookup.MISSES + lookup.WITH_PROOF
    assert Sweep.objects.filter(kind=Sweep.Kind.MISSES).count() == 1
    alarm = Sweep.objects.earliest("pk")
    assert lookup.mark_seen(sweep_id=alarm.pk, actor_id=archive.ngoc.user_id)
    assert not lookup.mark_seen(sweep_id=alarm.pk, actor_id=archive.ngoc.user_id)


def test_no_key_lies_open_in_any_table(archive: Archive, client: Client) -> None:
    entered(archive)
    client.post(PAGE, RIGHT)
    kept = [
        *ThrottleCounter.objects.values_list("key", flat=True),
        *Look.objects.values_list("address", flat=True),
    ]
    assert kept
    for key in kept:
        assert not re.search(r"lan|12345|1990|127\.0", key.rpartition(":")[2] if "diploma-" in key else "")
