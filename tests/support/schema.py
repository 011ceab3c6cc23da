"""A template database, migrated once per state of the code and copied for every use.

Migrating takes ten to twenty-five seconds; copying takes milliseconds. The template's name carries a
digest of whatever shapes it, so a change makes a new one and nothing ever has to be invalidated.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(tempfile.gettempdir()) / f"dvgd-templates-{os.getuid()}"
# their migrations are not ours to read, their versions tell them apart
FOREIGN = ("django", "wagtail", "wagtail-localize", "django-allauth", "django-axes", "django-taggit")
# models and apps as well: permissions and content types are written from them after migrating, and so are
# the pages, by cms/services.py from the procedures' files, and a room's first rows of facts
SHAPES = (
    "**/migrations/*.py",
    "**/models.py",
    "**/models/*.py",
    "**/apps.py",
    "settings/parts/*.py",
    "services.py",
    "**/catalog/*.py",
    "**/definitions/*.py",
    "**/facts.json",
)


def digest_of(root: Path, versions: Mapping[str, str]) -> str:
    """Digest of every file that shapes the schema under ``root`` and of foreign packages' versions."""
    digest = hashlib.sha256(repr(sorted(versions.items())).encode())
    packages = sorted(
        path for path in root.iterdir() if (path / "__init__.py").exists() and path.name != "tests"
    )
    for package in packages:
        for path in sorted({path for shape in SHAPES for path in package.glob(shape)}):
            digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


@cache
def schema_key() -> str:
    """Return the digest of the code at hand."""
    return digest_of(ROOT, {name: version(name) for name in FOREIGN})


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Let one of the test processes build while the others wait."""
    KEPT.mkdir(mode=0o700, exist_ok=True)
    with (KEPT / f"{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def forget_old(days: float = 3.0) -> None:
    """Delete templates of states of the code that nobody has tested for a while."""
    for path in KEPT.glob("*.sqlite3"):
        if time.time() - path.stat().st_mtime > days * 86_400:
            path.unlink(missing_ok=True)


def migrate(target: Mapping[str, str]) -> None:
    """Migrate the database that ``target`` names (DATA_DIR or DATABASE_URL), in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env={**kept, **target},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"The template database could not be migrated:\n{done.stderr}"
