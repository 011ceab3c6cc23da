"""What the outbox calls when a duty of this room is due."""

from __future__ import annotations

from typing import Any

from portal.outbox.ports import duty_handler
from portal.pupils.import_apply import apply_import


@duty_handler("pupils.apply_import")
def write_confirmed_file(payload: dict[str, Any]) -> None:
    """Write what is left of a confirmed file; a second run finds nothing left."""
    apply_import(payload["import_id"])
