"""Rotating keys: nothing is lost, nothing stays behind, whatever interrupts it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from portal.accounts.models import Citizen
from portal.common import rotation
from portal.common.crypto import KeyRing, UnreadableValueError
from portal.settings import keys as key_files
from tests.notifications.people import citizen

PEOPLE = 7


def key() -> str:
    return Fernet.generate_key().decode()


@pytest.fixture
def file(tmp_path: Path, settings: Settings) -> Path:
    file = tmp_path / "keys.json"
    key_files.write(file, key_files.generate())
    settings.KEYS_FILE = file
    restart(settings)
    return file


def restart(settings: Settings) -> None:
    """Read the keys, as a process does when it starts."""
    settings.FIELD_KEYS = key_files.read(settings.KEYS_FILE).readable


@pytest.fixture
def people(file: Path) -> dict[int, str]:
    assert file.exists()
    return {
        person.pk: person.personal_id
        for person in (citizen("x" * number) for number in range(1, PEOPLE + 1))
    }


def stored() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT personal_id FROM accounts_citizen ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def rotate(*arguments: str) -> str:
    out = StringIO()
    call_command("rotate_keys", *arguments, stdout=out)
    return out.getvalue()


def read_back() -> dict[int, str]:
    return dict(Citizen.objects.values_list("pk", "personal_id"))


@given(texts=st.lists(st.text(), max_size=8), rounds=st.integers(1, 4), data=st.data())
def test_values_survive_any_number_of_rotations_and_interruptions(
    texts: list[str], rounds: int, data: st.DataObject
) -> None:
    keys = [key()]
    tokens = [KeyRing(keys).encrypt(text) for text in texts]
    for _round in range(rounds):
        keys = [key(), *keys]
        turn = rotation.Turn(KeyRing(keys), write=True)
        stop = data.draw(st.integers(0, len(tokens)))
        tokens = [turn(token) if number < stop else token for number, token in enumerate(tokens)]
    last = rotation.Turn(KeyRing(keys), write=True)
    tokens = [last(token) for token in tokens]
    assert [KeyRing(keys[:1]).decrypt(token) for token in tokens] == texts
    assert last.count.unreadable == 0
    again = rotation.Turn(KeyRing(keys), write=False)
    assert [again(token) for token in tokens] == tokens
    assert again.count == (sum(bool(text) for text in texts), 0, 0)


@pytest.mark.django_db
def test_one_command_does_it_all_while_the_portal_is_stopped(
    file: Path, people: dict[int, str], settings: Settings
) -> None:
    before = key_files.read(file)
    said = rotate("--stopped", "--batch", "3")
    after = key_files.read(file)
    assert f"accounts.Citizen.personal_id: {PEOPLE} values, {PEOPLE} re-encrypted" in said
    assert len(after.field_keys) == 1
    assert after.field_keys != before.field_keys
    assert (after.blind_index_key, after.secret_key) == (before.blind_index_key, before.secret_key)
    restart(settings)
    assert read_back() == people


@pytest.mark.django_db
def test_running_processes_read_and_write_through_every_phase(
    file: Path, people: dict[int, str], settings: Settings
) -> None:
    old = key_files.read(file).field_keys
    rotate("--prepare")
    assert read_back() == people  # a process that did not restart yet
    restart(settings)
    running = list(settings.FIELD_KEYS)  # … and one that did: it reads both and writes with the old one
    assert running[0] == old[0]

    rotate("--restarted")
    settings.FIELD_KEYS = running
    assert read_back() == people
    late = citizen("latecomer")
    people[late.pk] = late.personal_id
    assert KeyRing(list(old)).decrypt(stored()[-1]) == late.personal_id

    restart(settings)
    said = rotate("--finish", "--restarted")
    assert f"{PEOPLE + 1} values, 1 re-encrypted" in said
    restart(settings)
    assert len(settings.FIELD_KEYS) == 1
    assert read_back() == people
    with pytest.raises(UnreadableValueError):
        KeyRing(list(old)).decrypt(stored()[0])


@pytest.mark.django_db
def test_an_interrupted_rotation_goes_on_where_it_stopped(
    file: Path, people: dict[int, str], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    rotate("--prepare")
    restart(settings)
    whole = rotation.rotators

    def broken() -> dict[str, rotation.Rotator]:
        def stop_after_two(walk: rotation.Rotator) -> rotation.Rotator:
            def run(turn: rotation.Turn) -> Iterator[rotation.Count]:
                for number, count in enumerate(walk(turn)):
                    yield count
                    if number == 1:
                        raise KeyboardInterrupt

            return run

        return {name: stop_after_two(walk) for name, walk in whole().items()}

    monkeypatch.setattr(rotation, "rotators", broken)
    with pytest.raises(KeyboardInterrupt):
        rotate("--restarted", "--batch", "2")
    monkeypatch.setattr(rotation, "rotators", whole)
    assert read_back() == people
    newest = KeyRing(key_files.read(file).field_keys)
    assert [newest.is_newest(token) for token in stored()] == [True] * 4 + [False] * (PEOPLE - 4)

    assert f"{PEOPLE} values, {PEOPLE - 4} re-encrypted" in rotate("--restarted", "--batch", "2")
    assert len(key_files.read(file).field_keys) == 2  # no third key was made
    rotate("--finish", "--restarted")
    restart(settings)
    assert read_back() == people


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_steps_out_of_order_are_refused_with_the_next_thing_to_do(settings: Settings) -> None:
    def refused(because: str, *arguments: str) -> None:
        with pytest.raises(CommandError, match=because):
            rotate(*arguments)

    refused("one key only", "--restarted")
    rotate("--prepare")
    refused("under way", "--prepare")
    restart(settings)
    refused("restart every part")
    refused("only reads so far", "--finish", "--restarted")
    rotate("--restarted")
    refused("restart every part", "--finish")
    rotate("--finish", "--restarted")


@pytest.mark.django_db
def test_a_value_that_no_key_opens_stops_it_before_a_key_is_dropped(
    file: Path, people: dict[int, str]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_citizen SET personal_id = 'broken' WHERE id = %s", [min(people)])
    with pytest.raises(CommandError, match="1 values are opened by no key"):
        rotate("--stopped")
    assert len(key_files.read(file).field_keys) == 2


@pytest.mark.django_db
def test_keys_from_the_environment_are_rotated_by_the_same_steps(
    settings: Settings, people: dict[int, str]
) -> None:
    settings.KEYS_FILE = None
    (old,) = settings.FIELD_KEYS
    new = rotate("--prepare").splitlines()[1]
    with pytest.raises(CommandError, match="needs a key file"):
        rotate("--stopped")
    settings.FIELD_KEYS = [new, old]
    rotate("--restarted")
    assert "Keep only the first key" in rotate("--finish", "--restarted")
    settings.FIELD_KEYS = [new]
    assert read_back() == people


@pytest.mark.django_db
def test_ciphertext_inside_json_is_rotated_by_what_its_room_registered(
    file: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reseal(value: str, turn: Callable[[str], str]) -> str:
        answers: dict[str, Any] = json.loads(value)
        return json.dumps(answers | {"sealed": turn(answers["sealed"])})

    monkeypatch.setattr(rotation, "_rotators", {})
    rotation.register("addresses", rotation.column("accounts.Citizen", "address", reseal))
    ring = KeyRing(settings.FIELD_KEYS)
    answers = json.dumps({"open": "x", "sealed": ring.encrypt("bí mật")})
    citizen(address=answers)
    assert "addresses: 1 values, 1 re-encrypted" in rotate("--stopped")
    restart(settings)
    kept = json.loads(Citizen.objects.get().address)
    assert KeyRing(key_files.read(file).field_keys).decrypt(kept["sealed"]) == "bí mật"
    assert kept["open"] == "x"


@pytest.mark.django_db
def test_an_edit_made_meanwhile_is_kept(file: Path, people: dict[int, str], settings: Settings) -> None:
    settings.FIELD_KEYS = [key(), *key_files.read(file).field_keys]
    walk = rotation.rotators()["accounts.Citizen.personal_id"](
        rotation.Turn(KeyRing(settings.FIELD_KEYS), write=True, batch=2)
    )
    next(walk)
    edited = max(people)
    Citizen.objects.filter(pk=edited).update(personal_id="999000000001")
    assert [count.old for count in walk][-1] == PEOPLE - 1
    assert read_back() == people | {edited: "999000000001"}
