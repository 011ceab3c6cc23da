"""The officers' second factor: allauth's TOTP and recovery codes, with secrets encrypted at rest.

A one-time code opens one session: which time step was used is written by the same atomic statement as
the throttle's turns, so that two processes cannot both accept it.
"""

from __future__ import annotations

import hmac
import time
from dataclasses import dataclass
from typing import Final

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.errors import CodeRefusedError
from portal.accounts.models import User
from portal.accounts.sealing import EncryptingAdapter
from portal.accounts.services.throttle import take_turn, use_once, was_used
from portal.common.fields import blind_index

PERIOD: Final = 30
SIGNINGS_PER_WINDOW: Final = 30
SIGNING_WINDOW: Final = 10 * 60
_Type = Authenticator.Type


@dataclass(frozen=True, slots=True)
class WayIn:
    """What a demo visitor types after the password; the code holds for ``seconds`` more."""

    username: str
    code: str
    seconds: int


def new_secret() -> str:
    """Make a secret for an authenticator app (base32)."""
    return str(totp.generate_totp_secret())


def app_address(user: User, secret: str) -> str:
    """Give the otpauth:// address that the QR code holds."""
    return str(EncryptingAdapter().build_totp_url(user, secret))


def is_set_up(user: User) -> bool:
    """Say whether the user has an authenticator app."""
    return _authenticator(user) is not None


def set_up(*, user: User, secret: str, code: str) -> list[str] | None:
    """Tie an app to the user if ``code`` proves that it holds the secret; gives the recovery codes.

    None: the code is wrong. Where another request was first, its app stays and this one is refused.
    """
    step = _matching_step(secret, code)
    if step is None:
        return None
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=user.is_active)  # one set-up after the other
        if is_set_up(user) or not use_once(key=_used_key(user), moment=step * PERIOD):
            return None
        totp.TOTP.activate(user, secret)
        return list(RecoveryCodes.activate(user).generate_codes())


def accepts(*, user: User, code: str) -> bool:
    """Check a code of the app, or a recovery code; each opens one session only."""
    authenticator = _authenticator(user)
    if authenticator is None:
        return False
    step = _matching_step(decrypt(authenticator.data["secret"]), code)
    if step is not None:
        return use_once(key=_used_key(user), moment=step * PERIOD)
    recovery = Authenticator.objects.filter(user=user, type=_Type.RECOVERY_CODES).first()
    return recovery is not None and bool(RecoveryCodes(recovery).validate_code(code))


def unlock_signing_key(*, user: User, code: str) -> str:
    """Check a fresh code of the app and give the password of the user's signing key.

    The password hangs on the app's secret: whoever sets the second factor anew cannot open the old key.
    Recovery codes open a session and no key. Raises :class:`CodeRefusedError` with a sentence.
    """
    if not take_turn(key=f"signing:{user.pk}", limit=SIGNINGS_PER_WINDOW, seconds=SIGNING_WINDOW):
        raise CodeRefusedError(_("Anh/chị nhập mã quá nhiều lần. Chờ mười phút rồi thử lại."))
    authenticator = _authenticator(user)
    if authenticator is None:
        raise CodeRefusedError(_("Tài khoản chưa có ứng dụng tạo mã. Đăng nhập lại để thiết lập."))
    secret = decrypt(authenticator.data["secret"])
    step = _matching_step(secret, code)
    if step is None or not use_once(key=_used_key(user), moment=step * PERIOD):
        raise CodeRefusedError(
            _("Mã chưa đúng hoặc đã dùng. Anh/chị chờ mã mới trong ứng dụng rồi nhập lại.")
        )
    return _signing_password(secret)


def demo_signing_key(user: User) -> str:
    """Give a demo officer's password without a code, setting the app up where there is none.

    Only in the demo: anywhere else this raises ``RuntimeError``.
    """
    demo_way_in(user.username)
    authenticator = _authenticator(user)
    if authenticator is None:
        raise RuntimeError("The app was just set up and is gone.")
    return _signing_password(decrypt(authenticator.data["secret"]))


def _signing_password(secret: str) -> str:
    return blind_index("signing-key", secret)


def reset_second_factor(*, user: User) -> None:
    """Forget the app and the recovery codes (a lost phone): the next sign-in sets up anew."""
    Authenticator.objects.filter(user=user).delete()


def demo_way_in(username: str) -> WayIn:
    """Give a code that a demo officer can sign in with now, setting the app up where there is none.

    Only in the demo: anywhere else this raises ``RuntimeError``. A code already used is stepped over.
    """
    if not settings.DEMO:
        raise RuntimeError("Codes are printed in the demo only.")
    user = User.objects.get(username=username, officer__isnull=False)
    authenticator = _authenticator(user)
    if authenticator is None:
        secret = new_secret()
        totp.TOTP.activate(user, secret)
        RecoveryCodes.activate(user)
    else:
        secret = decrypt(authenticator.data["secret"])
    now = int(time.time())
    step = now // PERIOD
    # the app's clock may be a step ahead or behind, so up to three sign-ins fit into half a minute
    free = [
        s for s in (step, step + 1, step - 1) if not was_used(key=_used_key(user), moment=s * PERIOD)
    ] or [step + 2]
    return WayIn(username, code_at(secret, free[0]), PERIOD * (free[0] + 2) - now)


def _authenticator(user: User) -> Authenticator | None:
    return Authenticator.objects.filter(user=user, type=_Type.TOTP).first()


def _used_key(user: User) -> str:
    return f"totp:{user.pk}"


def code_at(secret: str, step: int) -> str:
    """Give the six digits of a step of :data:`PERIOD` seconds since 1970."""
    return str(totp.format_hotp_value(totp.hotp_value(secret, step)))


def _matching_step(secret: str, code: str) -> int | None:
    typed = normalize_user_code(code).encode()
    for step in totp.yield_hotp_counters_from_time():
        if hmac.compare_digest(code_at(secret, step).encode(), typed):
            return int(step)
    return None
