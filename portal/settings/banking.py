"""The demo's terminals at the sandbox bank: the portal and the bank derive the same secrets, nobody types them."""

from __future__ import annotations

import hashlib
import hmac

SANDBOX_TERMINAL = "HOABAN01"
#: the shared one, and that of a school which takes its money by itself
SANDBOX_TERMINALS = (SANDBOX_TERMINAL, "HOABAN02")


def sandbox_secret(secret_key: str, terminal: str = SANDBOX_TERMINAL) -> str:
    """Give a terminal's secret, 32 letters and digits, of the installation that has ``secret_key``."""
    words = "sandbox-bank-terminal" + ("" if terminal == SANDBOX_TERMINAL else f":{terminal}")
    return hmac.new(secret_key.encode(), words.encode(), hashlib.sha256).hexdigest()[:32]
