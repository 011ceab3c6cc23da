"""``./run manage reindex``: bring every searchable thing up to date, and fill the engine anew."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand

from portal.search import services


class Command(BaseCommand):
    """Searches go on meanwhile: an outside engine is filled beside its old index, then an alias is switched."""

    help = "Lập lại chỉ mục tìm kiếm."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Refresh, rebuild, say how far it is."""
        began = time.monotonic()
        changed = services.refresh_all(progress=self._source)
        done = services.rebuild(progress=self._filled)
        self.stdout.write(f"{changed} mục đổi, {done} mục trong chỉ mục, {time.monotonic() - began:.1f} s")

    def _source(self, name: str, done: int) -> None:
        self.stdout.write(f"{name}: {done}")

    def _filled(self, done: int, total: int) -> None:
        self.stdout.write(f"{done * 100 // max(total, 1)}% ({done}/{total})")
