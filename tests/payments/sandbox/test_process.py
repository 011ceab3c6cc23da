"""The bank as a process of its own."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from payments.sandbox import launch
from payments.sandbox.bank import BANK_LIST_PATH, MERCHANT_PATH, PAYMENT_PATH
from portal.common.clock import ZONE
from tests.payments.build import gateway, payment
from tests.payments.sandbox.payee import listening_payee
from tests.payments.vectors import SECRET, TERMINAL

pytestmark = pytest.mark.processes


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(file: Path, port: int) -> Iterator[str]:
    host = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        launch.command(port),
        env=launch.environment(file, retry_seconds=0.2),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            for _ in range(200):
                try:
                    if httpx.get(f"{host}/health/").status_code == 200:
                        break
                except httpx.TransportError:
                    time.sleep(0.05)
            yield host
        finally:
            # the server's worker is a process of its own, and dies with it only in one group
            os.killpg(process.pid, signal.SIGKILL)


def _wait_until_told(host: str) -> dict[str, list[dict[str, Any]]]:
    for _ in range(100):
        books: dict[str, list[dict[str, Any]]] = httpx.get(f"{host}/sandbox/api/books").json()
        if books["notices"][0]["done"]:
            return books
        time.sleep(0.05)
    pytest.fail("the notice was not sent after the restart")


def test_a_payment_survives_the_bank_being_killed(tmp_path: Path) -> None:
    file, port = tmp_path / "bank.sqlite3", _free_port()
    with listening_payee() as payee:
        payee.answers = ['{"RspCode": "99"}']
        with _running(file, port) as host:
            given = {"code": TERMINAL, "secret": SECRET, "ipn_url": payee.ipn_url}
            assert httpx.post(f"{host}/sandbox/api/terminals", json=given).status_code == 201
            now = datetime.now(ZONE)
            url = gateway(host).start(payment(created_at=now, expires_at=now + timedelta(minutes=15)))
            page = httpx.get(url, follow_redirects=True)
            ended = httpx.post(f"{page.url}/qr", data={"outcome": "00"})
            back = httpx.get(f"{host}{ended.headers['Location']}")
            assert back.headers["Location"].startswith(
                "https://dvc.example.vn/thanh-toan/ket-qua?vnp_Amount=3000000"
            )
        told = len(payee.told)
        payee.answers = ['{"RspCode": "00"}']
        with _running(file, _free_port()) as host:
            books = _wait_until_told(host)
        assert books["payments"][0]["state"] == "paid"
        assert len(payee.told) > told


def test_never_beside_the_production_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "portal.settings.production")
    with pytest.raises(launch.ProductionRefusedError):
        launch.environment(tmp_path / "bank.sqlite3")
    environment = {**os.environ, launch.FILE: str(tmp_path / "bank.sqlite3")}
    ran = subprocess.run(
        [launch.command(1)[0], "-c", "import payments.sandbox.wsgi"],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert ran.returncode != 0
    assert b"production profile" in ran.stderr
    assert not (tmp_path / "bank.sqlite3").exists()


def test_addresses_are_those_of_vnpay() -> None:
    assert (PAYMENT_PATH, MERCHANT_PATH, BANK_LIST_PATH) == (
        "/paymentv2/vpcpay.html",
        "/merchant_webapi/api/transaction",
        "/qrpayauth/api/merchant/get_bank_list",
    )
