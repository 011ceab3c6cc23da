"""``./run help``."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.commands import COMMANDS
from tasks.terminal import say


def main(_arguments: Sequence[str]) -> int:
    """List the commands and the two settings that everybody needs."""
    width = max(len(command.usage) for command in COMMANDS.values()) + 2
    for command in COMMANDS.values():
        say(f"  ./run {command.usage:<{width}}{command.summary}")
    say()
    say("  PORT=8010 ./run           another web port; the other parts' ports follow it (default 8000)")
    say("  DATA_DIR=~/province ./run another place for the data (default: var/ in the clone)")
    say("  DATABASE_URL=postgres://… PostgreSQL instead of the SQLite file")
    say("  ELASTICSEARCH_URL=http://… Elasticsearch answers searches instead of the database")
    return 0
