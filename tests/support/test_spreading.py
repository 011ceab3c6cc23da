"""Tests that share a portal, or ports, run in one process."""

from __future__ import annotations

import pytest

from tests.support.spreading import group_of_file


@pytest.mark.parametrize(
    ("file", "group"),
    [
        ("tests/journeys/test_transfer.py", "running_portal"),
        ("tests/tasks/test_run.py", "run"),
        ("tests/common/test_money.py", ""),
    ],
)
def test_a_file_says_its_group(file: str, group: str) -> None:
    assert group_of_file(file) == group
