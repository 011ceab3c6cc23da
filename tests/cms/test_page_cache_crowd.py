"""Many readers at the moment at which a page is forgotten: it is made once."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.test import Client

from cms import page_cache
from cms.models import ProcedurePage
from tests.support.threads import FreshDatabase


@pytest.mark.concurrency
def test_many_readers_at_once_make_a_page_once(
    fresh_database: FreshDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    original = ProcedurePage.get_context
    path = "/thu-tuc/chuyen-truong/"

    def slow(self: ProcedurePage, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        made.append(threading.get_ident())
        threading.Event().wait(0.3)
        return original(self, request, *args, **kwargs)

    monkeypatch.setattr(ProcedurePage, "get_context", slow)
    answers = fresh_database.together([lambda: Client().get(path).status_code for _ in range(8)])
    assert answers == [200] * 8
    assert len(made) == 1
    # with the turns off every reader makes it: the test above proves something
    made.clear()
    monkeypatch.setattr(page_cache, "_address", lambda _request: None)
    fresh_database.together([lambda: Client().get(path).status_code for _ in range(4)])
    assert len(made) == 4
