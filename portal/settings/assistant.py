"""The token between the portal and the bot: both derive it from the installation's key, nobody types it."""

from __future__ import annotations

import hashlib
import hmac


def rasa_token(secret_key: str) -> str:
    """Give the token of the installation that has ``secret_key``."""
    return hmac.new(secret_key.encode(), b"assistant-bot", hashlib.sha256).hexdigest()
