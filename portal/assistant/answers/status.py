"""A file's status in the chat: for its code and the phone number written in it, or for whoever signed in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from portal.accounts import selectors as accounts
from portal.accounts.services import take_turn
from portal.assistant.answers.parts import Answer, Choice, Fact, Link
from portal.common.codes import clean_phone, format_file_code, parse_file_code
from portal.procedures import selectors as dossiers

# shared with the API's look-up: guessing must not begin anew at another door
LOOKUPS_AN_HOUR, HOUR = 30, 3_600
NOT_FOUND = "Không tìm thấy hoặc thông tin chưa khớp. Xem lại mã hồ sơ và số điện thoại."
VIETNAMESE = "vi"
MOST = 3

_FILE_CODE = re.compile(
    r"\b[a-z]\d{2}(?:[ .]{0,2}\d{1,3}){0,3}\s*[-–—]\s*\d{6}\s*[-–—]\s*\d{4,6}\b", re.IGNORECASE
)
_TEMPORARY = re.compile(r"\bt\s*[-–—]?\s*([2-9a-z]{4})\s*[-–—]\s*([2-9a-z]{2})\b", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+84|\b0)(?:[ .\-]?\d){8,10}\b")


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: a digest of the address for counting, and the citizen's row id where somebody is signed in."""

    address: str
    citizen_id: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """An answer, and what the talk then waits for (see ``Conversation.pending``)."""

    answer: Answer
    pending: dict[str, Any]


def code_in(text: str) -> str:
    """Find a file code or temporary code as people type it; "" where there is none."""
    found = _FILE_CODE.search(text)
    if found:
        try:
            return format_file_code(*parse_file_code(re.sub(r"(?<=\d) (?=\d)", ".", found.group())))
        except ValueError:
            return ""
    short = _TEMPORARY.search(text)
    return f"T-{short.group(1)}-{short.group(2)}".upper() if short else ""


def phone_in(text: str) -> str:
    """Find a phone number; E.164, "" where there is none."""
    without_codes = _FILE_CODE.sub(" ", text)
    for found in _PHONE.finditer(without_codes):
        try:
            return clean_phone(found.group())
        except ValueError:
            continue
    return ""


def status_step(text: str, pending: dict[str, Any], asker: Asker) -> Step:
    """Go on with a status question as far as the message and what was said before allow."""
    code = code_in(text) or pending.get("code", "")
    phone = phone_in(text)
    if not code and asker.citizen_id is not None:
        return Step(_own(asker.citizen_id), {})
    if not code:
        return Step(
            Answer(
                "file_status",
                (
                    "Anh/chị cho biết mã hồ sơ, ghi trên giấy tiếp nhận hoặc tin nhắn, dạng H99.12.034-261124-0007.",
                ),
                links=(Link("Đăng nhập để xem mọi hồ sơ", "/ho-so/"),),
            ),
            {"wants": "code"},
        )
    if not phone:
        return Step(
            Answer(
                "file_status", (f"Để xem hồ sơ {code}, anh/chị cho biết số điện thoại ghi trong hồ sơ.",)
            ),
            {"wants": "phone", "code": code},
        )
    return _looked_up(code, phone, asker)


def continues(text: str, pending: dict[str, Any]) -> bool:
    """Whether a message is what was asked for: a code or a number, not another question."""
    wants = pending.get("wants")
    return bool(wants) and bool(code_in(text) or (wants == "phone" and phone_in(text)))


def _looked_up(code: str, phone: str, asker: Asker) -> Step:
    if not take_turn(key=f"dossier-status:{asker.address}", limit=LOOKUPS_AN_HOUR, seconds=HOUR):
        return Step(
            Answer("file_status", ("Anh/chị tra cứu quá nhiều lần. Thử lại sau một giờ, hoặc đăng nhập.",)),
            {},
        )
    dossier = dossiers.by_code_and_phone(code, phone)
    if dossier is None:
        answer = Answer(
            "file_status",
            (NOT_FOUND,),
            links=(Link("Tra cứu hồ sơ", "/ho-so/tra-cuu/"),),
            choices=(Choice("Mã hồ sơ ở đâu?"), Choice("Gặp cán bộ")),
        )
        return Step(answer, {"wants": "code"})
    return Step(
        Answer(
            "file_status",
            links=(Link("Đăng nhập để xem chi tiết", f"/ho-so/{dossier.public_id}/"),),
            **_told(dossier),
        ),
        {},
    )


def _told(dossier: dossiers.Dossier) -> dict[str, Any]:
    """Say where a dossier stands: no name, no answer of the form."""
    situation = dossiers.situation(dossier, VIETNAMESE)
    facts = [
        Fact(
            "Hồ sơ",
            f"{dossiers.title_of(dossier.definition, VIETNAMESE)}, {dossier.code or dossier.temporary_code}",
        ),
        Fact("Tình trạng", situation.label),
        Fact("Nơi giải quyết", dossier.organisation.name),
    ]
    if dossier.due_on and not dossier.ended_at:
        paused = dossiers.is_paused(dossier)
        facts.append(
            Fact("Hạn trả kết quả", "đang tạm dừng tính" if paused else f"{dossier.due_on:%d/%m/%Y}")
        )
    return {"paragraphs": (f"{situation.headline}. {situation.sentence}",), "facts": tuple(facts)}


def _own(citizen_id: int) -> Answer:
    """List what a signed-in citizen has under way, what waits for them first."""
    citizen = accounts.citizen(citizen_id)
    waiting, running = dossiers.waiting_for(citizen), dossiers.running_of(citizen)
    rows = [*waiting[:MOST], *running[:MOST]][:MOST]
    if not rows:
        return Answer(
            "file_status",
            ("Anh/chị không có hồ sơ nào đang giải quyết.",),
            links=(Link("Hồ sơ của tôi", "/ho-so/"),),
        )
    return Answer(
        "file_status",
        (f"Anh/chị có {waiting.count()} hồ sơ cần làm tiếp, {running.count()} hồ sơ đang giải quyết.",),
        facts=tuple(
            Fact(
                dossiers.title_of(row.definition, VIETNAMESE), dossiers.situation(row, VIETNAMESE).headline
            )
            for row in rows
        ),
        links=tuple(
            Link(
                f"{dossiers.title_of(row.definition, VIETNAMESE)} {row.code or row.temporary_code}",
                f"/ho-so/{row.public_id}/",
            )
            for row in rows
        ),
    )
