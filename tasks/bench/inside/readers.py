"""Prepares readers for the bench of pages: sessions, fifty dossiers of one parent, drafts; prints JSON."""

from __future__ import annotations

import json
import sys
from typing import Any

import django

DOSSIERS = 50
#: long enough for Django, and the same in cookie and form
TOKEN = "b" * 32


def main(drafts: int) -> None:
    """Print the cookies of a parent and of a clerk, and drafts that wait to be submitted."""
    django.setup()
    from portal.accounts.models import Citizen, Officer
    from portal.common.fields import blind_index
    from portal.demo.cast import MAI
    from portal.procedures import services
    from tasks.bench.inside import citizens

    waits = citizens.Waits()
    families = citizens.links()
    mai = Citizen.objects.get(personal_id_index=blind_index("personal-id", MAI.personal_id))
    hers = next(link for link in families if link.citizen_id == mai.pk)
    for _ in range(DOSSIERS):
        services.submit_draft(draft=citizens.write(hers, waits))
    others = [link for link in families if link.citizen_id != mai.pk][:drafts]
    clerk = Officer.objects.get(user__username="thang")
    told = {
        "parent": session(mai.user),
        "clerk": session(clerk.user, second_factor=True),
        "drafts": [
            {"session": session(link.citizen.user), "id": str(citizens.write(link, waits).public_id)}
            for link in others
        ],
    }
    print(json.dumps(told))


def session(user: Any, *, second_factor: bool = False) -> str:
    """Sign somebody in as the sign-in pages do, and give the cookies."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from portal.accounts.sessions import SECOND_FACTOR

    made = SessionStore()
    made[SESSION_KEY] = str(user.pk)
    made[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    made[HASH_SESSION_KEY] = user.get_session_auth_hash()
    if second_factor:
        made[SECOND_FACTOR] = user.pk
    made.save()
    return f"{settings.SESSION_COOKIE_NAME}={made.session_key}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


if __name__ == "__main__":
    main(int(sys.argv[1]))
