"""An organisation's seal: signs what is made automatically, and says so."""

from __future__ import annotations

from portal.documents.signing.certificates import NoSealError, password_of, seal_file
from portal.documents.signing.pades import append_signature

__all__ = ["NoSealError", "OrganisationSeal"]


class OrganisationSeal:
    """The seal of one organisation, by its code and the name that stands on the document."""

    def __init__(self, code: str, name: str) -> None:
        self.code, self.name = code, name

    @property
    def signed_as(self) -> str:
        """The office whose seal it is."""
        return self.name

    @property
    def words(self) -> str:
        """What stands below the office's name."""
        return f"Ký số tự động bằng con dấu của {self.name}"

    def sign(self, pdf: bytes, *, reason: str) -> bytes:
        """Append a PAdES signature (B-B); raises :class:`NoSealError`."""
        return append_signature(
            pdf,
            seal_file(self.code, self.name),
            password_of(self.code),
            field="Seal",
            name=self.name,
            reason=reason,
        )
