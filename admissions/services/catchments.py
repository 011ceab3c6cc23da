"""Catchments and quotas, row by row and by Excel; nothing of a file is written if one row is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from admissions import sheet
from admissions.addresses import place_key
from admissions.events import note
from admissions.models import LEVEL_FACTS, Catchment, Level, Place, Quota, Round, Season, Zone
from admissions.refusals import AdmissionRefusedError, Remark, SheetRefusedError
from admissions.rules import read_rules
from portal.common.text import fold, tidy
from portal.organisations import selectors as organisations

if TYPE_CHECKING:
    from portal.accounts.models import User


def still_preparing(season: Season, round_number: int = 1) -> Round:
    """Give the round while its plan may change; raises AdmissionRefusedError."""
    ours = season.rounds.get(number=round_number)
    if ours.state != Round.State.PREPARING:
        raise AdmissionRefusedError(
            _("Kế hoạch đã công bố cam kết nên tuyến và chỉ tiêu không đổi được nữa.")
        )
    return ours


def set_catchment(
    *,
    season: Season,
    commune_id: int,
    place_name: str,
    school_id: int,
    zone: str,
    actor: User | None,
    point: tuple[float | None, float | None] = (None, None),
) -> Catchment:
    """Say what a place is to a school; a place has one home school. Raises AdmissionRefusedError."""
    with transaction.atomic():
        still_preparing(season)
        place = _place(commune_id, place_name, point)
        if zone == Zone.HOME:
            other = Catchment.objects.filter(season=season, place=place, zone=Zone.HOME)
            taken = other.exclude(school_id=school_id).select_related("school").first()
            if taken is not None:
                raise AdmissionRefusedError(
                    _("Nơi này đã thuộc tuyến của %(school)s. Xóa dòng đó trước.")
                    % {"school": taken.school.name}
                )
        found, _made = Catchment.objects.update_or_create(
            season=season, place=place, school_id=school_id, defaults={"zone": zone}
        )
        note(season, "catchment", actor=actor, place=place.pk, school=school_id, zone=zone)
    return found


def remove_catchment(*, catchment: Catchment, actor: User | None) -> None:
    """Take a row out of the plan."""
    with transaction.atomic():
        still_preparing(catchment.season)
        note(
            catchment.season,
            "catchment-removed",
            actor=actor,
            place=catchment.place_id,
            school=catchment.school_id,
        )
        catchment.delete()


def _place(commune_id: int, name: str, point: tuple[float | None, float | None]) -> Place:
    place, _made = Place.objects.get_or_create(
        commune_id=commune_id,
        name_key=place_key(name),
        defaults={"name": tidy(name), "latitude": point[0], "longitude": point[1]},
    )
    if None not in point and (place.latitude, place.longitude) != point:
        place.latitude, place.longitude = point
        place.save(update_fields=["latitude", "longitude"])
    return place


def import_catchments(*, season: Season, file: BinaryIO, file_name: str, actor: User | None) -> int:
    """Put a file's catchments in the place of all that the season had; return how many rows.

    Raises :class:`SheetRefusedError` and writes nothing where a row is wrong.
    """
    still_preparing(season)
    rows = sheet.read(file, file_name, sheet.CATCHMENTS)
    checked, remarks = _check_catchments(season, rows)
    if remarks:
        raise SheetRefusedError(remarks)
    with transaction.atomic():
        still_preparing(season)
        Catchment.objects.filter(season=season).delete()
        for row in checked:
            row["place"] = _place(row.pop("commune_id"), row.pop("name"), row.pop("point"))
        Catchment.objects.bulk_create([Catchment(season=season, **row) for row in checked], batch_size=500)
        note(season, "catchments-imported", actor=actor, rows=len(checked))
    return len(checked)


def _check_catchments(
    season: Season, rows: Sequence[sheet.Row]
) -> tuple[list[dict[str, Any]], list[Remark]]:
    communes = {fold(commune.name): commune.pk for commune in organisations.communes()}
    communes |= {fold(commune.code): commune.pk for commune in organisations.communes()}
    level = LEVEL_FACTS[Level(season.level)][0]
    schools = {fold(school.code): school for school in organisations.schools(level)}
    checked: list[dict[str, Any]] = []
    remarks: list[Remark] = []
    seen: dict[tuple[int, str, int], int] = {}
    homes: dict[tuple[int, str], int] = {}
    for row in rows:
        said = len(remarks)
        commune = communes.get(fold(row.text("commune")))
        school = schools.get(fold(row.text("school")))
        zone = _ZONES.get(fold(row.text("zone")) or "dung tuyen")
        point, fault = _point(row)
        if commune is None:
            remarks.append(row.remark("commune", _("Không có xã, phường này. Ghi tên hoặc mã hiện nay.")))
        if school is None:
            remarks.append(row.remark("school", _("Không có trường này ở cấp học của mùa. Ghi mã trường.")))
        if zone is None:
            remarks.append(row.remark("zone", _("Ghi Đúng tuyến hoặc Giáp ranh.")))
        if fault:
            remarks.append(row.remark("latitude", fault))
        if len(row.text("place")) > 120:  # noqa: PLR2004 - what fits the column
            remarks.append(row.remark("place", _("Tên nơi ở dài quá 120 ký tự. Rút gọn lại.")))
        if len(remarks) > said or commune is None or school is None or zone is None:
            continue
        key = (commune, place_key(row.text("place")))
        first = seen.setdefault((*key, school.pk), row.number)
        if first != row.number:
            remarks.append(
                row.remark("place", _("Trùng với dòng %(row)d. Xóa bớt một dòng.") % {"row": first})
            )
        home = homes.setdefault(key, row.number) if zone == Zone.HOME else row.number
        if home != row.number:
            remarks.append(
                row.remark(
                    "place",
                    _("Nơi này đã đúng tuyến của trường khác ở dòng %(row)d: hai tuyến chồng lên nhau.")
                    % {"row": home},
                )
            )
        checked.append(
            {
                "commune_id": commune,
                "name": row.text("place"),
                "school_id": school.pk,
                "zone": zone,
                "point": point,
            }
        )
    return checked, remarks


_ZONES = {
    "dung tuyen": Zone.HOME,
    "trong tuyen": Zone.HOME,
    "giap ranh": Zone.NEIGHBOUR,
    "tuyen giap ranh": Zone.NEIGHBOUR,
    "lan can": Zone.NEIGHBOUR,
}


def _point(row: sheet.Row) -> tuple[tuple[float | None, float | None], str]:
    written = [row.text("latitude").replace(",", "."), row.text("longitude").replace(",", ".")]
    if not any(written):
        return (None, None), ""
    try:
        north, east = (float(value) for value in written)
    except ValueError:
        return (None, None), _("Vĩ độ và kinh độ là số, ví dụ 21,3856 và 103,0169; hoặc để trống cả hai.")
    if not (8 <= north <= 24 and 102 <= east <= 110):  # noqa: PLR2004 - the country's frame
        return (None, None), _("Tọa độ này không nằm ở Việt Nam. Xem lại vĩ độ, kinh độ.")
    return (north, east), ""


def set_quota(
    *,
    season: Season,
    school_id: int,
    classes: int,
    class_size: int,
    reserves: dict[str, int],
    actor: User | None,
    round_number: int = 1,
) -> Quota:
    """Give a school its places: classes × size within the legal size. Raises AdmissionRefusedError."""
    rules = read_rules(season.rules)
    fault = quota_fault(classes, class_size, reserves, rules.class_size, rules.groups)
    if fault:
        raise AdmissionRefusedError(fault)
    with transaction.atomic():
        ours = still_preparing(season, round_number)
        quota, _made = Quota.objects.update_or_create(
            round=ours,
            school_id=school_id,
            defaults={
                "classes": classes,
                "class_size": class_size,
                "seats": classes * class_size,
                "reserves": reserves,
            },
        )
        note(season, "quota", actor=actor, school=school_id, seats=quota.seats, round_number=round_number)
    return quota


def quota_fault(
    classes: int, class_size: int, reserves: dict[str, int], legal_size: int, groups: tuple[str, ...]
) -> str:
    """Say what is wrong with a school's places; nothing where all is right."""
    if classes < 0 or class_size < 0 or any(count < 0 for count in reserves.values()):
        return _("Số lớp, sĩ số và chỗ dành riêng là số nguyên từ 0.")
    if class_size > legal_size:
        return _("Sĩ số %(size)d vượt mức quy định %(legal)d. Giảm sĩ số hoặc thêm lớp.") % {
            "size": class_size,
            "legal": legal_size,
        }
    if set(reserves) - set(groups):
        return _("Nhóm dành riêng này không có trong quy tắc của mùa.")
    if sum(reserves.values()) > classes * class_size:
        return _("Chỗ dành riêng nhiều hơn tổng số chỗ. Giảm chỗ dành riêng.")
    return ""


def import_quotas(*, season: Season, file: BinaryIO, file_name: str, actor: User | None) -> int:
    """Put a file's places in the place of all that the main round had; return how many schools."""
    still_preparing(season)
    rows, rules = sheet.read(file, file_name, sheet.QUOTAS), read_rules(season.rules)
    level = LEVEL_FACTS[Level(season.level)][0]
    schools = {fold(school.code): school for school in organisations.schools(level)}
    remarks: list[Remark] = []
    made: dict[int, Quota] = {}
    for row in rows:
        school = schools.get(fold(row.text("school")))
        numbers = [row.whole(name) for name in ("classes", "class_size", "disability")]
        if school is None:
            remarks.append(row.remark("school", _("Không có trường này ở cấp học của mùa. Ghi mã trường.")))
            continue
        if school.pk in made:
            remarks.append(row.remark("school", _("Trường này đã có ở một dòng trên. Xóa bớt một dòng.")))
            continue
        classes, size, reserved = numbers
        if classes is None or size is None or reserved is None:
            remarks.append(row.remark("classes", _("Số lớp, sĩ số và chỗ dành riêng là số nguyên từ 0.")))
            continue
        reserves = {"disability": reserved} if reserved else {}
        fault = quota_fault(classes, size, reserves, rules.class_size, rules.groups)
        if fault:
            remarks.append(row.remark("class_size", fault))
            continue
        made[school.pk] = Quota(
            school=school, classes=classes, class_size=size, seats=classes * size, reserves=reserves
        )
    if remarks:
        raise SheetRefusedError(remarks)
    with transaction.atomic():
        ours = still_preparing(season)
        ours.quota_rows.all().delete()
        for quota in made.values():
            quota.round = ours
        Quota.objects.bulk_create(made.values(), batch_size=500)
        note(season, "quotas-imported", actor=actor, rows=len(made))
    return len(made)
