"""The verbs of the room."""

from portal.documents.issuing import issue_document, order_document, revoke_document, revoke_of
from portal.documents.papers import (
    discard_papers,
    hand_over_papers,
    move_page,
    remove_page,
    reuse_paper,
    take_upload,
    turn_page,
)
from portal.documents.refusals import PaperRefusedError, SubjectClosedError

__all__ = [
    "PaperRefusedError",
    "SubjectClosedError",
    "discard_papers",
    "hand_over_papers",
    "issue_document",
    "move_page",
    "order_document",
    "remove_page",
    "reuse_paper",
    "revoke_document",
    "revoke_of",
    "take_upload",
    "turn_page",
]
