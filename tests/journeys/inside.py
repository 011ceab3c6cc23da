"""What only the portal itself can tell, asked in a process of its own: ``python -m tests.journeys.inside NAME``.

Prints one JSON value. Nothing of it is ever logged: the personal IDs below are what must stand nowhere.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import django

from tasks.places import PYTHON, ROOT

if TYPE_CHECKING:
    from tests.support.portal_fixtures import RunningPortal


def ask(portal: RunningPortal, name: str) -> Any:
    """Run one of the functions below with the portal's settings and give what it returns."""
    done = subprocess.run(
        [PYTHON, "-m", "tests.journeys.inside", name],
        cwd=ROOT,
        env=dict(portal.site.environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def child_of_mai() -> dict[str, Any]:
    """Let the sector's data name Mai as the mother of a child that nobody has claimed; tell who it is."""
    from portal.accounts.models import FamilyLink
    from portal.accounts.services import record_guardian
    from portal.demo.cast import MAI
    from portal.pupils.models import Pupil

    taken = FamilyLink.objects.values("pupil_id")
    child = Pupil.objects.exclude(pk__in=taken).filter(birth_date__year__gte=2016).order_by("pk").first()
    assert child is not None
    record_guardian(pupil_id=child.pk, adult_personal_id=MAI.personal_id, relation="mother", source="test")
    return {
        "name": child.full_name,
        "birth_date": child.birth_date.isoformat(),
        "personal_id": child.personal_id,
    }


def personal_ids() -> list[str]:
    """Decrypt every personal ID of the province."""
    from portal.accounts.models import Citizen, FamilyClaim
    from portal.demo.cast import PARENTS
    from portal.pupils.models import Pupil

    ids = {parent.personal_id for parent in PARENTS}
    ids |= set(Pupil.objects.values_list("personal_id", flat=True))
    ids |= set(Citizen.objects.values_list("personal_id", flat=True))
    ids |= set(FamilyClaim.objects.values_list("child_personal_id", flat=True))
    return sorted(ids - {""})


def names() -> list[str]:
    """List the names of citizens with an account and of the children that they may see."""
    from portal.accounts.models import Citizen, FamilyLink

    children = FamilyLink.objects.values_list("pupil__full_name", flat=True)
    return sorted({*Citizen.objects.values_list("full_name", flat=True), *children})


def opened() -> dict[str, Any]:
    """Open what lies packed in the database: sessions as Django reads them, and the outbox's rows."""
    from django.contrib.sessions.models import Session

    from portal.outbox.models import Duty

    return {
        "sessions": [str(session.get_decoded()) for session in Session.objects.all()],
        "duties": [str(row) for row in Duty.objects.values()],
    }


def duties_waiting() -> int:
    """Count the duties that are due now and not performed yet."""
    from django.utils import timezone

    from portal.outbox.models import Duty

    return Duty.objects.filter(state=Duty.State.WAITING, next_attempt_at__lte=timezone.now()).count()


if __name__ == "__main__":
    django.setup()
    known = {
        function.__name__: function
        for function in (child_of_mai, personal_ids, names, opened, duties_waiting)
    }
    print(json.dumps(known[sys.argv[1]]()))  # noqa: T201 - the answer
