"""Registers of diplomas of the made-up province: some 5,000 lines of sixty years, two of them of named people.

Every line says in its remark that it is made up. Offices that are no more issued the older ones.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from io import BytesIO
from itertools import batched
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from portal.accounts import selectors as accounts
from portal.demo import names
from portal.demo.cast import MAI, PAO
from portal.diplomas import selectors, services
from portal.diplomas.services import Book, By, Decision, Record
from portal.documents.ports import FONTS
from portal.organisations import selectors as organisations

LINES = 5_000
LOT = 500
PER_PAGE = 20
FIRST_NUMBER = 600_000
REMARK = "Dữ liệu mẫu, không có thật"
BY = By(None, "demo")
_SCHOOLS = ("Trường THPT Hoa Ban", "Trường THPT Nậm Ban", "Trường THPT Phiêng Lúa", "Trường THCS Ban Trắng")
_GRADES = ("Trung bình", "Trung bình", "Khá", "Khá", "Giỏi")
#: lower-secondary diplomas came from districts, which ended on 30/06/2025
_DISTRICTS = ("Phòng Giáo dục và Đào tạo huyện Nậm Ban", "Phòng Giáo dục và Đào tạo huyện Phiêng Lúa")
_AGES = {"primary": 11, "lower_secondary": 15, "upper_secondary": 18}
#: until then dates of birth were often kept as the year alone
_EXACT_SINCE = 1985


def seed_diplomas(rng: Random, today: dt.date) -> int:
    """Fill the books; give how many lines. A register that has any line already stays as it is."""
    if selectors.all_books().exists():
        return 0
    books = _books(today)
    share = LINES // len(books)
    made = 0
    for book in books:
        for lot in batched(_lines(book, share, rng, made), LOT):
            services.enter_lines(book_id=book.pk, records=list(lot), by=BY)
        made += share
    for book in books:
        made += _named(book)
    _story(books[0], today)
    return made


def _books(today: dt.date) -> list[Book]:
    department = organisations.department()
    province = services.open_issuer(
        name=f"{department.name}", keeper_id=department.pk, organisation_id=department.pk
    )
    districts = [
        services.open_issuer(
            name=name,
            keeper_id=department.pk,
            ended_on=dt.date(2025, 7, 1),
            keeper_source="Quyết định mẫu 45/QĐ-UBND ngày 30/06/2025: Sở nhận sổ gốc của các phòng",
        )
        for name in _DISTRICTS
    ]
    former = services.open_issuer(
        name="Ty Giáo dục Hoa Ban",
        keeper_id=department.pk,
        ended_on=dt.date(1981, 1, 1),
        keeper_source="Biên bản bàn giao mẫu năm 1981",
    )
    wanted = [(province, "upper_secondary", 2006)]
    wanted += [(former, "upper_secondary", year) for year in (1963, 1970, 1978)]
    wanted += [(province, "upper_secondary", year) for year in range(1985, today.year, 3) if year != 2006]  # noqa: PLR2004 - the first of the list
    wanted += [(districts[year % 2], "lower_secondary", year) for year in range(1988, 2025, 3)]
    wanted += [(districts[0], "primary", 1996), (districts[1], "lower_secondary", 2001)]
    return [
        services.open_book(issuer_id=issuer.pk, level=level, year=year) for issuer, level, year in wanted
    ]


def _lines(book: Book, count: int, rng: Random, before: int) -> Iterator[Record]:
    for number in range(1, count + 1):
        someone = names.person(rng, book.year - _AGES[book.level], FIRST_NUMBER + before + number)
        exact = someone.birth_date.year >= _EXACT_SINCE or number % 3
        yield Record.of(
            {
                **_usual(book, number, rng),
                "full_name": someone.full_name,
                "birth": someone.birth_date.isoformat() if exact else str(someone.birth_date.year),
                "gender": someone.gender,
                "ethnicity": someone.ethnicity,
                "note": REMARK,
            },
            someone.personal_id if book.year >= 2020 else "",  # noqa: PLR2004 - since then books have it
        )


def _usual(book: Book, number: int, rng: Random) -> dict[str, str]:
    letter = {"primary": "C", "lower_secondary": "T", "upper_secondary": "B"}[book.level]
    return {
        "school": rng.choice(_SCHOOLS),
        "grade": rng.choice(_GRADES),
        "birth_place": rng.choice(("Xã Nậm Ban", "Phường Ban Trắng", "Xã Phiêng Lúa")),
        "serial": f"{letter} {book.year % 100:02}{book.pk:02}{number:04}",
        "register_number": f"{number}/{book.year}/{letter}",
        "signed_on": f"{book.year}-07-15",
        "page": str((number - 1) // PER_PAGE + 1),
    }


def _named(book: Book) -> int:
    """Enter the diplomas of the named parents; give how many."""
    if (book.level, book.year) == ("upper_secondary", 2006):
        _scan(book)
        line = {
            "full_name": MAI.full_name, "birth": MAI.birth_date.isoformat(), "gender": "female", "ethnicity": "Kinh",
            "school": "Trường THPT Hoa Ban", "grade": "Khá", "serial": "B 0612345", "register_number": "612/2006/THPT",
            "signed_on": "2006-07-15", "signed_by": "Giám đốc Sở (mẫu)", "birth_place": "Phường Hoa Ban", "page": "1",
            "note": REMARK,
        }  # fmt: skip
        services.enter_lines(book_id=book.pk, records=[Record.of(line, MAI.personal_id)], by=BY)
        return 1
    if (book.level, book.year) == ("lower_secondary", 2001):
        line = {
            "full_name": PAO.full_name, "birth": str(PAO.birth_date.year), "gender": "male", "ethnicity": "Mông",
            "school": "Trường THCS Ban Trắng", "grade": "Trung bình", "serial": "T 0004512",
            "register_number": "45/2001/THCS", "signed_on": "2001-07-15", "page": "1", "note": REMARK,
        }  # fmt: skip
        services.enter_lines(book_id=book.pk, records=[Record.of(line)], by=BY)
        return 1
    return 0


def _story(book: Book, today: dt.date) -> None:
    """Let one diploma be withdrawn and one suspended, so that both can be seen."""
    lines = list(selectors.entries_of(book)[:2])
    decision = Decision("01/QĐ-MẪU", today - dt.timedelta(days=1), "Dữ liệu mẫu")
    for entry, action in zip(lines, ("withdraw", "suspend"), strict=True):
        services.change_entry(entry=entry, version=1, action=action, decision=decision, by=BY)


def _scan(book: Book) -> None:
    """Keep a drawn page as if it were scanned, beside the entries that stand on it."""
    officers = accounts.officers_of(book.issuer.keeper_id, "department_officer")
    if not officers:
        return
    sheet = Image.new("RGB", (1_600, 1_130), "#f6f0e2")
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(str(FONTS / "BeVietnamPro_400Regular.ttf"), 26)
    draw.text((60, 40), f"SỔ GỐC CẤP BẰNG (MẪU), NĂM {book.year}, TRANG 1", fill="#2b1e17", font=font)
    rows = [
        ("TT", "Họ và tên", "Ngày sinh", "Số hiệu", "Số vào sổ"),
        *(
            (
                str(entry.number),
                entry.full_name,
                entry.birth_words,
                entry.content["serial"],
                entry.content["register_number"],
            )
            for entry in selectors.entries_of(book)[:PER_PAGE]
        ),
        ("…", MAI.full_name, f"{MAI.birth_date:%d/%m/%Y}", "B 0612345", "612/2006/THPT"),
    ]
    for line, cells in enumerate(rows):
        top = 100 + line * 45
        draw.line((50, top - 6, 1_550, top - 6), fill="#b9a88c")
        for left, cell in zip((60, 140, 760, 1_000, 1_280), cells, strict=True):
            draw.text((left, top), cell, fill="#1b2f6b" if line else "#2b1e17", font=font)
    out = BytesIO()
    sheet.save(out, "JPEG", quality=88)
    photo = SimpleUploadedFile("trang-1.jpg", out.getvalue(), content_type="image/jpeg")
    services.add_scan(book=book, page=1, owner_id=officers[0].user_id, upload=photo)
