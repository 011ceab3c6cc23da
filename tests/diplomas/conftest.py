from pathlib import Path

import pytest

from tests.diplomas import build


@pytest.fixture
def archive(db: None) -> build.Archive:
    return build.archive()


@pytest.fixture(autouse=True)
def own_files(private_folder: Path) -> Path:
    """Keep every test's files apart."""
    return private_folder
