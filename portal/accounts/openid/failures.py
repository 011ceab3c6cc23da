"""Why a sign-in at the provider did not come about."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """What the page tells apart; the values stand in logs, so none of them is personal."""

    UNREACHABLE = "unreachable"
    DECLINED = "declined"
    STALE = "stale"
    UNTRUSTED = "untrusted"


class SignInFailedError(Exception):
    """``reason`` picks the page; ``detail`` names the check that failed, for the log."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        """Take no value that came from the person or the token."""
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
