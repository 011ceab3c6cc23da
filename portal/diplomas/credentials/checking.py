"""Is a credential ours, unaltered, and what became of it? For the page without script, the API and tests."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError

from portal.diplomas.credentials import keys, status
from portal.diplomas.credentials.making import CONTEXTS, issuer_id
from portal.diplomas.models import Credential

LONGEST = 6_000
_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


class Answer(StrEnum):
    """``foreign``: signed, but not by a key of ours; ``broken``: no credential, or altered."""

    VALID = "valid"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    REPLACED = "replaced"
    FOREIGN = "foreign"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, with what the credential says where it is ours and unaltered."""

    answer: Answer
    claims: dict[str, Any] = field(default_factory=dict)


def token_in(typed: str) -> str:
    """Find the credential in what was pasted: the bare text, or the whole address behind the QR code."""
    found = _TOKEN.search(typed[-LONGEST:].rpartition("#")[2].strip())
    return found[0] if found else ""


def check(typed: str) -> Verdict:
    """Check a pasted credential."""
    token = token_in(typed)
    if not token:
        return Verdict(Answer.BROKEN)
    try:
        header = jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError):
        return Verdict(Answer.BROKEN)
    if header.get("typ") != "vc+jwt" or header.get("alg") != keys.ALGORITHM:
        return Verdict(Answer.BROKEN)
    key = keys.public_key(str(header.get("kid", "")))
    if key is None:
        return Verdict(Answer.FOREIGN)
    try:
        claims = json.loads(jws.deserialize_compact(token, key, algorithms=[keys.ALGORITHM]).payload)
    except (JoseError, ValueError):
        return Verdict(Answer.BROKEN)
    return _judge(claims)


def _judge(claims: dict[str, Any]) -> Verdict:
    """Say what became of a credential that one of our keys signed."""
    if claims.get("@context") != CONTEXTS or claims.get("issuer", {}).get("id") != issuer_id():
        return Verdict(Answer.FOREIGN)
    place = claims["credentialStatus"]
    number = int(place["statusListCredential"].rstrip("/").rpartition("/")[2])
    pk = (number - 1) * status.SIZE + int(place["statusListIndex"]) + 1
    found = Credential.objects.select_related("entry").filter(pk=pk).first()
    # signed by us and yet unknown: made before a restore; nothing vouches for its state
    answer = status.MESSAGES[status.status_of(found)] if found else "revoked"
    return Verdict(Answer(answer), claims)
