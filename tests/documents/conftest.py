from pathlib import Path

import pytest

from tests.procedures.town import Town, build


@pytest.fixture(autouse=True)
def own_files(private_folder: Path) -> Path:
    """Keep every test's files apart."""
    return private_folder


@pytest.fixture
def town(db: None) -> Town:
    return build()
