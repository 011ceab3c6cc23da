"""Why an office asks for more: coded reasons, so that they can be counted and compared with an earlier request.

"Correct once": what was visible at the first request must have stood in it. A reason is ``later`` where it can
only come to light afterwards; a paper counts as new where pages of it came after the first request.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from portal.documents import selectors as documents
from portal.procedures.definition import Definition, say
from portal.procedures.models import Dossier, DossierEvent
from portal.procedures.papers import dossier_papers
from portal.procedures.states import Action

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason's words; whether it speaks of a paper or of the answers; whether it shows only later."""

    words: Promise
    of_paper: bool
    later: bool = False


REASONS: dict[str, Reason] = {
    "missing": Reason(_("Chưa có giấy tờ này"), of_paper=True),
    "blurry": Reason(_("Ảnh mờ hoặc tối, không đọc được"), of_paper=True),
    "cut": Reason(_("Ảnh bị cắt góc, thiếu một phần trang"), of_paper=True),
    "pages": Reason(_("Thiếu trang"), of_paper=True),
    "wrong": Reason(_("Không đúng loại giấy tờ cần"), of_paper=True),
    "expired": Reason(_("Giấy tờ đã hết hạn"), of_paper=True),
    "unsigned": Reason(_("Thiếu chữ ký hoặc con dấu"), of_paper=True),
    "mismatch": Reason(_("Thông tin trên giấy khác điều đã khai"), of_paper=True),
    "unclear": Reason(_("Nội dung khai chưa rõ"), of_paper=False),
    "contradiction": Reason(_("Các mục đã khai mâu thuẫn nhau"), of_paper=False),
    "register": Reason(_("Nội dung khai khác dữ liệu của ngành"), of_paper=False),
    OTHER: Reason(_("Lý do khác"), of_paper=False),
    "supplied": Reason(_("Phần vừa bổ sung chưa rõ"), of_paper=False, later=True),
    "news": Reason(_("Cơ quan khác vừa trả lời, cần làm rõ thêm"), of_paper=False, later=True),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One item of a request; without a ``paper`` it is about the answers, ``page`` 0 is the whole paper."""

    reason: str
    paper: str = ""
    page: int = 0
    words: str = ""


def first_request(dossier: Dossier) -> DossierEvent | None:
    """Give the event in which the applicant was first asked for more."""
    return dossier.events.filter(action=Action.REQUEST_SUPPLEMENT).order_by("number").first()


def seen_before(dossier: Dossier, items: Sequence[Asked]) -> list[Asked]:
    """List the items that the first request could have named already; none where there was no request."""
    first = first_request(dossier)
    if first is None:
        return []
    pages = documents.pages_of(dossier_papers(dossier.pk))
    return [item for item in items if not _new_since(first, item, pages, supplied=_supplied(dossier))]


def _supplied(dossier: Dossier) -> bool:
    return dossier.events.filter(action=Action.SUPPLY).exists()


def _new_since(
    first: DossierEvent, item: Asked, pages: Mapping[str, list[documents.PaperFile]], *, supplied: bool
) -> bool:
    if REASONS[item.reason].later:
        return supplied or item.reason != "supplied"
    given = pages.get(item.paper, []) if item.paper else []
    concerned = given[item.page - 1 : item.page] if item.page else given
    return any(page.created_at > first.at for page in concerned)


def written(definition: Definition, items: Sequence[Asked], language: str = "vi") -> list[str]:
    """Put items into sentences, one a line, as they stand on the slip and in the log."""
    titles = {paper.name: say(paper.title, language) for paper in definition.papers}
    lines = []
    with override(language):
        for item in items:
            reason = str(REASONS[item.reason].words)
            place = titles.get(item.paper, item.paper)
            if item.page:
                place = _("%(paper)s, trang %(page)d") % {"paper": place, "page": item.page}
            if item.reason == OTHER and not item.paper and item.words:
                lines.append(item.words)
                continue
            said = f"{place}: {reason.lower()}" if place else reason
            lines.append(f"{said}. {item.words}" if item.words else f"{said}.")
    return lines
