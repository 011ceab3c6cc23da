"""``./run test``: start what the tests need, run pytest, stop it again."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack

from tasks.places import PYTHON, ROOT
from tasks.suite.servers import PostgreSQL, Redis, postgresql_folder
from tasks.terminal import Refusal, say
from tasks.up.catalogues import compile_all

OWN_SETTINGS = (
    "DATABASE_URL",
    "REDIS_URL",
    "POSTGRESQL_URL",
    "CELERY_BROKER_URL",
    "PORT",
    "PUBLIC_URL",
    "ELASTICSEARCH_URL",
)


def main(arguments: Sequence[str]) -> int:
    """Return pytest's own exit code."""
    parser = argparse.ArgumentParser(prog="./run test", description=__doc__, allow_abbrev=False)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given, further = parser.parse_known_args(arguments)
    compile_all()
    with ExitStack() as stack:
        environment = start_services(given.database, stack)
        # never the data of this clone, whatever DATA_DIR says
        environment["DATA_DIR"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="dvgd-test-"))
        return pytest(further, environment)


def start_services(database: str, stack: ExitStack) -> dict[str, str]:
    """Start the servers that are installed; return the environment that names them."""
    environment = {name: value for name, value in os.environ.items() if name not in OWN_SETTINGS}
    environment["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    if postgresql_folder() is not None:
        environment["POSTGRESQL_URL"] = stack.enter_context(PostgreSQL()).url
    elif database == "postgresql":
        raise Refusal("PostgreSQL is not installed. Debian, Ubuntu: apt-get install postgresql.")
    if shutil.which("redis-server"):
        environment["REDIS_URL"] = stack.enter_context(Redis()).url
    if database == "postgresql":
        environment["DATABASE_URL"] = environment["POSTGRESQL_URL"]
    say(f"Database: {database}. Beside it: {'PostgreSQL, ' if 'POSTGRESQL_URL' in environment else ''}"
        f"{'Redis' if 'REDIS_URL' in environment else 'no Redis'}.")  # fmt: skip
    return environment


def pytest(further: Sequence[str], environment: dict[str, str]) -> int:
    """Run pytest over two processes, tests of the running portal together in one of them."""
    spread = [] if any(option.startswith(("-n", "--dist", "--pdb")) for option in further) else ["-n", "2"]
    command = [PYTHON, "-m", "pytest", *spread, "--dist", "loadgroup", *further]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    # Ctrl-C reaches pytest by the terminal; TERM does not, and the servers must outlive pytest
    signal.signal(signal.SIGTERM, lambda number, _frame: process.send_signal(number))
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue
