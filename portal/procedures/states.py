"""The ten statuses and every move between them, as one table.

Numbers and names are those used in synchronisation with the national portal (status list 1–10).
Within status 4 the pieces of work are steps of the definition, not statuses.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Status(IntEnum):
    """Numbers of the national portal."""

    SUBMITTED = 1
    ACCEPTED = 2
    RECEPTION_REFUSED = 3
    IN_PROGRESS = 4
    SUPPLEMENT_REQUESTED = 5
    PAYMENT_REQUESTED = 6
    WITHDRAWN = 7
    SUSPENDED = 8
    CONCLUDED = 9
    DELIVERED = 10


LABELS: dict[Status, Promise] = {
    Status.SUBMITTED: _("Mới đăng ký"),
    Status.ACCEPTED: _("Được tiếp nhận"),
    Status.RECEPTION_REFUSED: _("Không được tiếp nhận"),
    Status.IN_PROGRESS: _("Đang xử lý"),
    Status.SUPPLEMENT_REQUESTED: _("Yêu cầu bổ sung giấy tờ"),
    Status.PAYMENT_REQUESTED: _("Yêu cầu nộp lệ phí"),
    Status.WITHDRAWN: _("Đã rút hồ sơ"),
    Status.SUSPENDED: _("Dừng xử lý"),
    Status.CONCLUDED: _("Đã xử lý xong"),
    Status.DELIVERED: _("Đã trả kết quả"),
}

ENDED = frozenset({Status.RECEPTION_REFUSED, Status.WITHDRAWN, Status.DELIVERED})
#: the clock stands still in these
PAUSED = frozenset({Status.SUPPLEMENT_REQUESTED, Status.PAYMENT_REQUESTED, Status.SUSPENDED})
#: the citizen has to do something
CITIZEN_ACTS = frozenset({Status.SUPPLEMENT_REQUESTED, Status.PAYMENT_REQUESTED})


class Action(StrEnum):
    """What somebody does to a dossier."""

    SUBMIT = "submit"
    AMEND = "amend"
    ACCEPT = "accept"
    REFUSE_RECEPTION = "refuse_reception"
    START = "start"
    COMPLETE_STEP = "complete_step"
    REQUEST_SUPPLEMENT = "request_supplement"
    SUPPLY = "supply"
    REQUEST_PAYMENT = "request_payment"
    SETTLE_PAYMENT = "settle_payment"
    SUSPEND = "suspend"
    RESUME = "resume"
    GRANT = "grant"
    REFUSE = "refuse"
    DELIVER = "deliver"
    WITHDRAW = "withdraw"
    #: noted without a move: the status stays
    ALLOW_SUPPLEMENT = "allow_supplement"
    APOLOGISE = "apologise"


class By(StrEnum):
    """Who may do it."""

    CITIZEN = "citizen"
    RECEPTION = "reception"
    STEP = "step"
    ENGINE = "engine"


@dataclass(frozen=True, slots=True)
class Move:
    """A row of the table; ``received`` None means: whether or not it was accepted before."""

    source: Status
    action: Action
    target: Status
    by: By
    received: bool | None = None
    needs_note: bool = False


S, A = Status, Action
MOVES: tuple[Move, ...] = (
    # only where the procedure's room allows it (Hooks.may_amend)
    Move(S.SUBMITTED, A.AMEND, S.SUBMITTED, By.CITIZEN),
    Move(S.SUBMITTED, A.ACCEPT, S.ACCEPTED, By.RECEPTION),
    Move(S.SUBMITTED, A.REFUSE_RECEPTION, S.RECEPTION_REFUSED, By.RECEPTION, needs_note=True),
    Move(S.SUBMITTED, A.REQUEST_SUPPLEMENT, S.SUPPLEMENT_REQUESTED, By.RECEPTION, needs_note=True),
    Move(S.SUBMITTED, A.WITHDRAW, S.WITHDRAWN, By.CITIZEN),
    Move(S.ACCEPTED, A.START, S.IN_PROGRESS, By.RECEPTION),
    Move(S.ACCEPTED, A.REQUEST_SUPPLEMENT, S.SUPPLEMENT_REQUESTED, By.RECEPTION, needs_note=True),
    Move(S.ACCEPTED, A.REQUEST_PAYMENT, S.PAYMENT_REQUESTED, By.RECEPTION),
    Move(S.ACCEPTED, A.WITHDRAW, S.WITHDRAWN, By.CITIZEN),
    Move(S.IN_PROGRESS, A.COMPLETE_STEP, S.IN_PROGRESS, By.STEP),
    Move(S.IN_PROGRESS, A.REQUEST_SUPPLEMENT, S.SUPPLEMENT_REQUESTED, By.STEP, needs_note=True),
    Move(S.IN_PROGRESS, A.REQUEST_PAYMENT, S.PAYMENT_REQUESTED, By.STEP),
    Move(S.IN_PROGRESS, A.SUSPEND, S.SUSPENDED, By.STEP, needs_note=True),
    Move(S.IN_PROGRESS, A.GRANT, S.CONCLUDED, By.STEP),
    Move(S.IN_PROGRESS, A.REFUSE, S.CONCLUDED, By.STEP, needs_note=True),
    Move(S.IN_PROGRESS, A.WITHDRAW, S.WITHDRAWN, By.CITIZEN),
    Move(S.SUPPLEMENT_REQUESTED, A.SUPPLY, S.SUBMITTED, By.CITIZEN, received=False),
    Move(S.SUPPLEMENT_REQUESTED, A.SUPPLY, S.IN_PROGRESS, By.CITIZEN, received=True),
    Move(
        S.SUPPLEMENT_REQUESTED,
        A.REFUSE_RECEPTION,
        S.RECEPTION_REFUSED,
        By.RECEPTION,
        received=False,
        needs_note=True,
    ),
    Move(S.SUPPLEMENT_REQUESTED, A.WITHDRAW, S.WITHDRAWN, By.CITIZEN),
    Move(S.SUPPLEMENT_REQUESTED, A.SUSPEND, S.SUSPENDED, By.RECEPTION, needs_note=True),
    Move(S.PAYMENT_REQUESTED, A.SETTLE_PAYMENT, S.IN_PROGRESS, By.ENGINE),
    Move(S.PAYMENT_REQUESTED, A.WITHDRAW, S.WITHDRAWN, By.CITIZEN),
    Move(S.PAYMENT_REQUESTED, A.SUSPEND, S.SUSPENDED, By.RECEPTION, needs_note=True),
    Move(S.SUSPENDED, A.RESUME, S.IN_PROGRESS, By.RECEPTION),
    Move(S.SUSPENDED, A.REFUSE, S.CONCLUDED, By.STEP, needs_note=True),
    Move(S.CONCLUDED, A.DELIVER, S.DELIVERED, By.RECEPTION),
)

_TABLE: dict[tuple[Status, bool, Action], Move] = {
    (move.source, received, move.action): move
    for move in MOVES
    for received in ((True, False) if move.received is None else (move.received,))
}


def find(status: Status, action: Action, *, received: bool) -> Move | None:
    """Look up the move, or None where the table has none."""
    return _TABLE.get((status, received, action))


def possible(status: Status, *, received: bool) -> tuple[Move, ...]:
    """All moves out of a status, in the table's order."""
    return tuple(move for move in MOVES if move.source is status and move.received in {None, received})
