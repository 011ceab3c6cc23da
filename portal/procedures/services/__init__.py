"""The verbs of the room: everything that writes drafts and dossiers enters here."""

from portal.procedures.services.drafts import (
    StaleDraftError,
    delete_draft,
    expire_drafts,
    save_page,
    start_draft,
)
from portal.procedures.services.moves import (
    accept_dossier,
    assign_dossier,
    complete_step,
    deliver_dossier,
    grant_dossier,
    refuse_dossier,
    refuse_reception,
    request_payment,
    request_supplement,
    resume_dossier,
    start_work,
    supply,
    suspend_dossier,
    withdraw_dossier,
)
from portal.procedures.services.submission import (
    IncompleteDraftError,
    submit_draft,
)
from portal.procedures.workflow import OvertakenError, RefusedMoveError

__all__ = [
    "IncompleteDraftError",
    "OvertakenError",
    "RefusedMoveError",
    "StaleDraftError",
    "accept_dossier",
    "assign_dossier",
    "complete_step",
    "delete_draft",
    "deliver_dossier",
    "expire_drafts",
    "grant_dossier",
    "refuse_dossier",
    "refuse_reception",
    "request_payment",
    "request_supplement",
    "resume_dossier",
    "save_page",
    "start_draft",
    "start_work",
    "submit_draft",
    "supply",
    "suspend_dossier",
    "withdraw_dossier",
]
