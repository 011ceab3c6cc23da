"""Our VNPAY library and npm's ``vnpay`` check each other: nothing of ours judges itself here."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.gateways.base import Outcome
from payments.gateways.vnpay import fields, messages, signature, wire
from portal.common.clock import ZONE
from tests.payments.bank import LoopbackBank, Reply, loopback_bank
from tests.payments.build import EIGHT, gateway, payment, question, refund, terminal
from tests.payments.vectors import QUERIES, SECRET, TERMINAL

pytestmark = pytest.mark.node
FOLDER = Path(__file__).parent / "peer"
LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)
ASCII = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40)
AMOUNTS = st.integers(1, wire.LARGEST_AMOUNT)
REFERENCES = st.from_regex(r"[A-Z]{2}[0-9]{1,12}-[1-9]", fullmatch=True)


class Peer:
    """The other implementation, as a process."""

    def __init__(self, process: subprocess.Popen[str], host: str) -> None:
        self._process = process
        self._who = {"secret": SECRET, "terminal": TERMINAL, "host": host}

    def __call__(self, action: str, data: object) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"action": action, "who": self._who, "data": data}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert "error" not in answer, answer
        return answer["result"]


@pytest.fixture(scope="module")
def bank() -> Iterator[LoopbackBank]:
    with loopback_bank() as server:
        yield server


@pytest.fixture(scope="module")
def peer(bank: LoopbackBank) -> Iterator[Peer]:
    _install()
    node = shutil.which("node")
    assert node is not None, "Node.js is missing"
    with subprocess.Popen(
        [node, "peer.mjs"],
        cwd=FOLDER,
        text=True,
        encoding="utf-8",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        yield Peer(process, bank.host)
        assert process.stdin is not None
        process.stdin.close()
        process.wait(timeout=10)


def _install() -> None:
    """Install the peer once, however many test processes ask for it at the same time."""
    with (FOLDER / "package-lock.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (FOLDER / "node_modules" / ".package-lock.json").exists():
            return
        npm = shutil.which("npm")
        assert npm is not None, "npm is missing"
        # fewer scripts, fewer surprises: the package needs none
        ran = subprocess.run(
            [npm, "ci", "--ignore-scripts"],
            cwd=FOLDER,
            capture_output=True,
            text=True,
            check=False,
            env=os.environ,
        )
        assert ran.returncode == 0, ran.stderr


def _as_objects(query: str) -> dict[str, str]:
    return dict(parse_qsl(query, keep_blank_values=True))


@given(amount=AMOUNTS, description=LETTERS, reference=REFERENCES, language=st.sampled_from(["vi", "en"]))
def test_the_peer_verifies_what_we_send(
    peer: Peer, amount: int, description: str, reference: str, language: str
) -> None:
    asked = payment(amount=amount, description=f"x {description}", reference=reference, language=language)
    sent = _as_objects(urlsplit(gateway().start(asked)).query)
    assert peer("verifyReturn", sent) is True
    assert peer("verifyReturn", {**sent, "vnp_TxnRef": f"{reference}0"}) is False


@given(amount=AMOUNTS, description=ASCII, reference=REFERENCES)
def test_both_build_the_same_address(
    peer: Peer, bank: LoopbackBank, amount: int, description: str, reference: str
) -> None:
    try:
        told = wire.order_info(description)
    except ValueError:
        told = "x"
    asked = payment(amount=amount, description=told, reference=reference)
    built = peer(
        "build",
        {
            "vnp_Amount": amount,
            "vnp_IpAddr": asked.customer_ip,
            "vnp_OrderInfo": told,
            "vnp_TxnRef": reference,
            "vnp_ReturnUrl": asked.return_url,
            "vnp_CreateDate": 20261122080000,
            "vnp_ExpireDate": 20261122081500,
        },
    )
    assert built == gateway(bank.host).start(asked)


@given(
    info=LETTERS,
    more=st.dictionaries(st.from_regex(r"vnp_[A-Z][a-z]{1,8}", fullmatch=True), LETTERS, max_size=3),
)
def test_we_verify_what_the_peer_signs(peer: Peer, info: str, more: dict[str, str]) -> None:
    """The peer's own address, with every character there is, seen as if the bank had sent it."""
    data = {
        **{
            name: value for name, value in more.items() if name not in (signature.HASH, signature.HASH_TYPE)
        },
        "vnp_Amount": 30_000,
        "vnp_OrderInfo": info,
        "vnp_TxnRef": "HS000001",
        "vnp_ReturnUrl": "https://dvc.example.vn/r",
        "vnp_IpAddr": "203.0.113.10",
        "vnp_CreateDate": 20261122080000,
        "vnp_ResponseCode": "00",
        "vnp_TransactionStatus": "00",
    }
    query = urlsplit(peer("build", data)).query
    read = gateway().read(query)
    assert (read.trouble, read.outcome, read.amount) == (None, Outcome.PAID, 30_000)
    assert read.raw["vnp_OrderInfo"] == info
    assert peer("verifyNotice", _as_objects(query)) is True


@pytest.mark.parametrize("name", [name for name, (secret, *_) in QUERIES.items() if secret == SECRET])
def test_the_peer_agrees_on_the_vectors(peer: Peer, name: str) -> None:
    _, query, expected = QUERIES[name]
    assert peer("verifyNotice", {**_as_objects(query), "vnp_SecureHash": expected}) is True


def _moment(value: datetime) -> int:
    return int(value.astimezone(ZONE).strftime("%Y%m%d%H%M%S"))


@given(reference=REFERENCES, minutes=st.integers(1, 100_000))
def test_both_ask_alike_and_the_peer_believes_our_bank(
    peer: Peer, bank: LoopbackBank, reference: str, minutes: int
) -> None:
    asked_at = EIGHT + timedelta(minutes=minutes)
    values = {
        "vnp_ResponseId": "RES1", "vnp_Command": "querydr", "vnp_ResponseCode": "00", "vnp_Message": "Success",
        "vnp_TmnCode": TERMINAL, "vnp_TxnRef": reference, "vnp_Amount": "3000000", "vnp_BankCode": "NCB",
        "vnp_PayDate": "20261122080312", "vnp_TransactionNo": "14422574", "vnp_TransactionType": "01",
        "vnp_TransactionStatus": "00", "vnp_OrderInfo": "Nop le phi",
    }  # fmt: skip
    signed = {**values, "vnp_SecureHash": signature.sign_fields(values, fields.QUERY_ANSWER, SECRET)}
    bank.answer = lambda _body: Reply(json.dumps(signed).encode())
    bank.bodies.clear()
    theirs = peer(
        "ask",
        {
            "vnp_RequestId": "REQ0000000001",
            "vnp_TxnRef": reference,
            "vnp_TransactionDate": _moment(EIGHT),
            "vnp_CreateDate": _moment(asked_at),
            "vnp_IpAddr": "203.0.113.5",
            "vnp_OrderInfo": "Truy van GD",
            "vnp_TransactionNo": 14422574,
        },
    )
    assert theirs["isVerified"] is True
    ours = messages.question(
        terminal(),
        question(reference=reference, asked_at=asked_at, description="Truy vấn GD"),
        "203.0.113.5",
    )
    assert json.loads(bank.bodies[0])["vnp_SecureHash"] == ours["vnp_SecureHash"]
    assert gateway(bank.host).ask(question(reference=reference)).outcome is Outcome.PAID


@given(reference=REFERENCES, amount=AMOUNTS, full=st.booleans(), known=st.booleans())
def test_both_give_back_alike(
    peer: Peer, bank: LoopbackBank, reference: str, amount: int, *, full: bool, known: bool
) -> None:
    order = refund(reference=reference, amount=amount, full=full, transaction="14422574" if known else "")
    bank.answer = lambda _body: Reply(b'{"vnp_ResponseCode": "99"}')
    bank.bodies.clear()
    data: dict[str, object] = {
        "vnp_RequestId": order.request_id,
        "vnp_TransactionType": "02" if full else "03",
        "vnp_TxnRef": reference,
        "vnp_Amount": amount,
        "vnp_TransactionDate": _moment(EIGHT),
        "vnp_CreateBy": order.ordered_by,
        "vnp_CreateDate": _moment(order.ordered_at),
        "vnp_IpAddr": "203.0.113.5",
        "vnp_OrderInfo": wire.order_info(order.description),
    }
    peer("refund", {**data, "vnp_TransactionNo": 14422574} if known else data)
    theirs, ours = json.loads(bank.bodies[0]), messages.refund(terminal(), order, "203.0.113.5")
    assert theirs["vnp_SecureHash"] == ours["vnp_SecureHash"]
    assert str(theirs["vnp_Amount"]) == ours["vnp_Amount"]
