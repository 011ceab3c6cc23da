"""Seals and leaders' certificates as PKCS#12 files under ``SEALS_DIR``, opened by a derived password.

An organisation's seal lies under its code. A leader's certificate lies under ``officer-ID`` and opens only
with the password that the second factor gives at the moment of signing.

A demo makes its own at first need, under an authority of its own whose name says so. Anywhere else the
files are put there by whoever runs the site, and nothing is made up.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings

from portal.common.fields import blind_index

AUTHORITY = "co-quan-chung-thuc-mau"
AUTHORITY_NAME = "Cơ quan chứng thực MẪU (không có giá trị pháp lý)"
KEY_BITS = 2_048
YEARS = 5
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{0,40}")


class NoSealError(RuntimeError):
    """The organisation has no seal here: its PKCS#12 file must be put into the folder of seals."""


def path_of(code: str) -> Path:
    """Say where a seal lies; ``ValueError`` for a code that is no file name."""
    if not _CODE.fullmatch(code):
        raise ValueError(f"{code!r} cannot name a seal's file.")
    return Path(settings.SEALS_DIR) / f"{code}.p12"


def password_of(code: str) -> bytes:
    """Give the password of a seal: the site's own, or one derived from the installation's keys."""
    return (settings.SEAL_PASSWORD or blind_index("seal-password", code)).encode()


def seal_file(code: str, name: str) -> Path:
    """Give the file of an organisation's seal, made on the spot in a demo; raises :class:`NoSealError`."""
    path = path_of(code)
    if path.exists():
        return path
    if not settings.DEMO:
        raise NoSealError(f"Put the seal of {code} into the folder of seals: {path.name}.")
    return _made(path, code, name, password_of(code))


def leader_code(officer_id: int) -> str:
    """Name the file of a leader's certificate."""
    return f"officer-{officer_id}"


def leader_file(officer_id: int, name: str, password: bytes) -> Path:
    """Give the file of a leader's certificate, made on the spot in a demo; raises :class:`NoSealError`.

    A file that the password does not open belongs to a second factor that is gone: a demo makes a new one.
    """
    path = path_of(leader_code(officer_id))
    if path.exists():
        if _opens(path, password):
            return path
        if settings.DEMO:
            path.unlink(missing_ok=True)
    if not settings.DEMO:
        raise NoSealError(f"Give {name} a certificate: manage keep_certificate ({path.name}).")
    return _made(path, leader_code(officer_id), name, password)


def keep_leader_certificate(*, officer_id: int, data: bytes, own_password: bytes, password: bytes) -> Path:
    """Put a leader's certificate (PKCS#12) in its place, locked with ``password``; ``ValueError`` for nonsense."""
    key, certificate, others = pkcs12.load_key_and_certificates(data, own_password)
    if not isinstance(key, rsa.RSAPrivateKey) or certificate is None:
        raise ValueError("The file holds no RSA key with its certificate.")
    path = path_of(leader_code(officer_id))
    path.unlink(missing_ok=True)
    return _write(path, leader_code(officer_id), key, certificate, list(others), password)


def _opens(path: Path, password: bytes) -> bool:
    try:
        pkcs12.load_key_and_certificates(path.read_bytes(), password)
    except ValueError:
        return False
    return True


def _made(path: Path, code: str, name: str, password: bytes) -> Path:
    authority_key, authority = _opened(_authority_file(), AUTHORITY)
    key, certificate = _issue(name, authority_key, authority)
    return _write(path, code, key, certificate, [authority], password)


def trusted_roots() -> list[Path]:
    """List the certificates (PEM) of authorities whose seals count here."""
    if settings.DEMO:
        _authority_file()
    return sorted(Path(settings.SEALS_DIR).glob("*.pem"))


def _authority_file() -> Path:
    path = path_of(AUTHORITY)
    if not path.exists():
        key = rsa.generate_private_key(public_exponent=65_537, key_size=KEY_BITS)
        certificate = _certificate(AUTHORITY_NAME, AUTHORITY_NAME, key, key, authority=True)
        _write(path, AUTHORITY, key, certificate, [], password_of(AUTHORITY))
    _key, certificate = _opened(path, AUTHORITY)
    public = path.with_suffix(".pem")
    if not public.exists():
        _put(public, certificate.public_bytes(serialization.Encoding.PEM))
    return path


def _issue(
    name: str, authority_key: rsa.RSAPrivateKey, authority: x509.Certificate
) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(public_exponent=65_537, key_size=KEY_BITS)
    issuer = str(authority.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)
    return key, _certificate(name, issuer, key, authority_key, authority=False)


def _certificate(
    name: str, issuer: str, key: rsa.RSAPrivateKey, signer: rsa.RSAPrivateKey, *, authority: bool
) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    usage = x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .sign(signer, hashes.SHA256())
    )


def _named(name: str) -> x509.Name:
    """Write a name; a common name has at most 64 characters (RFC 5280, ub-common-name)."""
    return x509.Name(
        [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, name[:64])]
    )


def _opened(path: Path, code: str) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key, certificate, _others = pkcs12.load_key_and_certificates(path.read_bytes(), password_of(code))
    if not isinstance(key, rsa.RSAPrivateKey) or certificate is None:
        raise NoSealError(f"{path.name} holds no RSA key with its certificate.")
    return key, certificate


def _write(
    path: Path,
    code: str,
    key: rsa.RSAPrivateKey,
    certificate: x509.Certificate,
    above: list[x509.Certificate],
    password: bytes,
) -> Path:
    sealed = pkcs12.serialize_key_and_certificates(
        code.encode(),
        key,
        certificate,
        above or None,
        serialization.BestAvailableEncryption(password),
    )
    _put(path, sealed)
    return path


def _put(path: Path, data: bytes) -> None:
    """Write a file once, readable by the owner alone; where another process was first, that one counts."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
