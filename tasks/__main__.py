"""``python -m tasks COMMAND …``: find the command, run it, turn refusals into sentences."""

from __future__ import annotations

import difflib
import importlib
import sys
from collections.abc import Sequence

from portal.settings.env import MissingSettingError
from tasks.commands import COMMANDS
from tasks.terminal import Refusal, problem


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    name, rest = (arguments[0], list(arguments[1:])) if arguments else ("all", [])
    if name in {"-h", "--help"}:
        name = "help"
    elif name.startswith("-"):  # ./run --verbose
        name, rest = "all", list(arguments)
    command = COMMANDS.get(name)
    if command is None:
        near = difflib.get_close_matches(name, COMMANDS, n=1)
        hint = f" Did you mean ./run {near[0]}?" if near else ""
        problem(f"There is no command {name!r}.{hint} ./run help lists them.")
        return 2
    try:
        return int(importlib.import_module(command.module).main(rest))
    except (Refusal, MissingSettingError) as refusal:
        problem(str(refusal))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
