"""Files for accountants, for the officer who ordered them."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from django.core.files.storage import storages
from django.db.models import QuerySet

from payments.models import Export

if TYPE_CHECKING:
    from portal.accounts.models import User


def exports_of(user: User) -> QuerySet[Export]:
    """List an officer's own orders that are not erased yet, the newest first."""
    return (
        Export.objects.filter(officer=user)
        .exclude(state=Export.State.ERASED)
        .order_by("-ordered_at", "-pk")
    )


def open_export(user: User, export_id: int) -> tuple[Export, IO[bytes]] | None:
    """Open an officer's own file that is ready; None for anybody else's, or none."""
    export = Export.objects.filter(officer=user, pk=export_id, state=Export.State.READY).first()
    if export is None:
        return None
    return export, storages["private"].open(export.stored_name)
