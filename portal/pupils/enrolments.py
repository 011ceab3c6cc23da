"""Where a pupil learns, and since when. A pupil has at most one enrolment without an end."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.common.text import tidy
from portal.organisations import selectors as organisations
from portal.pupils.grades import CLASS_LENGTH, parse_school_year, teaches
from portal.pupils.models import Enrolment, Pupil, PupilStatus
from portal.pupils.refusals import PupilRefusedError


def _day(on: date) -> str:
    return f"{on:%d/%m/%Y}"


def _check_place(school_id: int, grade: int, class_name: str, on: date) -> str:
    """Refuse a school that is none on the day or does not teach the grade; give the tidy class name."""
    name = organisations.name_on(school_id, on)
    school = None if name is None else organisations.organisation(school_id)
    if school is None or school.kind != "school":
        raise PupilRefusedError(_("Trường này không hoạt động vào ngày %(day)s.") % {"day": _day(on)})
    if not teaches(school.levels, grade):
        raise PupilRefusedError(
            _("%(school)s không có khối %(grade)s. Chọn trường hoặc khối khác.")
            % {"school": school.name, "grade": grade}
        )
    tidied = tidy(class_name)
    if not tidied or len(tidied) > CLASS_LENGTH:
        raise PupilRefusedError(_("Ghi tên lớp, nhiều nhất 20 ký tự."))
    return tidied


def _check_cause(cause: str) -> None:
    if not cause:
        message = "an enrolment begins for a cause, such as dossier:12"
        raise ValueError(message)


def _open(pupil_id: int) -> Enrolment | None:
    return (
        Enrolment.objects.select_related("school").filter(pupil_id=pupil_id, ends_on__isnull=True).first()
    )


def _by_cause(pupil_id: int, cause: str) -> Enrolment | None:
    return Enrolment.objects.filter(pupil_id=pupil_id, cause=cause).first()


def _begin(
    pupil_id: int, school_id: int, grade: int, class_name: str, school_year: str, on: date, cause: str
) -> Enrolment:
    try:
        with transaction.atomic():
            return Enrolment.objects.create(
                pupil_id=pupil_id,
                school_id=school_id,
                grade=grade,
                class_name=class_name,
                school_year=school_year,
                starts_on=on,
                cause=cause,
            )
    except IntegrityError as error:
        raise PupilRefusedError(
            _("Học sinh vừa được ghi vào một lớp khác. Mở lại trang để xem.")
        ) from error


@transaction.atomic
def enrol(
    *, pupil_id: int, school_id: int, grade: int, class_name: str, school_year: str, on: date, cause: str
) -> Enrolment:
    """Put a pupil who is in no class into one from ``on``; the same ``cause`` twice does it once."""
    _check_cause(cause)
    done = _by_cause(pupil_id, cause)
    if done is not None:
        return done
    class_name = _check_place(school_id, grade, class_name, on)
    school_year = parse_school_year(school_year)
    if not Pupil.objects.filter(pk=pupil_id).exists():
        raise PupilRefusedError(_("Không có học sinh này trong sổ."))
    current = _open(pupil_id)
    if current is not None:
        raise PupilRefusedError(
            _("Học sinh đang học lớp %(class)s, %(school)s. Làm thủ tục chuyển trường.")
            % {"class": current.class_name, "school": current.school.name}
        )
    later = Enrolment.objects.filter(pupil_id=pupil_id, ends_on__gt=on).order_by("ends_on").last()
    if later is not None and later.ends_on is not None:
        raise PupilRefusedError(
            _("Học sinh học lớp %(class)s đến ngày %(day)s. Chọn ngày không sớm hơn ngày đó.")
            % {"class": later.class_name, "day": _day(later.ends_on)}
        )
    enrolment = _begin(pupil_id, school_id, grade, class_name, school_year, on, cause)
    _say(pupil_id, PupilStatus.STUDYING, on)
    return enrolment


def _say(pupil_id: int, status: str, on: date) -> None:
    Pupil.objects.filter(pk=pupil_id).update(status=status, status_on=on)


@transaction.atomic
def close_enrolment(*, pupil_id: int, on: date, cause: str, status: str) -> Enrolment:
    """End the open enrolment: ``on`` is the first day on which the pupil is no more in the class.

    ``status`` says what the pupil is then (a PupilStatus value). The same ``cause`` twice ends once.
    """
    _check_cause(cause)
    done = Enrolment.objects.filter(pupil_id=pupil_id, end_cause=cause).first()
    if done is not None:
        return done
    current = _end(pupil_id, on, cause)
    _say(pupil_id, status, on)
    return current


def _end(pupil_id: int, on: date, cause: str, from_school_id: int | None = None) -> Enrolment:
    current = _open(pupil_id)
    if current is None:
        raise PupilRefusedError(_("Học sinh hiện không học lớp nào. Làm thủ tục nhập học."))
    if from_school_id is not None and current.school_id != from_school_id:
        raise PupilRefusedError(
            _("Học sinh nay đang học %(school)s. Mở lại hồ sơ để xem.") % {"school": current.school.name}
        )
    if on < current.starts_on:
        raise PupilRefusedError(
            _("Học sinh vào lớp %(class)s từ ngày %(day)s. Chọn ngày không sớm hơn ngày đó.")
            % {"class": current.class_name, "day": _day(current.starts_on)}
        )
    ended = Enrolment.objects.filter(pk=current.pk, ends_on__isnull=True).update(
        ends_on=on, end_cause=cause
    )
    if ended != 1:
        raise PupilRefusedError(_("Học sinh vừa được người khác chuyển lớp. Mở lại trang để xem."))
    current.ends_on, current.end_cause = on, cause
    return current


@transaction.atomic
def move_pupil(
    *,
    pupil_id: int,
    to_school_id: int,
    grade: int,
    class_name: str,
    school_year: str,
    on: date,
    cause: str,
    from_school_id: int | None = None,
) -> Enrolment:
    """Close the open enrolment on ``on`` and open one at another school on the same day.

    ``from_school_id``: the school that the decision names; the move is refused if the pupil has
    left it meanwhile. The same ``cause`` twice moves once. Raises PupilRefusedError.
    """
    _check_cause(cause)
    # rows of the pupil queue up here on PostgreSQL, so that the second of two equal moves sees the first
    if not list(Pupil.objects.select_for_update().filter(pk=pupil_id).values_list("pk")):
        raise PupilRefusedError(_("Không có học sinh này trong sổ."))
    done = _by_cause(pupil_id, cause)
    if done is not None:
        return done
    class_name = _check_place(to_school_id, grade, class_name, on)
    school_year = parse_school_year(school_year)
    left = _end(pupil_id, on, cause, from_school_id)
    if left.school_id == to_school_id:
        raise PupilRefusedError(_("Học sinh đang học trường này. Chọn trường khác."))
    enrolment = _begin(pupil_id, to_school_id, grade, class_name, school_year, on, cause)
    _say(pupil_id, PupilStatus.STUDYING, on)
    return enrolment
