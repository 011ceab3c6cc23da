"""Text messages. A contract with an operator brings a class of its own; until then the log stands in."""

from __future__ import annotations

import logging

from portal.accounts.selectors import Contact
from portal.notifications.channels import Parcel

logger = logging.getLogger(__name__)


class ConsoleSms:
    """Says in the log that a text message would go out: to whom by id, nothing else."""

    def wanted(self, contact: Contact) -> bool:
        """Need a wish and a number."""
        return contact.sms_notices and bool(contact.phone)

    def send(self, parcel: Parcel) -> None:
        """Log."""
        logger.info("sms: sent to user %d (%s)", parcel.recipient_id, parcel.message_id)
