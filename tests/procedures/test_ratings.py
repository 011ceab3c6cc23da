"""Rating after delivery, once; public figures per procedure, counted from what happened."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from portal.common.clock import local_day
from portal.documents.models import GeneratedDocument
from portal.procedures import selectors, services
from portal.procedures.models import Dossier, Rating
from tests import doors
from tests.documents.test_papers_page import as_lan
from tests.procedures.town import TRANSFER, Town, at_step


def delivered(town: Town) -> Dossier:
    dossier = at_step(town, "principal_decides")
    dossier = services.grant_dossier(
        dossier=dossier, actor=town.actor(town.hanh), revision=dossier.revision
    )
    return services.deliver_dossier(
        dossier=dossier, actor=town.actor(town.thang), revision=dossier.revision
    )


def test_a_delivered_dossier_is_rated_once_by_its_applicant(town: Town) -> None:
    dossier = delivered(town)
    client, path = as_lan(town), f"/ho-so/{dossier.public_id}/danh-gia/"
    assert path in client.get(f"/ho-so/{dossier.public_id}/").content.decode()
    assert "Rất hài lòng" in client.get(path).content.decode()
    none = client.post(path, {"words": "Tốt 👍", "reasons": ["time"]})
    assert none.status_code == 422
    assert "Chọn một mức hài lòng." in none.content.decode()
    assert "Tốt 👍" in none.content.decode(), "what was typed stays"
    for nonsense in ("0", "6", "²", "-1", "55"):
        assert client.post(path, {"level": nonsense}).status_code == 422
    sent = {"level": "2", "reasons": ["time", "no-such"], "words": "Chờ hơi lâu."}
    assert client.post(path, sent).status_code == 302
    rating = Rating.objects.get()
    assert (rating.level, rating.reasons, rating.words) == (2, ["time"], "Chờ hơi lâu.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM procedures_rating")
        assert "Chờ" not in cursor.fetchone()[0]
    assert client.post(path, {**sent, "level": "5"}).status_code == 302
    assert Rating.objects.get().level == 2
    with pytest.raises(services.RefusedMoveError, match="đã đánh giá"):
        services.rate_dossier(dossier=dossier, level=5)
    assert "không hài lòng" in client.get(f"/ho-so/{dossier.public_id}/").content.decode()


def test_nothing_is_rated_before_delivery(town: Town) -> None:
    dossier = at_step(town, "principal_decides")
    path = f"/ho-so/{dossier.public_id}/danh-gia/"
    assert as_lan(town).get(path).status_code == 302
    with pytest.raises(services.RefusedMoveError, match="chưa trả kết quả"):
        services.rate_dossier(dossier=dossier, level=5)


def test_figures_count_what_happened_until_yesterday(town: Town) -> None:
    for number in range(6):
        dossier = delivered(town)
        services.rate_dossier(dossier=dossier, level=5 if number else 2)
    at_step(town, "principal_decides")
    today = local_day(timezone.now())
    now = selectors.public_figures(TRANSFER, today)
    assert (now.received, now.concluded, now.rated) == (0, 0, 0), "today is not over"
    assert (now.on_time, now.average_days, now.satisfied) == (None, None, None)
    figures = selectors.public_figures(TRANSFER, today + dt.timedelta(days=1))
    assert (figures.received, figures.concluded, figures.rated) == (7, 6, 6)
    assert (figures.on_time, figures.average_days) == (100, 0.0)
    assert figures.satisfied == 83, "rounded down"
    assert figures.level == 4.5
    Dossier.objects.filter(concluded_at__isnull=False).update(due_on=today - dt.timedelta(days=1))
    assert selectors.public_figures(TRANSFER, today + dt.timedelta(days=1)).on_time == 0
    assert selectors.public_figures(TRANSFER, today + dt.timedelta(days=400)).received == 0
    assert selectors.public_figures("9.999999", today).received == 0


def test_few_cases_give_no_shares(town: Town) -> None:
    services.rate_dossier(dossier=delivered(town), level=1)
    figures = selectors.public_figures(TRANSFER, local_day(timezone.now()) + dt.timedelta(days=1))
    assert (figures.rated, figures.concluded) == (1, 1)
    assert (figures.satisfied, figures.on_time, figures.level) == (None, None, None)


def test_the_office_keeps_its_register_and_control_slips(town: Town) -> None:
    dossier = delivered(town)
    clerk = doors.client(town.thang.user, second_factor=True)
    page = clerk.get("/ban-lam-viec/so-theo-doi/").content.decode()
    assert dossier.code is not None
    assert dossier.code in page
    far = doors.client(town.far.user, second_factor=True).get("/ban-lam-viec/so-theo-doi/")
    assert dossier.code not in far.content.decode()
    other = f"/ban-lam-viec/so-theo-doi/?don-vi={town.receiving.pk}"
    assert doors.client(town.far.user, second_factor=True).get(other).status_code == 404
    assert clerk.post("/ban-lam-viec/so-theo-doi/", {"don-vi": town.receiving.pk}).status_code == 302
    assert clerk.post(f"/ban-lam-viec/ho-so/{dossier.public_id}/phieu-kiem-soat/").status_code == 302
    assert set(GeneratedDocument.objects.filter(kind__in=["ledger", "control"]).values_list("kind", flat=True)) == {
        "ledger", "control",
    }  # fmt: skip
