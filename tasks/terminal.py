"""What the person at the terminal sees: progress on stdout, problems on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Refusal(Exception):  # noqa: N818 - not an error of the program: a sentence for the person
    """Stops a command with a sentence that says what happened and what to do; exit code 1."""


def say(text: str = "") -> None:
    """Show one line of progress at once, also through a pipe."""
    print(text, flush=True)


def problem(text: str) -> None:
    """Show what went wrong."""
    print(text, file=sys.stderr, flush=True)


def confirmed(question: str, *, yes: bool) -> bool:
    """Ask before something is lost; without a terminal only ``--yes`` counts as consent."""
    if yes:
        return True
    if not sys.stdin.isatty():
        raise Refusal(f"{question} Nobody is there to answer: repeat the command with --yes.")
    return input(f"{question} Type yes to go on: ").strip().lower() == "yes"


@contextmanager
def timed(label: str) -> Iterator[None]:
    """Say what begins, and how long it took."""
    started = time.monotonic()
    print(f"  {label} …", end="", flush=True)
    yield
    print(f" {time.monotonic() - started:.1f} s", flush=True)
