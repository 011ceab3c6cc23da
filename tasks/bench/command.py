"""``./run bench [NAME] [--json FILE]``: measure and print.

A bench is a module of this package with a docstring, whose first line says what it measures, and a function
``measure() -> list[Figure]``. ``command`` and ``figures`` are the frame.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import platform
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tasks import bench
from tasks.bench.figures import Figure
from tasks.places import from_caller
from tasks.terminal import Refusal, say

FRAME = frozenset({"command", "figures"})


def names() -> list[str]:
    """Return the benches that there are."""
    return sorted(
        found.name.replace("_", "-")
        for found in pkgutil.iter_modules(bench.__path__)
        if found.name not in FRAME and not found.ispkg
    )


def main(arguments: Sequence[str]) -> int:
    """Run one bench or all of them."""
    parser = argparse.ArgumentParser(prog="./run bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("name", nargs="?", help=f"one of: {', '.join(names())}; without a name all of them")
    parser.add_argument("--json", type=from_caller, metavar="FILE", help="also write the figures there")
    given = parser.parse_args(arguments)
    if given.name and given.name not in names():
        raise Refusal(f"There is no bench {given.name!r}. There are: {', '.join(names())}.")
    results = {name: run(name) for name in ([given.name] if given.name else names())}
    if given.json is not None:
        write(given.json, results)
    return 0


def run(name: str) -> list[Figure]:
    """Run one bench and print its figures."""
    module = importlib.import_module(f"tasks.bench.{name.replace('-', '_')}")
    say(f"{name}: {(module.__doc__ or '').strip().splitlines()[0]}")
    figures: list[Figure] = module.measure()
    for figure in figures:
        say(f"  {figure.name:<44}{figure.value:>12,.2f} {figure.unit:<6}{figure.aim}".rstrip())
    return figures


def write(path: Path, results: dict[str, list[Figure]]) -> None:
    """Write the figures with what is needed to compare them with others."""
    content = {
        "measured": datetime.now(UTC).isoformat(),
        "machine": {
            "system": platform.platform(),
            "python": platform.python_version(),
            "cores": os.cpu_count(),
        },
        "benches": {name: [asdict(figure) for figure in figures] for name, figures in results.items()},
    }
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False), "utf-8")
