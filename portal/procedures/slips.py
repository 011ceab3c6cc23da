"""What the slips of a dossier say, and when they are ordered. Content of mẫu 01–05: TT 01/2018/TT-VPCP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from portal.common.clock import ZONE
from portal.common.money import format_dong
from portal.documents.ports import Sheet
from portal.documents.services import order_document
from portal.procedures import ports, registry, workflow
from portal.procedures.answers import unseal
from portal.procedures.definition import say
from portal.procedures.models import Dossier, DossierEvent
from portal.procedures.papers import dossier_papers, tell_dossier_papers
from portal.procedures.states import Action

if TYPE_CHECKING:
    from portal.documents.ports import LeaderSignature

#: whose decision is signed by a certificate of their own
LEADERS = frozenset({"principal", "leader"})

#: the move → the document that it calls for
CALLED_FOR = {
    Action.ACCEPT: "receipt",
    Action.REQUEST_SUPPLEMENT: "supplement",
    Action.REFUSE_RECEPTION: "reception_refusal",
    Action.GRANT: "granted",
    Action.REFUSE: "refused",
}


def order_slip(
    dossier: Dossier,
    request: workflow.Request,
    actor: workflow.Actor,
    signature: LeaderSignature | None = None,
) -> None:
    """Order the document that a move calls for, if any; inside the move's transaction."""
    kind = CALLED_FOR.get(request.action)
    if kind is not None:
        order_document(
            subject=dossier_papers(dossier.pk),
            kind=kind,
            occasion=dossier.revision,
            organisation_id=actor.organisation_id or dossier.organisation_id,
            at=request.at or timezone.now(),
            by_leader=request.action in {Action.GRANT, Action.REFUSE} and decided_by_leader(dossier),
            signature=signature,
        )


def decided_by_leader(dossier: Dossier) -> bool:
    """Whether the step at which the dossier is belongs to leaders alone; a step of nobody is the engine's."""
    roles = set(registry.as_written(dossier.definition).step(dossier.step).roles) if dossier.step else set()
    return bool(roles) and roles <= LEADERS


def compose(subject_id: str, kind: str, occasion: int) -> Sheet:
    """Say what a dossier's document says, from the event that called for it."""
    own = ports.result_writer(kind)
    if own is not None:
        return own(int(subject_id), occasion)
    dossier = Dossier.objects.select_related("definition", "applicant", "organisation").get(
        pk=int(subject_id)
    )
    event = dossier.events.get(number=occasion)
    write = {
        "receipt": _receipt,
        "supplement": _supplement,
        "reception_refusal": _refusal,
        "apology": _apology,
        "control": _control,
        "granted": _result,
        "refused": _result,
    }[kind]
    return write(dossier, event)


def about(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """Name the dossier, who sent it and whom it is about."""
    definition = registry.as_written(dossier.definition)
    child = dossier.subject_name if dossier.pupil_id else ""
    return (
        ("Mã hồ sơ", dossier.code or dossier.temporary_code),
        ("Người nộp hồ sơ", dossier.applicant.full_name),
        ("Số điện thoại", _phone(dossier)),
        ("Thủ tục", say(definition.title, "vi")),
        ("Làm cho học sinh", child),
    )


def _phone(dossier: Dossier) -> str:
    answers = unseal(dossier.answers)
    asked = (question for question in registry.as_written(dossier.definition).fields())
    return next(
        (str(answers[item.name]) for item in asked if item.kind == "phone" and answers.get(item.name)), ""
    )


def _moment(event: DossierEvent) -> str:
    local = event.at.astimezone(ZONE)
    return f"{local:%H} giờ {local:%M} phút, ngày {local:%d/%m/%Y}"


def _receipt(dossier: Dossier, event: DossierEvent) -> Sheet:
    papers = tuple(
        f"{paper.title}: {len(paper.pages)} tệp"
        for paper in tell_dossier_papers(dossier, "vi")
        if paper.pages
    )
    return Sheet(
        rows=about(dossier),
        items=papers or ("Không kèm giấy tờ; nơi tiếp nhận dùng dữ liệu đã có.",),
        more=(
            ("Nhận hồ sơ lúc", _moment(event)),
            ("Hẹn trả kết quả chậm nhất", f"ngày {workflow.promised_on(dossier, event):%d/%m/%Y}"),
            ("Thời hạn giải quyết", f"{dossier.deadline_days} ngày làm việc"),
            ("Lệ phí", format_dong(dossier.fee_amount) if dossier.fee_amount else "Không"),
            ("Người tiếp nhận", event.actor_name),
        ),
    )


def _supplement(dossier: Dossier, event: DossierEvent) -> Sheet:
    wanted = tuple(line.strip() for line in event.note.splitlines() if line.strip())
    return Sheet(
        rows=about(dossier),
        items=wanted,
        more=(("Yêu cầu lúc", _moment(event)), ("Người yêu cầu", event.actor_name)),
    )


def _refusal(dossier: Dossier, event: DossierEvent) -> Sheet:
    return Sheet(
        rows=about(dossier),
        items=(event.note,),
        more=(("Trả lời lúc", _moment(event)), ("Người trả lời", event.actor_name)),
    )


def _result(dossier: Dossier, event: DossierEvent) -> Sheet:
    granted = event.action == Action.GRANT
    result = registry.as_written(dossier.definition).result
    decision = "Đồng ý" if granted else "Không đồng ý"
    return Sheet(
        rows=(
            *about(dossier),
            ("Kết quả", say(result, "vi") if granted and result else ""),
            ("Quyết định", decision),
        ),
        items=(f"Lý do, ghi chú: {event.note}",) if event.note else (),
        more=(("Người quyết định", event.actor_name), ("Quyết định lúc", _moment(event))),
    )


def _apology(dossier: Dossier, event: DossierEvent) -> Sheet:
    apology = dossier.apology
    definition = registry.as_written(dossier.definition)
    doing = say(definition.step(dossier.step).title, "vi") if dossier.step else "Đã tiếp nhận, chờ xử lý"
    return Sheet(
        rows=about(dossier),
        more=(
            ("Đã hẹn trả kết quả", f"ngày {apology.due_on:%d/%m/%Y}"),
            ("Hẹn lại trả kết quả chậm nhất", f"ngày {apology.promised_on:%d/%m/%Y}"),
            ("Lý do chậm", apology.reason),
            ("Tình trạng hồ sơ", doing),
            ("Người chịu trách nhiệm", apology.leader_name),
            ("Lập lúc", _moment(event)),
        ),
    )


def _control(dossier: Dossier, event: DossierEvent) -> Sheet:
    from portal.procedures import books  # noqa: PLC0415 - the books use the heads of the slips

    return books.control_sheet(dossier, event)
