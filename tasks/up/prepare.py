"""``python -m tasks prepare``: bring texts, database, static files and the demo province up to date.

Runs as a process of its own before the parts start (and as a one-shot service in the containers), so
that no part ever meets a half-migrated database. Every step may be repeated and skips what is done.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from tasks.places import SETTINGS
from tasks.terminal import say, timed
from tasks.up.catalogues import compile_all
from tasks.up.progress import MigrationProgress
from tasks.up.static_files import collect_changed

ACCOUNTS = "accounts.json"
SEEDING = "seeding"  # exists while the demo is being made: a start that was interrupted makes it again


def main(_arguments: Sequence[str]) -> int:
    """Do every step; a failing one raises, and its trace stands in the log."""
    if compiled := compile_all():
        say(f"  compiled {compiled} catalogues of texts")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()
    from django.conf import settings

    run = Path(settings.DATA_DIR) / "run"
    run.mkdir(parents=True, exist_ok=True)
    migrate()
    collect_changed()
    if settings.DEMO:
        seed(run)
        write_accounts(run)
    return 0


def migrate() -> None:
    """Apply what is missing, showing how far it is."""
    from django.core.management import call_command
    from django.core.management.sql import emit_post_migrate_signal
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        with MigrationProgress(missing) as progress:
            call_command("migrate", interactive=False, verbosity=1, stdout=progress)
    else:
        # a new procedure is one file and no migration: its first rows and its page come by this signal
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")


def seed(run: Path) -> None:
    """Make the demo province where there is none yet."""
    from django.apps import apps
    from django.core.management import call_command, get_commands

    if "seed" not in get_commands():
        return
    mark = run / SEEDING
    if not mark.exists() and apps.get_model("organisations", "Organisation").objects.exists():
        return
    mark.touch()
    with timed("making the demo province"):
        call_command("seed", verbosity=0)
    mark.unlink()


def write_accounts(run: Path) -> None:
    """Leave the demo's accounts for whoever announces the start; a row is a tuple of texts."""
    from portal import demo

    accounts = getattr(demo, "accounts", None)
    if accounts is not None:
        rows = [[str(cell) for cell in row] for row in accounts()]
        (run / ACCOUNTS).write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
