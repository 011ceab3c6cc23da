"""Whether a PDF carries a seal that counts here and was not touched since."""

from __future__ import annotations

from io import BytesIO

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from portal.documents.signing.apart import apart
from portal.documents.signing.certificates import trusted_roots


def is_sealed_and_whole(pdf: bytes) -> bool:
    """Say whether exactly one seal of a trusted authority covers the whole file, unchanged.

    Judged by pyHanko's ``bottom_line``: its ``valid`` stays true for a file changed afterwards.
    """
    try:
        reader = PdfFileReader(BytesIO(pdf))
        signatures = list(reader.embedded_signatures)
        if len(signatures) != 1:
            return False
        context = ValidationContext(trust_roots=_roots(), allow_fetching=False)
        status = apart(lambda: validate_pdf_signature(signatures[0], context))
    except Exception:  # noqa: BLE001 - a changed file makes the reader stumble over anything
        return False
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    return bool(whole and status.bottom_line)


def _roots() -> list[asn1_x509.Certificate]:
    return [asn1_x509.Certificate.load(pem.unarmor(path.read_bytes())[2]) for path in trusted_roots()]
