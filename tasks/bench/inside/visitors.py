"""Run inside the product (``python -m tasks.bench.inside.visitors``): sign people in and submit, for the bench.

Prints one line of JSON: session keys, and how long each submission took in seconds.
"""

from __future__ import annotations

import json
import time

SUBMISSIONS = 30


def main() -> None:
    """Make the sessions of a parent and a clerk, and time submissions through the service."""
    import django

    django.setup()
    from random import Random

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from portal.accounts.models import Citizen, FamilyLink, User
    from portal.accounts.sessions import SECOND_FACTOR
    from portal.common.fields import blind_index
    from portal.demo import cast
    from portal.demo.dossiers import submit_transfer

    def session(user: User, *, officer: bool = False) -> str:
        store = SessionStore()
        store[SESSION_KEY] = str(user.pk)
        store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        store[HASH_SESSION_KEY] = user.get_session_auth_hash()
        if officer:
            store[SECOND_FACTOR] = user.pk
        store.create()
        return str(store.session_key)

    parent = Citizen.objects.get(personal_id_index=blind_index("personal-id", cast.MAI.personal_id))
    link = FamilyLink.objects.filter(citizen=parent).first()
    if link is None:
        raise LookupError("the demo has no family for the bench")
    rng, times = Random(1), []  # noqa: S311 - made-up choices
    for _ in range(SUBMISSIONS):
        began = time.perf_counter()
        submit_transfer(link, rng, timezone.now())
        times.append(time.perf_counter() - began)
    print(
        json.dumps(
            {
                "parent": session(parent.user),
                "clerk": session(User.objects.get(username="thang"), officer=True),
                "submissions": times,
            }
        )
    )


if __name__ == "__main__":
    main()
