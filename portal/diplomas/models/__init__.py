"""The register and what hangs on it."""

from portal.diplomas.models.books import Book, Issuer, Level
from portal.diplomas.models.copies import CopyRequest
from portal.diplomas.models.credentials import Credential
from portal.diplomas.models.entries import Action, Entry, EntryVersion, State
from portal.diplomas.models.imports import ColumnMap, DiplomaImport, DiplomaImportRow
from portal.diplomas.models.lookups import Look, Share, Sweep

__all__ = [
    "Action",
    "Book",
    "ColumnMap",
    "CopyRequest",
    "Credential",
    "DiplomaImport",
    "DiplomaImportRow",
    "Entry",
    "EntryVersion",
    "Issuer",
    "Level",
    "Look",
    "Share",
    "State",
    "Sweep",
]
