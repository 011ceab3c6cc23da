"""The verbs of the room: everything that writes drafts and dossiers enters here."""

from portal.documents.services import PaperRefusedError, SubjectClosedError
from portal.procedures.prepaid import DraftLockedError, FeeDueError
from portal.procedures.services.amending import amend_dossier
from portal.procedures.services.apologies import apologise, apologise_where_late
from portal.procedures.services.books import order_control_slip, order_ledger
from portal.procedures.services.drafts import (
    StaleDraftError,
    delete_draft,
    expire_drafts,
    save_page,
    start_draft,
    stop_draft_payment,
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
    resume_dossier,
    sign_decision,
    start_work,
    suspend_dossier,
    withdraw_dossier,
)
from portal.procedures.services.papers import (
    add_paper_file,
    given_before,
    move_paper_page,
    remove_paper_page,
    reuse_paper,
    touch_draft,
    turn_paper_page,
)
from portal.procedures.services.ratings import rate_dossier
from portal.procedures.services.submission import (
    IncompleteDraftError,
    submit_draft,
)
from portal.procedures.services.supplements import (
    add_supply_file,
    allow_second_request,
    remove_supply_page,
    request_supplement,
    still_asked,
    supply,
)
from portal.procedures.workflow import OvertakenError, RefusedMoveError

__all__ = [
    "DraftLockedError",
    "FeeDueError",
    "IncompleteDraftError",
    "OvertakenError",
    "PaperRefusedError",
    "RefusedMoveError",
    "StaleDraftError",
    "SubjectClosedError",
    "accept_dossier",
    "add_paper_file",
    "add_supply_file",
    "allow_second_request",
    "amend_dossier",
    "apologise",
    "apologise_where_late",
    "assign_dossier",
    "complete_step",
    "delete_draft",
    "deliver_dossier",
    "expire_drafts",
    "given_before",
    "grant_dossier",
    "move_paper_page",
    "order_control_slip",
    "order_ledger",
    "rate_dossier",
    "refuse_dossier",
    "refuse_reception",
    "remove_paper_page",
    "remove_supply_page",
    "request_payment",
    "request_supplement",
    "resume_dossier",
    "reuse_paper",
    "save_page",
    "sign_decision",
    "start_draft",
    "start_work",
    "still_asked",
    "stop_draft_payment",
    "submit_draft",
    "supply",
    "suspend_dossier",
    "touch_draft",
    "turn_paper_page",
    "withdraw_dossier",
]
