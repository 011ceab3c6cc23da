"""Asking for more: coded reasons by paper and page, once; a leader may let an office ask again, and it is counted."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from portal.documents.models import GeneratedDocument, PaperFile
from portal.notifications.models import Notice
from portal.procedures import selectors, services
from portal.procedures.models import Dossier, DossierEvent, SupplementItem, SupplementLeave
from portal.procedures.reasons import REASONS
from portal.procedures.selectors import Asked
from portal.procedures.states import Status
from tests import doors
from tests.documents import files
from tests.documents.test_papers_page import as_lan
from tests.procedures.town import Town, at_step, submitted

BLURRY = Asked("blurry", "plan", 1, "Dòng ngày sinh không đọc được.")


@pytest.fixture
def dossier(town: Town) -> Dossier:
    """Give a dossier with one paper, of one PDF."""
    return submitted(town, disability=True)


def ask(town: Town, dossier: Dossier, *items: Asked, note: str = "") -> Dossier:
    dossier = selectors.dossier(dossier.pk)
    return services.request_supplement(
        dossier=dossier, actor=town.actor(town.thang), revision=dossier.revision, items=items, note=note
    )


def answer(town: Town, dossier: Dossier, *uploads: bytes, note: str = "") -> Dossier:
    dossier = selectors.dossier(dossier.pk)
    for data in uploads:
        services.add_supply_file(dossier=dossier, paper="plan", upload=files.upload(data))
    return services.supply(dossier=dossier, actor=town.lan_acts(), revision=dossier.revision, note=note)


def test_items_stand_in_the_log_on_the_slip_and_before_the_applicant(town: Town, dossier: Dossier) -> None:
    asked = ask(town, dossier, BLURRY, Asked("unclear"), note="Ghi rõ tổ dân phố.")
    lines = [
        "Kế hoạch giáo dục cá nhân, trang 1: ảnh mờ hoặc tối, không đọc được. Dòng ngày sinh không đọc được.",
        "nội dung khai chưa rõ.",
        "Ghi rõ tổ dân phố.",
    ]
    event = asked.events.get(number=asked.revision)
    assert [line.lower() for line in event.note.splitlines()] == [line.lower() for line in lines]
    assert list(SupplementItem.objects.values_list("reason", "paper", "page")) == [
        ("blurry", "plan", 1), ("unclear", "", 0), ("other", "", 0),
    ]  # fmt: skip
    page = as_lan(town).get(f"/ho-so/{dossier.public_id}/bo-sung/").content.decode()
    assert "Kế hoạch giáo dục cá nhân, trang 1: ảnh mờ" in page
    assert "(được yêu cầu)" in page
    english = as_lan(town).get(f"/en/ho-so/{dossier.public_id}/bo-sung/").content.decode()
    assert "Individual education plan" in english


def test_what_was_visible_the_first_time_is_refused_the_second(town: Town, dossier: Dossier) -> None:
    answer(town, ask(town, dossier, Asked("unclear")), note="Tổ 5.")
    before = DossierEvent.objects.count()
    for again in (BLURRY, Asked("missing", "results"), Asked("unclear"), Asked("other", words="x")):
        with pytest.raises(services.RefusedMoveError, match="chỉ được yêu cầu bổ sung một lần"):
            ask(town, dossier, again)
    with pytest.raises(services.RefusedMoveError, match="một lần"):
        ask(town, dossier, note="Ghi rõ thôn.")
    assert DossierEvent.objects.count() == before
    assert Dossier.objects.get().status == Status.SUBMITTED


def test_what_came_after_the_first_request_may_be_asked_about(town: Town, dossier: Dossier) -> None:
    answer(town, ask(town, dossier, BLURRY), files.pdf(1))
    assert [page.position for page in PaperFile.objects.filter(subject_kind="dossier")] == [1, 2]
    with pytest.raises(services.RefusedMoveError, match="một lần"):
        ask(town, dossier, Asked("cut", "plan", 1))
    asked = ask(
        town, dossier, Asked("cut", "plan", 2), Asked("news", words="Sở trả lời."), Asked("supplied")
    )
    assert asked.status == Status.SUPPLEMENT_REQUESTED
    assert not SupplementItem.objects.filter(seen_before=True).exists()


def test_nothing_was_supplied_yet_so_nothing_supplied_is_unclear(town: Town, dossier: Dossier) -> None:
    ask(town, dossier, Asked("unclear"))
    assert selectors.seen_before(selectors.dossier(dossier.pk), [Asked("supplied")]) == [Asked("supplied")]


def test_a_leader_lets_the_office_ask_once_more_and_it_is_counted(town: Town, dossier: Dossier) -> None:
    with pytest.raises(services.RefusedMoveError, match="chưa bị yêu cầu"):
        services.allow_second_request(
            dossier=dossier, leader=town.hanh, organisation_id=town.receiving.pk, why="Cần."
        )
    answer(town, ask(town, dossier, Asked("unclear")), note="Tổ 5.")
    now = selectors.dossier(dossier.pk)
    path = f"/ban-lam-viec/ho-so/{dossier.public_id}/cho-phep-bo-sung/"
    clerk = doors.client(town.thang.user, second_factor=True)
    principal = doors.client(town.hanh.user, second_factor=True)
    assert clerk.get(path).status_code == 403
    with pytest.raises(services.RefusedMoveError, match="Chỉ lãnh đạo"):
        services.allow_second_request(
            dossier=now, leader=town.thang, organisation_id=town.receiving.pk, why="Cần."
        )
    assert path in principal.get(f"/ban-lam-viec/ho-so/{dossier.public_id}/").content.decode()
    assert "Ghi lý do cho phép." in principal.post(path, {"why": " "}).content.decode()
    assert principal.post(path, {"why": "Văn thư đọc sót."}).status_code == 302
    assert principal.get(path).status_code == 404, "one leave at a time"
    asked = ask(town, dossier, BLURRY, Asked("news"))
    assert dict(SupplementItem.objects.values_list("reason", "seen_before")) == {
        "unclear": False, "blurry": True, "news": False,
    }  # fmt: skip
    leave = SupplementLeave.objects.get()
    assert leave.used_by == asked.events.get(number=asked.revision)
    today = timezone.localdate()
    assert (
        selectors.second_requests(town.receiving.pk, today - dt.timedelta(1), today + dt.timedelta(1)) == 1
    )
    log = as_lan(town).get(f"/ho-so/{dossier.public_id}/").content.decode()
    assert "Lãnh đạo cho phép yêu cầu bổ sung thêm một lần" in log
    answer(town, asked, note="Đây.")
    with pytest.raises(services.RefusedMoveError, match="một lần"):
        ask(town, dossier, BLURRY)


def test_the_desks_form_offers_papers_pages_and_reasons_and_keeps_what_was_ticked(
    town: Town, dossier: Dossier
) -> None:
    clerk = doors.client(town.thang.user, second_factor=True)
    path = f"/ban-lam-viec/ho-so/{dossier.public_id}/lam/request_supplement/"
    form = clerk.get(path).content.decode()
    for reason in REASONS.values():
        assert str(reason.words) in form
    assert '<option value="1"' in form
    sent = {
        "revision": "1",
        "reason-plan": ["blurry", "no-such"],
        "page-plan": "1",
        "words-plan": "Dòng 2.",
    }
    assert clerk.post(path, {**sent, "page-plan": "77", "revision": "0"}).status_code == 302, "overtaken"
    assert clerk.post(path, sent).status_code == 302
    item = SupplementItem.objects.get()
    assert (item.reason, item.paper, item.page, item.words) == ("blurry", "plan", 1, "Dòng 2.")
    answer(town, dossier, files.jpeg())
    again = clerk.post(path, {**sent, "revision": str(Dossier.objects.get().revision)})
    html = again.content.decode()
    assert again.status_code == 422
    assert "chỉ được yêu cầu bổ sung một lần" in html
    assert 'value="blurry" checked' in html
    assert 'value="Dòng 2."' in html


def test_papers_go_with_the_answer_and_only_then(town: Town, dossier: Dossier) -> None:
    ask(town, dossier, BLURRY)
    client, path = as_lan(town), f"/ho-so/{dossier.public_id}/bo-sung/"
    shown = client.get(path).content.decode()
    revision = Dossier.objects.get().revision
    assert f'name="revision" value="{revision}"' in shown
    empty = client.post(path, {"revision": revision, "note": " "})
    assert "Ghi câu trả lời, hoặc gửi giấy tờ được yêu cầu." in empty.content.decode()
    sent = {
        "revision": revision,
        "note": "Gửi lại ảnh rõ.",
        "paper-plan": files.upload(files.archive(), "a.zip"),
    }
    bad = client.post(path, sent).content.decode()
    assert "Tệp a.zip không phải ảnh hoặc PDF" in bad
    assert "Gửi lại ảnh rõ." in bad, "nothing typed is lost"
    sent = {"revision": revision, "note": "", "act": "upload:", "paper-plan": files.upload(files.jpeg())}
    kept = client.post(path, sent)
    page = PaperFile.objects.get(subject_kind="supplement")
    assert f"/giay-to/{page.public_id}/nho/" in kept.content.decode()
    clerk = doors.client(town.thang.user, second_factor=True)
    assert clerk.get(f"/giay-to/{page.public_id}/").status_code == 404, "not sent yet"
    assert client.get(f"/giay-to/{page.public_id}/").status_code == 200
    client.post(path, {"act": f"remove:{page.public_id}", "revision": revision})
    assert not PaperFile.objects.filter(subject_kind="supplement").exists()
    final = {"revision": Dossier.objects.get().revision, "paper-plan": files.upload(files.jpeg())}
    assert client.post(path, final).status_code == 302
    assert Dossier.objects.get().status == Status.SUBMITTED
    assert PaperFile.objects.filter(subject_kind="dossier", paper="plan").count() == 2
    assert clerk.get(f"/giay-to/{PaperFile.objects.latest('pk').public_id}/").status_code == 200
    assert Notice.objects.filter(template="dossier.supplied").count() == 1
    assert client.post(path, {"revision": "9", "note": "x"})["Location"].endswith(
        f"/ho-so/{dossier.public_id}/"
    )


def test_what_lay_ready_goes_when_the_dossier_is_withdrawn(town: Town, dossier: Dossier) -> None:
    asked = ask(town, dossier, BLURRY)
    services.add_supply_file(dossier=asked, paper="plan", upload=files.upload(files.jpeg()))
    now = selectors.dossier(dossier.pk)
    services.withdraw_dossier(dossier=now, actor=town.lan_acts(), revision=now.revision)
    assert not PaperFile.objects.filter(subject_kind="supplement").exists()
    with pytest.raises(services.SubjectClosedError):
        services.add_supply_file(dossier=asked, paper="plan", upload=files.upload(files.jpeg()))


def test_the_slip_is_ordered_by_each_request(town: Town) -> None:
    dossier = at_step(town, "principal_decides")
    moved = services.request_supplement(
        dossier=dossier, actor=town.actor(town.hanh), revision=dossier.revision, note="Ghi rõ."
    )
    assert GeneratedDocument.objects.get(kind="supplement").occasion == moved.revision
