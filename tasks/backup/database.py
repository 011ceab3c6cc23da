"""Saving and loading the database itself: SQLite's online backup, or PostgreSQL's own tools."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from tasks.terminal import Refusal

PAGES = 4_096  # copied at a time, so that writers wait for milliseconds only


def engine_of(database: Mapping[str, Any]) -> str:
    """Return sqlite or postgresql."""
    return "sqlite" if database["ENGINE"].endswith("sqlite3") else "postgresql"


def save(database: Mapping[str, Any], target: Path) -> None:
    """Write one consistent state of the database while others write."""
    if engine_of(database) == "postgresql":
        _postgresql(
            database, "pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"]
        )
        return
    path = Path(database["NAME"])
    if not path.exists():
        raise Refusal(f"There is no database at {path}: nothing to save. Start the portal once with ./run")
    with closing(sqlite3.connect(path, timeout=30)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy, pages=PAGES, sleep=0.01)
        copy.execute("PRAGMA journal_mode=DELETE")


def check(engine: str, saved: Path) -> None:
    """Refuse a damaged database before anything is replaced by it."""
    if engine == "sqlite":
        try:
            with closing(sqlite3.connect(f"file:{saved}?mode=ro", uri=True)) as copy:
                answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            answer = str(error)
        if answer != "ok":
            raise Refusal(f"The saved database is damaged ({answer}). Nothing was restored.")


def has_data(database: Mapping[str, Any]) -> bool:
    """Tell whether something would be lost by a restore."""
    if engine_of(database) == "sqlite":
        return Path(database["NAME"]).exists()
    counted = _postgresql(
        database, "psql", ["-Atc", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"]
    )
    return counted.strip() != "0"


def others_connected(database: Mapping[str, Any]) -> bool:
    """Tell whether somebody works in the PostgreSQL database (for SQLite the instance's lock says it)."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    return (
        engine_of(database) == "postgresql"
        and _postgresql(database, "psql", ["-Atc", query]).strip() != "0"
    )


def load(database: Mapping[str, Any], saved: Path) -> None:
    """Replace the database by a saved one."""
    if engine_of(database) == "postgresql":
        empty = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
        _postgresql(database, "psql", ["-q", "-v", "ON_ERROR_STOP=1", "-c", empty])
        options = [
            "--no-owner",
            "--no-privileges",
            "--exit-on-error",
            f"--dbname={database['NAME']}",
            str(saved),
        ]
        _postgresql(database, "pg_restore", options)
        return
    path = Path(database["NAME"])
    path.parent.mkdir(parents=True, exist_ok=True)
    for suffix in ("-wal", "-shm"):  # they belong to the file that goes
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    shutil.move(saved, path)


def _postgresql(database: Mapping[str, Any], program: str, options: Sequence[str]) -> str:
    """Run one of PostgreSQL's programs; the password goes by the environment, never the command line."""
    if shutil.which(program) is None:
        raise Refusal(f"{program} is not installed. Debian, Ubuntu: apt-get install postgresql-client.")
    environment = {
        **os.environ,
        "PGHOST": str(database.get("HOST") or ""),
        "PGPORT": str(database.get("PORT") or "5432"),
        "PGUSER": str(database.get("USER") or ""),
        "PGPASSWORD": str(database.get("PASSWORD") or ""),
        "PGDATABASE": str(database["NAME"]),
        "PGOPTIONS": "-c client_min_messages=warning",
    }
    done = subprocess.run([program, *options], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refusal(f"{program} failed: {done.stderr.strip()}")
    return done.stdout
