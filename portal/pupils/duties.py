"""What the outbox calls when a duty of this room is due."""

from __future__ import annotations

from functools import partial
from typing import Any

from portal.outbox import services as outbox
from portal.outbox.ports import LEASE_SECONDS, duty_handler
from portal.pupils.import_apply import apply_import
from portal.pupils.import_receive import check_received

# walking through the largest file that is taken, before its first lot
_READING_SECONDS = 300


@duty_handler("pupils.apply_import")
def write_confirmed_file(payload: dict[str, Any]) -> None:
    """Write what is left of a confirmed file; a second run finds nothing left.

    A file of the whole province takes minutes, so the lease is extended after every lot.
    """
    apply_import(payload["import_id"], after_lot=partial(outbox.extend_lease, seconds=LEASE_SECONDS))


@duty_handler("pupils.check_import", lease_seconds=_READING_SECONDS)
def check_kept_file(payload: dict[str, Any]) -> None:
    """Check a file that was too large for a page."""
    check_received(payload["import_id"], after_lot=partial(outbox.extend_lease, seconds=_READING_SECONDS))
