"""What the outbox calls when a duty of this room is due. All may run twice."""

from __future__ import annotations

from functools import partial
from typing import Any

from portal.charges.services import cancelling, making, publishing, reminding
from portal.outbox import services as outbox
from portal.outbox.ports import LEASE_SECONDS, duty_handler

_keep = partial(outbox.extend_lease, seconds=LEASE_SECONDS)


@duty_handler("charges.fill")
def fill(payload: dict[str, Any]) -> None:
    """Write the pupils of a large draft."""
    making.fill_list(payload["list_id"], after_lot=_keep)


@duty_handler("charges.publish")
def publish(payload: dict[str, Any]) -> None:
    """Publish what is left of a list."""
    publishing.publish_all(payload["list_id"], after_lot=_keep)


@duty_handler("charges.tell", lease_seconds=300)
def tell(payload: dict[str, Any]) -> None:
    """Tell the parents of a published lot."""
    publishing.tell_published(payload["list_id"], payload["first"], payload["last"])


@duty_handler("charges.cancel", lease_seconds=300)
def cancel(payload: dict[str, Any]) -> None:
    """Take back what is left of a list."""
    cancelling.cancel_all(payload["list_id"], after_lot=partial(outbox.extend_lease, seconds=300))


@duty_handler("charges.remind", lease_seconds=300)
def remind(payload: dict[str, Any]) -> None:
    """Tell everybody of a round."""
    reminding.tell_round(payload["reminder_id"], after_lot=partial(outbox.extend_lease, seconds=300))
