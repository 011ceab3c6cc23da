"""The engine of whatever database the portal runs on: for Wagtail's ``BACKEND`` setting."""

from __future__ import annotations

from typing import Any

from django.db import connection


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - the name that Wagtail looks for
    """Make the backend; the imports wait, because each needs its own database."""
    if connection.vendor == "postgresql":
        from portal.search.engines.postgresql import Backend  # noqa: PLC0415 - see above

        return Backend(params)
    from portal.search.engines.sqlite import Backend as SqliteBackend  # noqa: PLC0415 - see above

    return SqliteBackend(params)
