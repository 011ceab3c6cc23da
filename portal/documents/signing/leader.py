"""A leader's certificate: signs a decision, its key opened by the second factor at that moment."""

from __future__ import annotations

from dataclasses import dataclass

from portal.documents.signing.certificates import leader_file
from portal.documents.signing.pades import append_signature


@dataclass(frozen=True, slots=True)
class LeaderCertificate:
    """The certificate of one officer; ``key`` is the password that the second factor gave."""

    officer_id: int
    name: str
    position: str
    office: str
    key: str

    @property
    def signed_as(self) -> str:
        """Who signed, as readers are told."""
        return ", ".join(part for part in (self.name, self.position, self.office) if part)

    @property
    def words(self) -> str:
        """What stands below the office's name."""
        who = f"{self.name}, {self.position}" if self.position else self.name
        return f"Ký số bởi {who}"

    def sign(self, pdf: bytes, *, reason: str) -> bytes:
        """Append a PAdES signature (B-B); raises ``NoSealError``."""
        password = self.key.encode()
        return append_signature(
            pdf,
            leader_file(self.officer_id, self.name, password),
            password,
            field="Leader",
            name=self.name,
            reason=reason,
        )
