"""A PAdES signature of level B-B with the key of a PKCS#12 file, appended to a PDF."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from portal.documents.signing.apart import apart
from portal.documents.signing.certificates import NoSealError

#: bytes kept free for the signature: a 2,048-bit key and two certificates need 4,500
ROOM = 12_288


def append_signature(
    pdf: bytes, key_file: Path, password: bytes, *, field: str, name: str, reason: str
) -> bytes:
    """Sign all of ``pdf``; raises :class:`NoSealError` where the password does not open the file."""
    loaded = signers.SimpleSigner.load_pkcs12(  # type: ignore[no-untyped-call]  # pyHanko left it untyped
        str(key_file), passphrase=password
    )
    if loaded is None:
        raise NoSealError(f"{key_file.name} cannot be opened with the password at hand.")
    about = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason,
        name=name,
    )
    out = BytesIO()
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    signer = signers.PdfSigner(about, loaded)
    apart(lambda: signer.sign_pdf(writer, output=out, bytes_reserved=ROOM))
    return out.getvalue()
