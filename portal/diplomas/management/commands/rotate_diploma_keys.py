"""``./run manage rotate_diploma_keys``: the key that signs credentials from now on."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from portal.diplomas.credentials import keys


class Command(BaseCommand):
    """Make a key; what was signed before still verifies."""

    help = "Tạo khóa mới để ký văn bằng số; những gì đã ký vẫn kiểm tra được."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whether old private parts may go."""
        parser.add_argument(
            "--drop-old", action="store_true", help="xóa phần bí mật của các khóa cũ, giữ phần công khai"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make it and name it."""
        kid = keys.new_key(drop_old_private_parts=options["drop_old"])
        self.stdout.write(f"Khóa mới: {kid}. Tổng số khóa kiểm tra được: {len(keys.public_keys())}.")
