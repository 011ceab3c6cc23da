"""Data review: a family confirms what is held about its child, or asks for a correction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from admissions import selectors
from admissions.models import DataReview, PhaseKind, Season
from admissions.refusals import AdmissionRefusedError
from portal.accounts import selectors as accounts
from portal.common.text import tidy
from portal.pupils import selectors as pupils

if TYPE_CHECKING:
    from portal.accounts.models import Citizen

LONGEST = 1_000


def answer_review(*, season: Season, citizen: Citizen, pupil_id: int, words: str = "") -> DataReview:
    """Confirm the data (no words), or say what is wrong; a later answer replaces an open one."""
    if not selectors.is_open(selectors.phase(season, PhaseKind.REVIEW)):
        raise AdmissionRefusedError(
            _(
                "Đã hết thời gian xem lại dữ liệu: dữ liệu hiện có được coi là đúng. Sai sót mới, anh/chị báo trường."
            )
        )
    if not accounts.may_apply_for(citizen, pupil_id):
        raise AdmissionRefusedError(_("Anh/chị chưa được xác nhận là người nộp hồ sơ thay cho cháu này."))
    said = tidy(words)[:LONGEST]
    enrolment = pupils.open_enrolment(pupil_id)
    with transaction.atomic():
        known = DataReview.objects.filter(season=season, pupil_id=pupil_id).first()
        if known is not None and known.state in {DataReview.State.CORRECTED, DataReview.State.REFUSED}:
            raise AdmissionRefusedError(
                _("Trường đã trả lời đề nghị của anh/chị. Xem câu trả lời bên dưới.")
            )
        found, _made = DataReview.objects.update_or_create(
            season=season,
            pupil_id=pupil_id,
            defaults={
                "citizen": citizen,
                "school_id": None if enrolment is None else enrolment.school_id,
                "state": DataReview.State.ASKED if said else DataReview.State.CONFIRMED,
                "words": said,
                "at": timezone.now(),
            },
        )
    return found


def reply_to_review(*, review: DataReview, corrected: bool, reply: str, revision: int) -> None:
    """Answer a correction; the correction itself is made in the register of pupils."""
    if not reply.strip():
        raise AdmissionRefusedError(_("Ghi câu trả lời để gia đình biết đã sửa gì, hoặc vì sao không sửa."))
    state = DataReview.State.CORRECTED if corrected else DataReview.State.REFUSED
    moved = DataReview.objects.filter(pk=review.pk, state=DataReview.State.ASKED, revision=revision).update(
        state=state, reply=tidy(reply)[:300], revision=revision + 1
    )
    if moved != 1:
        raise AdmissionRefusedError(_("Đề nghị này vừa được người khác trả lời. Mở lại trang để xem."))
