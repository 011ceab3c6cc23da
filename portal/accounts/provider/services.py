"""Filling the sample provider: its one client and its persons. Run in the provider's own process."""

from __future__ import annotations

import uuid
from datetime import date
from functools import lru_cache

from allauth.idp.oidc.models import Client
from django.contrib.auth.hashers import make_password
from django.core.management import call_command

from portal.accounts.provider.models import Person
from portal.accounts.provider.settings import CLIENT_ADDRESS, CLIENT_ID, CLIENT_SECRET
from portal.common.codes import clean_personal_id, clean_phone
from portal.common.fields import blind_index
from portal.common.text import tidy

SCOPES = ("openid", "profile", "email", "phone", "address", "citizen")
RETURN_PATH = "/dang-nhap/vneid/xong/"


def prepare() -> None:
    """Bring the file up to date and register the portal as the client; may run at every start."""
    call_command("migrate", verbosity=0, interactive=False)
    client = Client.objects.filter(pk=CLIENT_ID).first() or Client(pk=CLIENT_ID)
    client.name = "Cổng Dịch vụ Giáo dục"
    if client._state.adding or not client.check_secret(CLIENT_SECRET):  # noqa: SLF001 — Django's documented state
        client.set_secret(CLIENT_SECRET)
    client.set_scopes(list(SCOPES))
    client.set_redirect_uris([f"{CLIENT_ADDRESS}{RETURN_PATH}"])
    # what is shared stands on the sign-in page, above the button
    client.skip_consent = True
    client.save()


def add_person(
    *,
    personal_id: str,
    full_name: str,
    password: str,
    birth_date: date | None = None,
    phone: str = "",
    email: str = "",
    address: str = "",
    listed: bool = False,
    subject: str = "",
) -> Person:
    """Add or refresh a person, found by the personal ID; the subject stays what it was.

    ``subject`` (a UUID) fixes it for a new person; otherwise one is drawn.

    ``listed`` shows the person on the sign-in page, password and all. Raises ``ValueError`` for a
    malformed personal ID or phone.
    """
    digits = clean_personal_id(personal_id)
    particulars = {
        "personal_id": digits,
        "full_name": tidy(full_name),
        "birth_date": birth_date,
        "phone": clean_phone(phone) if phone else "",
        "email": email,
        "address": tidy(address),
        "listed": listed,
        "demo_password": password if listed else "",
        "password": _hashed(password),
    }
    person, _made = Person.objects.update_or_create(
        personal_id_index=blind_index("personal-id", digits),
        defaults=particulars,
        create_defaults=particulars | ({"subject": uuid.UUID(subject)} if subject else {}),
    )
    return person


@lru_cache(maxsize=32)
def _hashed(password: str) -> str:
    """Hash once: the demo's families share one password, and a slow hash for each would take minutes."""
    return make_password(password)
