"""Checks a diploma's QR code without any of our software: one file, Python 3.11+ and the package cryptography.

    python3 verify_diploma.py 'https://portal.example/van-bang/kiem-tra/#eyJ…'
    python3 verify_diploma.py TEXT --keys diploma-keys.json --list 1.jwt     # without a network

The text behind the # is a W3C Verifiable Credential 2.0, secured as a JWT (typ vc+jwt, alg Ed25519, RFC 9864).
Keys come from /.well-known/diploma-keys.json of the issuer whom YOU trust, never from the credential itself; the
credential names its place in a Bitstring Status List, which is signed by the same keys.
Exit codes: 0 valid, 1 not valid (revoked, suspended, replaced), 2 not genuine.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import json
import sys
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def raw(text: str) -> bytes:
    """Decode base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def opened(token: str, keys: list[dict[str, str]]) -> dict[str, object]:
    """Give the claims of a token that one of the keys signed; raises ValueError for any other."""
    head, body, signature = token.split(".")
    header = json.loads(raw(head))
    if header.get("typ") != "vc+jwt" or header.get("alg") != "Ed25519":
        raise ValueError("not a credential of this kind")
    key = next((each for each in keys if each["kid"] == header.get("kid")), None)
    if key is None:
        raise ValueError("signed with a key that the issuer does not publish")
    try:
        Ed25519PublicKey.from_public_bytes(raw(key["x"])).verify(raw(signature), f"{head}.{body}".encode())
    except InvalidSignature:
        raise ValueError("altered") from None
    claims: dict[str, object] = json.loads(raw(body))
    return claims


def status(claims: dict, token: str, keys: list[dict[str, str]]) -> str:
    """Read the status out of the signed list."""
    entry = claims["credentialStatus"]
    listed = opened(token, keys)
    if listed["id"] != entry["statusListCredential"]:
        raise ValueError("another status list")
    bits = gzip.decompress(raw(listed["credentialSubject"]["encodedList"][1:]))
    index, size = int(entry["statusListIndex"]), int(entry["statusSize"])
    value = 0
    for place in range(index * size, index * size + size):
        value = value << 1 | bits[place // 8] >> (7 - place % 8) & 1
    return str(entry["statusMessage"][value]["message"])


def fetched(address: str) -> str:
    """Read an address of the issuer; https, but for the issuer's own machine."""
    if urlsplit(address).scheme != "https" and urlsplit(address).hostname not in {"127.0.0.1", "localhost"}:
        raise ValueError(f"{address} is not https")
    with urlopen(address, timeout=10) as answer:  # noqa: S310 - https alone, see above
        return str(answer.read().decode())


def main() -> int:
    """Check one credential and say what it is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("credential", help="the address behind the QR code, or the bare token")
    parser.add_argument("--issuer", help="address of the portal you trust (default: that of the QR code)")
    parser.add_argument("--keys", type=Path, help="a kept diploma-keys.json")
    parser.add_argument("--list", type=Path, help="a kept status list")
    given = parser.parse_args()
    token = given.credential.rpartition("#")[2].strip()
    here = urlsplit(given.credential)
    issuer = (given.issuer or f"{here.scheme}://{here.netloc}").rstrip("/")
    try:
        kept = given.keys.read_text() if given.keys else fetched(f"{issuer}/.well-known/diploma-keys.json")
        keys = json.loads(kept)["keys"]
        claims = opened(token, keys)
        address = claims["credentialStatus"]["statusListCredential"]
        found = status(claims, (given.list.read_text() if given.list else fetched(address)).strip(), keys)
    except (ValueError, KeyError, OSError) as error:
        print(f"NOT GENUINE: {error}")
        return 2
    print(json.dumps(claims["credentialSubject"], ensure_ascii=False, indent=1))
    print(f"Certified by {claims['issuer']['name']} on {claims['validFrom']}. Status: {found}.")
    return 0 if found == "valid" else 1


if __name__ == "__main__":
    sys.exit(main())
