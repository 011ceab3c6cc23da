"""The search's world on each engine: the run's own database, and a real Elasticsearch beside it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.core.cache import cache
from pytest_django import Settings

from portal.search import ports, services, vocabulary
from portal.search.engines import choice
from portal.search.models import SearchEntry
from tests.search.corpus import SYNONYMS, Corpus


def use_elasticsearch(settings: Settings, url: str) -> str:
    """Lead the search to an Elasticsearch, with an index of the test's own; give the prefix."""
    prefix = f"t{uuid4().hex[:10]}_"
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.WAGTAILSEARCH_BACKENDS = {
        **settings.WAGTAILSEARCH_BACKENDS,
        "elasticsearch": {
            "BACKEND": "portal.search.engines.elasticsearch",
            "URLS": [url],
            "INDEX_PREFIX": prefix,
            "TIMEOUT": 5,
            "OPTIONS": {"max_retries": 0},
            "AUTO_UPDATE": False,
        },
    }
    choice.wake()
    return prefix


def drop_indexes(prefix: str) -> None:
    """Delete what a test left in Elasticsearch."""
    engine = choice.outside()
    assert engine is not None
    for name in engine.es.indices.get(index=f"{prefix}*"):
        engine.es.indices.delete(index=name)


@pytest.fixture(
    params=[
        "database",
        pytest.param(
            "elasticsearch",
            # one process of xdist starts the server
            marks=[pytest.mark.elasticsearch, pytest.mark.xdist_group("elasticsearch")],
        ),
    ],
)
def engine(request: pytest.FixtureRequest, settings: Settings) -> Iterator[str]:
    """Run a test on the database of the run, and again on Elasticsearch."""
    if request.param == "database":
        yield "database"
        return
    prefix = use_elasticsearch(settings, request.getfixturevalue("elasticsearch_server").url)
    yield "elasticsearch"
    drop_indexes(prefix)


@pytest.fixture
def only_corpus(monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """Let the corpus be the only source."""
    made = Corpus()
    monkeypatch.setattr(ports, "_SOURCES", {made.name: made})
    return made


@pytest.fixture
def world(db: None, engine: str, only_corpus: Corpus) -> Iterator[str]:
    """Fill an engine with the corpus and its synonyms; give the engine's name."""
    SearchEntry.objects.all().delete()
    for term, means in SYNONYMS.items():
        services.add_synonym(term=term, means=means)
    cache.clear()
    vocabulary.forget_known()
    services.refresh_all()
    services.push()
    yield engine
    vocabulary.forget_known()
