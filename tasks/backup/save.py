"""``./run backup FILE``: one consistent archive of database and uploads, while the portal runs.

The database is saved first: a file that its rows name was stored before them, so it is there to be saved
after them. Keys are not in the archive. ``--keys FILE`` writes them to a file of their own; keep the two
apart, since together they open everything.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tasks.backup import database
from tasks.backup.archive import DATABASES, Manifest, Writer
from tasks.backup.keys import fingerprint
from tasks.backup.places import private_folder
from tasks.places import SETTINGS, free_text, from_caller
from tasks.terminal import Refusal, say


def main(arguments: Sequence[str]) -> int:
    """Save everything into one new file."""
    parser = argparse.ArgumentParser(prog="./run backup", description=__doc__)
    parser.add_argument("file", type=from_caller, help="the archive to write, e.g. hoa-ban.tar.gz")
    parser.add_argument(
        "--keys", type=from_caller, metavar="FILE", help="write the keys there, for the owner alone"
    )
    given = parser.parse_args(arguments)
    for path in (given.file, given.keys):
        if path is not None and path.exists():
            raise Refusal(f"{path} exists already. A backup replaces nothing: name another file.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    save(given.file)
    say(f"Saved {given.file} ({free_text(given.file.stat().st_size)}).")
    if given.keys is not None:
        save_keys(given.keys)
        say(
            f"Saved the keys in {given.keys}. Keep them apart from the archive: together they open everything."
        )
    else:
        say("The keys are not in it (--keys FILE saves them): without them personal IDs stay unreadable.")
    return 0


def save(target: Path) -> None:
    """Write the archive; an interrupted one leaves no file behind."""
    from django.conf import settings

    chosen = settings.DATABASES["default"]
    engine = database.engine_of(chosen)
    target.parent.mkdir(parents=True, exist_ok=True)
    writer = Writer(target)
    try:
        with tempfile.TemporaryDirectory(prefix="dvgd-backup-", dir=target.parent) as folder:
            saved = Path(folder) / DATABASES[engine]
            database.save(chosen, saved)
            writer.add(saved, DATABASES[engine])
        writer.add_folder(Path(settings.MEDIA_ROOT), "media")
        writer.add_folder(private_folder(settings.STORAGES), "private")
        writer.finish(
            Manifest(
                engine=engine,
                made=datetime.now(UTC).isoformat(),
                keys=tuple(fingerprint(key) for key in settings.FIELD_KEYS),
                blind_index=fingerprint(settings.BLIND_INDEX_KEY),
            )
        )
    except BaseException:
        writer.abandon()
        raise


def save_keys(target: Path) -> None:
    """Copy the file of keys; where keys come by the environment there is none to copy."""
    from django.conf import settings

    source = Path(settings.DATA_DIR) / "keys" / "keys.json"
    if not source.exists():
        raise Refusal(
            "The keys of this installation come by the environment: save them where they are kept."
        )
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as output, source.open("rb") as stored:
        shutil.copyfileobj(stored, output)
