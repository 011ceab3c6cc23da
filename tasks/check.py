"""``./run check``: everything that can be judged without running the product."""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tasks.places import PYTHON, ROOT
from tasks.terminal import say

TOOLS = Path(PYTHON).parent


class Step(NamedTuple):
    """One judge: its line of progress, its command, whether it is quick enough for every commit."""

    label: str
    command: tuple[str, ...]
    fast: bool = False


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    """Return the command of a tool of the environment."""
    return (str(TOOLS / name), *arguments)


def django(*arguments: str) -> tuple[str, ...]:
    """Return one of Django's commands, warnings as errors."""
    return (PYTHON, "-m", "django", *arguments)


STEPS = (
    Step("style (ruff)", tool("ruff", "check", "--quiet"), fast=True),
    Step("layout (ruff format)", tool("ruff", "format", "--check", "--quiet"), fast=True),
    Step("locks agree with pyproject", (PYTHON, "-m", "tasks.locks"), fast=True),
    Step("texts (catalogues)", (PYTHON, "-m", "tasks.texts"), fast=True),
    Step("types (mypy)", tool("mypy"), fast=True),
    Step("who may import whom (import-linter)", tool("lint-imports", "--no-cache")),
    Step("templates (djLint)", (PYTHON, "-m", "tasks.templates")),
    Step("settings and models (Django)", django("check", "--fail-level", "WARNING")),
    Step("migrations are complete", django("makemigrations", "--check", "--dry-run", "--verbosity", "1")),
)


def main(arguments: Sequence[str]) -> int:
    """Run every step, whatever the others say; show in full only what fails."""
    parser = argparse.ArgumentParser(prog="./run check", description=__doc__)
    parser.add_argument("--fast", action="store_true", help="only what is quick enough for every commit")
    given = parser.parse_args(arguments)
    steps = [step for step in STEPS if step.fast or not given.fast]
    with tempfile.TemporaryDirectory(prefix="dvgd-check-") as folder:
        failed = [step.label for step in steps if not passes(step, folder)]
    if failed:
        say(f"\n{len(failed)} of {len(steps)} steps failed: {', '.join(failed)}.")
        return 1
    say(f"\nAll {len(steps)} steps passed.")
    return 0


def passes(step: Step, folder: str) -> bool:
    """Run one step on data of its own; print its line, and its output when it fails."""
    began = time.monotonic()
    environment = {**os.environ, "DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        step.command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    word = "ok" if done.returncode == 0 else "FAILED"
    say(f"  {word:<7}{step.label:<40}{time.monotonic() - began:>6.1f} s")
    if done.returncode:
        say((done.stdout + done.stderr).rstrip() + "\n")
    return done.returncode == 0
