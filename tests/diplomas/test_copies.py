"""A certified copy from the order to the signed PDF, and what stands in its way."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from pytest_django import Settings

from portal.accounts.models import Citizen
from portal.diplomas import services as register
from portal.diplomas.copies import choose_entry, compose, panel
from portal.diplomas.credentials.checking import Answer, check
from portal.diplomas.models import CopyRequest, Credential
from portal.documents import storage
from portal.documents.models import GeneratedDocument
from portal.documents.services import issue_document
from portal.procedures import facts, services
from portal.procedures.definition.check import problems
from portal.procedures.models import Dossier
from portal.procedures.ports import coded_definitions
from portal.procedures.workflow import Actor
from tests import doors
from tests.accounts import people
from tests.diplomas.build import DECISION, Archive, entered, line

COPY = "H99-BSVB"
DESCRIBED = {
    "level": "upper_secondary",
    "year": 2008,
    "holder_name": "LO THI LAN",
    "holder_birth": "1990-02-03",
    "number": "b12345",
    "relation": "self",
}


@pytest.fixture(autouse=True)
def own_keys(settings: Settings, tmp_path: Any, db: None) -> None:
    settings.DIPLOMA_KEYS_DIR = tmp_path / "keys"
    settings.SEALS_DIR = tmp_path / "seals"
    cache.clear()
    for definition in coded_definitions().values():
        facts.load_first_rows(definition)


def ordered(citizen: Citizen, diploma: str = "other", **changes: Any) -> Dossier:
    draft = services.start_draft(citizen=citizen, procedure_code=COPY)
    pages = {
        "which": {"diploma": diploma},
        "described": {**DESCRIBED, **{name: value for name, value in changes.items() if name in DESCRIBED}},
        "delivery": {
            "copies": changes.get("copies", 2),
            "delivery": "pdf",
            "address": None,
            "phone": "+84900000118",
        },
    }
    if diploma != "other":
        pages.pop("described")
    for page, answers in pages.items():
        draft = services.save_page(
            draft=draft, page_name=page, page_answers=answers, revision=draft.revision
        )
    return services.submit_draft(draft=draft)


def at_the_leader(dossier: Dossier, archive: Archive) -> tuple[Dossier, Actor]:
    ngoc = Actor(archive.ngoc.user, "Ngọc", dossier.organisation_id)
    dossier = services.accept_dossier(dossier=dossier, actor=ngoc, revision=dossier.revision)
    dossier = services.start_work(dossier=dossier, actor=ngoc, revision=dossier.revision)
    dossier = services.complete_step(dossier=dossier, actor=ngoc, revision=dossier.revision)
    return dossier, Actor(archive.son.user, "Sơn", dossier.organisation_id)


def test_the_definitions_are_sound() -> None:
    for code in (COPY, "H99-CSVB", "H99-XMVB"):
        assert problems(coded_definitions()[code]) == []


def test_from_the_order_to_the_signed_pdf(archive: Archive) -> None:
    (entry,) = entered(archive)
    dossier = ordered(people.citizen(people.LAN))
    assert dossier.fee_amount == 18_000, "nine thousand for each of two copies"
    assert dossier.organisation_id == archive.department.pk
    assert (dossier.deadline_days, str(dossier.deadline_cutoff)) == (0, "15:00:00")
    request = CopyRequest.objects.get(dossier=dossier)
    assert (request.entry, request.copies) == (entry, 2)
    dossier, son = at_the_leader(dossier, archive)
    shown = panel(dossier.pk, archive.ngoc.user)
    assert shown is not None
    assert all(row["good"] for row in shown.context["compared"])
    dossier = services.grant_dossier(dossier=dossier, actor=son, revision=dossier.revision)
    document = GeneratedDocument.objects.get(kind="diploma_copy")
    assert issue_document(document_id=document.pk)
    document.refresh_from_db()
    pdf = storage.read(document.stored_name)
    token = pdf.partition(b"vc:")[2].split(b"<")[0].decode()
    assert check(token).answer is Answer.VALID
    assert check(token).claims["credentialSubject"]["name"] == "Lò Thị Lan"
    assert compose(dossier.pk, dossier.revision) == compose(dossier.pk, dossier.revision)
    lan = doors.client(Citizen.objects.get().user)
    page = lan.get(f"/ho-so/{dossier.public_id}/").content.decode()
    assert "Bản sao văn bằng từ sổ gốc" in page
    register.change_entry(entry=entry, version=1, action="withdraw", decision=DECISION, by=archive.by)
    assert check(token).answer is Answer.REVOKED


def test_what_does_not_fit_is_chosen_by_the_officer_before_anybody_signs(archive: Archive) -> None:
    (entry,) = entered(archive)
    dossier = ordered(people.citizen(people.LAN), number="B 99999")
    assert CopyRequest.objects.get().entry is None
    dossier, son = at_the_leader(dossier, archive)
    with pytest.raises(services.RefusedMoveError, match="Chưa chọn mục"):
        services.grant_dossier(dossier=dossier, actor=son, revision=dossier.revision)
    ngoc = doors.client(archive.ngoc.user, second_factor=True)
    desk = f"/ban-lam-viec/ho-so/{dossier.public_id}/"
    assert "Chưa khớp với mục nào" in ngoc.get(desk).content.decode()
    place = f"/ban-lam-viec/van-bang/ho-so/{dossier.public_id}/"
    assert "Lò Thị Lan" in ngoc.get(place).content.decode()
    assert ngoc.post(place, {"entry": "nonsense"}).status_code == 404
    assert ngoc.post(place, {"entry": str(entry.public_id)}).status_code == 302
    assert "Khớp sổ gốc" in ngoc.get(desk).content.decode()
    far = doors.client(archive.far.user, second_factor=True)
    assert far.get(place).status_code == 404
    services.grant_dossier(dossier=dossier, actor=son, revision=dossier.revision)
    with pytest.raises(register.RegisterRefusedError, match="đã được ký"):
        choose_entry(dossier_id=dossier.pk, entry=entry, actor_id=archive.ngoc.user_id)


def test_no_copy_of_a_diploma_that_is_withdrawn(archive: Archive) -> None:
    (entry,) = entered(archive)
    dossier, son = at_the_leader(ordered(people.citizen(people.LAN)), archive)
    register.change_entry(entry=entry, version=1, action="withdraw", decision=DECISION, by=archive.by)
    with pytest.raises(services.RefusedMoveError, match="Đã thu hồi"):
        services.grant_dossier(dossier=dossier, actor=son, revision=dossier.revision)
    assert not Credential.objects.exists()


def test_an_own_diploma_is_chosen_and_nobody_elses(archive: Archive) -> None:
    (entry,) = entered(archive, line(personal_id=people.LAN["citizen_id"]))
    lan, tuan = people.citizen(people.LAN), people.citizen(people.TUAN)
    dossier = ordered(lan, str(entry.public_id), copies=5)
    assert dossier.fee_amount == 45_000
    assert CopyRequest.objects.get().entry == entry
    draft = services.start_draft(citizen=tuan, procedure_code=COPY)
    page = doors.client(tuan.user).get(f"/nop/{COPY}/{draft.public_id}/which/").content.decode()
    assert str(entry.public_id) not in page
    with pytest.raises(services.IncompleteDraftError):
        ordered(tuan, str(entry.public_id))


def test_an_heir_brings_papers_and_the_form_tells_nothing_of_the_register(archive: Archive) -> None:
    tuan = people.citizen(people.TUAN)
    with pytest.raises(services.IncompleteDraftError, match="quan hệ"):
        ordered(tuan, relation="heir")
    entered(archive)
    right, wrong = ordered(tuan), ordered(tuan, number="B 1", holder_name="Ai Khác")
    client = doors.client(tuan.user)
    pages = [client.get(f"/ho-so/{dossier.public_id}/").content.decode() for dossier in (right, wrong)]
    for page in pages:
        assert "Sở Giáo dục và Đào tạo tỉnh Hoa Ban" in page
        assert "123/2008/THPT" not in page
