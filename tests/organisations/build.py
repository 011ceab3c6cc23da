"""Short ways to a small province for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.organisations.models import Organisation, SchoolLevel
from tests.factories.registers import (
    LONG_AGO,
    SOURCE,
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    SchoolFactory,
)

__all__ = ["LONG_AGO", "SOURCE", "commune", "department", "district", "school"]


def department() -> Organisation:
    made: Organisation = DepartmentFactory.create()
    return made


def commune(parent: Organisation, code: str, name: str, on: date = LONG_AGO) -> Organisation:
    made: Organisation = CommuneFactory.create(code=code, name=name, on=on, parent_id=parent.pk)
    return made


def district(parent: Organisation, code: str, name: str) -> Organisation:
    made: Organisation = DistrictFactory.create(code=code, name=name, parent_id=parent.pk)
    return made


def school(
    parent: Organisation,
    code: str,
    name: str,
    *levels: str,
    on: date = LONG_AGO,
    **more: Any,
) -> Organisation:
    made: Organisation = SchoolFactory.create(
        code=code, name=name, on=on, parent_id=parent.pk, levels=levels or (SchoolLevel.PRIMARY,), **more
    )
    return made
