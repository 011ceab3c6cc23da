"""Push to browsers. Subscriptions of browsers come with the service worker; until then the log stands in."""

from __future__ import annotations

import logging

from portal.accounts.selectors import Contact
from portal.notifications.channels import Parcel

logger = logging.getLogger(__name__)


class ConsolePush:
    """Says in the log that a push would go out: to whom by id, nothing else."""

    def wanted(self, contact: Contact) -> bool:
        """Nobody can subscribe yet, so it goes out only where an installation names another class."""
        del contact
        return False

    def send(self, parcel: Parcel) -> None:
        """Log."""
        logger.info("push: sent to user %d (%s)", parcel.recipient_id, parcel.message_id)
