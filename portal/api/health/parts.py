"""What each part's state is, and since when.

Only the database and its migrations decide whether citizens can be served: without a worker they still
apply (its duties wait in the database), so a silent worker is reported but takes no page away.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from portal.common import heartbeat

NEEDED = ("database", "migrations")
SUPERVISOR_FRESH = timedelta(seconds=60)
STARTED = timezone.now()


@dataclass(frozen=True, slots=True)
class PartState:
    """``state``: up, down, starting, silent or unknown; ``since`` is None where nobody knows."""

    state: str
    since: datetime | None = None


class _Changes:
    """Remembers since when this process has seen each part in its present state."""

    def __init__(self) -> None:
        self._known: dict[str, PartState] = {}
        self._lock = threading.Lock()

    def see(self, name: str, state: str) -> PartState:
        with self._lock:
            known = self._known.get(name)
            if known is None or known.state != state:
                known = self._known[name] = PartState(state, timezone.now())
            return known


_CHANGES = _Changes()
_MIGRATED = threading.Event()


def all_parts() -> dict[str, PartState]:
    """Return the state of every part by its name."""
    process = settings.PORTAL_PROCESS
    parts = {**_supervised(), process: PartState("up", STARTED)}
    database = _database()
    parts["database"] = database
    parts["migrations"] = _migrations() if database.state == "up" else PartState("unknown")
    for name in ("worker", "beat"):
        parts[name] = _alive(name)
    return parts


def citizens_can_be_served(parts: dict[str, PartState]) -> bool:
    """Tell whether a page that reads and writes would work."""
    return all(parts[name].state == "up" for name in NEEDED)


def _database() -> PartState:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return _CHANGES.see("database", "down")
    return _CHANGES.see("database", "up")


def _migrations() -> PartState:
    # Reading the graph of migrations costs a tenth of a second, and what is applied stays applied.
    if not _MIGRATED.is_set():
        try:
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                return _CHANGES.see("migrations", "down")
        except DatabaseError:
            return _CHANGES.see("migrations", "down")
        _MIGRATED.set()
    return _CHANGES.see("migrations", "up")


def _alive(name: str) -> PartState:
    try:
        sign = heartbeat.latest(name)
    except Exception:  # noqa: BLE001 - whatever the cache's server says, the answer about the rest must come
        return PartState("unknown")
    if sign is None:
        return PartState("down")
    if not sign.is_fresh(timezone.now()):
        return PartState("silent", sign.seen)
    return PartState("up", sign.since)


def _supervised() -> dict[str, PartState]:
    """Return what the supervisor of ``./run`` last wrote down; nothing where no supervisor runs."""
    try:
        written = json.loads((Path(settings.DATA_DIR) / "run" / "parts.json").read_text("utf-8"))
        if timezone.now() - datetime.fromisoformat(written["checked"]) > SUPERVISOR_FRESH:
            return {}
        return {
            name: PartState(part["state"], datetime.fromisoformat(part["since"]))
            for name, part in written["parts"].items()
        }
    except (OSError, ValueError, KeyError, TypeError):
        return {}
