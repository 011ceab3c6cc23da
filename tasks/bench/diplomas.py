"""Look-ups among 5,000 and 1,000,000 diplomas beside a bare SELECT, hit beside miss, fifty at once; 100,000 rows read.

On SQLite, or on the database of ``DIPLOMA_BENCH_DATABASE_URL`` (an empty one of the reader's own making).
"""

from __future__ import annotations

import json
import os
import tempfile

from tasks.bench.figures import Figure, percentile
from tasks.bench.imports import run
from tasks.places import PYTHON, SETTINGS

SIZES = (5_000, int(os.environ.get("DIPLOMA_BENCH_ENTRIES", "1000000")))
ROWS = int(os.environ.get("DIPLOMA_BENCH_ROWS", "100000"))


def measure() -> list[Figure]:
    """Fill a register of its own, measure, fill on, measure again, import."""
    with tempfile.TemporaryDirectory(prefix="dvgd-bench-") as folder:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": SETTINGS}
        if "DIPLOMA_BENCH_DATABASE_URL" in os.environ:
            environment["DATABASE_URL"] = os.environ["DIPLOMA_BENCH_DATABASE_URL"]
        run([PYTHON, "-m", "django", "migrate", "--verbosity", "0"], environment)
        sizes = [str(size) for size in SIZES]
        said = run([PYTHON, "-m", "tasks.bench.inside.registers", folder, str(ROWS), *sizes], environment)
    told = json.loads(said.splitlines()[-1])
    figures = [figure for size in told["sizes"] for figure in _of_size(size)]
    importing = told["import"]
    return [
        *figures,
        Figure("rows of a workbook", importing["rows"], ""),
        Figure("checking them", importing["check_seconds"], "s"),
        Figure("entering them, with breath for others", importing["write_seconds"], "s"),
        Figure("memory of the importing process, at most", importing["memory_mb"], "MB"),
    ]


def _of_size(told: dict[str, list[float]]) -> list[Figure]:
    """Put one size into figures, in milliseconds."""
    count = f"{int(told['entries'][0]):,}"
    hits, misses, bare = told["hit"], told["miss"], told["bare"]
    return [
        Figure(f"{count} entries: bare SELECT by primary key, p50", percentile(bare, 0.5), "ms"),
        Figure(f"{count} entries: look-up query, hit, p50", percentile(told["query_hit"], 0.5), "ms"),
        Figure(f"{count} entries: look-up query, miss, p50", percentile(told["query_miss"], 0.5), "ms"),
        Figure(f"{count} entries: look-up with limits and record, hit, p50", percentile(hits, 0.5), "ms"),
        Figure(
            f"{count} entries: look-up with limits and record, miss, p50", percentile(misses, 0.5), "ms"
        ),
        Figure(f"{count} entries: look-up with limits and record, hit, p99", percentile(hits, 0.99), "ms"),
        Figure(
            f"{count} entries: look-up with limits and record, miss, p99", percentile(misses, 0.99), "ms"
        ),
        Figure(f"{count} entries: fifty at once, all answered after", told["fifty"][0], "ms"),
    ]
