"""Schools as a source: found by name, with and without marks, by former names, by code."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext, override

from portal.organisations import selectors as organisations
from portal.organisations.selectors import Kind as OrganisationKind
from portal.organisations.selectors import Organisation, SchoolLevel
from portal.search.ports import Entry, Kind


class Schools:
    """The register's schools of today."""

    name = "school"

    def entries(self) -> Iterable[Entry]:
        """Give every school."""
        for school in organisations.schools():
            yield _entry(school)

    def entry(self, key: str) -> Iterable[Entry]:
        """Give one school by its row id."""
        for school in organisations.schools().filter(pk=int(key)):
            yield _entry(school)

    def lines(self, keys: Collection[str], language: str) -> Mapping[str, str]:
        """Say levels and address."""
        del language  # gettext knows it
        found = organisations.by_ids([int(key) for key in keys])
        return {str(school.pk): _line(school) for school in found}


def _entry(school: Organisation) -> Entry:
    with override(
        "vi"
    ):  # the index is made by whoever comes first, a school is found by its Vietnamese words
        levels = ", ".join(str(SchoolLevel(level).label) for level in school.levels)
    commune = school.commune.name if school.commune else ""
    return Entry(
        key=str(school.pk),
        kind=Kind.SCHOOL,
        title=school.name,
        url=f"/truong-hoc/{school.code}/",
        language="",
        keywords=f"{school.name_key} {commune} {levels}",
        body=". ".join(part for part in (commune, school.address) if part),
        codes=(school.code,),
    )


def _line(school: Organisation) -> str:
    levels = " · ".join(str(SchoolLevel(level).label) for level in school.levels)
    if school.kind != OrganisationKind.SCHOOL:
        return ""
    return gettext("%(levels)s. %(address)s") % {"levels": levels, "address": school.address}
