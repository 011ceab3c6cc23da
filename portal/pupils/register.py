"""Entering a person into the register of pupils, and correcting what it says."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.clock import local_day
from portal.common.codes import clean_personal_id
from portal.common.fields import blind_index
from portal.common.spoken import spoken
from portal.common.text import fold, tidy
from portal.pupils.models import Gender, Pupil, PupilChange, PupilStatus
from portal.pupils.refusals import PupilRefusedError

NAME_LENGTH = 120
ETHNICITY_LENGTH = 40
OLDEST_BIRTH_YEAR = 1920
_NAME_SIGNS = frozenset(" .'’ʼ`-·")


class PupilFacts(TypedDict, total=False):
    """What may be corrected; what is left out stays."""

    personal_id: str
    full_name: str
    birth_date: date
    gender: str
    ethnicity: str
    sector_code: str
    status: str
    status_on: date


def checked_name(text: str) -> str:
    """Give the name as stored (NFC, blanks collapsed); raises ValueError with a sentence.

    One syllable is a name; so are H'Mông, Y Blô and K'Brới.
    """
    name = tidy(text)
    if not name:
        raise ValueError(_("Ghi họ tên như trong giấy khai sinh."))
    if len(name) > NAME_LENGTH:
        raise ValueError(_("Họ tên dài quá 120 ký tự. Xem lại ô này."))
    if not any(letter.isalpha() for letter in name) or not all(
        letter.isalpha() or letter in _NAME_SIGNS for letter in name
    ):
        raise ValueError(_("Họ tên chỉ gồm chữ, dấu cách, dấu nháy và gạch nối. Sửa lại ô này."))
    return name


def checked_birth_date(day: date, today: date) -> date:
    """Refuse a birth in the future or before 1920 (ValueError with a sentence)."""
    if day > today:
        raise ValueError(_("Ngày sinh ở sau hôm nay. Xem lại năm sinh."))
    if day.year < OLDEST_BIRTH_YEAR:
        raise ValueError(_("Năm sinh trước 1920. Xem lại năm sinh."))
    return day


def checked_ethnicity(text: str) -> str:
    """Give the ethnic group as stored; raises ValueError with a sentence."""
    name = tidy(text)
    if not name or len(name) > ETHNICITY_LENGTH or any(letter.isdigit() for letter in name):
        raise ValueError(_("Ghi tên dân tộc, ví dụ Kinh, Thái, Mông."))
    return name


def _checked(facts: PupilFacts) -> dict[str, object]:
    """Turn facts into columns; every ValueError becomes a refusal."""
    columns: dict[str, object] = {**facts}
    try:
        if "personal_id" in facts:
            columns["personal_id"] = clean_personal_id(facts["personal_id"])
            columns["personal_id_index"] = blind_index("personal-id", str(columns["personal_id"]))
        if "full_name" in facts:
            columns["full_name"] = checked_name(facts["full_name"])
            columns["name_key"] = fold(facts["full_name"])
        if "birth_date" in facts:
            checked_birth_date(facts["birth_date"], local_day(timezone.now()))
        if "ethnicity" in facts:
            columns["ethnicity"] = checked_ethnicity(facts["ethnicity"])
    except ValueError as error:
        raise PupilRefusedError(spoken(error)) from error
    if facts.get("gender", Gender.MALE) not in Gender.values:
        raise PupilRefusedError(_("Chọn giới tính Nam hoặc Nữ."))
    if facts.get("status", PupilStatus.STUDYING) not in PupilStatus.values:
        raise PupilRefusedError(_("Chọn trạng thái trong danh sách."))
    return columns


def _id_taken() -> PupilRefusedError:
    return PupilRefusedError(
        _("Số định danh này đã có trong sổ học sinh. Tìm học sinh theo số định danh rồi làm tiếp.")
    )


@transaction.atomic
def register_pupil(
    *,
    personal_id: str,
    full_name: str,
    birth_date: date,
    gender: str,
    ethnicity: str,
    status_on: date,
    status: str = PupilStatus.STUDYING,
    sector_code: str = "",
) -> Pupil:
    """Enter a person, once per personal ID. Raises PupilRefusedError."""
    columns = _checked(
        PupilFacts(
            personal_id=personal_id,
            full_name=full_name,
            birth_date=birth_date,
            gender=gender,
            ethnicity=ethnicity,
            status=status,
            status_on=status_on,
            sector_code=sector_code.strip(),
        )
    )
    try:
        with transaction.atomic():
            return Pupil.objects.create(**columns)
    except IntegrityError as error:
        raise _id_taken() from error


@transaction.atomic
def correct_pupil(
    *, pupil_id: int, revision: int, cause: str, actor_id: int | None = None, **facts: Unpack[PupilFacts]
) -> None:
    """Correct facts of a pupil whose form showed ``revision``; notes which fields changed, and why."""
    columns = _checked(facts)
    pupil = Pupil.objects.filter(pk=pupil_id).first()
    if pupil is None:
        raise PupilRefusedError(_("Không có học sinh này trong sổ."))
    columns = {name: value for name, value in columns.items() if getattr(pupil, name) != value}
    if not columns:
        return
    try:
        with transaction.atomic():
            changed = Pupil.objects.filter(pk=pupil_id, revision=revision).update(
                **columns, revision=revision + 1
            )
    except IntegrityError as error:
        raise _id_taken() from error
    if changed != 1:
        raise PupilRefusedError(
            _("Thông tin học sinh vừa được người khác sửa. Mở lại trang để xem rồi sửa tiếp.")
        )
    PupilChange.objects.create(
        pupil_id=pupil_id, cause=cause, actor_id=actor_id, fields=sorted({*columns} & {*facts})
    )
