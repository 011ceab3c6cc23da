"""Lets citizens submit alone, then while a whole province is imported by another process; prints JSON."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import django

from tasks.places import PYTHON, ROOT

CITIZENS = 4
#: seconds between two submissions of one citizen's thread: together some ten a second, a hectic hour
PAUSE = 0.3
ALONE = 10.0
HEADINGS = (
    "Khối", "Lớp", "Họ tên", "Ngày sinh", "Giới tính", "Trạng thái", "Ngày trạng thái", "Dân tộc",
    "Số định danh cá nhân", "Mã trường",
)  # fmt: skip
#: beyond the running numbers of the demo's own people
FIRST_NUMBER = 600_000


def workbook(path: Path, rows: int, school_year: str) -> None:
    """Write a file of made-up new pupils, as the sector database exports them."""
    from openpyxl import Workbook

    from portal.demo import names
    from portal.organisations import selectors as organisations

    rng, first = Random(7), int(school_year[:4])  # noqa: S311 - made-up people, not secrets
    codes = [school.code for school in organisations.schools("primary")]
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADINGS)
    for number in range(rows):
        grade = 1 + number % 5
        someone = names.person(rng, first - 5 - grade, FIRST_NUMBER % 1_000_000 + number % 400_000)
        sheet.append(
            (
                grade, f"{grade}A", someone.full_name, someone.birth_date,
                "Nam" if someone.gender == names.MALE else "Nữ", "Đang học", date(first, 9, 5),
                someone.ethnicity, someone.personal_id, codes[number % len(codes)],
            )
        )  # fmt: skip
    book.save(path)


def main(folder: str, rows: int) -> None:
    """Measure and print one JSON object."""
    django.setup()
    from django.utils import timezone

    from portal.common.clock import local_day
    from portal.common.school_years import school_year_of
    from tasks.bench.inside import citizens

    school_year = school_year_of(local_day(timezone.now()))
    path = Path(folder) / "toan-tinh.xlsx"
    workbook(path, rows, school_year)
    families = citizens.links()
    with citizens.submitting(families, CITIZENS, PAUSE) as alone:
        time.sleep(ALONE)
    began = time.perf_counter()
    with citizens.submitting(families, CITIZENS, PAUSE) as meanwhile:
        done = subprocess.run(
            [PYTHON, "-m", "tasks.bench.inside.importer", str(path), school_year],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    seconds = time.perf_counter() - began
    told: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines() if line[:1] == "{"]
    print(
        json.dumps(
            {
                "importer": told[-1] if told else {"state": f"ended with {done.returncode}"},
                "alone": {**vars(alone), "seconds": ALONE},
                "meanwhile": {**vars(meanwhile), "seconds": seconds},
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
