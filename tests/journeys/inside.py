"""What only the portal itself can tell, asked in a process of its own: ``python -m tests.journeys.inside NAME``.

Prints one JSON value. Nothing of it is ever logged: the personal IDs below are what must stand nowhere.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import django
from django.db.models import F
from django.utils import timezone

from portal.demo.cast import PAO, RECEIVING_SCHOOL, Parent
from tasks.places import PYTHON, ROOT

if TYPE_CHECKING:
    from portal.procedures.models import Dossier
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


def _submitted(parent: Parent, child: str, at: dt.datetime) -> Dossier:
    """Send in a transfer as a parent does; give it with its clerk's acceptance still to come."""
    from portal.accounts import selectors as accounts
    from portal.organisations import selectors as organisations
    from portal.procedures import selectors, services

    citizen = accounts.citizen_by_personal_id(parent.personal_id)
    assert citizen is not None
    pupil = next(link.pupil for link in accounts.children_of(citizen) if link.pupil.full_name == child)
    school = organisations.find_schools(RECEIVING_SCHOOL)[0]
    draft = services.start_draft(citizen=citizen, procedure_code="2.002854")
    starts = (at + dt.timedelta(days=60)).date().isoformat()
    pages: dict[str, dict[str, Any]] = {
        "child": {"child": pupil.pk},
        "destination": {"to_school": school.pk, "to_grade": "4", "starts_on": starts},
        "reason": {"reason": "moved", "reason_words": None, "disability": False},
        "contact": {"phone": parent.phone, "address": "Tổ 5, phường Ban Trắng"},
    }
    for page, answers in pages.items():
        draft = services.save_page(
            draft=draft, page_name=page, page_answers=answers, revision=draft.revision
        )
    return selectors.dossier(services.submit_draft(draft=draft, at=at).pk)


def _walked(parent: Parent, child: str, at: dt.datetime, *moves: str) -> dict[str, str]:
    from portal.demo.dossiers import walk
    from portal.procedures import selectors

    dossier = _submitted(parent, child, at)
    for move in moves:
        dossier = selectors.dossier(walk(dossier, move, at).pk)
    return {"id": str(dossier.public_id), "code": dossier.code or dossier.temporary_code}


def before_the_principal() -> dict[str, str]:
    """Bring a dossier of Páo's daughter to the principal."""
    return _walked(PAO, "Giàng Thị Mỷ", timezone.now(), "accept", "start", "complete_step")


def late() -> dict[str, str]:
    """Bring a dossier to the principal that was received three weeks ago and forgotten."""
    long_ago = timezone.now() - dt.timedelta(days=21)
    return _walked(PAO, "Giàng Thị Mỷ", long_ago, "accept", "start", "complete_step")


def wake_the_apologies() -> None:
    """Send what the clock sends every ten minutes."""
    from portal.celery import app

    app.send_task("portal.procedures.apologise")


def accept_many() -> list[int]:
    """Accept six dossiers: each owes a slip and two notices by mail."""
    from portal.procedures.models import Dossier

    codes = [_walked(PAO, "Giàng Thị Mỷ", timezone.now(), "accept")["code"] for _number in range(6)]
    return list(Dossier.objects.filter(code__in=codes).order_by("pk").values_list("pk", flat=True))


def end_leases() -> int:
    """Let time pass for duties whose worker died."""
    from portal.outbox.models import Duty

    waiting = Duty.objects.filter(state=Duty.State.WAITING, lease_until__isnull=False)
    return waiting.update(lease_until=F("created_at"), next_attempt_at=F("created_at"))


def what_became() -> list[dict[str, Any]]:
    """Tell of the last six accepted dossiers: their slips, notices and mails."""
    from portal.documents import storage
    from portal.documents.models import GeneratedDocument
    from portal.documents.signing import is_sealed_and_whole
    from portal.notifications.models import Delivery, Notice
    from portal.procedures.models import Dossier

    told = []
    for dossier in Dossier.objects.filter(status=2).order_by("-pk")[:6]:
        slips = list(GeneratedDocument.objects.filter(subject_kind="dossier", subject_id=str(dossier.pk)))
        notices = Notice.objects.filter(subject_kind="dossier", subject_id=str(dossier.pk))
        mails = Delivery.objects.filter(notice__in=notices, channel="mail")
        told.append(
            {
                "slips": [
                    bool(slip.issued_at)
                    and is_sealed_and_whole(storage.read(slip.stored_name))
                    and storage.digest(storage.read(slip.stored_name)) == slip.sha256
                    for slip in slips
                ],
                "notices": sorted(notices.values_list("template", flat=True)),
                "mails": [[mail.message_id, mail.sent_at is not None] for mail in mails],
            }
        )
    return told


def duties_waiting() -> int:
    """Count the duties that are due now and not performed yet."""
    from django.utils import timezone

    from portal.outbox.models import Duty

    return Duty.objects.filter(state=Duty.State.WAITING, next_attempt_at__lte=timezone.now()).count()


if __name__ == "__main__":
    django.setup()
    known = {
        function.__name__: function
        for function in (
            child_of_mai,
            personal_ids,
            names,
            opened,
            duties_waiting,
            before_the_principal,
            late,
            wake_the_apologies,
            accept_many,
            end_leases,
            what_became,
        )
    }
    print(json.dumps(known[sys.argv[1]]()))  # noqa: T201 - the answer
