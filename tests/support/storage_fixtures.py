"""A private storage of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.storage import storages
from pytest_django import Settings


@pytest.fixture
def private_folder(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """Let papers and documents of this test lie in a folder of its own; gives the folder."""
    folder = tmp_path / "private"
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder, "base_url": None},
        },
    }
    storages._storages.pop("private", None)  # type: ignore[attr-defined]  # noqa: SLF001 - it caches what was set before
    yield folder
    storages._storages.pop("private", None)  # type: ignore[attr-defined]  # noqa: SLF001 - see above
