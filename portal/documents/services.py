"""The verbs of the room."""

from portal.documents.issuing import (
    issue_document,
    order_document,
    revoke_document,
    revoke_of,
    sign_document,
)
from portal.documents.papers import (
    append_papers,
    discard_papers,
    hand_over_papers,
    move_page,
    remove_page,
    reuse_paper,
    take_upload,
    turn_page,
)
from portal.documents.parts import discard_uploads
from portal.documents.refusals import PaperRefusedError, SubjectClosedError
from portal.documents.wording import WordingRefusedError, sample_pdf, set_wording

__all__ = [
    "PaperRefusedError",
    "SubjectClosedError",
    "WordingRefusedError",
    "append_papers",
    "discard_papers",
    "discard_uploads",
    "hand_over_papers",
    "issue_document",
    "move_page",
    "order_document",
    "remove_page",
    "reuse_paper",
    "revoke_document",
    "revoke_of",
    "sample_pdf",
    "set_wording",
    "sign_document",
    "take_upload",
    "turn_page",
]
