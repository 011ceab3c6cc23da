"""Documents: ordered inside the move that calls for them, made and signed by a duty afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import override

from portal.common.clock import local_day
from portal.documents import ports, storage
from portal.documents.codes import LENGTH, new_code, spoken
from portal.documents.kinds import KINDS
from portal.documents.models import DocumentCounter, GeneratedDocument, Wording
from portal.documents.papers import of
from portal.documents.signing import LeaderCertificate, OrganisationSeal, Signer, is_sealed_and_whole
from portal.documents.typesetting import typeset
from portal.organisations import selectors as organisations
from portal.outbox.services import owe

FOLDER = "documents"
#: for how long a leader's word opens the key, should no worker come to it sooner
UNLOCKED_FOR = dt.timedelta(hours=24)


class SealBrokenError(RuntimeError):
    """What was just sealed does not hold: it is not stored, and the duty tries again."""


def order_document(
    *,
    subject: ports.Subject,
    kind: str,
    occasion: int,
    organisation_id: int,
    at: dt.datetime,
    by_leader: bool = False,
    signature: ports.LeaderSignature | None = None,
) -> GeneratedDocument:
    """Order a document in the caller's transaction; ordering the same again gives the same one.

    Number, code and day are fixed here; the bytes follow. What a leader signs (``by_leader``) waits
    until :func:`sign_document`, unless the leader's ``signature`` comes with the order. ``KeyError`` for
    an unknown kind.
    """
    series, day = KINDS[kind].series, local_day(at)
    with transaction.atomic():
        known = GeneratedDocument.objects.filter(**of(subject), kind=kind, occasion=occasion).first()
        if known is not None:
            return known
        document = GeneratedDocument.objects.create(
            **of(subject),
            kind=kind,
            occasion=occasion,
            organisation_id=organisation_id,
            number=f"{_next_number(organisation_id, series, day.year)}/{series}",
            code=new_code(),
            day=day,
            by_leader=by_leader,
        )
        if by_leader:
            if signature is not None:
                sign_document(document_id=document.pk, signature=signature)
            return document
        owe(
            kind="documents.issue",
            key=f"documents.issue:{document.pk}",
            payload={"document": document.pk},
        )
    return document


def sign_document(*, document_id: int, signature: ports.LeaderSignature) -> bool:
    """Let a leader's word sign a document that waits for it; False where it is signed or being signed."""
    now = timezone.now()
    with transaction.atomic():
        waiting = GeneratedDocument.objects.filter(pk=document_id, by_leader=True, issued_at=None).filter(
            Q(unlocked_until=None) | Q(unlocked_until__lte=now)
        )
        until = now + UNLOCKED_FOR
        # the column's own encryption works on values, also in an UPDATE
        if not waiting.update(signer=signature.officer_id, unlocked=signature.key, unlocked_until=until):
            return False
        owe(
            kind="documents.issue",
            key=f"documents.issue:{document_id}:{until:%y%m%d%H%M%S%f}",
            payload={"document": document_id},
        )
    return True


def _next_number(organisation_id: int, series: str, year: int) -> int:
    """Take the next number; the UPDATE locks the counter until the order is committed."""
    row = DocumentCounter.objects.filter(organisation_id=organisation_id, series=series, year=year)
    if not row.update(last=F("last") + 1):
        try:
            with transaction.atomic():
                DocumentCounter.objects.create(
                    organisation_id=organisation_id, series=series, year=year, last=1
                )
        except IntegrityError:  # another first of the year was faster
            row.update(last=F("last") + 1)
    return row.get().last


def issue_document(*, document_id: int, signer: Signer | None = None) -> bool:
    """Make, sign, check and store an ordered document; False where it is issued, or waits for a leader.

    Nothing is stored before the seal was checked. Of two who make it at once, one stores it.
    """
    document = GeneratedDocument.objects.select_related("organisation", "signer").get(pk=document_id)
    if document.issued_at is not None:
        return False
    office = organisations.name_on(document.organisation_id, document.day) or document.organisation.name
    signer = signer or _signer_of(document, office)
    if signer is None:
        return False
    signed = signer.sign(draw(document, office, signer), reason=KINDS[document.kind].title)
    if not is_sealed_and_whole(signed):
        raise SealBrokenError(document_id)
    return _store(document, signed, signer)


def _signer_of(document: GeneratedDocument, office: str) -> Signer | None:
    """Give the office's seal, or the leader whose word is still fresh; None where it has yet to be given."""
    if not document.by_leader:
        return OrganisationSeal(document.organisation.code, office)
    until, leader = document.unlocked_until, document.signer
    if until is None or until <= timezone.now() or leader is None or not document.unlocked:
        GeneratedDocument.objects.filter(pk=document.pk, unlocked_until=until).update(unlocked="")
        return None
    return LeaderCertificate(leader.pk, leader.full_name, leader.position, office, document.unlocked)


def draw(document: GeneratedDocument, office: str, signer: Signer) -> bytes:
    """Set a document as an unsigned PDF/A."""
    kind = KINDS[document.kind]
    with override("vi"):
        sheet = ports.compose(document)
        address = settings.PUBLIC_URL + reverse("documents:verify")
    parent = organisations.parent_on(document.organisation_id, document.day)
    data: dict[str, Any] = {
        "title": kind.title,
        "number": document.number,
        "office": office,
        "parent": parent.name if parent else "",
        "day": [document.day.year, document.day.month, document.day.day],
        "place_and_day": f"{settings.PROVINCE}, ngày {document.day:%d} tháng {document.day:%m} năm {document.day.year}",
        "code": document.code,
        "spoken_code": spoken(document.code),
        "address": address,
        "demo": "Văn bản MẪU, không có giá trị." if settings.DEMO else "",
        "signed_as": office,
        "sealed_words": signer.words,
        "rows": [{"label": label, "value": value} for label, value in sheet.rows],
        "more": [{"label": label, "value": value} for label, value in sheet.more],
        "items": list(sheet.items),
        "table": [list(row) for row in sheet.table],
        "drawing": sheet.drawing,
        "inside": sheet.inside,
        "words": words_of(document.kind, document.organisation_id),
    }
    return typeset(
        kind.form,
        data,
        _qr(f"{address}?{urlencode({'ma': document.code})}"),
        document.ordered_at.astimezone(dt.UTC),
    )


def draw_sample(kind: str, organisation_id: int, at: dt.datetime) -> bytes:
    """Set a kind with made-up content, as an office would issue it; it is no document and says so."""
    day = local_day(at)
    office = organisations.name_on(organisation_id, day) or ""
    head = ("TT", "…", "…", "…", "…", "…", "…", "…")[: 8 if kind == "ledger" else 5]
    data: dict[str, Any] = {
        "title": KINDS[kind].title,
        "number": f"…/{KINDS[kind].series}",
        "office": office,
        "parent": "",
        "day": [day.year, day.month, day.day],
        "place_and_day": f"{settings.PROVINCE}, ngày … tháng … năm {day.year}",
        "code": "0" * LENGTH,
        "spoken_code": "…",
        "address": settings.PUBLIC_URL + reverse("documents:verify"),
        "demo": "BẢN XEM THỬ, không có giá trị.",
        "signed_as": office,
        "sealed_words": "Bản xem thử, chưa ký",
        "rows": [{"label": "Mã hồ sơ", "value": "…"}, {"label": "Người nộp hồ sơ", "value": "…"}],
        "more": [{"label": "Lập lúc", "value": "…"}],
        "items": ["…"],
        "table": [list(head), list(head)],
        "words": words_of(kind, organisation_id),
    }
    return typeset(KINDS[kind].form, data, _qr(settings.PUBLIC_URL), at.astimezone(dt.UTC))


def words_of(kind: str, organisation_id: int) -> dict[str, list[str]]:
    """Give the paragraphs of a kind: the office's own, else the common ones, else the defaults."""
    words: Mapping[str, str] = KINDS[kind].words
    rows = Wording.objects.filter(kind=kind)
    common = dict(rows.filter(organisation=None).values_list("key", "words"))
    own = dict(rows.filter(organisation_id=organisation_id).values_list("key", "words"))
    return {key: _paragraphs(text) for key, text in {**words, **common, **own}.items()}


def _paragraphs(text: str) -> list[str]:
    parts = text.replace("\r\n", "\n").split("\n\n")
    return [" ".join(part.split()) for part in parts if part.strip()]


def _qr(target: str) -> str:
    out = BytesIO()
    segno.make(target, error="m").save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue().decode()


def _store(document: GeneratedDocument, signed: bytes, signer: Signer) -> bool:
    name = storage.keep(signed, FOLDER, "pdf")
    first = GeneratedDocument.objects.filter(pk=document.pk, issued_at=None).update(
        stored_name=name,
        sha256=storage.digest(signed),
        byte_count=len(signed),
        signed_as=signer.signed_as[:300],
        unlocked="",
        issued_at=timezone.now(),
    )
    if not first:
        storage.erase(name)
    return bool(first)


def revoke_document(*, document_id: int, why: str, by_id: int | None = None) -> bool:
    """Take a document back, with its reason and who did it (a user's id); False where it was never issued or is revoked already."""
    return bool(
        GeneratedDocument.objects.filter(pk=document_id, revoked_at=None)
        .exclude(issued_at=None)
        .update(revoked_at=timezone.now(), revoked_why=why.strip()[:300], revoked_by_id=by_id)
    )


def revoke_of(*, subject: ports.Subject, kind: str, why: str) -> bool:
    """Take back the issued documents of a kind of a subject; False while one is still being made."""
    of_kind = GeneratedDocument.objects.filter(**of(subject), kind=kind)
    if of_kind.filter(issued_at=None).exists():
        return False
    for pk in of_kind.values_list("pk", flat=True):
        revoke_document(document_id=pk, why=why)
    return True
