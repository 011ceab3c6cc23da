"""The archive: one compressed tar with the database, the uploads and, last, a manifest of all of it.

Names in it are ``database.sqlite3`` or ``database.dump``, ``media/…``, ``private/…`` and ``manifest.json``,
nothing else; reading checks that before a byte is written anywhere.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from tasks.terminal import Refusal

MANIFEST = "manifest.json"
FORMAT = 1
FOLDERS = ("media", "private")
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


@dataclass(frozen=True, slots=True)
class Manifest:
    """``files``: SHA-256 by name; ``keys``: fingerprints of the keys that open the data, newest first."""

    engine: str
    made: str
    keys: tuple[str, ...]
    blind_index: str
    files: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


class Writer:
    """Writes an archive under a draft's name; it gets its own name only when it is whole."""

    def __init__(self, target: Path) -> None:
        """``target`` must not exist yet."""
        self._target = target
        self._draft = target.with_name(f"{target.name}.unfinished")
        self._files: dict[str, str] = {}
        self._tar = tarfile.open(self._draft, "w:gz", compresslevel=3)  # noqa: SIM115 - closed by finish or abandon

    def add(self, source: Path, name: str) -> None:
        """Add one file as it is now; one that vanished meanwhile (a discarded draft's) is left out."""
        try:
            handle = source.open("rb")
        except FileNotFoundError:
            return
        with handle:
            entry = tarfile.TarInfo(name)
            status = source.stat()
            entry.size, entry.mtime, entry.mode = status.st_size, int(status.st_mtime), 0o600
            reader = _Digesting(handle)
            self._tar.addfile(entry, reader)
            self._files[name] = reader.digest.hexdigest()

    def add_folder(self, folder: Path, name: str) -> None:
        """Add every regular file below a folder; links are not followed."""
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                self.add(path, f"{name}/{path.relative_to(folder).as_posix()}")

    def finish(self, manifest: Manifest) -> None:
        """Add the manifest and give the archive its name."""
        content = json.dumps({**asdict(manifest), "files": self._files}, indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size, entry.mode = len(content), 0o600
        self._tar.addfile(entry, io.BytesIO(content))
        self._tar.close()
        self._draft.chmod(0o600)
        self._draft.replace(self._target)

    def abandon(self) -> None:
        """Delete what was written."""
        self._tar.close()
        self._draft.unlink(missing_ok=True)


class _Digesting:
    """Reads a file and digests what was read, so that the manifest tells of exactly those bytes."""

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle = handle
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        block = self._handle.read(size)
        self.digest.update(block)
        return block


def is_ours(name: str) -> bool:
    """Tell whether a name may stand in an archive: relative, without ``..``, in a place that we know."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or path.as_posix() != name:
        return False
    if len(path.parts) == 1:
        return name == MANIFEST or name in DATABASES.values()
    return path.parts[0] in FOLDERS


def unpack(source: Path, folder: Path) -> Manifest:
    """Unpack into an empty folder and check every byte; a refusal leaves nothing outside that folder."""
    try:
        with tarfile.open(source, "r:gz") as tar:
            digests = dict(_unpacked(tar, folder))
    except (tarfile.TarError, zlib.error, EOFError, OSError) as error:
        raise Refusal(
            f"{source} cannot be read as a backup: {error}. It may be cut off; use another one."
        ) from error
    manifest = _manifest(folder / MANIFEST, source)
    digests.pop(MANIFEST, None)
    if digests != manifest.files:
        differing = sorted(set(digests.items()) ^ set(manifest.files.items()))
        raise Refusal(
            f"{source} was changed or damaged: {differing[0][0]} is not what was saved. Use another one."
        )
    if DATABASES.get(manifest.engine) not in digests:
        raise Refusal(f"{source} holds no database. Use another one.")
    return manifest


def _unpacked(tar: tarfile.TarFile, folder: Path) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for entry in tar:
        if not entry.isreg() or not is_ours(entry.name) or entry.name in seen:
            raise Refusal(
                f"The archive holds {entry.name!r}, which no backup of ours would. Nothing was restored."
            )
        seen.add(entry.name)
        stored = tar.extractfile(entry)
        if stored is None:
            continue
        target = folder / entry.name
        target.parent.mkdir(parents=True, exist_ok=True)
        reader = _Digesting(stored)
        with target.open("xb") as output:
            shutil.copyfileobj(reader, output)
        yield entry.name, reader.digest.hexdigest()


def _manifest(path: Path, source: Path) -> Manifest:
    try:
        raw: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if raw["format"] != FORMAT:
            raise Refusal(
                f"{source} has format {raw['format']}, this program reads {FORMAT}. Use its own release."
            )
        return Manifest(**{**raw, "keys": tuple(raw["keys"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refusal(f"{source} has no manifest, so it is not a whole backup. Use another one.") from error
