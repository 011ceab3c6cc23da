"""The list of commands: a name, the module whose ``main(arguments) -> int`` does it, a line of help."""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """``usage`` is what stands behind ``./run``; ``summary`` one line."""

    module: str
    usage: str
    summary: str


# Other programs rely on the names up to "help"; the last three are for containers.
COMMANDS: dict[str, Command] = {
    "all": Command("tasks.up.command", "[--verbose]", "set up and run every part; Ctrl-C stops all of it"),
    "test": Command(
        "tasks.suite.command",
        "test [--database sqlite|postgresql] […]",
        "run the tests; further arguments go to pytest",
    ),
    "check": Command(
        "tasks.check", "check [--fast]", "lint, types, import contracts, templates, migrations, locks"
    ),
    "bench": Command("tasks.bench.command", "bench [NAME] [--json FILE]", "measure and print figures"),
    "backup": Command(
        "tasks.backup.save", "backup FILE [--keys FILE]", "save database and uploads while the portal runs"
    ),
    "restore": Command(
        "tasks.backup.load",
        "restore FILE [--keys FILE] [--yes]",
        "bring a backup back; the portal must be stopped",
    ),
    "reset": Command("tasks.reset", "reset [--yes]", "delete all data of this clone and begin anew"),
    "elasticsearch": Command(
        "tasks.elasticsearch.command",
        "elasticsearch",
        "fetch a real Elasticsearch and start it (Maven, Java 21 or newer)",
    ),
    "manage": Command(
        "tasks.manage", "manage COMMAND …", "Django's commands, e.g. ./run manage seed --scale full"
    ),
    "evaluate-assistant": Command(
        "tasks.assistant.evaluate",
        "evaluate-assistant FILE.tsv [--json OUT] | --train FILE --test FILE",
        "measure the assistant on questions (topic, tab, text)",
    ),
    "help": Command("tasks.help", "help", "this list"),
    "translations": Command(
        "tasks.translations",
        "translations",
        "gather the texts into the English catalogue, name what is missing",
    ),
    "prepare": Command(
        "tasks.up.prepare", "prepare", "migrate, compile texts, collect files; starts nothing"
    ),
    "part": Command("tasks.up.part", "part NAME", "become one part: web, inner, worker, beat …"),
    "healthy": Command("tasks.up.healthy", "healthy NAME", "tell by the exit code whether a part serves"),
}
