"""Making a credential of an entry, and the QR code that carries it.

Source: W3C Verifiable Credentials Data Model 2.0; Securing Verifiable Credentials using JOSE and COSE (the
payload is the credential itself, ``typ`` is ``vc+jwt``); Bitstring Status List 1.0, status message.
"""

from __future__ import annotations

import datetime as dt
import json
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlsplit

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from joserfc import jws

from portal.diplomas.credentials.keys import ALGORITHM, signing_key
from portal.diplomas.credentials.status import MESSAGES, place_of
from portal.diplomas.models import Credential, Entry

CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"]
TYPES = ["VerifiableCredential", "DiplomaCredential"]
#: field of the book → name in the credential
_SAID = {
    "serial": "serial",
    "register_number": "registerNumber",
    "grade": "grade",
    "school": "school",
    "signed_on": "signedOn",
}


def issuer_id() -> str:
    """Name ourselves: did:web of the portal's address."""
    return f"did:web:{quote(urlsplit(settings.PUBLIC_URL).netloc, safe='')}"


def list_address(number: int) -> str:
    """Give the address of a status list."""
    with override("vi"):
        return f"{settings.PUBLIC_URL}{reverse('diploma_fixed:status', args=[number])}"


def credential_for(*, entry: Entry, occasion: str, at: dt.datetime | None = None) -> Credential:
    """Give the credential of an entry's present version for an occasion, entering it at first need."""
    made, _new = Credential.objects.get_or_create(
        entry=entry, version=entry.version, occasion=occasion, defaults={"made_at": at or timezone.now()}
    )
    return made


def sign(credential: Credential, content: dict[str, str]) -> str:
    """Write a credential as a signed JWT. ``content`` is that of the certified version."""
    key = signing_key()
    header = {"alg": ALGORITHM, "kid": key.kid or "", "typ": "vc+jwt"}
    payload = json.dumps(_claims(credential, content), ensure_ascii=False, separators=(",", ":"))
    return jws.serialize_compact(header, payload.encode(), key, algorithms=[ALGORITHM])


def _claims(credential: Credential, content: dict[str, str]) -> dict[str, Any]:
    entry = credential.entry
    number, index = place_of(credential.pk)
    diploma = {name: content[field] for field, name in _SAID.items() if content.get(field)}
    return {
        "@context": CONTEXTS,
        "type": TYPES,
        "issuer": {"id": issuer_id(), "name": entry.book.issuer.keeper.name},
        "validFrom": f"{credential.made_at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}",
        "credentialSubject": {
            "name": content.get("full_name", ""),
            "birthDate": content.get("birth", ""),
            "diploma": {
                "level": entry.book.level,
                "year": entry.book.year,
                "issuedBy": entry.book.issuer.name,
                **diploma,
            },
        },
        "credentialStatus": {
            "type": "BitstringStatusListEntry",
            "statusPurpose": "message",
            "statusSize": 2,
            "statusMessage": [
                {"status": f"0x{value}", "message": message} for value, message in enumerate(MESSAGES)
            ],
            "statusListIndex": str(index),
            "statusListCredential": list_address(number),
        },
    }


def link_of(token: str) -> str:
    """Give the address behind a QR code; the credential stands after #, so no server learns what is checked."""
    with override("vi"):
        return f"{settings.PUBLIC_URL}{reverse('diplomas:verify')}#{token}"


def qr_of(token: str, *, scale: int = 4) -> str:
    """Draw the QR code of a credential as SVG."""
    out = BytesIO()
    segno.make(link_of(token), error="l", micro=False).save(
        out, kind="svg", border=4, scale=scale, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return out.getvalue().decode()
