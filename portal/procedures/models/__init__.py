"""Rows of the engine: facts with dates, definitions as written, drafts, dossiers, events."""

from portal.procedures.models.afterwards import Apology, Rating
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
from portal.procedures.models.supplements import SupplementItem, SupplementLeave

__all__ = [
    "Apology",
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
    "Rating",
    "ReceptionKind",
    "StoredDefinition",
    "SupplementItem",
    "SupplementLeave",
]
