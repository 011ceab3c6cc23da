"""What the sample provider tells of a person, and under which name."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter

from portal.accounts.provider.models import Person
from portal.accounts.provider.settings import ISSUER


class SampleAdapter(DefaultOIDCAdapter):  # type: ignore[misc]  # allauth ships no types
    """Claims as VNeID's would be: particulars by scope, in the user-info alone."""

    def get_issuer(self) -> str:
        """Give the configured issuer, however the request named the host."""
        return ISSUER

    def get_user_sub(self, _client: Any, user: Any) -> str:
        """Give the person's subject."""
        return str(user.subject)

    def get_user_by_sub(self, _client: Any, sub: str) -> Any:
        """Find the person of a subject."""
        try:
            subject = uuid.UUID(sub)
        except ValueError:
            return None
        return Person.objects.filter(subject=subject, is_active=True).first()

    def get_claims(
        self,
        purpose: str,
        user: Any,
        client: Any,
        scopes: Iterable[str],
        **_: Any,
    ) -> dict[str, Any]:
        """Give the claims; the ID token carries the subject only, so that no log of it says more."""
        claims: dict[str, Any] = {"sub": self.get_user_sub(client, user)}
        if purpose == "id_token":
            return claims
        by_scope: dict[str, dict[str, Any]] = {
            "profile": {
                "name": user.full_name,
                "birthdate": user.birth_date and user.birth_date.isoformat(),
            },
            "citizen": {"citizen_id": user.personal_id},
            "phone": {"phone_number": user.phone},
            "email": {"email": user.email},
            "address": {"address": {"formatted": user.address}},
        }
        for scope in scopes:
            claims |= by_scope.get(scope, {})
        return {name: value for name, value in claims.items() if value}
