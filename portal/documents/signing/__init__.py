"""Who signs, and how a signature is checked again."""

from portal.documents.signing.certificates import keep_leader_certificate
from portal.documents.signing.checking import is_sealed_and_whole
from portal.documents.signing.leader import LeaderCertificate
from portal.documents.signing.seal import NoSealError, OrganisationSeal
from portal.documents.signing.signer import Signer

__all__ = [
    "LeaderCertificate",
    "NoSealError",
    "OrganisationSeal",
    "Signer",
    "is_sealed_and_whole",
    "keep_leader_certificate",
]
