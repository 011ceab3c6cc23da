"""A dossier told to people: what is going on, what happened, what was answered, why that due day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.common import clock
from portal.common.day_words import moment_in_words
from portal.organisations import selectors as organisations
from portal.procedures import registry
from portal.procedures.answers import unseal
from portal.procedures.definition import Definition, holds, say
from portal.procedures.forms import open_pages
from portal.procedures.models import Dossier, DossierEvent
from portal.procedures.ports import Answers, FormContext, hooks_of, kind_of
from portal.procedures.states import ENDED, LABELS, PAUSED, Action, Status
from portal.procedures.workflow import applicable_steps


@dataclass(frozen=True, slots=True)
class Situation:
    """The NOW box: status, a headline, a sentence that says who does what, whether it is the reader."""

    status: Status
    label: str
    headline: str
    sentence: str
    citizen_acts: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of the timeline; ``state`` is done, now or expected; ``when`` and ``who`` in words."""

    title: str
    state: str
    when: str = ""
    who: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    """A question with its answer in words; ``href`` is where to change it, empty where it cannot be."""

    label: str
    value: str
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class ToldPage:
    """The answers of a page."""

    name: str
    title: str
    rows: tuple[ToldAnswer, ...]


def situation(dossier: Dossier, language: str) -> Situation:
    """Say where the dossier stands, for the citizen who sent it."""
    status = Status(dossier.status)
    office = dossier.organisation.name
    nothing = _("Anh/chị chưa phải làm gì.")
    told: dict[Status, tuple[str, str]] = {
        Status.SUBMITTED: (
            _("%(office)s đã nhận hồ sơ") % {"office": office},
            _("Trường, cơ quan trả lời trong 8 giờ làm việc.") + " " + nothing,
        ),
        Status.ACCEPTED: (_("%(office)s đã tiếp nhận hồ sơ") % {"office": office}, nothing),
        Status.RECEPTION_REFUSED: (
            _("%(office)s không tiếp nhận hồ sơ") % {"office": office},
            _("Lý do ghi ở phần Diễn biến. Anh/chị có thể nộp hồ sơ mới khi đã đủ điều kiện."),
        ),
        Status.SUPPLEMENT_REQUESTED: (
            _("Cần anh/chị bổ sung"),
            _("%(office)s ghi rõ cần gì ở phần Diễn biến. Thời hạn tạm dừng cho đến khi anh/chị bổ sung.")
            % {"office": office},
        ),
        Status.PAYMENT_REQUESTED: (
            _("Cần anh/chị nộp lệ phí"),
            _("Thời hạn tạm dừng cho đến khi lệ phí được nộp."),
        ),
        Status.WITHDRAWN: (
            _("Anh/chị đã rút hồ sơ"),
            _("Hồ sơ đã kết thúc. Khi cần, anh/chị nộp hồ sơ mới."),
        ),
        Status.SUSPENDED: (
            _("%(office)s tạm dừng xử lý") % {"office": office},
            _("Lý do ghi ở phần Diễn biến.") + " " + nothing,
        ),
        Status.CONCLUDED: (_decision(dossier), _("Kết quả sẽ được trả trên cổng.") + " " + nothing),
        Status.DELIVERED: (_decision(dossier), _("Kết quả đã được trả. Hồ sơ đã kết thúc.")),
    }
    if status is Status.IN_PROGRESS:
        step = registry.as_written(dossier.definition).step(dossier.step)
        headline, sentence = say(step.waiting, language), nothing
    else:
        headline, sentence = told[status]
    sentence = hooks_of(dossier.procedure_code).sentence(dossier.pk) or sentence
    return Situation(
        status=status,
        label=str(LABELS[status]),
        headline=headline,
        sentence=sentence,
        citizen_acts=status in {Status.SUPPLEMENT_REQUESTED, Status.PAYMENT_REQUESTED},
    )


def _decision(dossier: Dossier) -> str:
    names = {"office": dossier.organisation.name}
    if dossier.outcome == "refused":
        return _("%(office)s không đồng ý") % names
    return _("%(office)s đã đồng ý") % names


def event_title(event: DossierEvent, definition: Definition, language: str, *, officer: bool) -> str:
    """Say in a line what happened, to the applicant or to an officer."""
    if event.action == Action.COMPLETE_STEP:
        return _("Xong bước: %(step)s") % {"step": say(definition.step(event.from_step).title, language)}
    titles = {
        Action.SUBMIT: _("Người nộp gửi hồ sơ") if officer else _("Anh/chị nộp hồ sơ"),
        Action.AMEND: _("Người nộp sửa hồ sơ") if officer else _("Anh/chị sửa hồ sơ"),
        Action.ACCEPT: _("Hồ sơ được tiếp nhận"),
        Action.REFUSE_RECEPTION: _("Hồ sơ không được tiếp nhận"),
        Action.START: _("Hồ sơ được chuyển xử lý"),
        Action.REQUEST_SUPPLEMENT: _("Nơi giải quyết đề nghị bổ sung"),
        Action.SUPPLY: _("Người nộp đã bổ sung") if officer else _("Anh/chị đã bổ sung"),
        Action.REQUEST_PAYMENT: _("Nơi giải quyết đề nghị nộp lệ phí"),
        Action.SETTLE_PAYMENT: _("Đã nhận lệ phí"),
        Action.SUSPEND: _("Tạm dừng xử lý"),
        Action.RESUME: _("Tiếp tục xử lý"),
        Action.GRANT: _("Đồng ý"),
        Action.REFUSE: _("Không đồng ý"),
        Action.DELIVER: _("Đã trả kết quả"),
        Action.ALLOW_SUPPLEMENT: _("Lãnh đạo cho phép yêu cầu bổ sung thêm một lần"),
        Action.APOLOGISE: _("Nơi giải quyết xin lỗi và hẹn lại ngày trả kết quả"),
        Action.WITHDRAW: _("Người nộp rút hồ sơ") if officer else _("Anh/chị rút hồ sơ"),
    }
    return titles[Action(event.action)]


def timeline(dossier: Dossier, language: str, *, officer: bool = False) -> list[Happening]:
    """Tell what happened and what is expected, newest first, to the applicant or to an officer."""
    definition = registry.as_written(dossier.definition)
    events = dossier.events.select_related("organisation").order_by("-number")
    past = [
        Happening(
            title=event_title(event, definition, language, officer=officer),
            state="done",
            when=moment_in_words(event.at, with_year=True),
            who=", ".join(
                [event.actor_name, *([event.organisation.name] if event.organisation else [])]
            ).strip(", "),
            note=event.note,
        )
        for event in events
    ]
    return [*reversed(_ahead(dossier, definition, language, officer=officer)), *past]


def _ahead(dossier: Dossier, definition: Definition, language: str, *, officer: bool) -> list[Happening]:
    status = Status(dossier.status)
    if status in ENDED:
        return []
    ahead: list[Happening] = []
    if status is Status.IN_PROGRESS:
        steps = applicable_steps(definition, unseal(dossier.answers))
        here = next(index for index, step in enumerate(steps) if step.name == dossier.step)
        ahead.append(Happening(say(steps[here].title, language), "now"))
        ahead.extend(Happening(say(step.title, language), "expected") for step in steps[here + 1 :])
    else:
        now = next_work(dossier, language) if officer else situation(dossier, language).headline
        ahead.append(Happening(now, "now"))
    last = _("Người nộp nhận kết quả") if officer else _("Anh/chị nhận kết quả")
    ahead.append(Happening(last, "expected"))
    return ahead


def tell_answers(
    definition: Definition,
    answers: Answers,
    context: FormContext,
    address: Callable[[str], str] = lambda _page: "",
) -> list[ToldPage]:
    """Put answers into words, page by page, masked where they must be; unanswered ones are left out.

    ``address`` gives the place of a page where its answers can be changed.
    """
    shown = {page.name for page in open_pages(definition, answers)}
    told = []
    for page in definition.pages:
        rows = tuple(
            ToldAnswer(
                label=say(question.label, context.language),
                value=kind_of(question).show(answers[question.name], question, context),
                note=_("Lấy từ dữ liệu của tỉnh") if question.derived else "",
                href="" if question.derived else address(page.name),
            )
            for question in page.fields
            if answers.get(question.name) is not None and holds(question.when, answers)
        )
        if rows and page.name in shown:
            told.append(ToldPage(page.name, say(page.title, context.language), rows))
    return told


def tell_dossier(dossier: Dossier, context: FormContext) -> list[ToldPage]:
    """Put a dossier's answers into words, under the definition it was written with."""
    answers: dict[str, Any] = unseal(dossier.answers)
    return tell_answers(registry.as_written(dossier.definition), answers, context)


def due_reasons(dossier: Dossier, language: str, today: dt.date) -> list[str]:
    """Explain the due day; empty before reception."""
    if dossier.accepted_at is None or hooks_of(dossier.procedure_code).due_on(dossier.pk):
        return []
    return clock.explain(
        dossier.accepted_at,
        dossier.deadline_days,
        organisations.calendar(dossier.organisation_id),
        cutoff=dossier.deadline_cutoff,
        pauses=[(pause.began_on, pause.ended_on) for pause in dossier.pauses.all()],
        today=today,
        language=language,
    )


def paused_since(dossier: Dossier) -> dt.date | None:
    """Give the day on which the clock stopped, where it stands still after reception."""
    open_pauses = [pause.began_on for pause in dossier.pauses.all() if pause.ended_on is None]
    return open_pauses[0] if open_pauses else None


def next_work(dossier: Dossier, language: str) -> str:
    """Say what the office does next, for lists and the officer's task box."""
    status = Status(dossier.status)
    if status is Status.IN_PROGRESS:
        return say(registry.as_written(dossier.definition).step(dossier.step).title, language)
    work: dict[Status, str] = {
        Status.SUBMITTED: _("Kiểm tra và tiếp nhận"),
        Status.ACCEPTED: _("Chuyển xử lý"),
        Status.SUPPLEMENT_REQUESTED: _("Chờ người nộp bổ sung"),
        Status.PAYMENT_REQUESTED: _("Chờ người nộp lệ phí"),
        Status.SUSPENDED: _("Tiếp tục khi hết lý do tạm dừng"),
        Status.CONCLUDED: _("Trả kết quả"),
    }
    return work.get(status, "")


def is_paused(dossier: Dossier) -> bool:
    """Whether the clock stands still."""
    return Status(dossier.status) in PAUSED
