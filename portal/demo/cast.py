"""The named people of the made-up province: who signs in as what. Nobody here exists.

Every parent signs in at the sample provider with the personal ID and the one password; every officer
with user name, the one password and a code (``./run manage officer_code USERNAME`` prints it).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

PARENT_PASSWORD = "hoa-ban-2026"  # noqa: S105 - printed by ./run, of a made-up province
OFFICER_PASSWORD = "ban-lam-viec-2026"  # noqa: S105 - printed by ./run, of a made-up province

#: the two schools of the walk through a transfer, by name
RECEIVING_SCHOOL = "Trường Tiểu học Ban Trắng"
LEAVING_SCHOOL = "Trường Tiểu học Nậm Ban"


@dataclass(frozen=True, slots=True)
class Parent:
    """A citizen with an account at the sample provider."""

    personal_id: str
    full_name: str
    birth_date: dt.date
    phone: str
    email: str
    relation: str


@dataclass(frozen=True, slots=True)
class Worker:
    """An officer: user name, name, position, role, and the organisation by name ("" is the department)."""

    username: str
    full_name: str
    position: str
    role: str
    organisation: str


MAI = Parent(
    "999188000118", "Nguyễn Thị Mai", dt.date(1988, 4, 12), "0900000118", "mai@hoaban.example", "mother"
)
PAO = Parent(
    "999085000226", "Giàng A Páo", dt.date(1985, 11, 2), "0900000226", "pao@hoaban.example", "father"
)

PARENTS = (MAI, PAO)

WORKERS = (
    Worker("thang", "Lò Văn Thắng", "Văn thư", "school_clerk", RECEIVING_SCHOOL),
    Worker("hanh", "Cầm Thị Hạnh", "Hiệu trưởng", "principal", RECEIVING_SCHOOL),
    Worker("nga", "Lường Thị Nga", "Kế toán", "finance", RECEIVING_SCHOOL),
    Worker("duc", "Bạc Cầm Đức", "Thủ quỹ", "finance", RECEIVING_SCHOOL),
    Worker("thu", "Tòng Thị Thu", "Văn thư", "school_clerk", LEAVING_SCHOOL),
    Worker("dung", "Quàng Văn Dũng", "Hiệu trưởng", "principal", LEAVING_SCHOOL),
    Worker("kieu", "Lường Thị Kiều", "Kế toán", "finance", LEAVING_SCHOOL),
    Worker("ngoc", "Hà Bích Ngọc", "Chuyên viên", "department_officer", ""),
    Worker("hoa", "Lường Thị Hoa", "Chuyên viên", "department_officer", ""),
    Worker("son", "Đèo Văn Sơn", "Phó Giám đốc", "leader", ""),
    Worker("yen", "Hoàng Thị Yến", "Kế toán trưởng", "finance", ""),
    Worker("lien", "Vàng Thị Liên", "Biên tập viên", "editor", ""),
    Worker("quantri", "Quản trị Cổng", "Quản trị", "administrator", ""),
)
