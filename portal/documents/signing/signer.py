"""What signs a PDF: an organisation's seal, a leader's certificate, or a remote service."""

from __future__ import annotations

from typing import Protocol


class Signer(Protocol):
    """Holds a key, or the way to one."""

    @property
    def signed_as(self) -> str:
        """Whose signature it is, as it is told to readers."""

    @property
    def words(self) -> str:
        """Say in Vietnamese, on the document itself, how it was signed."""

    def sign(self, pdf: bytes, *, reason: str) -> bytes:
        """Give the PDF with a PAdES signature over all of it, appended; never changes what was there."""
