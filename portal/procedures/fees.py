"""The fee of a dossier: paid with the submission or asked for with status 6, given back when it ends for nothing.

Money is the room below: it knows purposes and subjects, and nothing of dossiers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments import selectors as payments
from payments import services as money
from payments.ports import SettledLine, register_payable
from portal.notifications.services import notify
from portal.procedures import workflow
from portal.procedures.models import Dossier
from portal.procedures.prepaid import SUBJECT as DRAFT
from portal.procedures.prepaid import SUBMISSION
from portal.procedures.states import Action, Status

if TYPE_CHECKING:
    from payments.selectors import Order

PURPOSE = "procedure-fee"
SUBJECT = "dossier"
_WANTED_NO_MORE = frozenset({Status.RECEPTION_REFUSED, Status.WITHDRAWN})


def register() -> None:
    """Own the purpose."""
    register_payable(PURPOSE, on_settled=settle, return_url=_page_of, title=gettext_lazy("Lệ phí thủ tục"))


def _page_of(subject_id: str) -> str:
    public_id = Dossier.objects.values_list("public_id", flat=True).get(pk=int(subject_id))
    return reverse("home:dossier", args=[public_id])


def paid(dossier: Dossier) -> int:
    """Say what was paid for a dossier, with its submission or since, less what goes back."""
    with_submission = payments.paid_for(SUBMISSION, DRAFT, str(dossier.draft_id)) if dossier.draft_id else 0
    return with_submission + payments.paid_for(PURPOSE, SUBJECT, str(dossier.pk))


def ask(dossier: Dossier) -> None:
    """Open the order for the fee that was quoted, inside the move's transaction."""
    if dossier.fee_amount == 0:
        raise workflow.RefusedMoveError(_("Hồ sơ này được miễn lệ phí."))
    if paid(dossier) >= dossier.fee_amount:
        raise workflow.RefusedMoveError(_("Lệ phí của hồ sơ này đã được nộp."))
    item = money.Item(
        purpose=PURPOSE,
        subject_kind=SUBJECT,
        subject_id=str(dossier.pk),
        payee_id=dossier.organisation_id,
        amount=dossier.fee_amount,
        title=_("Lệ phí hồ sơ %(code)s") % {"code": dossier.code or dossier.temporary_code},
    )
    money.open_order(items=[item], payer_id=dossier.applicant.user_id)


def open_order(dossier: Dossier) -> Order | None:
    """Give the order that waits for the applicant's money, None where nothing is asked for."""
    if dossier.status != Status.PAYMENT_REQUESTED:
        return None
    return payments.open_order_for(PURPOSE, SUBJECT, str(dossier.pk))


def let_go(dossier: Dossier, reason: str) -> None:
    """Ask for no more and propose giving back what came: the dossier ended without what the fee was for."""
    waiting = payments.open_order_for(PURPOSE, SUBJECT, str(dossier.pk))
    if waiting is not None:
        money.close_order(order_id=waiting.pk)
    subjects = [(PURPOSE, SUBJECT, dossier.pk), (SUBMISSION, DRAFT, dossier.draft_id)]
    for purpose, kind, pk in subjects:
        if pk is not None:
            money.propose_for_subject(purpose=purpose, subject_kind=kind, subject_id=str(pk), reason=reason)


def settle(line: SettledLine) -> str:
    """Move the dossier on as the engine, once; say why the money must go back where it ended meanwhile."""
    dossier = Dossier.objects.get(pk=int(line.subject_id))
    status = Status(dossier.status)
    if status in _WANTED_NO_MORE or dossier.outcome == "refused":
        return _("Hồ sơ đã kết thúc trước khi lệ phí đến.")
    if status is not Status.PAYMENT_REQUESTED:
        return ""  # moved already, or suspended: the fee is paid and stays so
    with transaction.atomic():
        # whoever moved it meanwhile makes this raise, and the duty looks again
        moved = workflow.make(
            dossier.pk,
            workflow.Request(Action.SETTLE_PAYMENT, dossier.revision),
            workflow.Actor(None, ""),
        )
        notify(
            recipient_id=moved.applicant.user_id,
            template="dossier.payment_settled",
            subject_kind="dossier",
            subject_id=str(moved.pk),
            key=f"dossier:{moved.pk}:{moved.revision}",
        )
    return ""
