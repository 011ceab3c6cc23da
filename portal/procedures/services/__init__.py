"""The verbs of the room: everything that writes drafts and dossiers enters here."""

from portal.documents.services import PaperRefusedError, SubjectClosedError
from portal.procedures.services.amending import amend_dossier
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
from portal.procedures.services.papers import (
    add_paper_file,
    given_before,
    move_paper_page,
    remove_paper_page,
    reuse_paper,
    turn_paper_page,
)
from portal.procedures.services.submission import (
    IncompleteDraftError,
    submit_draft,
)
from portal.procedures.workflow import OvertakenError, RefusedMoveError

__all__ = [
    "IncompleteDraftError",
    "OvertakenError",
    "PaperRefusedError",
    "RefusedMoveError",
    "StaleDraftError",
    "SubjectClosedError",
    "accept_dossier",
    "add_paper_file",
    "amend_dossier",
    "assign_dossier",
    "complete_step",
    "delete_draft",
    "deliver_dossier",
    "expire_drafts",
    "given_before",
    "grant_dossier",
    "move_paper_page",
    "refuse_dossier",
    "refuse_reception",
    "remove_paper_page",
    "request_payment",
    "request_supplement",
    "resume_dossier",
    "reuse_paper",
    "save_page",
    "start_draft",
    "start_work",
    "submit_draft",
    "supply",
    "suspend_dossier",
    "turn_paper_page",
    "withdraw_dossier",
]
