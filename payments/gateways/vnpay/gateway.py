"""VNPAY behind the house's small interface: one instance per terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from payments.gateways.base import Answer, Notice, Outcome, Payment, Question, Refund, Verdict
from payments.gateways.vnpay import messages, signature, wire
from payments.gateways.vnpay.client import Bank, Client, NoAnswerError
from payments.gateways.vnpay.fields import QUERY_ANSWER, REFUND_ANSWER
from payments.gateways.vnpay.messages import Terminal

REPLIES: Mapping[Verdict, Mapping[str, str]] = {
    Verdict.RECORDED: {"RspCode": "00", "Message": "Confirm Success"},
    Verdict.ALREADY_RECORDED: {"RspCode": "02", "Message": "Order already confirmed"},
    Verdict.UNKNOWN_ORDER: {"RspCode": "01", "Message": "Order not found"},
    Verdict.WRONG_AMOUNT: {"RspCode": "04", "Message": "Invalid amount"},
    Verdict.BAD_SIGNATURE: {"RspCode": "97", "Message": "Invalid signature"},
    Verdict.ERROR: {"RspCode": "99", "Message": "Unknown error"},
}
"""VNPAY stops at 00 and 02, and calls again after the others (10 times, every 5 minutes)."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where VNPAY is: settings all of them, loopback in tests."""

    payment: str
    merchant: str
    bank_list: str


SANDBOX = Addresses(
    "https://sandbox.vnpayment.vn/paymentv2/vpcpay.html",
    "https://sandbox.vnpayment.vn/merchant_webapi/api/transaction",
    "https://sandbox.vnpayment.vn/qrpayauth/api/merchant/get_bank_list",
)


class VnpayGateway:
    """Payments to one terminal. ``own_ip`` is this server's address, which VNPAY wants to be told."""

    name = "vnpay"

    def __init__(
        self,
        terminal: Terminal,
        addresses: Addresses,
        own_ip: str = "127.0.0.1",
        client: Client | None = None,
    ) -> None:
        self._terminal, self._addresses, self._own_ip = terminal, addresses, own_ip
        self._client = client or Client(addresses.merchant, addresses.bank_list)

    def start(self, payment: Payment) -> str:
        """Give the signed address of VNPAY's payment page."""
        params = messages.pay(self._terminal, payment)
        return f"{self._addresses.payment}?{signature.signed_query(params, self._terminal.secret)}"

    def read(self, query: str) -> Notice:
        """Read and verify an IPN's or a return's query string, as it arrived."""
        return messages.read_notice(self._terminal, query)

    def reply(self, verdict: Verdict) -> Mapping[str, str]:
        """Give the JSON body that VNPAY expects; always with HTTP status 200."""
        return REPLIES[verdict]

    def ask(self, question: Question) -> Answer:
        """Send a ``querydr``: an answer counts only when it is signed and about this very attempt."""
        answer = self._exchange(messages.question(self._terminal, question, self._own_ip), QUERY_ANSWER)
        if isinstance(answer, Answer):
            return answer
        code = answer.get("vnp_ResponseCode", "")
        if code == "91":
            return _answer(Outcome.NOT_FOUND, answer)
        if code != "00":
            return _answer(Outcome.UNKNOWN, answer, f"querydr answered {code}")
        status, kind = answer.get("vnp_TransactionStatus", ""), answer.get("vnp_TransactionType", "01")
        return _answer(messages.outcome_of_status(status, kind), answer)

    def give_back(self, refund: Refund) -> Answer:
        """Send a ``refund``: ``REFUNDING`` means that the order was taken, not that the money is back."""
        answer = self._exchange(messages.refund(self._terminal, refund, self._own_ip), REFUND_ANSWER)
        if isinstance(answer, Answer):
            return answer
        code = answer.get("vnp_ResponseCode", "")
        if code == "00":
            return _answer(Outcome.REFUNDING, answer)
        if code in ("94", "98", "99", ""):
            # 94 is "asked for before" as well as "asked too often": only a question tells
            return _answer(Outcome.UNKNOWN, answer, f"refund answered {code}")
        return _answer(Outcome.REFUND_REFUSED, answer, f"refund answered {code}")

    def banks(self) -> list[Bank]:
        """Fetch the banks that this terminal offers; raise :class:`NoAnswerError`."""
        return self._client.banks(self._terminal.code)

    def _exchange(self, message: Mapping[str, str], order: Iterable[str]) -> dict[str, str] | Answer:
        """Send a message and give its verified answer, or an unknown one with the reason."""
        try:
            answer = self._client.send(message)
        except NoAnswerError as error:
            return Answer(Outcome.UNKNOWN, problem=str(error))
        if not answer.get(signature.HASH):
            return _answer(Outcome.UNKNOWN, answer, "the answer is not signed")
        if not signature.verify_fields(answer, order, self._terminal.secret):
            return _answer(Outcome.UNKNOWN, answer, "the answer's signature is wrong")
        for name in ("vnp_Command", "vnp_TxnRef", "vnp_TmnCode"):
            if answer.get(name) != message[name]:
                return _answer(Outcome.UNKNOWN, answer, f"the answer is about another {name}")
        return answer


def _answer(outcome: Outcome, raw: Mapping[str, str], problem: str = "") -> Answer:
    return Answer(
        outcome=outcome,
        code=raw.get("vnp_ResponseCode", ""),
        status=raw.get("vnp_TransactionStatus", ""),
        amount=wire.from_wire(raw.get("vnp_Amount", "")),
        transaction=raw.get("vnp_TransactionNo", ""),
        bank=raw.get("vnp_BankCode", ""),
        paid_at=wire.parse_moment(raw.get("vnp_PayDate", "")),
        problem=problem,
        reversed=raw.get("vnp_TransactionStatus", "") == "04",
        raw={name: value for name, value in raw.items() if name != signature.HASH},
    )
