"""Which procedures are offered, whatever they come from, and the version a dossier was written under."""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
from functools import lru_cache

from portal.procedures import catalog, ports
from portal.procedures.definition import Definition
from portal.procedures.definition.document import from_document, to_document
from portal.procedures.models import StoredDefinition


class UnknownProcedureError(LookupError):
    """No procedure is offered under the code."""


class ChangedWithoutVersionError(RuntimeError):
    """A definition's file changed but its version did not: dossiers under way would change with it."""


def load_catalog() -> None:
    """Register every procedure of ``catalog/``: one file, one ``DEFINITION``."""
    for module in pkgutil.iter_modules(catalog.__path__):
        loaded = importlib.import_module(f"{catalog.__name__}.{module.name}")
        ports.register_definition(loaded.DEFINITION)


def offered(day: dt.date) -> list[Definition]:
    """List what can be applied for on a day in the common form, by code."""
    return [
        definition
        for _, definition in sorted(ports.coded_definitions().items())
        if definition.code not in ports.codes_with_own_pages()
        and definition.valid_from <= day
        and (definition.valid_to is None or day < definition.valid_to)
    ]


def current(code: str) -> Definition:
    """Give the present version, or raise :class:`UnknownProcedureError`."""
    try:
        return ports.coded_definitions()[code]
    except KeyError as error:
        raise UnknownProcedureError(code) from error


def stored(definition: Definition) -> StoredDefinition:
    """Give the row of this version, writing it at its first use."""
    row, created = StoredDefinition.objects.get_or_create(
        code=definition.code,
        version=definition.version,
        defaults={"document": to_document(definition)},
    )
    # read and written anew: a field that the kit has got since stands there with its default
    if not created and to_document(from_document(row.document)) != to_document(definition):
        raise ChangedWithoutVersionError(
            f"{definition.code} differs from its stored version {definition.version}: raise `version`."
        )
    return row


def as_written(row: StoredDefinition) -> Definition:
    """Read back a version; the same row is parsed once per process."""
    return _parsed(row.pk, row.code, row.version)


@lru_cache(maxsize=512)
def _parsed(pk: int, _code: str, _version: int) -> Definition:
    return from_document(StoredDefinition.objects.get(pk=pk).document)
