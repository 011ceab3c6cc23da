"""A portal that has an address for each of its error pages."""

from __future__ import annotations

import pytest
from pytest_django import Settings


@pytest.fixture
def errors_at_hand(settings: Settings) -> None:
    """Give the error pages addresses."""
    settings.ROOT_URLCONF = "tests.look.urls"
