"""``rotate_keys``: brings everything that is encrypted at rest under a new key.

A process reads the keys when it starts, so a key must be *readable* everywhere before anything is
written with it, and be *written with* nowhere before it is dropped. While the portal runs::

    manage rotate_keys --prepare                 # a new key that only reads
    (restart every part)
    manage rotate_keys --restarted               # it writes; everything is re-encrypted
    (restart every part)
    manage rotate_keys --finish --restarted      # what came late, a check, and the old key goes

While the portal is stopped, ``manage rotate_keys --stopped`` does all of it. Every step may be
interrupted and called again. Where keys come from the environment, change ``FIELD_KEYS`` as told.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.common import rotation
from portal.common.crypto import KeyRing
from portal.common.rotation import Count
from portal.settings import keys as key_files

_RESTART = "First restart every part of the portal, then call this again with --restarted."


class Command(BaseCommand):
    """One step of a rotation."""

    help = "Rotate the keys of what is encrypted at rest; --stopped does all steps at once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the step."""
        step = parser.add_mutually_exclusive_group()
        step.add_argument("--prepare", action="store_true", help="add a new key that only reads")
        step.add_argument("--finish", action="store_true", help="check, then drop the old keys")
        step.add_argument("--stopped", action="store_true", help="all steps, while the portal is stopped")
        parser.add_argument(
            "--restarted", action="store_true", help="every part was restarted since the last step"
        )
        parser.add_argument("--batch", type=int, default=200, help="rows in one transaction (200)")

    def handle(self, **options: Any) -> None:
        """Do the step."""
        self.batch: int = options["batch"]
        self.file: Path | None = settings.KEYS_FILE
        if options["prepare"]:
            self.prepare()
        elif options["stopped"]:
            if self.file is None:
                raise CommandError(
                    "--stopped needs a key file; here keys come from FIELD_KEYS: use --prepare."
                )
            self.promote(self.file)
            self.finish()
        elif options["finish"]:
            if not options["restarted"]:
                raise CommandError(_RESTART)
            self.finish()
        else:
            self.rotate(restarted=options["restarted"])

    def prepare(self) -> None:
        """Make a key that reads."""
        if len(self.readable()) > 1:
            raise CommandError("A rotation is under way already: go on with rotate_keys --restarted.")
        new = Fernet.generate_key().decode()
        if self.file is None:
            self.stdout.write(f"Set FIELD_KEYS to its present key, a comma, and this new one:\n{new}")
            self.stdout.write(
                "Restart every part. Then put the new key first, and restart every part again."
            )
        else:
            key_files.write(self.file, replace(key_files.read(self.file), next_field_key=new))
            self.stdout.write("A new key is ready to read.")
        self.stdout.write("Then: manage rotate_keys --restarted")

    def rotate(self, *, restarted: bool) -> None:
        """Let the new key write, and re-encrypt."""
        if len(self.readable()) < 2:  # noqa: PLR2004 -- an old and a new one
            raise CommandError(
                "There is one key only. Begin with --prepare, or stop the portal and use --stopped."
            )
        if not restarted:
            raise CommandError(_RESTART)
        if self.file is not None:
            self.promote(self.file)
        self.walk(write=True)
        self.stdout.write("Restart every part once more. Then: manage rotate_keys --finish --restarted")

    def promote(self, file: Path) -> None:
        """Put the prepared key first, or make one where no rotation is under way."""
        present = key_files.read(file)
        if present.next_field_key or len(present.field_keys) == 1:
            new = present.next_field_key or Fernet.generate_key().decode()
            promoted = replace(present, field_keys=(new, *present.field_keys), next_field_key="")
            key_files.write(file, promoted)

    def finish(self) -> None:
        """Re-encrypt what came late, check, and drop the old keys."""
        if self.file is not None and key_files.read(self.file).next_field_key:
            raise CommandError("The new key only reads so far. First: manage rotate_keys --restarted")
        self.walk(write=True)
        count = self.walk(write=False)
        if count.old:
            raise CommandError(
                f"{count.old} values were written under an old key meanwhile: some part still runs with it. {_RESTART}"
            )
        if self.file is None:
            self.stdout.write("Nothing is left under an old key. Keep only the first key in FIELD_KEYS.")
            return
        present = key_files.read(self.file)
        key_files.write(self.file, replace(present, field_keys=present.field_keys[:1]))
        self.stdout.write(
            "Nothing was left under an old key; it is dropped. Backups made before need it still."
        )

    def readable(self) -> list[str]:
        """Give the keys as they are now, which may be newer than this process."""
        return list(settings.FIELD_KEYS) if self.file is None else key_files.read(self.file).readable

    def walk(self, *, write: bool) -> Count:
        """Go over everything, showing how far it is; refuse to go on past values that no key opens."""
        ring = KeyRing(self.readable())
        total = Count()
        for name, rotator in rotation.rotators().items():
            turn = rotation.Turn(ring, write=write, batch=self.batch)
            for count in rotator(turn):
                self.stdout.write(f"\r{name}: {count.seen} values", ending="")
                self.stdout.flush()
            done = "re-encrypted" if write else "under an old key"
            self.stdout.write(f"\r{name}: {turn.count.seen} values, {turn.count.old} {done}")
            total = Count(*(mine + more for mine, more in zip(total, turn.count, strict=True)))
        if total.unreadable:
            raise CommandError(f"{total.unreadable} values are opened by no key; nothing was dropped.")
        return total
