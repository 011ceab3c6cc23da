"""House rules that Django's ``check`` watches."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

_THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}


@register(Tags.security)
def issuer_is_encrypted(**_: Any) -> list[CheckMessage]:
    """Refuse an identity provider that is reached over a network in the clear."""
    issuer = urlsplit(settings.OIDC_ISSUER)
    if issuer.scheme == "https" or issuer.hostname in _THIS_MACHINE:
        return []
    return [
        Error(
            "OIDC_ISSUER is not https.",
            hint="Codes and tokens would travel in the clear. Give the provider's https address.",
            id="accounts.E001",
        )
    ]
