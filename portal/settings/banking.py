"""The demo's terminal at the sandbox bank: the portal and the bank derive the same secret, nobody types it."""

from __future__ import annotations

import hashlib
import hmac

SANDBOX_TERMINAL = "HOABAN01"


def sandbox_secret(secret_key: str) -> str:
    """Give the terminal's secret, 32 letters and digits, of the installation that has ``secret_key``."""
    return hmac.new(secret_key.encode(), b"sandbox-bank-terminal", hashlib.sha256).hexdigest()[:32]
