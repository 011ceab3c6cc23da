"""Whether each address has a rule, and whether outsiders meet it: every method, every role, nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tasks.places import ROOT
from tests import doors
from tests.access.addresses import Address, all_addresses
from tests.access.rules import (
    CITIZEN,
    ELSEWHERE,
    EVERYBODY,
    LIBRARIES,
    OFFICER,
    RULES,
    Rule,
)
from tests.access.world import World, build

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
#: 302 leads to signing in, 405 is said before anything is looked up
REFUSALS = {302, 403, 404, 405}
#: said when the identity provider does not answer, as it does not in these tests
NO_PROVIDER = {"vneid:start": {503}, "vneid:return": {503}}


def _own() -> dict[str, Address]:
    return {
        one.name.replace(one.pattern, "").strip() if "unnamed" in one.name else one.name: one
        for one in all_addresses()
        if not _library(one)
    }


def _library(address: Address) -> bool:
    return any(address.pattern.startswith(beginning) for beginning in LIBRARIES)


def _named() -> dict[str, Address]:
    """Our addresses that can be called by name; the API's answer to whatever is not there has none."""
    return {name: one for name, one in _own().items() if name != "unnamed"}


@pytest.fixture
def world() -> World:
    return build()


@contextmanager
def _tried() -> Iterator[None]:
    """Take back what a request did, so that the next one finds the world as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _path(address: Address, rule: Rule, world: World) -> str:
    values: dict[str, object] = dict(rule.fixed)
    for argument, place in rule.things.items():
        thing, _, attribute = place.partition(".")
        values[argument] = getattr(world.things[thing], attribute)
    return address.path(values)


def _send(who: Client, method: str, path: str, body: dict[str, Any]) -> Any:
    if method == "POST":
        return who.post(path, body)
    return who.generic(method, path)


def _told(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", "replace") + str(answer.headers)


def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    own = set(_named())
    ruled = (set(RULES) - {"api-v1:unnamed"}) | set(ELSEWHERE)
    assert own - ruled == set(), "state who may come in there: tests/access/rules.py"
    assert ruled - own == set(), "these addresses are no more"


def test_what_is_tried_elsewhere_is_tried_there() -> None:
    for name, file in ELSEWHERE.items():
        assert (ROOT / file).is_file(), f"{name}: {file} is no more"
        words = Path(ROOT / file).read_text("utf-8")
        assert {"403", "404"} & {word for word in ("403", "404") if word in words}, file


@pytest.mark.parametrize("name", [name for name, rule in RULES.items() if rule.body is not None])
def test_an_outsider_with_the_owners_words_changes_nothing(world: World, name: str) -> None:
    rule, address = RULES[name], _named()[name]
    assert rule.body is not None
    path, body = _path(address, rule, world), rule.body(world)
    before = doors.contents()
    with _tried():
        answer = world.owners[rule.by].post(path, body)
        assert answer.status_code in {200, 302}, f"{name}: the owner is refused: {answer.status_code}"
        assert doors.contents() != before, (
            f"{name}: the owner's words change nothing, so this test would prove nothing"
        )
    for who, client in world.outsiders.items():
        status = client.post(path, body).status_code
        assert status in REFUSALS, f"{who} at {name}: {status}"
    assert doors.contents() == before


@pytest.mark.parametrize("name", [name for name in RULES if name != "api-v1:unnamed"])
def test_outsiders_meet_the_rule_with_every_method(world: World, name: str) -> None:
    rule, address = RULES[name], _named()[name]
    path = _path(address, rule, world)
    before = doors.contents()
    for who, client in world.outsiders.items():
        for method in METHODS:
            with _tried():
                answer = _send(client, method, path, {})
                told = _told(answer)
            fine = answer.status_code < 500 or answer.status_code in NO_PROVIDER.get(name, ())
            assert fine, f"{who}, {method} {path}: {answer.status_code}"
            assert not [secret for secret in world.secrets if secret in told], f"{who}, {method} {path}"
            if not _may_enter(rule, who):
                assert answer.status_code in REFUSALS, f"{who}, {method} {path}: {answer.status_code}"
    assert doors.contents() == before


def _may_enter(rule: Rule, who: str) -> bool:
    if rule.who == EVERYBODY:
        return True
    if rule.who == CITIZEN:
        return who == "another citizen"
    return rule.who == OFFICER and who.endswith("elsewhere")


def test_wagtails_admin_is_closed_to_everybody_but_the_departments_editors(world: World) -> None:
    admin = [
        one for one in all_addresses() if one.pattern.startswith("quan-tri/") and not one.is_expression
    ]
    assert len(admin) > 150
    before = doors.contents()
    open_to_all = {"/quan-tri/login/", "/quan-tri/jsi18n/", "/quan-tri/sprite/"}
    for address in admin:
        path = address.path()
        for who, client in world.outsiders.items():
            for method in ("GET", "POST"):
                with _tried():
                    answer = _send(client, method, path, {})
                where = f"{who}, {method} {path}: {answer.status_code}"
                if path not in open_to_all:
                    assert answer.status_code in REFUSALS, where
                assert answer.status_code < 500, where
    assert doors.contents() == before
