"""Checks and writes a workbook of the whole province, as the desk and then a worker do; prints a JSON line."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import django


def main(path: str, school_year: str) -> None:
    """Check, confirm, write; tell the seconds of both and the most memory that was used."""
    django.setup()
    from portal.pupils import services

    began = time.perf_counter()
    with Path(path).open("rb") as file:
        checked = services.check_import(
            file=file, file_name="toan-tinh.xlsx", school_id=None, school_year=school_year
        )
    print(json.dumps({"phase": "checked", "state": checked.state, "rows": checked.row_count}), flush=True)
    between = time.perf_counter()
    services.confirm_import(import_id=checked.pk, revision=checked.revision)
    services.apply_import(checked.pk)
    checked.refresh_from_db()
    told = {
        "phase": "applied",
        "state": checked.state,
        "created": checked.created_count,
        "check_seconds": between - began,
        "apply_seconds": time.perf_counter() - between,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        / (1_000_000 if sys.platform == "darwin" else 1_000),
    }
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
