"""An Elasticsearch that goes away in the middle: searches are answered, nothing is lost, it heals by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from portal.search import pushing, selectors, services
from portal.search.engines import choice
from portal.search.models import SearchEntry
from portal.search.ports import Entry, Kind
from tasks.suite.servers import Elasticsearch
from tests.search.conftest import drop_indexes, use_elasticsearch
from tests.search.corpus import Corpus

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.elasticsearch,
    pytest.mark.xdist_group("elasticsearch"),
]
GONE = "http://127.0.0.1:9"


@pytest.fixture
def prefix(settings: Settings, only_corpus: Corpus, elasticsearch_server: Elasticsearch) -> Iterator[str]:
    made = use_elasticsearch(settings, elasticsearch_server.url)
    SearchEntry.objects.all().delete()
    services.refresh_all()
    services.push()
    yield made
    _lead_to(settings, elasticsearch_server.url)
    drop_indexes(made)


def _lead_to(settings: Settings, url: str) -> None:
    """Take the cable out, or put it back."""
    backends = settings.WAGTAILSEARCH_BACKENDS
    settings.WAGTAILSEARCH_BACKENDS = {
        **backends,
        "elasticsearch": {**backends["elasticsearch"], "URLS": [url], "TIMEOUT": 1},
    }


def _in_engine(words: str) -> list[str]:
    engine = choice.outside()
    assert engine is not None
    return [entry.key for entry in engine.search(words, SearchEntry.objects.all(), operator="and")]


def test_a_search_is_answered_and_nothing_is_lost(
    prefix: str, settings: Settings, elasticsearch_server: Elasticsearch, only_corpus: Corpus,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    assert selectors.find(query="chuyen truong").hits[0].key == "chuyen-truong"
    assert selectors.health()["answers"]
    _lead_to(settings, GONE)
    assert selectors.find(query="chuyen truong").hits[0].key == "chuyen-truong"
    assert choice.is_resting()
    # written while it is away: found at once by the database's index, waiting for the engine
    written = Entry(key="moi", kind=Kind.NEWS, title="Cầu Huổi Mây có đèn", url="/moi/")
    monkeypatch.setattr(Corpus, "entry", lambda _self, key: [written] if key == "moi" else [])
    services.refresh(source="corpus", key="moi")
    services.refresh(source="corpus", key="tin-cau-treo")
    assert selectors.find(query="den huoi may").hits[0].key == "moi"
    assert not selectors.health()["answers"]
    assert selectors.health()["behind"] == 2
    with pytest.raises(Exception, match="Connection"):
        pushing.push()
    _lead_to(settings, elasticsearch_server.url)
    assert services.heal() == 2
    assert not choice.is_resting()
    assert selectors.health() == {
        "engine": "elasticsearch", "answers": True, "behind": 0, "colour": "green"
    }  # fmt: skip
    assert _in_engine("đèn huổi mây") == ["moi"]
    assert _in_engine("cầu treo") == []


def test_a_lost_index_is_filled_anew(prefix: str) -> None:
    drop_indexes(prefix)
    assert pushing.differs()
    # meanwhile the database answers
    assert selectors.find(query="chuyen truong").hits[0].key == "chuyen-truong"
    assert services.heal() == SearchEntry.objects.count()
    assert not pushing.differs()
    assert _in_engine("chuyển trường")


def test_people_search_the_old_index_until_the_alias_switches(prefix: str) -> None:
    engine = choice.outside()
    assert engine is not None
    before = set(engine.es.indices.get(index=f"{prefix}*"))
    seen: list[list[str]] = []
    done: list[tuple[int, int]] = []

    def look(made: int, total: int) -> None:
        done.append((made, total))
        seen.append(_in_engine("chuyển trường"))

    count = services.rebuild(progress=look)
    assert done[-1] == (count, count)
    assert all(keys for keys in seen)
    after = set(engine.es.indices.get(index=f"{prefix}*"))
    assert len(after) == 1
    assert after.isdisjoint(before)
    assert _in_engine("chuyển trường")
