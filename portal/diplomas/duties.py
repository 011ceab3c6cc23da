"""What the outbox calls when a duty of this room is due."""

from __future__ import annotations

from functools import partial
from typing import Any

from portal.diplomas import import_check, import_write
from portal.outbox.ports import LEASE_SECONDS, duty_handler
from portal.outbox.services import extend_lease

# walking through the largest file that is taken, before its first lot
_READING_SECONDS = 300


@duty_handler("diplomas.read_headings", lease_seconds=_READING_SECONDS)
def read_headings(payload: dict[str, Any]) -> None:
    """Read the headings of a file that was too large for a page."""
    import_check.read_headings(payload["import"])


@duty_handler("diplomas.check_import", lease_seconds=_READING_SECONDS)
def check_import(payload: dict[str, Any]) -> None:
    """Check a kept file into staged rows."""
    import_check.check_import(payload["import"], partial(extend_lease, seconds=_READING_SECONDS))


@duty_handler("diplomas.write_import")
def write_import(payload: dict[str, Any]) -> None:
    """Write what is left of a released file; a second run finds nothing left."""
    import_write.write_import(payload["import"], partial(extend_lease, seconds=LEASE_SECONDS))


@duty_handler("diplomas.undo_import")
def undo_import(payload: dict[str, Any]) -> None:
    """Take back what is left of a written file."""
    import_write.take_back_import(payload["import"], partial(extend_lease, seconds=LEASE_SECONDS))
