"""What the register of organisations says when it does not carry out a change."""

from __future__ import annotations


class OrganisationRefusedError(ValueError):
    """The change was not made; the message is a sentence for the officer, in the reader's language."""
