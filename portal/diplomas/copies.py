"""A dossier and the entry that it is about: matched, chosen by an officer, certified."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts import selectors as accounts
from portal.accounts.services import record_look
from portal.diplomas import selectors
from portal.diplomas.credentials.making import credential_for, qr_of, sign
from portal.diplomas.fields import OTHER
from portal.diplomas.models import CopyRequest, Credential, Entry, EntryVersion, State
from portal.diplomas.normal.dates import shorter_forms, spoken_date
from portal.diplomas.normal.names import name_key
from portal.diplomas.reach import KEEPING
from portal.diplomas.records import shown
from portal.diplomas.refusals import RegisterRefusedError
from portal.diplomas.scans import scans_of
from portal.documents.ports import Sheet
from portal.documents.services import order_document
from portal.procedures import selectors as dossiers
from portal.procedures.ports import Answers, Panel
from portal.procedures.services import RefusedMoveError

if TYPE_CHECKING:
    from portal.accounts.models import User

DOCUMENT = "diploma_copy"
#: what a copy shows of the book; who received the original and remarks stay in it
COPIED = (
    "full_name", "birth", "birth_place", "gender", "ethnicity", "school", "grade", "study_form", "exam_board",
    "serial", "register_number", "signed_on", "signed_by",
)  # fmt: skip


def open_request(dossier_id: int, answers: Answers) -> CopyRequest:
    """Tie a submitted dossier to the one entry that its answers fit, if it is exactly one."""
    return CopyRequest.objects.create(
        dossier_id=dossier_id, entry=matched(answers), copies=int(answers.get("copies") or 1)
    )


def matched(answers: Answers) -> Entry | None:
    """Find the entry: the citizen's own choice, or the only one that number, name and birthday fit."""
    chosen = answers.get("diploma")
    if chosen and chosen != OTHER:
        return selectors.entry(UUID(str(chosen)))
    number = answers.get("number") or ""
    found = selectors.find_public(
        number, answers.get("holder_name") or "", answers.get("holder_birth") or ""
    )
    return found[0] if number and len(found) == 1 else None


def choose_entry(*, dossier_id: int, entry: Entry, actor_id: int) -> None:
    """Say which entry a dossier is about; not after it was certified."""
    changed = CopyRequest.objects.filter(dossier_id=dossier_id, entry_version=None).update(
        entry=entry, chosen_by_id=actor_id
    )
    if changed != 1:
        raise RegisterRefusedError(_("Bản sao của hồ sơ này đã được ký, không đổi mục được nữa."))


def certify(dossier_id: int, *, with_copy: bool) -> None:
    """Fix the certified version and order the copy, inside the leader's decision."""
    request = CopyRequest.objects.select_related("entry").filter(dossier_id=dossier_id).first()
    entry = request.entry if request else None
    if request is None or entry is None:
        raise RefusedMoveError(_("Chưa chọn mục của sổ gốc. Cán bộ tìm và chọn mục trước khi ký."))
    if entry.state != State.VALID:
        raise RefusedMoveError(
            _("Văn bằng đang ở trạng thái “%(state)s” nên không ký bản sao được.")
            % {"state": entry.get_state_display()}
        )
    if not with_copy:
        return
    dossier, now = dossiers.dossier(dossier_id), timezone.now()
    CopyRequest.objects.filter(pk=request.pk).update(entry_version=entry.version)
    credential_for(entry=entry, occasion=_occasion(request), at=now)
    order_document(
        subject=dossiers.dossier_papers(dossier_id),
        kind=DOCUMENT,
        occasion=dossier.revision,
        organisation_id=dossier.organisation_id,
        at=now,
    )


def _occasion(request: CopyRequest) -> str:
    return f"copy:{request.pk}"


def compose(dossier_id: int, occasion: int) -> Sheet:
    """Say what a certified copy says: the version that was certified, its QR, how many copies."""
    request = CopyRequest.objects.select_related("entry__book__issuer__keeper").get(dossier_id=dossier_id)
    entry = request.entry
    if entry is None or request.entry_version is None:
        raise LookupError("a copy without an entry")
    content = EntryVersion.objects.get(entry=entry, number=request.entry_version).content
    credential = Credential.objects.select_related("entry__book__issuer__keeper").get(
        entry=entry, version=request.entry_version, occasion=_occasion(request)
    )
    token = sign(credential, content)
    copied = {name: value for name, value in content.items() if name in COPIED}
    diploma = f"Bằng tốt nghiệp {entry.book.get_level_display().lower()}, năm {entry.book.year}"
    return Sheet(
        rows=(
            ("Văn bằng", diploma),
            ("Cơ quan cấp bằng", entry.book.issuer.name),
            *((str(row["label"]), str(row["value"])) for row in shown(copied)),
        ),
        more=(
            ("Số bản", f"{request.copies:02}"),
            ("Người quyết định", dossiers.dossier(dossier_id).events.get(number=occasion).actor_name),
        ),
        drawing=qr_of(token),
        inside=f"vc:{token}",
    )


def panel(dossier_id: int, user: User) -> Panel | None:
    """Show the register's entry and scanned page beside the request, to whoever keeps the book; recorded."""
    request = (
        CopyRequest.objects.select_related("entry__book__issuer__keeper")
        .filter(dossier_id=dossier_id)
        .first()
    )
    if request is None:
        return None
    dossier = dossiers.dossier(dossier_id)
    entry = request.entry
    context: dict[str, Any] = {"request": request, "entry": entry, "dossier": dossier}
    if entry is not None and not _keeps(user, entry):
        return None
    if entry is not None:
        record_look(
            actor=user,
            subject_kind="diploma",
            subject_id=entry.pk,
            purpose="dossier",
            organisation_id=entry.book.issuer.keeper_id,
        )
        compared = compare(entry, dossiers.answers_of(dossier))
        context |= {
            "rows": shown(entry.content, entry.personal_id),
            "compared": compared,
            "scans": scans_of(entry.book_id, entry.content.get("page", "")),
        }
    return Panel(_("Sổ gốc ghi"), "diplomas/panel.html", context)


def _keeps(user: User, entry: Entry) -> bool:
    return accounts.has_role(user, entry.book.issuer.keeper_id, *KEEPING)


def compare(entry: Entry, answers: Answers) -> list[dict[str, Any]]:
    """Set what the applicant wrote beside what the book says, each with whether it agrees."""
    if answers.get("diploma") != OTHER:
        return []
    content, birth = entry.content, str(answers.get("holder_birth") or "")
    name, year = str(answers.get("holder_name") or ""), answers.get("year")
    return [
        {
            "label": _("Họ và tên"),
            "said": name,
            "good": name_key(name) == name_key(content.get("full_name", "")),
        },
        {
            "label": _("Ngày sinh"),
            "said": spoken_date(birth),
            "good": bool(birth) and content.get("birth", "") in shorter_forms(birth),
        },
        {"label": _("Năm tốt nghiệp"), "said": year, "good": year == entry.book.year},
    ]
