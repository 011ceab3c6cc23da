"""An officer between the password and the second factor: nobody is signed in yet."""

from __future__ import annotations

import time
from typing import Final

from django.http import HttpRequest

from portal.accounts.models import User
from portal.common.fields import key_ring

LIFETIME: Final = 10 * 60
_KEY: Final = "half_way"


def begin(request: HttpRequest, user: User, next_path: str) -> None:
    """Remember under a new session key that the password was right."""
    request.session.flush()
    request.session[_KEY] = {
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "started": int(time.time()),
        "next": next_path,
    }


def user_half_way(request: HttpRequest) -> User | None:
    """Give who is half way in, if it began lately and the password is still the same."""
    kept = request.session.get(_KEY)
    if not kept or time.time() - kept["started"] > LIFETIME:
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True, officer__isnull=False).first()
    if user is None or user.get_session_auth_hash() != kept["password"]:
        return None
    return user


def next_path(request: HttpRequest, default: str) -> str:
    """Give where the officer wanted to go."""
    return str(request.session.get(_KEY, {}).get("next") or default)


def keep_secret(request: HttpRequest, secret: str) -> None:
    """Keep the secret that the QR code shows until it is confirmed; sealed, for sessions are rows."""
    request.session[_KEY] = {**request.session[_KEY], "secret": key_ring().encrypt(secret)}


def kept_secret(request: HttpRequest) -> str | None:
    """Give the secret that the QR code shows."""
    sealed = request.session.get(_KEY, {}).get("secret")
    return key_ring().decrypt(sealed) if sealed else None
