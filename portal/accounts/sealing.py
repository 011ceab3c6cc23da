"""How allauth stores the officers' secrets: sealed. Named by the setting ``MFA_ADAPTER``."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter

from portal.common.fields import key_ring


class EncryptingAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Keep TOTP secrets and recovery seeds as ciphertext under the installation's keys."""

    def encrypt(self, text: str) -> str:
        """Seal what allauth is about to store."""
        return key_ring().encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open what :meth:`encrypt` made."""
        return key_ring().decrypt(encrypted_text)

    def get_totp_label(self, user: Any) -> str:
        """Show the user name in the authenticator app."""
        return str(user.get_username())
