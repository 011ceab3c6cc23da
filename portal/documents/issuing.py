"""Documents: ordered inside the move that calls for them, made and sealed by a duty afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import override

from portal.common.clock import local_day
from portal.documents import ports, storage
from portal.documents.codes import new_code, spoken
from portal.documents.kinds import KINDS
from portal.documents.models import DocumentCounter, GeneratedDocument, Wording
from portal.documents.papers import of
from portal.documents.signing import OrganisationSeal, Signer, is_sealed_and_whole
from portal.documents.typesetting import typeset
from portal.organisations import selectors as organisations
from portal.outbox.services import owe

FOLDER = "documents"


class SealBrokenError(RuntimeError):
    """What was just sealed does not hold: it is not stored, and the duty tries again."""


def order_document(
    *, subject: ports.Subject, kind: str, occasion: int, organisation_id: int, at: dt.datetime
) -> GeneratedDocument:
    """Order a document in the caller's transaction; ordering the same again gives the same one.

    Number, code and day are fixed here; the bytes follow. ``KeyError`` for an unknown kind.
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
        )
        owe(
            kind="documents.issue",
            key=f"documents.issue:{document.pk}",
            payload={"document": document.pk},
        )
    return document


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
    """Make, seal, check and store an ordered document; False where it is issued already.

    Nothing is stored before the seal was checked. Of two who make it at once, one stores it.
    """
    document = GeneratedDocument.objects.select_related("organisation").get(pk=document_id)
    if document.issued_at is not None:
        return False
    office = organisations.name_on(document.organisation_id, document.day) or document.organisation.name
    signer = signer or OrganisationSeal(document.organisation.code, office)
    signed = signer.sign(draw(document, office, signer), reason=KINDS[document.kind].title)
    if not is_sealed_and_whole(signed):
        raise SealBrokenError(document_id)
    return _store(document, signed, signer)


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
        "sealed_words": f"Ký số tự động bằng con dấu của {signer.signed_as}",
        "rows": [{"label": label, "value": value} for label, value in sheet.rows],
        "more": [{"label": label, "value": value} for label, value in sheet.more],
        "items": list(sheet.items),
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
        signed_as=signer.signed_as,
        issued_at=timezone.now(),
    )
    if not first:
        storage.erase(name)
    return bool(first)


def revoke_document(*, document_id: int, why: str) -> bool:
    """Take a document back, with its reason; False where it was never issued or is revoked already."""
    return bool(
        GeneratedDocument.objects.filter(pk=document_id, revoked_at=None)
        .exclude(issued_at=None)
        .update(revoked_at=timezone.now(), revoked_why=why.strip()[:300])
    )
