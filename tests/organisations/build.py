"""Short ways to a small province for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.organisations import services
from portal.organisations.models import Kind, Organisation, SchoolLevel

SOURCE = "Quyết định mẫu"
LONG_AGO = date(2000, 1, 1)


def department() -> Organisation:
    return services.open_organisation(
        code="H99.01", kind=Kind.DEPARTMENT, name="Sở Giáo dục và Đào tạo", on=LONG_AGO, source=SOURCE
    )


def commune(parent: Organisation, code: str, name: str, on: date = LONG_AGO) -> Organisation:
    return services.open_organisation(
        code=code, kind=Kind.COMMUNE, name=name, on=on, source=SOURCE, parent_id=parent.pk
    )


def district(parent: Organisation, code: str, name: str) -> Organisation:
    return services.open_organisation(
        code=code, kind=Kind.DISTRICT, name=name, on=LONG_AGO, source=SOURCE, parent_id=parent.pk
    )


def school(
    parent: Organisation,
    code: str,
    name: str,
    *levels: str,
    on: date = LONG_AGO,
    **more: Any,
) -> Organisation:
    return services.open_organisation(
        code=code,
        kind=Kind.SCHOOL,
        name=name,
        on=on,
        source=SOURCE,
        parent_id=parent.pk,
        levels=levels or (SchoolLevel.PRIMARY,),
        **more,
    )
