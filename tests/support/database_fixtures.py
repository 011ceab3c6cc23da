"""Fixtures of the database: they replace pytest-django's creation, and Django's flush."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tests.support.databases import Copy, new_copy
from tests.support.threads import FreshDatabase


def worker_name(config: pytest.Config) -> str:
    """Return the name of this test process: gw0, gw1 …, or main."""
    return str(getattr(config, "workerinput", {}).get("workerid", "main"))


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Give this test process its copy of the template, restored after every test that commits.

    Django would flush instead. A flush loses what data migrations wrote (Wagtail's root page), and tables
    that only grow refuse it.
    """
    folder = tmp_path_factory.mktemp("database")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        copy = new_copy(worker_name(request.config), folder)
        copy.restore()
        before = copy.use()

        def restore(_test_case: TransactionTestCase) -> None:
            copy.restore()
            forget_rows()

        patch.setattr(TransactionTestCase, "_fixture_teardown", restore)
        yield
        copy.drop()
        connections["default"].settings_dict["NAME"] = before


def forget_rows() -> None:
    """Forget what this process remembers of rows that are gone."""
    ContentType.objects.clear_cache()
    cache.clear()


@pytest.fixture(autouse=True)
def _nothing_left_over() -> Iterator[None]:
    """Let no test find what another one left in the cache, or the language that it spoke last."""
    yield
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def database_copy(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Copy]:
    """Offer one more copy of the template, made but not used by this process."""
    copy = new_copy(f"{worker_name(request.config)}_own", tmp_path)
    copy.restore()
    yield copy
    copy.drop()


@pytest.fixture
def fresh_database(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    database_copy: Copy,
) -> Iterator[FreshDatabase]:
    """Lead this process, in all its threads, to a database of the test's own; commits are real.

    Use it instead of ``django_db`` where many threads write: ``fresh_database.together([…])``.
    """
    with django_db_blocker.unblock():
        before = database_copy.use()
        forget_rows()
        yield FreshDatabase()
        connections.close_all()
        connections["default"].settings_dict["NAME"] = before
        forget_rows()
