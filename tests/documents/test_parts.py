"""A file in parts over a weak network: goes on where it stopped, is taken once, and is judged as any other."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from portal.documents import services, storage
from portal.documents.models import PaperFile, Upload
from portal.documents.parts import PART_BYTES
from portal.procedures import services as procedures
from portal.procedures.models import Draft
from tests.documents import files
from tests.documents.test_papers_page import address, as_lan
from tests.procedures.town import Town, written_draft


@pytest.fixture
def draft(town: Town) -> Draft:
    return written_draft(town, disability=True)


def begin(client: Client, url: str, data: bytes, name: str = "ke-hoach.jpg") -> dict[str, object]:
    answer = client.post(url, {"paper": "plan", "name": name, "size": str(len(data))})
    assert answer.status_code == 200, answer.content
    told: dict[str, object] = answer.json()
    return told


def part(client: Client, url: str, pk: object, offset: int, data: bytes) -> tuple[int, dict[str, object]]:
    answer = client.post(f"{url}?tep={pk}&tu={offset}", data, content_type="application/octet-stream")
    return answer.status_code, answer.json()


def noisy() -> bytes:
    """Give a photo of some parts: noise does not compress."""
    from PIL import Image

    picture = Image.effect_noise((700, 900), 120).convert("RGB")
    return files.jpeg(picture, quality=95)


def test_a_photo_arrives_in_parts_though_the_network_breaks(
    town: Town, draft: Draft, private_folder: Path
) -> None:
    client, url, data = as_lan(town), address(draft) + "phan/", noisy()
    assert len(data) > 2 * PART_BYTES
    begun = begin(client, url, data)
    assert (begun["received"], begun["part"]) == (0, PART_BYTES)
    assert part(client, url, begun["id"], 0, data[:PART_BYTES]) == (200, {"received": PART_BYTES})
    # the answer got lost: the part comes again, and one from too far on
    assert part(client, url, begun["id"], 0, data[:PART_BYTES]) == (409, {"received": PART_BYTES})
    assert part(client, url, begun["id"], 2 * PART_BYTES, b"x") == (409, {"received": PART_BYTES})
    # the page was closed: the same file chosen again goes on where it stopped
    again = begin(client, url, data)
    assert (again["id"], again["received"]) == (begun["id"], PART_BYTES)
    for path in private_folder.rglob("*.part"):
        assert data[:64] not in path.read_bytes(), "encrypted while it waits"
    status, offset = 200, PART_BYTES
    while offset < len(data):
        status, told = part(client, url, begun["id"], offset, data[offset : offset + PART_BYTES])
        offset = int(str(told["received"]))
    assert (status, offset) == (201, len(data))
    page = PaperFile.objects.get()
    assert (page.width, page.height) == (700, 900)
    assert storage.read(page.stored_name)[:3] == b"\xff\xd8\xff"
    assert not Upload.objects.exists()
    dossier = procedures.submit_draft(draft=draft)
    late = client.post(url, {"paper": "plan", "name": "a.jpg", "size": "10"})
    assert late.status_code == 410, "the draft is submitted"
    assert PaperFile.objects.filter(subject_id=str(dossier.pk)).count() == 1


def test_what_arrives_is_judged_like_any_other_file(town: Town, draft: Draft) -> None:
    client, url = as_lan(town), address(draft) + "phan/"
    for data, sentence in (
        (files.archive(), "không phải ảnh hoặc PDF"),
        (files.pdf_with_script(), "có kèm mã lệnh"),
        (files.heic()[:2_000], "hỏng hoặc thiếu một phần"),
    ):
        begun = begin(client, url, data, "a.jpg")
        status, told = part(client, url, begun["id"], 0, data)
        assert status == 200
        assert sentence in str(told["error"])
    assert not PaperFile.objects.exists()
    assert not Upload.objects.exists()
    answer = client.post(url, {"paper": "plan", "name": "phim.mp4", "size": str(16 * 1024 * 1024)})
    assert "lớn hơn 15 MB" in answer.json()["error"]


def test_nobody_else_adds_to_it_and_nothing_is_told(town: Town, draft: Draft) -> None:
    client, url, data = as_lan(town), address(draft) + "phan/", files.pdf()
    begun = begin(client, url, data)
    stranger = Client()
    stranger.force_login(town.tuan.user)
    for pk in (begun["id"], uuid4()):
        answer = stranger.post(f"{url}?tep={pk}&tu=0", data, content_type="application/octet-stream")
        assert answer.status_code == 404
    for wrong in ("khong-phai-ma", str(uuid4())):
        answer = client.post(f"{url}?tep={wrong}&tu=0", data, content_type="application/octet-stream")
        assert answer.status_code == 404
    assert client.post(url, {"paper": "other", "name": "a", "size": "5"}).status_code == 404
    assert client.post(url, {"paper": "plan", "name": "a", "size": "-5"}).status_code == 404
    assert Client().post(url, {"paper": "plan"}).status_code == 302
    too_long = b"x" * (PART_BYTES + 1)
    answer = client.post(f"{url}?tep={begun['id']}&tu=0", too_long, content_type="application/octet-stream")
    assert answer.status_code == 413
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(town.lan.user)
    assert strict.post(url, {"paper": "plan", "name": "a", "size": "5"}).status_code == 403


def test_what_was_left_half_way_is_dropped(town: Town, draft: Draft, private_folder: Path) -> None:
    client, url = as_lan(town), address(draft) + "phan/"
    begun = begin(client, url, noisy())
    part(client, url, begun["id"], 0, b"x" * 1_000)
    assert services.discard_uploads() == 0
    assert services.discard_uploads(before=timezone.now()) == 1
    assert not Upload.objects.exists()
    from portal.outbox.models import Duty
    from portal.outbox.services import perform_duty

    [duty] = Duty.objects.filter(kind="documents.erase")
    perform_duty(duty_id=duty.pk)
    assert not list(private_folder.rglob("*.part"))


def test_the_page_offers_parts_and_an_example_of_the_paper(town: Town, draft: Draft) -> None:
    client = as_lan(town)
    page = client.get(address(draft)).content.decode()
    assert f'data-uploads="{address(draft)}phan/"' in page
    assert 'src="/nop/2.002854/vi-du/plan.png"' in page
    picture = Client().get("/nop/2.002854/vi-du/plan.png")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    assert picture.content[:4] == b"\x89PNG"
    assert len(picture.content) < 30_000
    for unknown in ("/nop/2.002854/vi-du/khac.png", "/nop/9.999999/vi-du/plan.png"):
        assert Client().get(unknown).status_code == 404
