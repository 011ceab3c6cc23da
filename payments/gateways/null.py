"""For organisations that take no money online: nothing starts, nothing is believed."""

from __future__ import annotations

from collections.abc import Mapping

from payments.gateways.base import (
    Answer,
    Notice,
    Outcome,
    Payment,
    PaymentOffError,
    Question,
    Refund,
    Trouble,
    Verdict,
)
from portal.common.sentences import Sentence


class NullGateway:
    """Says politely that there is no way to pay here."""

    name = "null"

    def start(self, payment: Payment) -> str:
        """Refuse with a sentence for the citizen."""
        raise PaymentOffError(
            Sentence(
                "Đơn vị này chưa nhận thanh toán trực tuyến. Anh/chị nộp tiền tại bộ phận một cửa "
                "và cho biết mã %(code)s.",
                code=payment.reference,
            )
        )

    def read(self, query: str) -> Notice:
        """Believe nothing: nobody can have paid here."""
        return Notice(Trouble.SIGNATURE if query else Trouble.EMPTY)

    def reply(self, verdict: Verdict) -> Mapping[str, str]:
        """Answer without a bank's codes."""
        return {"verdict": verdict.value}

    def ask(self, question: Question) -> Answer:
        """Know nothing."""
        return Answer(Outcome.UNKNOWN, problem=f"no gateway for {question.reference}")

    def give_back(self, refund: Refund) -> Answer:
        """Give nothing back: nothing was taken."""
        return Answer(Outcome.UNKNOWN, problem=f"no gateway for {refund.reference}")
