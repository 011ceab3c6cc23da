"""A school's list for 20,000 pupils: made, published in lots, parents told; time and memory (SQLite)."""

from __future__ import annotations

import json
import os
import tempfile

from tasks.bench.figures import Figure
from tasks.bench.imports import run
from tasks.places import PYTHON, SETTINGS
from tasks.terminal import Refusal

PUPILS = 20_000
#: as many of them have a parent with an account
FAMILIES = 2_000


def measure(pupils: int = PUPILS, families: int = FAMILIES) -> list[Figure]:
    """Make a school of its own in a temporary folder, then charge everybody."""
    with tempfile.TemporaryDirectory(prefix="dvgd-bench-") as folder:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": SETTINGS}
        run([PYTHON, "-m", "django", "migrate", "--verbosity", "0"], environment)
        said = run([PYTHON, "-m", "tasks.bench.inside.charging", str(pupils), str(families)], environment)
    told = json.loads(said.splitlines()[-1])
    if told["state"] != "published" or told["due"] != pupils:
        raise Refusal(f"The list is {told['state']}, {told['due']} of {pupils} rows are due.")
    return [
        Figure("pupils charged", pupils, ""),
        Figure("making the draft", told["make_seconds"], "s"),
        Figure("publishing it, with breath for others", told["publish_seconds"], "s"),
        Figure("the longest transaction of publishing", told["longest_ms"], "ms", "aim: 100"),
        Figure(f"telling {families} parents", told["tell_seconds"], "s"),
        Figure("the list's page (counts, 50 rows)", told["page_ms"], "ms"),
        Figure("Excel out", told["export_seconds"], "s"),
        Figure("memory of the process before", told["memory_before_mb"], "MB"),
        Figure("memory of the process, at most", told["memory_mb"], "MB"),
    ]
