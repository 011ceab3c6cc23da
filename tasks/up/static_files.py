"""Collect static files only when one of them changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tasks.terminal import timed

MARK = ".collected"


def fingerprint() -> str:
    """Digest of names, sizes and times of every file that the finders know, and of how they are stored."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list(ignore_patterns=None):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_changed() -> bool:
    """Collect when the mark in STATIC_ROOT says otherwise; tell whether it was needed."""
    from django.conf import settings
    from django.core.management import call_command

    mark = Path(settings.STATIC_ROOT) / MARK
    current = fingerprint()
    if mark.exists() and mark.read_text("utf-8") == current:
        return False
    with timed("collecting the pages' files"):
        call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)
    mark.write_text(current, "utf-8")
    return True
