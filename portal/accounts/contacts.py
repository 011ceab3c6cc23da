"""How a person can be told something."""

from __future__ import annotations

from typing import NamedTuple

from portal.accounts.models import User


class Contact(NamedTuple):
    """Address, number (E.164) and wishes; empty texts where nothing is known."""

    mail: str
    phone: str
    language: str
    mail_notices: bool
    sms_notices: bool


def contact_of(user_id: int) -> Contact:
    """Find how to reach a user: a citizen by their wishes, an officer by mail, a closed account not at all.

    Raises ``User.DoesNotExist``.
    """
    user = User.objects.select_related("citizen", "officer").get(pk=user_id)
    citizen = getattr(user, "citizen", None)
    if citizen is not None:
        return Contact(
            citizen.email,
            citizen.phone,
            citizen.language,
            mail_notices=user.is_active and citizen.mail_notices,
            sms_notices=user.is_active and citizen.sms_notices,
        )
    officer = getattr(user, "officer", None)
    return Contact(
        user.email, officer.phone if officer else "", "vi", mail_notices=user.is_active, sms_notices=False
    )
