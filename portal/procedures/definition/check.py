"""What is wrong with a definition, in sentences for whoever wrote it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from portal.procedures.definition.structure import ANSWER, HANDLING, Definition, Subject

CODE = re.compile(r"^\d\.\d{6}(?:\.[A-Z0-9]+)*$|^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+$")
NAME = re.compile(r"^[a-z][a-z0-9_]{0,39}$")


def problems(definition: Definition) -> list[str]:
    """List what must be put right before the procedure can be offered; empty when it is sound."""
    return [
        *_codes_and_names(definition),
        *_work(definition),
        *_facts(definition),
        *_texts(definition),
    ]


def _codes_and_names(definition: Definition) -> Iterator[str]:
    if not CODE.match(definition.code):
        yield f"Mã thủ tục {definition.code!r} không đúng dạng, ví dụ 2.002854."
    if not definition.pages:
        yield "Thủ tục chưa có trang câu hỏi nào."
    names = [item.name for item in definition.fields()]
    for name in [
        *names,
        *(page.name for page in definition.pages),
        *(step.name for step in definition.steps),
    ]:
        if not NAME.match(name):
            yield f"Tên {name!r} chỉ được gồm chữ thường không dấu, số và gạch dưới."
    yield from _repeated("Câu hỏi", names)
    yield from _repeated("Trang", (page.name for page in definition.pages))
    yield from _repeated("Bước", (step.name for step in definition.steps))
    yield from _repeated("Giấy tờ", (paper.name for paper in definition.papers))


def _repeated(what: str, names: Iterable[str]) -> Iterator[str]:
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{what} {name!r} có {count} lần."


def _work(definition: Definition) -> Iterator[str]:
    names = {item.name for item in definition.fields()}
    if not any(step.decides for step in definition.steps):
        yield "Chưa có bước nào quyết định kết quả."
    places = {"handled_by": definition.handled_by} | {step.name: step.at for step in definition.steps}
    for owner, place in places.items():
        if place.startswith(ANSWER) and place.removeprefix(ANSWER) not in names:
            yield f"{owner} nói đến câu hỏi {place.removeprefix(ANSWER)!r}, nhưng không có câu hỏi ấy."
        elif not place.startswith((ANSWER, "organisation:")) and place != HANDLING:
            yield f"{owner}: nơi làm việc {place!r} không đúng dạng."
    if definition.subject is Subject.CHILD and definition.subject_field not in names:
        yield "Thủ tục làm cho con nhưng chưa có câu hỏi chọn con."


def _facts(definition: Definition) -> Iterator[str]:
    if not definition.deadline_rules:
        yield "Chưa nói thời hạn giải quyết."
    elif definition.deadline_rules[-1].when:
        yield "Quy tắc thời hạn cuối cùng phải áp dụng cho mọi trường hợp còn lại."
    keys = {fact.key for fact in definition.deadlines}
    for rule in definition.deadline_rules:
        if rule.key not in keys:
            yield f"Thời hạn {rule.key!r} chưa có số ngày."
    if not definition.fees:
        yield "Chưa nói lệ phí (miễn phí thì ghi 0)."
    for fee in definition.fees:
        if fee.amount < 0:
            yield "Lệ phí không thể âm."
    yield from _exemptions(definition)


def _exemptions(definition: Definition) -> Iterator[str]:
    if not definition.exemptions and not definition.exemption_field:
        return
    asked = next((item for item in definition.fields() if item.name == definition.exemption_field), None)
    if asked is None:
        yield "Có miễn, giảm lệ phí nhưng chưa có câu hỏi về nhóm được miễn, giảm."
        return
    groups = {option.value for option in asked.options}
    for fact in definition.exemptions:
        if fact.group not in groups:
            yield f"Nhóm {fact.group!r} được miễn, giảm nhưng không có trong câu hỏi {asked.name!r}."
        if fact.amount < 0:
            yield "Lệ phí không thể âm."
        if not fact.evidence:
            yield f"Nhóm {fact.group!r} chưa nói giấy tờ nào chứng minh."
    if not any(definition.exemption_field in str(paper.when) for paper in definition.papers):
        yield "Miễn, giảm lệ phí cần một giấy tờ chứng minh kèm điều kiện."


def _texts(definition: Definition) -> Iterator[str]:
    for where, value in {
        "Tên": definition.title,
        "Tên ngắn": definition.short_title,
        "Tóm tắt": definition.summary,
        "Cơ quan": definition.authority,
    }.items():
        if not value.get("vi"):
            yield f"{where} chưa có tiếng Việt."
    for item in definition.fields():
        if not item.label.get("vi"):
            yield f"Câu hỏi {item.name!r} chưa có lời hỏi bằng tiếng Việt."
        if item.kind in {"choice", "choices"} and not item.options:
            yield f"Câu hỏi {item.name!r} chưa có lựa chọn nào."
