"""The digital diploma: a signed PDF with the credential inside, made at the holder's wish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts import selectors as accounts
from portal.diplomas.copies import COPIED
from portal.diplomas.credentials.making import credential_for, qr_of, sign
from portal.diplomas.models import Credential, Entry, EntryVersion, State
from portal.diplomas.reach import KEEPING
from portal.diplomas.records import shown
from portal.diplomas.refusals import RegisterRefusedError
from portal.documents.ports import Sheet, Sight, Subject
from portal.documents.services import order_document

if TYPE_CHECKING:
    from portal.documents.models import GeneratedDocument

SUBJECT = "diploma"
DOCUMENT = "digital_diploma"
HOLDER = "holder"


def subject_of(entry: Entry) -> Subject:
    """Name an entry as the owner of documents."""
    return Subject(SUBJECT, str(entry.pk))


@transaction.atomic
def order_digital_diploma(*, entry: Entry) -> GeneratedDocument:
    """Order the PDF of the entry's present version; ordering it again gives the same one."""
    if entry.state != State.VALID:
        raise RegisterRefusedError(
            _("Văn bằng đang ở trạng thái “%(state)s” nên không làm được việc này.")
            % {"state": entry.get_state_display()}
        )
    now = timezone.now()
    credential_for(entry=entry, occasion=HOLDER, at=now)
    return order_document(
        subject=subject_of(entry),
        kind=DOCUMENT,
        occasion=entry.version,
        organisation_id=entry.book.issuer.keeper_id,
        at=now,
    )


def compose(subject_id: str, _kind: str, occasion: int) -> Sheet:
    """Say what the version of that number says."""
    entry = Entry.objects.select_related("book__issuer__keeper").get(pk=int(subject_id))
    content = EntryVersion.objects.get(entry=entry, number=occasion).content
    credential = Credential.objects.select_related("entry__book__issuer__keeper").get(
        entry=entry, version=occasion, occasion=HOLDER
    )
    token = sign(credential, content)
    copied = {name: value for name, value in content.items() if name in COPIED}
    diploma = f"Bằng tốt nghiệp {entry.book.get_level_display().lower()}, năm {entry.book.year}"
    rows = ((str(row["label"]), str(row["value"])) for row in shown(copied))
    return Sheet(
        rows=(("Văn bằng", diploma), ("Cơ quan cấp bằng", entry.book.issuer.name), *rows),
        drawing=qr_of(token),
        inside=f"vc:{token}",
    )


def may_see(user: Any, subject_id: str) -> Sight | None:
    """Let the holder and the officers who keep the book see an entry's documents."""
    entry = Entry.objects.select_related("book__issuer").filter(pk=int(subject_id)).first()
    if entry is None:
        return None
    citizen = getattr(user, "citizen", None)
    if citizen is not None and citizen.personal_id_index == entry.personal_id_index:
        return Sight()
    keeper = entry.book.issuer.keeper_id
    return Sight(own=False, organisation_id=keeper) if accounts.has_role(user, keeper, *KEEPING) else None
