"""Citizens as the identity provider vouches for them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.errors import SignInRefusedError
from portal.accounts.models import Citizen, User
from portal.common.codes import clean_personal_id, clean_phone
from portal.common.fields import blind_index
from portal.common.spoken import spoken
from portal.common.text import fold, tidy

_SUBJECT_LENGTH: Final = 255
_EMAIL_LENGTH: Final = 254
_OTHER_SUBJECT = _(
    "Số định danh này đã gắn với một tài khoản VNeID khác. Anh/chị mang căn cước đến bộ phận một cửa của Sở "
    "để được kiểm tra."
)
_OTHER_PERSON = _(
    "Tài khoản VNeID này trước đây mang số định danh khác. Anh/chị mang căn cước đến bộ phận một cửa của Sở "
    "để được cập nhật."
)
_INCOMPLETE = _("VNeID chưa gửi đủ họ tên và số định danh. Anh/chị đồng ý chia sẻ hai mục này rồi thử lại.")
_SWITCHED_OFF = _("Tài khoản này đang tạm khóa. Anh/chị gọi tổng đài để được hướng dẫn.")


#: subjects of people who have not signed in yet: an office wrote them down at its counter
AT_COUNTER = "counter:"


def citizen_at_counter(*, personal_id: str, full_name: str, birth_date: date | None, phone: str) -> Citizen:
    """Give the citizen of a personal ID, writing them down where they never signed in.

    The office saw their papers. Raises :class:`SignInRefusedError` for an ID that is none.
    """
    try:
        digits = clean_personal_id(personal_id)
    except ValueError as error:
        raise SignInRefusedError(spoken(error)) from error
    known = Citizen.objects.select_related("user").filter(
        personal_id_index=blind_index("personal-id", digits)
    )
    found = known.first()
    if found is not None:
        return found
    return citizen_from_claims(
        {
            "sub": f"{AT_COUNTER}{secrets.token_hex(16)}",
            "citizen_id": digits,
            "name": full_name,
            "birthdate": "" if birth_date is None else birth_date.isoformat(),
            "phone_number": phone,
        }
    )


def citizen_from_claims(claims: Mapping[str, Any]) -> Citizen:
    """Make or refresh a citizen from an ID token's and the user-info's claims.

    Reads ``sub``, ``citizen_id`` (12 digits), ``name``, ``birthdate`` (ISO), ``phone_number``, ``email``
    and ``address`` (text, or OpenID's object with ``formatted``). Raises
    :class:`SignInRefusedError` where the subject and the personal ID do not belong together.
    """
    subject = str(claims.get("sub") or "")
    full_name = tidy(str(claims.get("name") or ""))
    try:
        personal_id = clean_personal_id(str(claims.get("citizen_id") or ""))
    except ValueError as error:
        raise SignInRefusedError(_INCOMPLETE) from error
    if not subject or len(subject) > _SUBJECT_LENGTH or not full_name:
        raise SignInRefusedError(_INCOMPLETE)
    index = blind_index("personal-id", personal_id)
    particulars = _particulars(claims, full_name)
    with suppress(IntegrityError), transaction.atomic():
        return _stored(subject, index, personal_id, particulars)
    # two first sign-ins of one person met: the other one's row is there now
    with transaction.atomic():
        return _stored(subject, index, personal_id, particulars)


def _stored(subject: str, index: str, personal_id: str, particulars: dict[str, Any]) -> Citizen:
    citizens = Citizen.objects.select_related("user")
    citizen = citizens.filter(subject=subject).first() or citizens.filter(personal_id_index=index).first()
    if citizen is None:
        user = User(username=f"vneid-{secrets.token_hex(12)}")
        user.set_unusable_password()
        user.save()
        return Citizen.objects.create(
            user=user, subject=subject, personal_id=personal_id, personal_id_index=index, **particulars
        )
    if citizen.subject.startswith(AT_COUNTER) and citizen.personal_id_index == index:
        # the first sign-in of somebody whom an office wrote down: the provider vouches for the ID
        citizen.subject = subject
        citizen.save(update_fields=["subject"])
    if citizen.subject != subject:
        raise SignInRefusedError(_OTHER_SUBJECT)
    if citizen.personal_id_index != index:
        raise SignInRefusedError(_OTHER_PERSON)
    if not citizen.user.is_active:
        raise SignInRefusedError(_SWITCHED_OFF)
    for name, value in particulars.items():
        setattr(citizen, name, value)
    citizen.save(update_fields=list(particulars))
    return citizen


def _particulars(claims: Mapping[str, Any], full_name: str) -> dict[str, Any]:
    """Take the rest of the claims; what cannot be read is left empty, for it hinders no sign-in."""
    birth_date, phone = None, ""
    with suppress(ValueError):
        birth_date = date.fromisoformat(str(claims.get("birthdate") or ""))
    with suppress(ValueError):
        phone = clean_phone(str(claims.get("phone_number") or ""))
    address = claims.get("address") or ""
    if isinstance(address, Mapping):
        address = address.get("formatted") or ""
    email = str(claims.get("email") or "").strip()
    return {
        "full_name": full_name[:120],
        "name_key": fold(full_name)[:120],
        "birth_date": birth_date,
        "phone": phone,
        "email": email if len(email) <= _EMAIL_LENGTH and "@" in email else "",
        "address": tidy(str(address))[:300],
    }


def set_notice_wishes(*, citizen_id: int, mail: bool, sms: bool) -> None:
    """Note by which ways a citizen wants to be told; the portal's own messages always come."""
    Citizen.objects.filter(pk=citizen_id).update(mail_notices=mail, sms_notices=sms)
