"""Whatever the OpenAPI document allows or forbids is sent; every answer is what the document promises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from portal.api import v1
from tests.procedures import town as towns

#: loaded as a client loads it: over WSGI, from the product
document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())


@pytest.fixture
def _town(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # the limit has its own test; here nothing must hide behind it
    monkeypatch.setattr(v1, "LOOKUPS_AN_HOUR", 1_000_000)
    towns.submitted(towns.build())
    # as Django's own test client does: the end of a request must not end the test's transaction
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_town")
@document.parametrize()
@hypothesis.settings(
    suppress_health_check=list(hypothesis.HealthCheck),  # the town stands while the examples pass
)
def test_every_answer_is_what_the_document_promises(case: schemathesis.Case[Any]) -> None:
    response = case.call_and_validate()
    assert response.status_code < 500
