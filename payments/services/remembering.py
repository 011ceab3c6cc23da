"""Keeping what a bank answered, before anything is done about it."""

from __future__ import annotations

import json
from typing import Literal

from django.utils import timezone

from payments.gateways.base import Answer
from payments.models import Attempt, BankMessage

_LONGEST = 8_192


def remember(attempt: Attempt, answer: Answer, kind: Literal["answer", "refund"]) -> BankMessage:
    """Store an answer, without its hash; its outcome stands as the verdict."""
    raw = json.dumps(dict(answer.raw), ensure_ascii=False).replace("\\u0000", "")[:_LONGEST]
    return BankMessage.objects.create(
        kind=kind,
        raw=raw,
        attempt=attempt,
        verdict=answer.outcome.value[:20],
        received_at=timezone.now(),
    )
