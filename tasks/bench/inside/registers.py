"""Fills a register and looks diplomas up in it; prints JSON. Started by the bench ``diplomas``."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import django

TRIES = 300
LOT = 500
AT_ONCE = 50


def line(number: int) -> Any:
    """Make up one line; names repeat, as they do."""
    from portal.diplomas.services import Record

    return Record.of(
        {
            "full_name": f"Lò Văn {'ABCDEGHIKLMNOPQRSTUVXY'[number % 22]}{'aeiouy'[number // 22 % 6]}n",
            "birth": date.fromordinal(715_000 + number % 15_000).isoformat(),
            "serial": f"B {number:07}",
            "register_number": f"{number}/2008",
            "school": f"Trường THPT số {number % 60}",
            "grade": "Khá",
        }
    )


def fill(book_id: int, have: int, wanted: int) -> None:
    """Enter lines until there are so many."""
    from portal.diplomas.services import By, enter_lines

    for first in range(have, wanted, LOT):
        records = [line(number) for number in range(first, min(first + LOT, wanted))]
        enter_lines(book_id=book_id, records=records, by=By(None, "bench"))


def timed(call: Callable[[int], object], numbers: Iterator[int]) -> list[float]:
    """Give the milliseconds of each call."""
    took = []
    for number in numbers:
        began = time.perf_counter()
        call(number)
        took.append((time.perf_counter() - began) * 1_000)
    return took


def look(number: int, serial: str | None = None) -> object:
    """Look one up as the page does, limits, alarm and record included."""
    from portal.diplomas.lookup import Question, look_up

    content = line(number).content
    question = Question(serial or content["serial"], content["full_name"], content["birth"])
    return look_up(question=question, address=f"bench-{number}-{time.perf_counter_ns()}", proven=True)


def measure(size: int) -> dict[str, list[float]]:
    """Measure with so many entries."""
    from django.db import connections

    from portal.diplomas import selectors
    from portal.diplomas.models import Entry

    def spread() -> Iterator[int]:
        return iter(range(7, size, max(1, size // TRIES)))

    first = Entry.objects.order_by("pk").values_list("pk", flat=True)[0]

    def query(number: int, serial: str | None = None) -> object:
        content = line(number).content
        return selectors.find_public(serial or content["serial"], content["full_name"], content["birth"])

    def at_once(number: int) -> None:
        look(number)
        connections.close_all()

    told = {
        "entries": [float(size)],
        "bare": timed(lambda number: Entry.objects.values_list("pk").get(pk=first + number), spread()),
        "query_hit": timed(query, spread()),
        "query_miss": timed(lambda number: query(number, "B 99999999"), spread()),
        "hit": timed(look, spread()),
        "miss": timed(lambda number: look(number, f"B 9{number:08}"), spread()),
    }
    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(at_once, range(1, AT_ONCE + 1)))
    told["fifty"] = [(time.perf_counter() - began) * 1_000]
    return told


def imported(folder: Path, rows: int, issuer_id: int) -> dict[str, float]:
    """Read and enter a workbook."""
    from openpyxl import Workbook

    from portal.accounts.models import User
    from portal.diplomas import services
    from portal.diplomas.import_check import check_import, read_headings
    from portal.diplomas.models import DiplomaImport

    made = Workbook(write_only=True)
    sheet = made.create_sheet()
    sheet.append(["TT", "Họ và tên", "Ngày sinh", "Trường", "Xếp loại", "Số hiệu", "Số vào sổ"])
    for number in range(rows):
        content = line(number).content
        sheet.append(
            [
                number,
                content["full_name"],
                content["birth"],
                content["school"],
                "Khá",
                f"N {number}",
                f"{number}/N",
            ]
        )
    path = folder / "bench.xlsx"
    made.save(path)
    users = [User.objects.create_user(name).pk for name in ("enters", "checks")]
    book = services.open_book(issuer_id=issuer_id, level="upper_secondary", year=2020)
    began = time.perf_counter()
    with path.open("rb") as file:
        found = services.receive_import(file=file, file_name=path.name, book_id=book.pk, actor_id=users[0])
    read_headings(found.pk)
    found.refresh_from_db()
    services.confirm_columns(found=found, columns=found.columns, revision=found.revision)
    check_import(found.pk)
    checked = time.perf_counter()
    found.refresh_from_db()
    services.send_import(import_id=found.pk, revision=found.revision)
    services.release_import(import_id=found.pk, revision=found.revision + 1, actor_id=users[1])
    services.write_import(found.pk)
    found.refresh_from_db()
    if found.state != DiplomaImport.State.WRITTEN or found.done_count != rows:
        raise SystemExit(f"The import ended as {found.state} with {found.done_count} rows.")
    return {
        "rows": rows,
        "check_seconds": checked - began,
        "write_seconds": time.perf_counter() - checked,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main(folder: str, rows: int, sizes: list[int]) -> None:
    """Measure and print one JSON object."""
    django.setup()
    from portal.diplomas import services
    from portal.organisations.selectors import Kind
    from portal.organisations.services import open_organisation

    office = open_organisation(
        code="H99", kind=Kind.DEPARTMENT, name="Sở mẫu", on=date(2000, 1, 1), source="bench"
    )
    issuer = services.open_issuer(name="Sở mẫu", keeper_id=office.pk)
    book = services.open_book(issuer_id=issuer.pk, level="upper_secondary", year=2008)
    told, have = [], 0
    for size in sizes:
        fill(book.pk, have, size)
        have = size
        told.append(measure(size))
    print(json.dumps({"sizes": told, "import": imported(Path(folder), rows, issuer.pk)}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), [int(size) for size in sys.argv[3:]])
