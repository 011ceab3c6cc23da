"""A small town for the engine's tests: two schools, a family, their officers, and strangers to both."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from portal.accounts import services as accounts
from portal.accounts.models import Citizen, FamilyLink, Officer
from portal.common.clock import local_day
from portal.organisations.models import Organisation
from portal.procedures import selectors, services
from portal.procedures.models import Dossier, Draft
from portal.procedures.workflow import Actor
from portal.pupils.models import Pupil
from tests.accounts import people
from tests.documents import files

TRANSFER = "2.002854"


@dataclass(frozen=True)
class Town:
    """Everybody whom a transfer needs, and two who must see nothing of it."""

    receiving: Organisation
    leaving: Organisation
    elsewhere: Organisation
    lan: Citizen
    tuan: Citizen
    minh: Pupil
    thang: Officer
    hanh: Officer
    thu: Officer
    far: Officer

    def actor(self, officer: Officer, place: Organisation | None = None) -> Actor:
        """Let an officer act for their school."""
        homes = {self.thu.pk: self.leaving, self.far.pk: self.elsewhere}
        return Actor(officer.user, officer.full_name, (place or homes.get(officer.pk, self.receiving)).pk)

    def lan_acts(self) -> Actor:
        """Let the mother act."""
        return Actor(self.lan.user, self.lan.full_name)


def build() -> Town:
    """Make the town; Lan is confirmed as Minh's mother, Tuấn as nobody's father."""
    receiving = people.school("H99.12.034", "Trường Tiểu học Ban Trắng")
    leaving = people.school("H99.12.035", "Trường Tiểu học Nậm Ban")
    elsewhere = people.school("H99.13.001", "Trường Tiểu học Phiêng Lúa")
    Organisation.objects.filter(pk__in=[receiving.pk, leaving.pk, elsewhere.pk]).update(levels=["primary"])
    lan, tuan = people.citizen(people.LAN), people.citizen(people.TUAN)
    minh = people.minh(at=leaving)
    link = accounts.confirm_link(
        citizen_id=lan.pk, pupil_id=minh.pk, relation="mother", basis=FamilyLink.Basis.REGISTER
    )
    # tests move the clock into the past of today
    FamilyLink.objects.filter(pk=link.pk).update(valid_from=people.LONG_AGO)
    return Town(
        receiving=receiving,
        leaving=leaving,
        elsewhere=elsewhere,
        lan=lan,
        tuan=tuan,
        minh=minh,
        thang=people.officer("thang", "school_clerk", receiving),
        hanh=people.officer("hanh", "principal", receiving),
        thu=people.officer("thu", "school_clerk", leaving),
        far=people.officer("far", "school_clerk", elsewhere),
    )


def pages(town: Town, **changes: Any) -> dict[str, dict[str, Any]]:
    """Answers of a transfer that the form accepts, page by page."""
    soon = local_day(timezone.now()) + dt.timedelta(days=14)
    answers: dict[str, dict[str, Any]] = {
        "child": {"child": town.minh.pk},
        "destination": {"to_school": town.receiving.pk, "to_grade": "3", "starts_on": soon.isoformat()},
        "reason": {"reason": "moved", "reason_words": None, "disability": False},
        "contact": {"phone": "+84900000118", "address": "Tổ 5, phường Ban Trắng"},
    }
    for name, value in changes.items():
        for page in answers.values():
            if name in page:
                page[name] = value
    return answers


def written_draft(town: Town, **changes: Any) -> Draft:
    """Give Lan's draft with every page filled in."""
    draft = services.start_draft(citizen=town.lan, procedure_code=TRANSFER)
    for page, answers in pages(town, **changes).items():
        draft = services.save_page(
            draft=draft, page_name=page, page_answers=answers, revision=draft.revision
        )
    return draft


def submitted(town: Town, **changes: Any) -> Dossier:
    """Give Lan's submitted dossier, with the paper that a child with an education plan needs."""
    draft = written_draft(town, **changes)
    if changes.get("disability"):
        services.add_paper_file(draft=draft, paper="plan", upload=files.upload(files.pdf(), "ke-hoach.pdf"))
    return services.submit_draft(draft=draft)


def at_step(town: Town, step: str) -> Dossier:
    """Give Lan's dossier inside status 4 at a step."""
    clerk = town.actor(town.thang)
    dossier = submitted(town)
    dossier = services.accept_dossier(dossier=dossier, actor=clerk, revision=dossier.revision)
    dossier = services.start_work(dossier=dossier, actor=clerk, revision=dossier.revision)
    if step == "principal_decides":
        dossier = services.complete_step(
            dossier=dossier, actor=town.actor(town.thu), revision=dossier.revision
        )
    assert dossier.step == step
    return selectors.dossier(dossier.pk)
