"""How people knock: signed-in clients, what an answer shows, and what the database holds before and after."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.accounts.sessions import SECOND_FACTOR

# tokens, ids of rows and requests: they differ between two equal answers
_CHANGING = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|value=\"[A-Za-z0-9]{64}\""
)
# what requests write by design, whoever asks: their session, a turn, the moment of a sign-in
_APART = {"sessions.session", "accounts.throttlecounter"}


def client(user: User | None = None, *, second_factor: bool = False) -> Client:
    """Sign somebody in, as their ways of signing in would; None is a stranger."""
    made = Client()
    if user is not None:
        made.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    if user is not None and second_factor:
        session = made.session
        session[SECOND_FACTOR] = user.pk
        session.save()
    return made


def seen(answer: Any) -> tuple[int, str, str]:
    """Give what a person can tell from an answer: status, where it leads, what it says."""
    body = _CHANGING.sub("…", answer.content.decode())
    return answer.status_code, _CHANGING.sub("…", answer.headers.get("Location", "")), body


def ask(who: Client, method: str, path: str, data: dict[str, Any] | None = None) -> tuple[int, str, str]:
    """Send a GET or POST and give what is seen."""
    return seen(who.get(path, data) if method == "GET" else who.post(path, data or {}))


def contents() -> dict[str, list[Any]]:
    """Read every row of every table, as far as requests may not write it by design."""
    return {
        model._meta.label_lower: sorted(map(repr, model._base_manager.values_list()))  # noqa: SLF001 - Django's own name for it
        for model in apps.get_models()
        if model._meta.label_lower not in _APART and model._meta.managed  # noqa: SLF001 - the same
    }


def equal_answers(
    who: Client, method: str, pattern: str, existing: object, data: dict[str, Any] | None = None
) -> int:
    """Ask for a record that exists and for one that does not; both must look alike and change nothing.

    ``pattern`` has ``{id}`` where the record's id stands. Returns the status of both.
    """
    missing: object = uuid4() if not isinstance(existing, int) else existing + 1_000_000
    before = contents()
    there = ask(who, method, pattern.format(id=existing), data)
    not_there = ask(who, method, pattern.format(id=missing), data)
    alike = [part.replace(str(missing), str(existing)) for part in not_there[1:]]
    assert (there[0], *there[1:]) == (not_there[0], *alike), f"{method} {pattern} tells the two apart"
    assert contents() == before, f"{method} {pattern} changed something"
    return there[0]


def queries(who: Client, path: str) -> int:
    """Count the queries of a page that is shown."""
    with CaptureQueriesContext(connection) as sent:
        answer = who.get(path)
    assert answer.status_code == 200, path
    return len(sent)
