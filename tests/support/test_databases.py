from functools import partial
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from wagtail.models import Page

from tests.support.databases import Copy
from tests.support.schema import digest_of
from tests.support.threads import FreshDatabase


def users() -> int:
    return get_user_model().objects.count()


def add_user(name: str) -> int:
    return int(get_user_model().objects.create_user(username=name).pk)


@pytest.mark.django_db
def test_what_data_migrations_wrote_is_there() -> None:
    assert Page.objects.filter(depth=1).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_test_that_commits_leaves_nothing_and_takes_nothing(time: str) -> None:
    assert users() == 0
    add_user(time)
    assert Page.objects.filter(depth=1).exists()


def test_threads_commit_into_a_database_of_their_own(fresh_database: FreshDatabase) -> None:
    outcomes = fresh_database.together([partial(add_user, f"u{number}") for number in range(8)])
    assert len({outcome for outcome in outcomes if isinstance(outcome, int)}) == 8
    assert users() == 8


def test_what_threads_raise_is_handed_to_the_test(fresh_database: FreshDatabase) -> None:
    outcomes = fresh_database.together([partial(add_user, "same"), partial(add_user, "same")])
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["IntegrityError", "int"]


@pytest.mark.django_db
def test_the_own_database_is_another_one(database_copy: Copy) -> None:
    assert database_copy.name != connection.settings_dict["NAME"]


def test_the_template_is_keyed_by_migrations_models_and_versions(tmp_path: Path) -> None:
    migration = tmp_path / "room" / "migrations" / "0001_initial.py"
    migration.parent.mkdir(parents=True)
    (tmp_path / "room" / "__init__.py").touch()
    migration.write_text("operations = []")
    before = digest_of(tmp_path, {"wagtail": "8.0.1"})
    assert digest_of(tmp_path, {"wagtail": "8.0.1"}) == before
    assert digest_of(tmp_path, {"wagtail": "8.0.2"}) != before
    migration.write_text("operations = [1]")
    assert digest_of(tmp_path, {"wagtail": "8.0.1"}) != before
