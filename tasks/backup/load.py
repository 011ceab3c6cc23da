"""``./run restore FILE``: bring a backup back. The portal must be stopped; the next start migrates if need be."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from portal.settings import keys
from portal.settings.keys import Keys
from tasks.backup import database
from tasks.backup.archive import DATABASES, Manifest, unpack
from tasks.backup.keys import fingerprint, opens
from tasks.backup.places import private_folder
from tasks.places import SETTINGS, from_caller
from tasks.terminal import Refusal, confirmed, say
from tasks.up.lock import InstanceLock

# They tell of the data that go: messages of work that the restored rows of duties know again, copies of pages.
STALE = ("broker.sqlite3", "broker.sqlite3-wal", "broker.sqlite3-shm", "cache")


def main(arguments: Sequence[str]) -> int:
    """Check the archive whole, then replace the data."""
    parser = argparse.ArgumentParser(prog="./run restore", description=__doc__)
    parser.add_argument("file", type=from_caller, help="an archive made by ./run backup")
    parser.add_argument(
        "--keys", type=from_caller, metavar="FILE", help="the keys saved with it, to be used from now on"
    )
    parser.add_argument("--yes", action="store_true", help="replace the data that are there without asking")
    given = parser.parse_args(arguments)
    brought = keys.read(given.keys) if given.keys is not None else None
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    from portal.settings.parts.places import DATA_DIR

    with InstanceLock(DATA_DIR), tempfile.TemporaryDirectory(prefix="restore-", dir=DATA_DIR) as folder:
        restore(given.file, Path(folder), brought=brought, yes=given.yes)
    say(f"Restored {given.file} into {DATA_DIR}. Start the portal with ./run")
    return 0


def restore(source: Path, folder: Path, *, brought: Keys | None, yes: bool) -> None:
    """Unpack beside the data, check, ask, then swap."""
    manifest = unpack(source, folder)
    saved = folder / DATABASES[manifest.engine]
    database.check(manifest.engine, saved)
    require_keys(manifest, brought)
    from django.conf import settings

    chosen = settings.DATABASES["default"]
    if database.engine_of(chosen) != manifest.engine:
        raise Refusal(
            f"The backup is of {manifest.engine}, this installation uses {database.engine_of(chosen)}. "
            "Set DATABASE_URL as it was where the backup was made."
        )
    if database.others_connected(chosen):
        raise Refusal("Somebody is connected to the database. Stop every part of the portal first.")
    if database.has_data(chosen) and not confirmed("This replaces the data that are there now.", yes=yes):
        raise Refusal("Nothing was restored.")
    data_dir = Path(settings.DATA_DIR)
    database.load(chosen, saved)
    if brought is not None:
        keys.write(data_dir / "keys" / "keys.json", brought)
    swap(folder / "media", Path(settings.MEDIA_ROOT))
    swap(folder / "private", private_folder(settings.STORAGES))
    for name in STALE:
        stale = data_dir / name
        shutil.rmtree(stale) if stale.is_dir() else stale.unlink(missing_ok=True)


def require_keys(manifest: Manifest, brought: Keys | None) -> None:
    """Refuse data that nobody could read."""
    from django.conf import settings

    present = list(brought.field_keys) if brought else settings.FIELD_KEYS
    index = brought.blind_index_key if brought else settings.BLIND_INDEX_KEY
    fits = (
        opens([fingerprint(key) for key in present], manifest.keys)
        and fingerprint(index) == manifest.blind_index
    )
    if not fits:
        raise Refusal(
            "The keys do not open this backup: its personal IDs would stay unreadable. "
            "Bring the file that was saved with it: ./run restore FILE --keys KEYS"
        )


def swap(unpacked: Path, target: Path) -> None:
    """Put an unpacked folder in the place of the present one; none unpacked means an empty one."""
    unpacked.mkdir(parents=True, exist_ok=True)
    if target.exists():
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(unpacked, target)
