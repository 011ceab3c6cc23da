"""What a notice about a dossier says. No names, no IDs: mails pass through many hands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.common.money_words import dong_in_words
from portal.notifications.ports import Words, register_gatherer, register_words
from portal.procedures import registry
from portal.procedures.definition import say
from portal.procedures.models import Dossier
from portal.procedures.ports import hooks_of

Sentence = Callable[[Dossier], tuple[str, str]]


def _submitted(dossier: Dossier) -> tuple[str, str]:
    return _("Đã nhận hồ sơ"), _(
        "%(office)s đã nhận hồ sơ, mã tạm %(code)s, và sẽ trả lời trong 8 giờ làm việc. "
        "Anh/chị chưa phải làm gì."
    ) % {"office": dossier.organisation.name, "code": dossier.temporary_code}


def _accepted(dossier: Dossier) -> tuple[str, str]:
    return _("Hồ sơ được tiếp nhận"), _(
        "%(office)s đã tiếp nhận hồ sơ, mã chính thức %(code)s. Kết quả chậm nhất ngày %(due)s. "
        "Anh/chị chưa phải làm gì."
    ) % {
        "office": dossier.organisation.name,
        "code": dossier.code,
        "due": f"{dossier.due_on:%d/%m/%Y}",
    }


def _reception_refused(dossier: Dossier) -> tuple[str, str]:
    return _("Hồ sơ không được tiếp nhận"), _(
        "%(office)s không tiếp nhận hồ sơ. Mở hồ sơ để xem lý do và việc có thể làm tiếp."
    ) % {"office": dossier.organisation.name}


def _supplement_requested(dossier: Dossier) -> tuple[str, str]:
    return _("Cần anh/chị bổ sung"), _(
        "%(office)s cần anh/chị bổ sung. Mở hồ sơ để xem cần gì; thời hạn tạm dừng cho đến khi anh/chị nộp."
    ) % {"office": dossier.organisation.name}


def _payment_requested(dossier: Dossier) -> tuple[str, str]:
    return _("Cần anh/chị nộp lệ phí"), _(
        "%(office)s cần lệ phí %(fee)s. Mở hồ sơ để nộp; thời hạn tạm dừng cho đến khi lệ phí được nộp."
    ) % {"office": dossier.organisation.name, "fee": dong_in_words(dossier.fee_amount)}


def _payment_settled(dossier: Dossier) -> tuple[str, str]:
    return _("Đã nhận lệ phí"), _(
        "Lệ phí %(fee)s đã đến %(office)s. Hồ sơ được xử lý tiếp; anh/chị chưa phải làm gì."
    ) % {"office": dossier.organisation.name, "fee": dong_in_words(dossier.fee_amount)}


def _in_progress(dossier: Dossier) -> tuple[str, str]:
    return _("Hồ sơ sang bước tiếp theo"), _(
        "Hồ sơ %(code)s đang ở bước tiếp theo. Anh/chị chưa phải làm gì."
    ) % {"code": dossier.code}


def _suspended(dossier: Dossier) -> tuple[str, str]:
    return _("Hồ sơ tạm dừng xử lý"), _(
        "%(office)s tạm dừng xử lý hồ sơ. Mở hồ sơ để xem lý do. Anh/chị chưa phải làm gì; khi xử lý tiếp, "
        "anh/chị được báo."
    ) % {"office": dossier.organisation.name}


def _concluded(dossier: Dossier) -> tuple[str, str]:
    if dossier.outcome == "refused":
        return _("Đã có kết quả: không đồng ý"), _(
            "%(office)s đã quyết định không đồng ý. Mở hồ sơ để xem lý do và cách khiếu nại."
        ) % {"office": dossier.organisation.name}
    return _("Đã có kết quả: đồng ý"), _(
        "%(office)s đã đồng ý. Kết quả sẽ được trả cho anh/chị trên cổng. Anh/chị chưa phải làm gì."
    ) % {"office": dossier.organisation.name}


def _delivered(dossier: Dossier) -> tuple[str, str]:
    return _("Đã trả kết quả"), _(
        "Kết quả của hồ sơ %(code)s đã có trên cổng. Anh/chị mở hồ sơ để tải văn bản và cho biết anh/chị có hài lòng không."
    ) % {"code": dossier.code}


def _withdrawn(dossier: Dossier) -> tuple[str, str]:
    return _("Đã rút hồ sơ"), _(
        "Hồ sơ %(code)s đã được rút theo yêu cầu của anh/chị. Khi cần, anh/chị nộp hồ sơ mới."
    ) % {"code": dossier.code or dossier.temporary_code}


def _supplied(dossier: Dossier) -> tuple[str, str]:
    return _("Đã nhận phần bổ sung"), _(
        "%(office)s đã nhận phần bổ sung và xem tiếp. Anh/chị chưa phải làm gì."
    ) % {"office": dossier.organisation.name}


def _apology(dossier: Dossier) -> tuple[str, str]:
    return _("Xin lỗi và hẹn lại ngày trả kết quả"), _(
        "%(office)s xin lỗi vì chưa giải quyết xong hồ sơ đúng hẹn, và hẹn trả kết quả chậm nhất ngày %(day)s. "
        "Anh/chị không phải làm gì thêm. Mở hồ sơ để xem lý do và người chịu trách nhiệm."
    ) % {"office": dossier.organisation.name, "day": _day(dossier)}


def _day(dossier: Dossier) -> str:
    return f"{dossier.promised_on:%d/%m/%Y}" if dossier.promised_on else ""


SENTENCES: dict[str, Sentence] = {
    "dossier.submitted": _submitted,
    "dossier.accepted": _accepted,
    "dossier.reception_refused": _reception_refused,
    "dossier.supplement_requested": _supplement_requested,
    "dossier.supplied": _supplied,
    "dossier.apology": _apology,
    "dossier.payment_requested": _payment_requested,
    "dossier.payment_settled": _payment_settled,
    "dossier.started": _in_progress,
    "dossier.step": _in_progress,
    "dossier.suspended": _suspended,
    "dossier.concluded": _concluded,
    "dossier.delivered": _delivered,
    "dossier.withdrawn": _withdrawn,
}


def register_all() -> None:
    """Register the words of every notice of this room."""
    for template, sentence in SENTENCES.items():
        register_words(template, _reader(sentence))
    register_gatherer("dossier", gather)


_gathered: ContextVar[dict[int, Dossier] | None] = ContextVar("gathered_dossiers", default=None)


@contextmanager
def gather(subject_ids: Collection[str]) -> Iterator[None]:
    """Read the dossiers of a list of notices at once."""
    token = _gathered.set(_subjects().in_bulk({int(subject_id) for subject_id in subject_ids}))
    try:
        yield
    finally:
        _gathered.reset(token)


def _subjects() -> QuerySet[Dossier]:
    return Dossier.objects.select_related("definition", "organisation")


def _reader(sentence: Sentence) -> Callable[[str, str], Words]:
    def read(subject_id: str, language: str) -> Words:
        pk, together = int(subject_id), _gathered.get() or {}
        dossier = together[pk] if pk in together else _subjects().get(pk=pk)
        definition = registry.as_written(dossier.definition)
        with override(language):
            title, body = sentence(dossier)
            body = hooks_of(dossier.procedure_code).sentence(dossier.pk) or body
            return Words(
                title=f"{title}: {say(definition.short_title, language)}",
                body=body,
                link=reverse("home:dossier", args=[dossier.public_id]),
            )

    return read
