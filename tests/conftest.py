"""What every test can use; tests/README.md lists the fixtures."""

from __future__ import annotations

import os

import hypothesis
import pytest

from tasks.up.catalogues import compile_all

pytest_plugins = [
    "tests.support.services",
    "tests.support.database_fixtures",
    "tests.support.browser_fixtures",
    "tests.support.portal_fixtures",
    "tests.support.spreading",
    "tests.support.storage_fixtures",
]

hypothesis.settings.register_profile("quick", max_examples=30, deadline=None)
# the same examples on every run: what CI finds can be found again, and a landing never hangs on luck
hypothesis.settings.register_profile(
    "ci", max_examples=60, deadline=None, derandomize=True, print_blob=True
)
hypothesis.settings.register_profile("deep", max_examples=2_000, deadline=None, print_blob=True)


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples hypothesis tries, and compile the texts before anybody reads them."""
    default = "ci" if os.environ.get("CI") == "true" else "quick"
    hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", default))
    if not hasattr(config, "workerinput"):
        compile_all()
