"""What rooms above plug in: who owns a purpose, is told of settled lines, and where people go back to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class SettledLine:
    """A line whose money is here. ``amount`` in whole đồng; ids of rows as text."""

    line_id: int
    purpose: str
    subject_kind: str
    subject_id: str
    amount: int


type OnSettled = Callable[[SettledLine], str]
"""Told at least once, outside a transaction: act by a conditional UPDATE.

Answer "" to keep the money, or a sentence why it must go back: a refund is proposed then. Raise to be
told again later.
"""


@dataclass(frozen=True, slots=True)
class Payable:
    """A purpose and its owner. ``return_url`` gives the path of the subject's own page for its id.

    ``title`` names the purpose for accountants and on receipts: "Lệ phí thủ tục".
    """

    purpose: str
    on_settled: OnSettled
    return_url: Callable[[str], str]
    title: str | Promise = ""


_PAYABLES: dict[str, Payable] = {}


def register_payable(
    purpose: str,
    *,
    on_settled: OnSettled,
    return_url: Callable[[str], str],
    title: str | Promise = "",
) -> None:
    """Own a purpose (a name such as ``procedure-fee``); a second owner is a mistake."""
    known = _PAYABLES.get(purpose)
    if known is not None and known.on_settled is not on_settled:
        raise ValueError(f"The purpose {purpose!r} has an owner already.")
    _PAYABLES[purpose] = Payable(purpose, on_settled, return_url, title)


def payable(purpose: str) -> Payable:
    """Give the owner of a purpose; ``LookupError`` where its room is not installed."""
    try:
        return _PAYABLES[purpose]
    except KeyError as error:
        raise LookupError(f"No room owns the purpose {purpose!r}.") from error
