"""Reads of the register of pupils. Whoever shows a person records the look (accounts' room)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.clock import local_day
from portal.common.codes import clean_personal_id
from portal.common.fields import blind_index
from portal.common.text import fold
from portal.pupils.models import Enrolment, Gender, Pupil, PupilImport, PupilImportRow, PupilStatus

__all__ = (
    "Enrolment",
    "Gender",
    "Pupil",
    "PupilImport",
    "PupilStatus",
    "Remark",
    "SchoolClass",
    "by_personal_id",
    "classes_of",
    "count_in",
    "enrolments_of",
    "error_remarks",
    "import_errors",
    "import_warnings",
    "imports_of",
    "imports_within",
    "in_force",
    "open_enrolment",
    "pupil",
    "pupil_import",
    "pupils_of",
    "staged_count",
    "warning_remarks",
)


def _today() -> date:
    return local_day(timezone.now())


def pupil(pk: int) -> Pupil:
    """Give one pupil; raises Pupil.DoesNotExist."""
    return Pupil.objects.get(pk=pk)


def by_personal_id(personal_id: str) -> Pupil | None:
    """Find by the whole personal ID, however it is spaced; None for an unknown or malformed one."""
    try:
        digits = clean_personal_id(personal_id)
    except ValueError:
        return None
    return Pupil.objects.filter(personal_id_index=blind_index("personal-id", digits)).first()


def in_force(day: date) -> Q:
    """Enrolments that hold on the day."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))


def open_enrolment(pupil_id: int, day: date | None = None) -> Enrolment | None:
    """Where the pupil is on the day (default: today); None between schools."""
    found = Enrolment.objects.select_related("school", "pupil").filter(
        in_force(day or _today()), pupil_id=pupil_id
    )
    return found.first()


def enrolments_of(pupil_id: int) -> QuerySet[Enrolment]:
    """List a pupil's whole way, oldest first."""
    return Enrolment.objects.filter(pupil_id=pupil_id).select_related("school").order_by("starts_on", "pk")


def pupils_of(
    school_id: int, day: date | None = None, class_name: str | None = None, query: str = ""
) -> QuerySet[Enrolment]:
    """List enrolments of a school on the day with their pupils, by class and name; ``query`` is a name."""
    found = Enrolment.objects.filter(in_force(day or _today()), school_id=school_id)
    if class_name is not None:
        found = found.filter(class_name=class_name)
    for word in fold(query).split():
        found = found.filter(pupil__name_key__contains=word)
    return found.select_related("pupil", "school").order_by("grade", "class_name", "pupil__name_key")


def count_in(school_ids: Collection[int] | None, day: date | None = None) -> int:
    """Count the enrolments on the day (default: today) in these schools, or in all (None)."""
    found = Enrolment.objects.filter(in_force(day or _today()))
    return (found if school_ids is None else found.filter(school_id__in=school_ids)).count()


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """A class with its number of pupils on a day."""

    grade: int
    class_name: str
    pupils: int


def classes_of(school_id: int, day: date | None = None) -> list[SchoolClass]:
    """List a school's classes on the day (default: today); one query."""
    rows = (
        Enrolment.objects.filter(in_force(day or _today()), school_id=school_id)
        .values_list("grade", "class_name")
        .annotate(pupils=Count("pk"))
        .order_by("grade", "class_name")
    )
    return [SchoolClass(grade, class_name, pupils) for grade, class_name, pupils in rows]


def pupil_import(pk: int) -> PupilImport:
    """Give one import; raises PupilImport.DoesNotExist."""
    return PupilImport.objects.select_related("school", "requested_by__officer").get(pk=pk)


def imports_of(school_id: int | None) -> QuerySet[PupilImport]:
    """List imports of a school, or of the whole province (None), newest first."""
    return PupilImport.objects.filter(school_id=school_id).order_by("-pk")


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of a cell of an imported file."""

    row: int
    column: str
    message: str


def _remarks(rows: QuerySet[PupilImportRow], field: str, limit: int) -> Iterator[Remark]:
    for number, said in rows.exclude(**{field: []}).values_list("number", field)[:limit]:
        for remark in said:
            yield Remark(number, remark["column"], remark["message"])


def error_remarks(import_id: int, limit: int = 100) -> list[Remark]:
    """Give what is wrong, or why a row was skipped; at most of ``limit`` rows, by row. One query."""
    return list(_remarks(PupilImportRow.objects.filter(pupil_import_id=import_id), "errors", limit))


def warning_remarks(import_id: int, limit: int = 100) -> list[Remark]:
    """Give what deserves a look before confirming; at most of ``limit`` rows, by row. One query."""
    return list(_remarks(PupilImportRow.objects.filter(pupil_import_id=import_id), "warnings", limit))


def imports_within(*, school_ids: Collection[int], province: bool) -> QuerySet[PupilImport]:
    """List imports of these schools, with those of the whole province if told, newest first."""
    mine = Q(school_id__in=school_ids)
    if province:
        mine |= Q(school_id__isnull=True)
    return (
        PupilImport.objects.filter(mine).select_related("school", "requested_by__officer").order_by("-pk")
    )


def staged_count(import_id: int) -> int:
    """Count the rows read so far."""
    return PupilImportRow.objects.filter(pupil_import_id=import_id).count()


def _sentence(remark: Remark) -> str:
    return _("Dòng %(row)d, cột %(column)s: %(message)s") % {
        "row": remark.row,
        "column": remark.column,
        "message": remark.message,
    }


def import_errors(import_id: int, limit: int = 100) -> list[str]:
    """Sentences that name row, column and what to do; at most those of ``limit`` rows."""
    return [_sentence(remark) for remark in error_remarks(import_id, limit)]


def import_warnings(import_id: int, limit: int = 100) -> list[str]:
    """Sentences about what deserves a look before confirming; at most those of ``limit`` rows."""
    return [_sentence(remark) for remark in warning_remarks(import_id, limit)]
