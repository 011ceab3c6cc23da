"""How long citizens wait while 100,000 pupils are imported (SQLite, made-up province, four citizens at once)."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tasks.bench.figures import Figure, percentile
from tasks.places import PYTHON, ROOT, SETTINGS
from tasks.terminal import Refusal

ROWS = 100_000


def measure(rows: int = ROWS) -> list[Figure]:
    """Prepare a province of its own, then import and submit at once."""
    with tempfile.TemporaryDirectory(prefix="dvgd-bench-") as folder:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": SETTINGS}
        for command in (["migrate", "--verbosity", "0"], ["seed", "--verbosity", "0"]):
            run([PYTHON, "-m", "django", *command], environment)
        said = run([PYTHON, "-m", "tasks.bench.inside.crowd", folder, str(rows)], environment)
        size = (Path(folder) / "portal.sqlite3").stat().st_size
    return figures(json.loads(said.splitlines()[-1]), rows, size)


def run(command: list[str], environment: dict[str, str]) -> str:
    """Run a program of the portal and give what it printed."""
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refusal(f"{' '.join(command[2:])} failed:\n{done.stderr[-2_000:]}")
    return done.stdout


def figures(told: dict[str, Any], rows: int, size: int) -> list[Figure]:
    """Put what was measured into figures; a submission that failed ends the bench."""
    importer, alone, meanwhile = told["importer"], told["alone"], told["meanwhile"]
    errors = alone["errors"] + meanwhile["errors"]
    if errors or importer["state"] != "applied":
        raise Refusal(f"Import: {importer['state']}. Submissions: {'; '.join(errors) or 'all well'}.")
    everything = meanwhile["submissions"] + meanwhile["pages"]
    return [
        Figure("pupils imported", rows, ""),
        Figure("checking the file", importer["check_seconds"], "s"),
        Figure("writing it, with breath for others", importer["apply_seconds"], "s"),
        Figure("memory of the importing process, at most", importer["memory_mb"], "MB"),
        Figure("size of the database afterwards", size / 1_000_000, "MB"),
        Figure("submissions alone", len(alone["submissions"]) / alone["seconds"], "/s"),
        Figure("submissions meanwhile", len(meanwhile["submissions"]) / meanwhile["seconds"], "/s"),
        Figure("a submission alone, p50", percentile(alone["submissions"], 0.5) * 1_000, "ms"),
        Figure("a submission alone, longest", max(alone["submissions"]) * 1_000, "ms"),
        Figure("a submission meanwhile, p50", percentile(meanwhile["submissions"], 0.5) * 1_000, "ms"),
        Figure("a submission meanwhile, p99", percentile(meanwhile["submissions"], 0.99) * 1_000, "ms"),
        Figure("longest wait for the write lock", max(meanwhile["locks"]) * 1_000, "ms", "aim: 1 000"),
        Figure(
            "longest wait of a citizen for a page or receipt", max(everything) * 1_000, "ms", "aim: 1 000"
        ),
    ]
