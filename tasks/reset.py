"""``./run reset``: delete the data of this clone. The next start makes the demo province anew."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

from portal.settings.parts.places import DATA_DIR
from tasks.terminal import Refusal, confirmed, say
from tasks.up.lock import InstanceLock

# What the portal itself made there; anything else in the folder is somebody's and stays.
OURS = (
    "portal.sqlite3*",
    "broker.sqlite3*",
    "provider*.sqlite3*",
    "cache",
    "keys",
    "logs",
    "media",
    "private",
    "run",
    "static",
)


def main(arguments: Sequence[str]) -> int:
    """Delete after a question; refuses while the portal runs."""
    parser = argparse.ArgumentParser(prog="./run reset", description=__doc__)
    parser.add_argument("--yes", action="store_true", help="do not ask")
    given = parser.parse_args(arguments)
    if not DATA_DIR.exists():
        say(f"There are no data in {DATA_DIR}.")
        return 0
    with InstanceLock(DATA_DIR):
        found = [path for pattern in OURS for path in DATA_DIR.glob(pattern)]
        question = f"This deletes database, uploads and keys in {DATA_DIR} for good."
        if not confirmed(question, yes=given.yes):
            raise Refusal("Nothing was deleted.")
        for path in found:
            delete(path)
    say(f"{DATA_DIR} is empty; the next ./run makes the demo province anew.")
    return 0


def delete(path: Path) -> None:
    """Delete a file or a folder; a link is deleted, never what it leads to."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
