"""A leader's decision: signed with their own certificate, opened by the second factor at that moment, and by nothing else."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from portal.accounts import services as accounts
from portal.documents import services, storage
from portal.documents.models import GeneratedDocument
from portal.documents.ports import LeaderSignature
from portal.documents.signing import (
    LeaderCertificate,
    NoSealError,
    is_sealed_and_whole,
    keep_leader_certificate,
)
from portal.documents.signing.certificates import leader_file, seal_file
from portal.outbox.models import Duty
from portal.procedures.models import Dossier
from portal.procedures.states import Status
from tests import doors
from tests.documents import files
from tests.documents.test_papers_page import as_lan
from tests.procedures.town import Town, at_step


@pytest.fixture(scope="module", autouse=True)
def seals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("seals")


@pytest.fixture(autouse=True)
def own_seals(settings: Settings, seals: Path) -> None:
    settings.SEALS_DIR, settings.DEMO = seals, True


def code_of(town: Town) -> str:
    return accounts.demo_way_in(town.hanh.user.username).code


def principal(town: Town) -> Client:
    return doors.client(town.hanh.user, second_factor=True)


def granting(dossier: Dossier) -> str:
    return f"/ban-lam-viec/ho-so/{dossier.public_id}/lam/grant/"


def made(kind: str = "granted") -> GeneratedDocument:
    document = GeneratedDocument.objects.get(kind=kind)
    assert services.issue_document(document_id=document.pk)
    document.refresh_from_db()
    return document


def test_the_code_is_asked_for_and_signs_once(town: Town) -> None:
    dossier = at_step(town, "principal_decides")
    client, path = principal(town), granting(dossier)
    code_of(town)  # ties the app
    assert "Mã xác nhận để ký số" in client.get(path).content.decode()
    sent = {"revision": str(dossier.revision), "note": "Đủ điều kiện."}
    for wrong in ("", "000000", "abc"):
        answer = client.post(path, {**sent, "code": wrong})
        assert answer.status_code == 422
        assert "Mã chưa đúng hoặc đã dùng" in answer.content.decode()
        assert "Đủ điều kiện." in answer.content.decode(), "what was typed stays"
    assert not GeneratedDocument.objects.filter(kind="granted").exists()
    code = code_of(town)
    assert client.post(path, {**sent, "code": code}).status_code == 302
    ordered = GeneratedDocument.objects.get(kind="granted")
    assert (ordered.by_leader, ordered.signer_id, bool(ordered.unlocked)) == (True, town.hanh.pk, True)
    document = made()
    assert (document.signed_as, document.unlocked) == ("Hanh, Trường Tiểu học Ban Trắng", "")
    assert is_sealed_and_whole(storage.read(document.stored_name))
    another = at_step(town, "principal_decides")
    answer = client.post(granting(another), {"revision": str(another.revision), "code": code})
    assert answer.status_code == 422, "a code signs once"


def test_a_refusal_without_its_reason_burns_no_code(town: Town) -> None:
    dossier = at_step(town, "principal_decides")
    path = granting(dossier).replace("/grant/", "/refuse/")
    code = code_of(town)
    sent = {"revision": str(dossier.revision), "code": code}
    assert "Ghi lý do" in principal(town).post(path, sent).content.decode()
    stale = principal(town).post(path, {**sent, "revision": "1", "note": "Đã đủ sĩ số."})
    assert stale.status_code == 302
    assert Dossier.objects.get().status == Status.IN_PROGRESS
    assert principal(town).post(path, {**sent, "note": "Đã đủ sĩ số."}).status_code == 302
    assert Dossier.objects.get().outcome == "refused"


def test_without_a_leaders_word_the_letter_waits_and_is_signed_later(town: Town) -> None:
    from portal.procedures import services as procedures

    dossier = at_step(town, "principal_decides")
    procedures.grant_dossier(dossier=dossier, actor=town.actor(town.hanh), revision=dossier.revision)
    document = GeneratedDocument.objects.get(kind="granted")
    assert not Duty.objects.filter(payload={"document": document.pk}).exists()
    assert not services.issue_document(document_id=document.pk)
    assert "Chờ lãnh đạo ký số." in as_lan(town).get(f"/ho-so/{dossier.public_id}/").content.decode()
    path = f"/ban-lam-viec/ho-so/{dossier.public_id}/ky/"
    clerk = doors.client(town.thang.user, second_factor=True)
    assert clerk.get(path).status_code == 403
    assert path in principal(town).get(f"/ban-lam-viec/ho-so/{dossier.public_id}/").content.decode()
    assert principal(town).post(path, {"code": "1"}).status_code == 422
    assert principal(town).post(path, {"code": code_of(town)}).status_code == 302
    assert Duty.objects.filter(payload={"document": document.pk}).count() == 1
    assert made().issued_at is not None
    assert principal(town).get(path).status_code == 404, "nothing waits any more"


def test_a_word_that_nobody_came_to_in_time_opens_nothing(town: Town) -> None:
    from portal.procedures import services as procedures

    dossier = at_step(town, "principal_decides")
    procedures.grant_dossier(
        dossier=dossier,
        actor=town.actor(town.hanh),
        revision=dossier.revision,
        signature=LeaderSignature(town.hanh.pk, "khóa"),
    )
    document = GeneratedDocument.objects.get(kind="granted")
    GeneratedDocument.objects.update(unlocked_until=timezone.now() - dt.timedelta(seconds=1))
    assert not services.issue_document(document_id=document.pk)
    document.refresh_from_db()
    assert (document.issued_at, document.unlocked) == (None, "")
    assert services.sign_document(document_id=document.pk, signature=LeaderSignature(town.hanh.pk, "khóa"))
    assert not services.sign_document(document_id=document.pk, signature=LeaderSignature(town.hanh.pk, "x"))
    assert made().issued_at is not None


def test_what_opens_the_key_is_not_readable_in_the_database(town: Town) -> None:
    from django.db import connection

    from portal.procedures import services as procedures

    dossier = at_step(town, "principal_decides")
    procedures.grant_dossier(
        dossier=dossier,
        actor=town.actor(town.hanh),
        revision=dossier.revision,
        signature=LeaderSignature(town.hanh.pk, "khoa-bi-mat"),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT unlocked FROM documents_generateddocument WHERE by_leader")
        [stored] = cursor.fetchone()
    assert stored
    assert "khoa-bi-mat" not in stored
    assert "khoa-bi-mat" not in repr(LeaderSignature(1, "khoa-bi-mat"))


@pytest.mark.poppler
def test_pdfsig_names_the_leader_and_finds_a_flipped_byte(town: Town, tmp_path: Path) -> None:
    dossier = at_step(town, "principal_decides")
    sent = {"revision": str(dossier.revision), "code": code_of(town)}
    assert principal(town).post(granting(dossier), sent).status_code == 302
    pdf = storage.read(made().stored_name)

    def told(data: bytes) -> str:
        program = shutil.which("pdfsig")
        assert program is not None, "pdfsig comes with poppler-utils"
        path = tmp_path / "van-ban.pdf"
        path.write_bytes(data)
        return subprocess.run(
            [program, "-nocert", str(path)], capture_output=True, text=True, check=False
        ).stdout

    words = told(pdf)
    assert "Signature is Valid." in words, words
    assert "Total document signed" in words
    assert "Signer Certificate Common Name: Hanh" in words
    place = pdf.index(b"stream\n") + 200
    flipped = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
    assert "Signature is Valid." not in told(flipped)
    assert not is_sealed_and_whole(flipped)
    page = Client().post("/kiem-tra-van-ban/", {"file": files.upload(flipped, "a.pdf")}).content.decode()
    assert "Tệp này đã bị thay đổi" in page
    page = Client().post("/kiem-tra-van-ban/", {"file": files.upload(pdf, "a.pdf")}).content.decode()
    assert "là bản gốc và còn nguyên" in page
    assert "Hanh, Trường Tiểu học Ban Trắng" in page


def test_a_second_factor_set_anew_cannot_open_the_old_key(town: Town, settings: Settings) -> None:
    old = accounts.demo_signing_key(town.hanh.user)
    LeaderCertificate(town.hanh.pk, "Hanh", "", "Trường", old).sign(files.pdf(), reason="thử")
    accounts.reset_second_factor(user=town.hanh.user)
    new = accounts.demo_signing_key(town.hanh.user)
    assert new != old
    settings.DEMO = False
    with pytest.raises(NoSealError, match="keep_certificate"):
        leader_file(town.hanh.pk, "Hanh", new.encode())
    settings.DEMO = True
    signed = LeaderCertificate(town.hanh.pk, "Hanh", "", "Trường", new).sign(files.pdf(), reason="thử")
    assert is_sealed_and_whole(signed)


def test_a_site_keeps_the_certificate_that_an_authority_gave(town: Town, settings: Settings) -> None:
    given = seal_file("H99.77", "Cầm Thị Hạnh").read_bytes()
    from portal.documents.signing.certificates import password_of

    settings.DEMO = False
    path = keep_leader_certificate(
        officer_id=town.hanh.pk, data=given, own_password=password_of("H99.77"), password=b"moi"
    )
    key, certificate, _others = pkcs12.load_key_and_certificates(path.read_bytes(), b"moi")
    assert key is not None
    assert isinstance(certificate, x509.Certificate)
    assert b"BEGIN" in certificate.public_bytes(serialization.Encoding.PEM)
    signed = LeaderCertificate(town.hanh.pk, "Hạnh", "Hiệu trưởng", "Trường", "moi").sign(
        files.pdf(), reason="thử"
    )
    assert is_sealed_and_whole(signed)
    with pytest.raises(ValueError, match=r"."):
        keep_leader_certificate(officer_id=1, data=b"x", own_password=b"", password=b"y")


def test_a_step_that_nobody_holds_is_sealed_and_waits_for_no_leader(town: Town) -> None:
    from dataclasses import replace

    from portal.procedures import registry
    from portal.procedures import services as procedures
    from portal.procedures.definition.document import to_document
    from portal.procedures.models import StoredDefinition

    dossier = at_step(town, "principal_decides")
    definition = registry.as_written(dossier.definition)
    steps = tuple(replace(step, roles=()) for step in definition.steps)
    row = StoredDefinition.objects.create(
        code=definition.code, version=99, document=to_document(replace(definition, steps=steps))
    )
    Dossier.objects.update(definition=row)
    procedures.grant_dossier(dossier=dossier, actor=town.actor(town.hanh), revision=dossier.revision)
    document = made()
    assert (document.by_leader, document.signed_as) == (False, "Trường Tiểu học Ban Trắng")
