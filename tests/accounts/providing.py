"""The real sample provider as a process, and a person who visits it with a browser of few words."""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from portal.accounts.provider import launch

PASSWORD = "ban-trang-no-2026"
SECRET = secrets.token_urlsafe(24)


@dataclass(frozen=True)
class Provider:
    issuer: str
    log: Path

    def sign_in(self, address: str, personal_id: str, password: str = PASSWORD) -> str:
        """Follow the portal's link, sign in; gives the path and query that lead back to the portal."""
        with httpx.Client(trust_env=False) as browser:
            answer = browser.get(address)
            form = browser.get(f"{self.issuer}{answer.headers['location']}")
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.text)
            assert token is not None
            sent = browser.post(
                form.url,
                data={"csrfmiddlewaretoken": token[1], "personal_id": personal_id, "password": password},
                headers={"Referer": str(form.url)},
            )
            if sent.status_code != httpx.codes.FOUND:
                return sent.text
            back = urlsplit(browser.get(f"{self.issuer}{sent.headers['location']}").headers["location"])
            return f"{back.path}?{back.query}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(folder: Path, people: list[dict[str, str]], public_url: str) -> Iterator[Provider]:
    """Prepare and start a provider with a folder of its own; stop it at the end."""
    port = _free_port()
    issuer = f"http://127.0.0.1:{port}"
    own = {
        "DATA_DIR": str(folder),
        "OIDC_ISSUER": issuer,
        "PUBLIC_URL": public_url,
        "OIDC_CLIENT_SECRET": SECRET,
        "DEMO": "1",
    }
    before = {name: os.environ.get(name) for name in own}
    os.environ.update(own)
    try:
        launch.prepare({**person, "password": PASSWORD} for person in people)
        environment = launch.environment()
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
    log = folder / "provider.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            launch.command(port), env=environment, stdout=out, stderr=out, start_new_session=True
        )
    try:
        _wait(f"{issuer}/suc-khoe/", process, log)
        yield Provider(issuer, log)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            if httpx.get(address, trust_env=False).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())
