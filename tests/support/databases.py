"""Copies of the template database: one per test process, and more for tests that want their own."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from abc import ABC, abstractmethod
from contextlib import closing
from pathlib import Path
from typing import override

import psycopg
from django.db import connections
from psycopg import sql

from tests.support.schema import KEPT, forget_old, migrate, one_at_a_time, schema_key


class Copy(ABC):
    """A database that is as it was after migrating, whenever ``restore`` is called."""

    name: str

    @abstractmethod
    def restore(self) -> None:
        """Make it anew from the template; whoever is still connected loses the connection."""

    @abstractmethod
    def drop(self) -> None:
        """Remove it."""

    @abstractmethod
    def environment(self) -> dict[str, str]:
        """Return what makes a process of the product use it."""

    def use(self) -> str:
        """Make this process's default connection lead here, in every thread; return what it led to before."""
        connections.close_all()
        settings = connections["default"].settings_dict  # threads share this very dict
        before, settings["NAME"] = str(settings["NAME"]), self.name
        return before


class SqliteCopy(Copy):
    """A file."""

    def __init__(self, path: Path) -> None:
        """``path`` is where the copy lies."""
        self.name = str(path)

    @staticmethod
    def template() -> Path:
        """Return the template's path, building it first where it is missing."""
        ready = KEPT / f"{schema_key()}.sqlite3"
        with one_at_a_time(schema_key()):
            if not ready.exists():
                forget_old()
                with tempfile.TemporaryDirectory(dir=KEPT) as folder:
                    migrate({"DATA_DIR": folder})
                    draft = Path(folder) / "whole.sqlite3"
                    with closing(sqlite3.connect(Path(folder) / "portal.sqlite3")) as migrated:
                        migrated.execute("VACUUM INTO ?", [str(draft)])  # one file, no log beside it
                    draft.replace(ready)
        return ready

    @override
    def restore(self) -> None:
        self.drop()
        draft = Path(f"{self.name}.new")
        shutil.copyfile(self.template(), draft)
        draft.replace(self.name)

    @override
    def drop(self) -> None:
        connections.close_all()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.name}{suffix}").unlink(missing_ok=True)

    @override
    def environment(self) -> dict[str, str]:
        return {"DATA_DIR": str(Path(self.name).parent)}


class PostgresCopy(Copy):
    """A database of the cluster that DATABASE_URL names."""

    def __init__(self, name: str, server: str) -> None:
        """``server`` is an address of any database of the cluster."""
        self.name = name
        self._server = server

    def _template(self, cursor: psycopg.Cursor[tuple[object, ...]]) -> str:
        ready = f"dvgd_template_{schema_key()}"
        with one_at_a_time(f"postgresql-{schema_key()}"):
            if not cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [ready]).fetchone():
                draft = f"{ready}_draft"
                cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(draft)))
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
                migrate({"DATABASE_URL": self._address(draft)})
                cursor.execute(
                    sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                        sql.Identifier(draft), sql.Identifier(ready)
                    )
                )
        return ready

    def _address(self, name: str) -> str:
        return f"{self._server.rpartition('/')[0]}/{name}"

    @override
    def restore(self) -> None:
        connections.close_all()
        with psycopg.connect(self._server, autocommit=True) as connection, connection.cursor() as cursor:
            template = self._template(cursor)
            name = sql.Identifier(self.name)
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, sql.Identifier(template)))

    @override
    def drop(self) -> None:
        connections.close_all()
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name))
            )

    @override
    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self._address(self.name)}


def new_copy(label: str, folder: Path) -> Copy:
    """Return a copy, not made yet, on the database that this run is for."""
    server = os.environ.get("DATABASE_URL")
    if server:
        return PostgresCopy(f"dvgd_{os.getpid()}_{label}".lower(), server)
    return SqliteCopy(folder / "portal.sqlite3")
