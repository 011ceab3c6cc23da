from __future__ import annotations

from collections.abc import Iterator

import pytest

from portal.notifications import ports
from portal.notifications.ports import Words, register_words
from tests.notifications.post import Letterbox, letterbox
from tests.outbox.conftest import kitchen, migrated

__all__ = ["kitchen", "migrated"]

SAID = {
    "vi": Words(
        "Cần anh/chị bổ sung: Chuyển trường",
        "Trường THCS Nậm Khắt (mẫu) cần anh/chị bổ sung. Mở hồ sơ để xem cần gì; thời hạn tạm dừng cho đến"
        " khi anh/chị nộp.",
        "/ho-so/7/",
    ),
    "en": Words(
        "Please supplement: School transfer", "Open the dossier to see what is needed.", "/en/ho-so/7/"
    ),
}


def say(subject_id: str, language: str) -> Words:
    assert subject_id == "7"
    return SAID[language]


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_speakers", {})
    register_words("dossier.supplement_requested", say)


@pytest.fixture
def post() -> Iterator[Letterbox]:
    with letterbox() as box:
        yield box
