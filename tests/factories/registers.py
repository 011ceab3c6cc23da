"""Organisations and pupils as the registers would have them. Everybody is made up; personal IDs begin with 999."""

from __future__ import annotations

from datetime import date
from typing import Any

import factory

from portal.organisations import services as organisations
from portal.organisations.models import Kind, Organisation, SchoolLevel
from portal.pupils import services as pupils
from portal.pupils.models import Gender, Pupil

SOURCE = "Quyết định mẫu"
LONG_AGO = date(2000, 1, 1)
SEPTEMBER = date(2026, 9, 5)


def personal_id(number: int) -> str:
    """Made up: 999, then a girl or boy of 2019."""
    return f"999{2 + number % 2}19{number:06}"


class _Organisations[T: Organisation](factory.Factory[T]):
    """Opens by the service, so that periods, search keys and the event are written, too."""

    on = LONG_AGO
    source = SOURCE

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[T], *_args: Any, **facts: Any) -> T:
        opened = organisations.open_organisation(**facts)
        assert isinstance(opened, model_class)
        return opened


class DepartmentFactory(_Organisations[Organisation]):
    code = "H99.01"
    kind = Kind.DEPARTMENT
    name = "Sở Giáo dục và Đào tạo"

    class Meta:
        model = Organisation


class CommuneFactory(_Organisations[Organisation]):
    """``parent_id`` is the department."""

    code = factory.Sequence(lambda number: f"H99.{number + 10}")
    kind = Kind.COMMUNE
    name = factory.Sequence(lambda number: f"Xã Hoa Ban {number}")

    class Meta:
        model = Organisation


class DistrictFactory(CommuneFactory):
    """Districts stand in history only (abolished on 1/7/2025)."""

    kind = Kind.DISTRICT
    name = factory.Sequence(lambda number: f"Huyện Hoa Ban {number}")


class SchoolFactory(CommuneFactory):
    """``parent_id`` is the commune or, for upper secondary schools, the department."""

    code = factory.Sequence(lambda number: f"9901{number:04}")
    kind = Kind.SCHOOL
    name = factory.Sequence(lambda number: f"Trường Tiểu học Hoa Ban {number}")
    levels = (SchoolLevel.PRIMARY,)


class PupilFactory(factory.Factory[Pupil]):
    """A pupil in the register, enrolled nowhere yet; ``number`` tells the made-up IDs apart."""

    class Params:
        number = factory.Sequence(lambda number: number + 1)

    personal_id = factory.LazyAttribute(lambda made: personal_id(made.number))
    full_name = "Lò Thị Ban"
    birth_date = date(2019, 3, 4)
    gender = Gender.FEMALE
    ethnicity = "Thái"
    status_on = SEPTEMBER

    class Meta:
        model = Pupil

    @classmethod
    def _create(cls, model_class: type[Pupil], *_args: Any, **facts: Any) -> Pupil:
        registered = pupils.register_pupil(**facts)
        assert isinstance(registered, model_class)
        return registered
