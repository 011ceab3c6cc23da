"""A stranger checks a credential with a library of their own; nothing altered, foreign or outdated passes."""

from __future__ import annotations

import base64
import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from portal.diplomas import services
from portal.diplomas.credentials import keys, status
from portal.diplomas.credentials.checking import Answer, check
from portal.diplomas.credentials.making import credential_for, issuer_id, link_of, qr_of, sign
from portal.diplomas.models import Credential, Entry
from tests.diplomas.build import DECISION, Archive, entered, line

VERIFIER = Path(__file__).resolve().parents[2] / "docs" / "verify_diploma.py"


@pytest.fixture(autouse=True)
def own_keys(settings: Settings, tmp_path: Path) -> None:
    settings.DIPLOMA_KEYS_DIR = tmp_path / "keys"
    cache.clear()


def made(archive: Archive, **changes: Any) -> tuple[Entry, str]:
    (entry,) = entered(archive, line(**changes))
    return entry, sign(credential_for(entry=entry, occasion="holder"), entry.content)


def part(text: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def unpart(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_a_stranger_checks_it_with_the_published_keys_alone(archive: Archive, client: Client) -> None:
    _entry, token = made(archive)
    document = client.get("/.well-known/diploma-keys.json")
    assert document.headers["Access-Control-Allow-Origin"] == "*"
    head, body, signature = token.split(".")
    jwk = next(key for key in document.json()["keys"] if key["kid"] == part(head)["kid"])
    assert "d" not in jwk
    public = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(jwk["x"] + "="))
    public.verify(base64.urlsafe_b64decode(signature + "=="), f"{head}.{body}".encode())
    claims = part(body)
    assert claims["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert claims["credentialSubject"]["name"] == "Lò Thị Lan"
    assert "999" not in json.dumps(claims["credentialSubject"]), "no personal ID is ever in it"
    did = client.get("/.well-known/did.json").json()
    assert claims["issuer"]["id"] == did["id"] == issuer_id()
    assert did["verificationMethod"][0]["publicKeyJwk"]["x"] == jwk["x"]
    address = claims["credentialStatus"]["statusListCredential"]
    listed = client.get(
        address.partition("://")[2].partition("/")[1] + address.partition("://")[2].partition("/")[2]
    )
    head, body, signature = listed.content.decode().split(".")
    public.verify(base64.urlsafe_b64decode(signature + "=="), f"{head}.{body}".encode())
    bits = gzip.decompress(
        base64.urlsafe_b64decode(part(body)["credentialSubject"]["encodedList"][1:] + "==")
    )
    assert len(bits) * 4 == status.SIZE
    assert status.read(bits, int(claims["credentialStatus"]["statusListIndex"])) == status.VALID


def test_tampered_replayed_and_foreign_codes_do_not_pass(archive: Archive) -> None:
    _entry, token = made(archive)
    assert check(link_of(token)).answer is Answer.VALID
    assert check(f"  {token}\n").answer is Answer.VALID
    head, body, signature = token.split(".")
    claims = part(body)
    better = {**claims, "credentialSubject": {**claims["credentialSubject"], "name": "Người Khác"}}
    assert check(f"{head}.{unpart(better)}.{signature}").answer is Answer.BROKEN
    none = unpart({"alg": "none", "typ": "vc+jwt", "kid": part(head)["kid"]})
    assert check(f"{none}.{body}.").answer is Answer.BROKEN
    assert check(f"{none}.{body}.AAAA").answer is Answer.BROKEN
    hmac = unpart({"alg": "HS256", "typ": "vc+jwt", "kid": part(head)["kid"]})
    assert check(f"{hmac}.{body}.{signature}").answer is Answer.BROKEN
    _other, second = made(archive, full_name="Lò Thị Bích", register_number="124/2008/THPT")
    assert check(f"{head}.{body}.{second.split('.')[2]}").answer is Answer.BROKEN
    for nonsense in ("", "abc", "a.b.c", "…" * 9_000, token[:-4], "https://example.org/#"):
        assert check(nonsense).answer is Answer.BROKEN


def test_a_foreign_key_is_foreign_even_under_our_kid(archive: Archive) -> None:
    _entry, token = made(archive)
    head, body, _signature = token.split(".")
    stranger = Ed25519PrivateKey.generate()

    def forged(header: dict[str, str]) -> str:
        start = f"{unpart(header)}.{body}"
        return f"{start}.{base64.urlsafe_b64encode(stranger.sign(start.encode())).rstrip(b'=').decode()}"

    assert check(forged({**part(head), "kid": "202601-ffffff"})).answer is Answer.FOREIGN
    assert check(forged(part(head))).answer is Answer.BROKEN


def test_the_status_follows_the_register(archive: Archive) -> None:
    entry, token = made(archive)
    _other, second = made(archive, register_number="124/2008/THPT", serial="B 12346")
    after = services.change_entry(
        entry=entry, version=1, action="suspend", decision=DECISION, by=archive.by
    )
    assert check(token).answer is Answer.SUSPENDED
    after = services.change_entry(
        entry=after, version=2, action="reinstate", decision=DECISION, by=archive.by
    )
    assert check(token).answer is Answer.VALID
    after = services.change_entry(
        entry=after,
        version=3,
        action="correct",
        decision=DECISION,
        by=archive.by,
        record=line(full_name="Lò Thị Lanh"),
    )
    assert check(token).answer is Answer.REPLACED
    newer = sign(credential_for(entry=after, occasion="holder"), after.content)
    assert check(newer).answer is Answer.VALID
    services.change_entry(entry=after, version=4, action="withdraw", decision=DECISION, by=archive.by)
    assert check(token).answer is check(newer).answer is Answer.REVOKED
    assert check(second).answer is Answer.VALID
    bits = status.bits_of(1)
    listed = [status.read(bits, status.place_of(each.pk)[1]) for each in Credential.objects.order_by("pk")]
    assert listed == [status.REVOKED, status.VALID, status.REVOKED]
    assert status.decoded(status.encoded(bits)) == bits


def test_old_keys_still_verify_after_a_rotation_that_drops_their_private_part(
    archive: Archive, settings: Settings
) -> None:
    entry, token = made(archive)
    kid = keys.new_key(drop_old_private_parts=True)
    assert check(token).answer is Answer.VALID
    fresh = sign(credential_for(entry=entry, occasion="copy:1"), entry.content)
    assert part(fresh.split(".")[0])["kid"] == kid
    assert len(keys.public_keys()) == 2
    for path in Path(settings.DIPLOMA_KEYS_DIR).glob("*.json"):
        assert path.stat().st_mode & 0o077 == 0
        assert ("d" in json.loads(path.read_text())["jwk"]) == (path.stem == kid)


def test_without_a_key_nothing_is_made_up_outside_a_demo(archive: Archive, settings: Settings) -> None:
    (entry,) = entered(archive)
    settings.DEMO = False
    with pytest.raises(keys.NoSigningKeyError):
        sign(credential_for(entry=entry, occasion="holder"), entry.content)


def test_the_code_fits_paper(archive: Archive) -> None:
    _entry, token = made(
        archive,
        full_name="Nguyễn Thị Hoàng Phương Thảo",
        school="Trường Trung học phổ thông chuyên Hoa Ban",
    )
    assert len(link_of(token)) < 1_600
    assert qr_of(token).startswith("<svg")
    with pytest.raises(InvalidSignature):
        Ed25519PrivateKey.generate().public_key().verify(b"0" * 64, token.encode())


def test_the_page_answers_without_script(archive: Archive, client: Client) -> None:
    entry, token = made(archive)
    assert "Quét mã QR" in client.get("/van-bang/kiem-tra/").content.decode()
    page = client.post("/van-bang/kiem-tra/", {"credential": link_of(token)}).content.decode()
    assert 'data-answer="valid"' in page
    assert "B 0012345" in page
    services.change_entry(entry=entry, version=1, action="withdraw", decision=DECISION, by=archive.by)
    assert (
        'data-answer="revoked"'
        in client.post("/van-bang/kiem-tra/", {"credential": token}).content.decode()
    )
    assert client.post("/van-bang/kiem-tra/", {"credential": " "}).status_code == 422
    worker = client.get("/van-bang/kiem-tra/sw.js")
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert "/van-bang/trang-thai/1" in worker.content.decode().replace("\\u002D", "-")
    assert client.get("/van-bang/trang-thai/2").status_code == 404


def test_the_stand_alone_verifier_of_the_docs_agrees(
    archive: Archive, client: Client, tmp_path: Path
) -> None:
    entry, token = made(archive)
    (tmp_path / "keys.json").write_bytes(client.get("/.well-known/diploma-keys.json").content)

    def said(text: str) -> tuple[int, str]:
        cache.clear()
        (tmp_path / "1.jwt").write_bytes(client.get("/van-bang/trang-thai/1").content)
        done = subprocess.run(
            [
                sys.executable,
                VERIFIER,
                text,
                "--keys",
                tmp_path / "keys.json",
                "--list",
                tmp_path / "1.jwt",
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    assert said(link_of(token))[0] == 0
    head, body, signature = token.split(".")
    assert said(f"{head}.{body}.{'A' * len(signature)}") == (2, "NOT GENUINE: altered\n")
    services.change_entry(entry=entry, version=1, action="suspend", decision=DECISION, by=archive.by)
    code, words = said(token)
    assert code == 1
    assert "Status: suspended" in words
