"""Citizens who send three photos and submit, and the documents that follow; prints JSON.

Everything through the pages that people use, in one process, so that its memory is that of one worker.
"""

from __future__ import annotations

import json
import resource
import sys
from io import BytesIO
from typing import Any

import django

#: twelve million pixels, as today's phones take them
PHOTO = (4_000, 3_000)
PHOTOS = 3


def main(dossiers: int) -> None:
    """Measure ``dossiers`` submissions, then their slips and their leaders' letters."""
    django.setup()
    from django.test import Client

    from tasks.bench.inside import citizens

    waits = citizens.Waits()
    families = citizens.links()[:dossiers]
    photo = picture()
    before = memory()
    uploads: list[float] = []
    submissions: list[float] = []
    submitted: list[int] = []
    for link in families:
        draft = citizens.write(link, waits, disability=True)
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(link.citizen.user, backend="django.contrib.auth.backends.ModelBackend")
        address = f"/nop/{citizens.TRANSFER}/{draft.public_id}/"
        with citizens.timed(uploads):
            answer = client.post(f"{address}giay-to/", {"paper-plan": files(photo), "continue": "1"})
        check(answer.status_code, address)
        declared = {f"declaration-{number}": "on" for number in range(5)}
        with citizens.timed(submissions):
            answer = client.post(f"{address}kiem-tra/", declared)
        check(answer.status_code, address)
        submitted.append(draft.dossier.pk)
    with_photos = memory()
    slips = documents(submitted)
    told = {
        "photo_mb": len(photo) / 1_000_000,
        "uploads": uploads,
        "submissions": submissions,
        "slips": slips,
        "memory_before_mb": before,
        "memory_photos_mb": with_photos,
        "memory_mb": memory(),
    }
    print(json.dumps(told))


def documents(submitted: list[int]) -> dict[str, list[float]]:
    """Accept every new dossier, decide it, and make what was ordered: set, signed, checked, stored."""
    from django.utils import timezone

    from portal.demo.dossiers import walk
    from portal.documents.selectors import GeneratedDocument
    from portal.documents.services import issue_document
    from portal.procedures import selectors
    from tasks.bench.inside import citizens

    made: dict[str, list[float]] = {"receipt": [], "granted": []}
    for pk in submitted:
        for move in ("accept", "start", "complete_step", "grant"):
            walk(selectors.dossier(pk), move, timezone.now())
    waiting = GeneratedDocument.objects.filter(issued_at=None, kind__in=made).order_by("pk")
    # the first of each office makes its key; that is not what is measured
    for pk in list(waiting.values_list("pk", flat=True)):
        document = GeneratedDocument.objects.get(pk=pk)
        with citizens.timed(made[document.kind]):
            issue_document(document_id=pk)
    return made


def picture() -> bytes:
    """Draw a photo that compresses no better than a real one."""
    from PIL import Image

    out = BytesIO()
    Image.effect_noise(PHOTO, 40).convert("RGB").save(out, "JPEG", quality=60)
    return out.getvalue()


def files(photo: bytes) -> list[Any]:
    """Give the photos of one paper."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    return [SimpleUploadedFile(f"{number}.jpg", photo) for number in range(PHOTOS)]


def check(status: int, address: str) -> None:
    """End the bench where a page did not lead on."""
    if status != 302:  # noqa: PLR2004 - HTTP's "found"
        raise SystemExit(f"{address}: {status}")


def memory() -> float:
    """Give the most memory that this process used so far, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1_000_000 if sys.platform == "darwin" else 1_000)


if __name__ == "__main__":
    main(int(sys.argv[1]))
