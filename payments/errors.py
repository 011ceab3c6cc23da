"""Refusals of this room; each text is a Vietnamese sentence for the person who tried."""

from __future__ import annotations


class PaymentRefusedError(Exception):
    """What was asked for cannot be done now; the text says why and what to do."""
