"""The status list: two bits for each credential, published as a signed credential of its own.

The state of a credential follows from its entry: withdrawn or cancelled is revoked, suspended is suspended, an
entry corrected since is replaced. A voided entry (its import was undone) counts as revoked.
"""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import json

from django.core.cache import cache
from django.db.models import F, Q
from django.utils import timezone
from joserfc import jws

from portal.diplomas.models import Credential, State

SIZE = 131_072
"""Credentials of a list; the specification's smallest, so that no place tells how many there are."""
BITS = 2
MESSAGES = ("valid", "revoked", "suspended", "replaced")
VALID, REVOKED, SUSPENDED, REPLACED = range(4)
FRESH_SECONDS = 60
"""How long a list may be kept by caches; checkers without a network say how old theirs is."""
_GONE = (State.WITHDRAWN, State.CANCELLED, State.VOID)


def place_of(credential_id: int) -> tuple[int, int]:
    """Give the list (from 1) and the place in it (from 0)."""
    return (credential_id - 1) // SIZE + 1, (credential_id - 1) % SIZE


def status_of(credential: Credential) -> int:
    """Give the two bits of one credential."""
    if credential.entry.state in _GONE:
        return REVOKED
    if credential.entry.state == State.SUSPENDED:
        return SUSPENDED
    return VALID if credential.entry.version == credential.version or _only_moved(credential) else REPLACED


def _only_moved(credential: Credential) -> bool:
    """Say whether the versions since changed the state alone: suspended and reinstated is no other content."""
    since = credential.entry.versions.filter(number__gt=credential.version)
    return not since.filter(action="correct").exists()


def bits_of(number: int) -> bytes:
    """Lay out a list: entry 0 in the leftmost two bits of the first byte."""
    bits = bytearray(SIZE * BITS // 8)
    first = (number - 1) * SIZE
    changed = Credential.objects.filter(pk__gt=first, pk__lte=first + SIZE).filter(
        Q(entry__state__in=[*_GONE, State.SUSPENDED]) | ~Q(entry__version=F("version"))
    )
    for credential in changed.select_related("entry").only(
        "pk", "version", "entry__state", "entry__version"
    ):
        _list, index = place_of(credential.pk)
        bits[index // 4] |= status_of(credential) << (6 - 2 * (index % 4))
    return bytes(bits)


def encoded(bits: bytes) -> str:
    """Write bits as the specification wants them: gzip, base64url without padding, multibase "u"."""
    return "u" + base64.urlsafe_b64encode(gzip.compress(bits, mtime=0)).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Read what :func:`encoded` wrote."""
    padded = text[1:] + "=" * (-len(text[1:]) % 4)
    return gzip.decompress(base64.urlsafe_b64decode(padded))


def read(bits: bytes, index: int) -> int:
    """Give the two bits at a place."""
    return (bits[index // 4] >> (6 - 2 * (index % 4))) & 3


def list_credential(number: int, now: dt.datetime | None = None) -> str:
    """Write a status list as a signed JWT; kept for a minute."""
    known = cache.get(f"diploma-status:{number}")
    if known is None:
        known = _sign(number, now or timezone.now())
        cache.set(f"diploma-status:{number}", known, FRESH_SECONDS)
    return str(known)


def _sign(number: int, now: dt.datetime) -> str:
    from portal.diplomas.credentials import keys, making  # noqa: PLC0415 - making asks for places

    address = making.list_address(number)
    claims = {
        "@context": [making.CONTEXTS[0]],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": making.issuer_id(),
        "validFrom": f"{now.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}",
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "message",
            "encodedList": encoded(bits_of(number)),
            "ttl": FRESH_SECONDS * 1000,
        },
    }
    key = keys.signing_key()
    header = {"alg": keys.ALGORITHM, "kid": key.kid or "", "typ": "vc+jwt"}
    payload = json.dumps(claims, separators=(",", ":")).encode()
    return jws.serialize_compact(header, payload, key, algorithms=[keys.ALGORITHM])
