"""Reading accounts."""

from portal.accounts.contacts import Contact, contact_of

__all__ = ["Contact", "contact_of"]
