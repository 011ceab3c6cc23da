"""What signs a PDF: an organisation's seal now; a leader's certificate or a remote service later."""

from __future__ import annotations

from typing import Protocol


class Signer(Protocol):
    """Holds a key, or the way to one."""

    @property
    def signed_as(self) -> str:
        """Whose signature it is, as it is told to readers."""

    def sign(self, pdf: bytes, *, reason: str) -> bytes:
        """Give the PDF with a PAdES signature over all of it, appended; never changes what was there."""
