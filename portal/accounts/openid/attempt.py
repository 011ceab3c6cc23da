"""A sign-in that is under way: what the session must remember until the person comes back.

Several may be under way in one session (two tabs); each is found by its ``state`` and used once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.contrib.sessions.backends.base import SessionBase

from portal.accounts.openid.failures import Reason, SignInFailedError

LIFETIME: Final = 15 * 60
MOST_AT_ONCE: Final = 4
_KEY: Final = "sign_in_attempts"


@dataclass(frozen=True, slots=True)
class Attempt:
    """``state`` ties the answer to this session, ``nonce`` the ID token, ``verifier`` the code."""

    state: str
    nonce: str
    verifier: str
    next: str
    language: str
    started: int

    @property
    def challenge(self) -> str:
        """Give PKCE's S256 challenge (RFC 7636 §4.2)."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def begin(session: SessionBase, *, next_path: str, language: str) -> Attempt:
    """Make an attempt and keep it in the session; the oldest ones give way."""
    attempt = Attempt(
        state=secrets.token_urlsafe(24),
        nonce=secrets.token_urlsafe(24),
        verifier=secrets.token_urlsafe(48),
        next=next_path,
        language=language,
        started=int(time.time()),
    )
    session[_KEY] = [*_kept(session)[-(MOST_AT_ONCE - 1) :], asdict(attempt)]
    return attempt


def take(session: SessionBase, state: str) -> Attempt:
    """Take the attempt that ``state`` names out of the session; a second time there is none.

    Raises :class:`SignInFailedError` (stale) for an unknown or old state.
    """
    kept = _kept(session)
    for row in kept:
        if hmac.compare_digest(row["state"].encode(), state.encode()):
            session[_KEY] = [other for other in kept if other is not row]
            attempt = Attempt(**row)
            if time.time() - attempt.started > LIFETIME:
                raise SignInFailedError(Reason.STALE, "attempt too old")
            return attempt
    raise SignInFailedError(Reason.STALE, "unknown state")


def _kept(session: SessionBase) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = session.get(_KEY, [])
    return rows
