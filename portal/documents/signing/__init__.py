"""Who signs, and how a signature is checked again."""

from portal.documents.signing.checking import is_sealed_and_whole
from portal.documents.signing.seal import NoSealError, OrganisationSeal
from portal.documents.signing.signer import Signer

__all__ = ["NoSealError", "OrganisationSeal", "Signer", "is_sealed_and_whole"]
