"""Made-up people of the made-up province: names by people, birthdays, personal IDs that begin with 999.

Everything comes from a ``random.Random``, so that a seed gives the same people every time.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

MALE, FEMALE = "male", "female"
_KINH_FAMILIES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Phan",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
)
_THAI_FAMILIES = ("Lò", "Quàng", "Cà", "Lường", "Tòng", "Vì", "Hà", "Cầm", "Đèo", "Mè", "Lèo", "Bạc")
_MONG_FAMILIES = ("Giàng", "Sùng", "Vàng", "Thào", "Mùa", "Hạng", "Lầu", "Cứ", "Sồng", "Và", "Ly", "Tráng")
_TAY_FAMILIES = ("Nông", "Hoàng", "Lục", "Triệu", "Ma", "Lương", "Bế", "Đàm", "Vi")
_DAO_FAMILIES = ("Triệu", "Bàn", "Đặng", "Phùng", "Lý", "Tẩn", "Chảo", "Phàn", "Lò")
_MUONG_FAMILIES = ("Bùi", "Đinh", "Quách", "Hà", "Bạch", "Xa", "Phùng")
_EDE_CLANS = ("Niê", "Mlô", "Êban", "Ayun", "Kbuôr", "Ktla", "Byă")
_BOYS = (
    "An", "Anh", "Bảo", "Bình", "Công", "Cường", "Dũng", "Duy", "Đạt", "Đức", "Hải", "Hiếu", "Hoà", "Hùng", "Huy",
    "Khánh", "Khang", "Khôi", "Kiên", "Lâm", "Long", "Minh", "Nam", "Nghĩa", "Nguyên", "Phong", "Phúc", "Quân",
    "Quang", "Sơn", "Tâm", "Thành", "Thắng", "Thiện", "Tiến", "Trung", "Tú", "Tùng", "Việt", "Vinh", "Vượng",
)  # fmt: skip
_GIRLS = (
    "An", "Anh", "Ban", "Bình", "Chi", "Diệp", "Dung", "Duyên", "Giang", "Hà", "Hạnh", "Hiền", "Hoa", "Hoài",
    "Hương", "Huyền", "Khuê", "Lan", "Linh", "Loan", "Mai", "My", "Nga", "Ngân", "Ngọc", "Nhi", "Nhung", "Oanh",
    "Phương", "Quỳnh", "Thảo", "Thu", "Thuý", "Thư", "Trang", "Trâm", "Uyên", "Vân", "Vy", "Xuân", "Yến",
)  # fmt: skip
_BOY_MIDDLES = ("Văn", "Minh", "Quốc", "Gia", "Đức", "Hữu", "Tuấn", "Hoàng", "Thanh", "")
_GIRL_MIDDLES = ("Thị", "Ngọc", "Thu", "Minh", "Khánh", "Thuỳ", "Hoài", "Thanh", "Bảo", "")
_MONG_BOYS = ("Páo", "Chứ", "Dơ", "Lử", "Sử", "Tủa", "Vảng", "Giống", "Nủ", "Phừ", "Sình", "Dế", "Khua")
_MONG_GIRLS = ("Mỷ", "Dợ", "Sua", "Chư", "Sáy", "Giống", "Pàng", "Mai", "Dí", "Chở", "Xé", "Lia")
_HIGHLAND_BOYS = ("Y Blô", "Y Thuyên", "Y Moan", "K'Brới", "K'Tem", "K’Đăm", "A Lưới", "Y Khương")
_HIGHLAND_GIRLS = ("H'Mông", "H'Linh", "H’Hen", "Ka Nhim", "Ka Dũng", "Y Ben", "H'Rin")
_SINGLE = ("Páo", "Mẩy", "Sính", "Ghển", "Lìn", "Blô", "Khơ")

# share of each people among the pupils, per mille; made up
PEOPLES = {
    "Thái": 330, "Mông": 270, "Kinh": 210, "Dao": 70, "Tày": 50, "Mường": 40, "Ê Đê": 18, "Mạ": 8, "Kháng": 4,
}  # fmt: skip
# age of the ID's rule: one digit for century and gender
_CENTURIES = {(19, MALE): 0, (19, FEMALE): 1, (20, MALE): 2, (20, FEMALE): 3}
RUNNING_NUMBERS = 1_000_000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody made up."""

    personal_id: str
    full_name: str
    birth_date: date
    gender: str
    ethnicity: str


def personal_id(birth_date: date, gender: str, number: int) -> str:
    """Make an ID by the rule of real ones, but of a province that does not exist: 999.

    ``number`` (below 1,000,000) tells people of a year and gender apart. Children, parents and
    officers take numbers from ranges of their own.
    """
    if not 0 <= number < RUNNING_NUMBERS:
        message = f"running numbers are 0 to {RUNNING_NUMBERS - 1}, not {number}"
        raise ValueError(message)
    century = _CENTURIES[birth_date.year // 100, gender]
    return f"999{century}{birth_date.year % 100:02}{number:06}"


def ethnicity(rng: random.Random) -> str:
    """Draw a people by its share."""
    return rng.choices(list(PEOPLES), weights=list(PEOPLES.values()))[0]


def birthday(rng: random.Random, year: int) -> date:
    """Draw a day of the year."""
    return date(year, 1, 1) + timedelta(days=rng.randrange(365))


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def full_name(rng: random.Random, gender: str, people: str) -> str:
    """Make a name as the people gives them; some have one syllable, some an apostrophe."""
    boy = gender == MALE
    given = rng.choice(_BOYS if boy else _GIRLS)
    middle = rng.choice(_BOY_MIDDLES if boy else _GIRL_MIDDLES)
    if people == "Mông":
        first = rng.choice(_MONG_FAMILIES)
        return _joined(first, "A" if boy else "Thị", rng.choice(_MONG_BOYS if boy else _MONG_GIRLS))
    if people in {"Ê Đê", "Mạ"}:
        first = rng.choice(_HIGHLAND_BOYS if boy else _HIGHLAND_GIRLS)
        return first if people == "Mạ" else _joined(first, rng.choice(_EDE_CLANS))
    if people == "Kháng":
        return rng.choice(_SINGLE)
    families = {
        "Thái": _THAI_FAMILIES,
        "Tày": _TAY_FAMILIES,
        "Dao": _DAO_FAMILIES,
        "Mường": _MUONG_FAMILIES,
    }.get(people, _KINH_FAMILIES)
    return _joined(rng.choice(families), middle, given)


def person(rng: random.Random, birth_year: int, number: int, gender: str | None = None) -> Person:
    """Make somebody up; ``number`` makes the ID unique within year and gender."""
    sex = gender or rng.choice((MALE, FEMALE))
    people = ethnicity(rng)
    born = birthday(rng, birth_year)
    return Person(personal_id(born, sex, number), full_name(rng, sex, people), born, sex, people)
