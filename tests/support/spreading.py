"""How tests are spread over processes: those of the running portal, and those of one ``xdist_group``, together.

pytest-xdist's own grouping renames a test by an attribute that pytest 9.2 no longer reads, so that with it
every process would start a portal. Grouping by what a file says needs no renaming.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from tasks.places import ROOT

_GROUP = re.compile(r"xdist_group\(\"([\w-]+)\"\)")


@cache
def group_of_file(file: str) -> str:
    """Give the group that a test file's words put it into; none for most."""
    words = (ROOT / file).read_text("utf-8")
    named = _GROUP.search(words)
    if named:
        return named[1]
    return "running_portal" if "running_portal" in words else ""


class ByGroup(LoadScopeScheduling):  # type: ignore[misc]  # xdist ships no types
    """Tests of a group go to one process, the largest group first; all others wherever there is room."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of_file(nodeid.partition("::")[0]) or nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByGroup:
    """Take xdist's hook."""
    return ByGroup(config, log)
