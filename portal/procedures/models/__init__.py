"""Rows of the engine: facts with dates, definitions as written, drafts, dossiers, events."""

from portal.procedures.models.dossiers import (
    Channel,
    Dossier,
    DossierEvent,
    DossierKey,
    DossierPause,
    Draft,
    FileCodeCounter,
    Outcome,
    ReceptionKind,
)
from portal.procedures.models.facts import DeadlineRow, ExemptionRow, FeeRow, StoredDefinition

__all__ = [
    "Channel",
    "DeadlineRow",
    "Dossier",
    "DossierEvent",
    "DossierKey",
    "DossierPause",
    "Draft",
    "ExemptionRow",
    "FeeRow",
    "FileCodeCounter",
    "Outcome",
    "ReceptionKind",
    "StoredDefinition",
]
