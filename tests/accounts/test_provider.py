"""The sample provider stays a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from django.conf import settings

from tests.accounts.people import LAN
from tests.accounts.providing import Provider


def _python(code: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        env={**os.environ, "DATA_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_portal_does_not_hold_the_sample_provider() -> None:
    assert not [app for app in settings.INSTALLED_APPS if "provider" in app or "idp" in app]


def test_the_sample_provider_cannot_be_imported_into_the_portal(tmp_path: Path) -> None:
    code = "import django; django.setup(); import portal.accounts.provider.models"
    done = _python(code, tmp_path, DJANGO_SETTINGS_MODULE="portal.settings.test")
    assert "runs with its own settings only" in done.stderr


def test_the_app_refuses_settings_that_are_not_its_own(tmp_path: Path) -> None:
    code = (
        "from portal.settings import test as s; s.INSTALLED_APPS.append('portal.accounts.provider');"
        "import django; django.setup()"
    )
    done = _python(code, tmp_path, DJANGO_SETTINGS_MODULE="portal.settings.test")
    assert "runs with its own settings only" in done.stderr


def test_the_sample_provider_does_not_start_outside_the_demo(tmp_path: Path) -> None:
    done = _python("import portal.accounts.provider.settings", tmp_path, DEMO="0", OIDC_CLIENT_SECRET="x")
    assert "runs in the demo only" in done.stderr


@pytest.mark.processes
def test_its_pages_say_that_it_is_not_vneid_and_name_nobody_unlisted(provider: Provider) -> None:
    for path in ("/", "/dang-nhap/"):
        page = httpx.get(f"{provider.issuer}{path}", trust_env=False).text
        assert "VNeID mẫu – không phải VNeID thật" in page
        assert LAN["name"] not in page
        assert "style=" not in page
        assert "<script" not in page


@pytest.mark.processes
def test_its_file_keeps_no_personal_id_in_clear(provider: Provider) -> None:
    folder = provider.log.parent
    kept = b"".join(path.read_bytes() for path in folder.glob("provider.sqlite3*"))
    assert b"provider_person" in kept
    assert LAN["citizen_id"].encode() not in kept
    assert (folder / "keys" / "provider.pem").stat().st_mode & 0o077 == 0


@pytest.mark.processes
def test_it_sends_nobody_to_an_address_that_was_not_registered(provider: Provider) -> None:
    answer = httpx.get(
        f"{provider.issuer}/identity/o/authorize",
        params={
            "response_type": "code",
            "client_id": "cong-dich-vu-giao-duc",
            "redirect_uri": "https://xau.example/",
            "scope": "openid",
            "prompt": "none",
        },
        trust_env=False,
    )
    assert "location" not in answer.headers
    assert "chưa đúng" in answer.text
