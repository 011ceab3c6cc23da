"""An organisation's seal: signs what is made automatically, and says so."""

from __future__ import annotations

from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from portal.documents.signing.apart import apart
from portal.documents.signing.certificates import NoSealError, password_of, seal_file

__all__ = ["NoSealError", "OrganisationSeal"]

#: bytes kept free for the signature: a 2,048-bit key and two certificates need 4,500
ROOM = 12_288


class OrganisationSeal:
    """The seal of one organisation, by its code and the name that stands on the document."""

    def __init__(self, code: str, name: str) -> None:
        self.code, self.name = code, name

    @property
    def signed_as(self) -> str:
        """The office whose seal it is."""
        return self.name

    def sign(self, pdf: bytes, *, reason: str) -> bytes:
        """Append a PAdES signature (B-B); raises :class:`NoSealError`."""
        loaded = signers.SimpleSigner.load_pkcs12(  # type: ignore[no-untyped-call]  # pyHanko left it untyped
            str(seal_file(self.code, self.name)), passphrase=password_of(self.code)
        )
        if loaded is None:
            raise NoSealError(f"The seal of {self.code} cannot be opened with the site's password.")
        about = signers.PdfSignatureMetadata(
            field_name="Seal",
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            reason=reason,
            name=self.name,
        )
        out = BytesIO()
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        signer = signers.PdfSigner(about, loaded)
        apart(lambda: signer.sign_pdf(writer, output=out, bytes_reserved=ROOM))
        return out.getvalue()
