"""Secrets of an installation: from the environment, or made once beside the data.

The embedded profile writes ``keys/keys.json`` (mode 600) under ``DATA_DIR`` at its first start, so
that a fresh clone runs without a secret in the repository. Production passes the same names by
environment and never writes a file.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.fernet import Fernet


@dataclass(frozen=True, slots=True)
class Keys:
    """``field_keys`` are Fernet keys, newest first; ``blind_index_key`` and the others are text.

    ``next_field_key`` only reads: it was prepared for a rotation (``manage rotate_keys``).
    """

    secret_key: str
    field_keys: tuple[str, ...]
    blind_index_key: str
    inner_token: str
    oidc_client_secret: str
    next_field_key: str = ""

    @property
    def readable(self) -> list[str]:
        """The keys that open values, the one that writes first."""
        return [*self.field_keys, *filter(None, [self.next_field_key])]


def generate() -> Keys:
    """Make a fresh set."""
    return Keys(
        secret_key=secrets.token_urlsafe(48),
        field_keys=(Fernet.generate_key().decode(),),
        blind_index_key=secrets.token_urlsafe(32),
        inner_token=secrets.token_urlsafe(32),
        oidc_client_secret=secrets.token_urlsafe(32),
    )


def write(path: Path, keys: Keys) -> None:
    """Write atomically, readable by the owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        json.dump(asdict(keys), out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)


def read(path: Path) -> Keys:
    """Read a file made by :func:`write`."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Keys(**{**raw, "field_keys": tuple(raw["field_keys"])})


def load_or_create(path: Path) -> Keys:
    """Read the file, making it first where there is none; two first starts agree on one set."""
    if not path.exists():
        candidate = path.with_name(f"{path.name}.{os.getpid()}.candidate")
        write(candidate, generate())
        try:
            os.link(candidate, path)  # fails where another process was first, and that one counts
        except FileExistsError:
            pass
        finally:
            candidate.unlink()
    return read(path)
