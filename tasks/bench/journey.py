"""A dossier with three photos of 12 megapixels, its slip and its leader's letter: seconds each, and memory.

One process, SQLite, made-up province; photos through the page, documents set by Typst, signed, checked, stored.
"""

from __future__ import annotations

import json
import os
import tempfile
from typing import Any

from tasks.bench.figures import Figure, percentile
from tasks.bench.imports import run
from tasks.places import PYTHON, SETTINGS

DOSSIERS = 8


def measure(dossiers: int = DOSSIERS) -> list[Figure]:
    """Prepare a province of its own and walk its families through."""
    with tempfile.TemporaryDirectory(prefix="dvgd-bench-") as folder:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": SETTINGS}
        for command in (["migrate", "--verbosity", "0"], ["seed", "--verbosity", "0"]):
            run([PYTHON, "-m", "django", *command], environment)
        said = run([PYTHON, "-m", "tasks.bench.inside.papers", str(dossiers)], environment)
    return figures(json.loads(said.splitlines()[-1]))


def figures(told: dict[str, Any]) -> list[Figure]:
    """Put what was measured into figures."""
    receipts, letters = told["slips"]["receipt"], told["slips"]["granted"]
    return [
        Figure("dossiers submitted", len(told["submissions"]), ""),
        Figure("a photo", told["photo_mb"], "MB"),
        Figure("three photos taken, p50", percentile(told["uploads"], 0.5), "s"),
        Figure("three photos taken, longest", max(told["uploads"]), "s"),
        Figure("submitting, p50", percentile(told["submissions"], 0.5) * 1_000, "ms"),
        Figure("slips made and sealed", 1 / percentile(receipts, 0.5), "/s"),
        Figure("leaders' letters made and signed", 1 / percentile(letters, 0.5), "/s"),
        Figure("a document, p50", percentile(receipts + letters, 0.5) * 1_000, "ms"),
        Figure("a document with the making of its key, longest", max(receipts + letters) * 1_000, "ms"),
        Figure("memory before", told["memory_before_mb"], "MB"),
        Figure("memory with the photos, at most", told["memory_photos_mb"], "MB"),
        Figure("memory with the documents, at most", told["memory_mb"], "MB"),
    ]
