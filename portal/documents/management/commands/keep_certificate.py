"""Put a leader's certificate in its place: ``keep_certificate hanh hanh.p12``.

The leader is there: the file's own password is asked for once, and a code of their authenticator app, on
which the password under which the file is kept hangs. Set up anew, the app opens the file no more: give it again.
"""

from __future__ import annotations

from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.accounts import selectors as accounts
from portal.accounts.services import CodeRefusedError, unlock_signing_key
from portal.documents.signing import keep_leader_certificate


class Command(BaseCommand):
    """What an operator and a leader do together, once for each certificate."""

    help = "Keep an officer's certificate (PKCS#12), locked by their second factor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the officer's user name and the file."""
        parser.add_argument("username")
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ask for both secrets, then write."""
        officer = accounts.officer_by_username(options["username"])
        if officer is None:
            raise CommandError(f"There is no officer {options['username']}.")
        data = options["file"].read_bytes()
        own = getpass("Password of the file: ")
        try:
            key = unlock_signing_key(user=officer.user, code=getpass("Code of the authenticator app: "))
            path = keep_leader_certificate(
                officer_id=officer.pk, data=data, own_password=own.encode(), password=key.encode()
            )
        except (CodeRefusedError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Kept as {path.name}.")
