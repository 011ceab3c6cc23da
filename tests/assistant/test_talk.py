"""The chat without its bot: search answers and says so; a file's status; a person; what is kept."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from portal.assistant import services
from portal.assistant.models import Conversation, Question, Turn
from portal.outbox.services import perform_due_duties
from portal.procedures.models import Dossier, FeeRow
from tests import doors
from tests.assistant.conftest import API, ask, only
from tests.desk import office
from tests.procedures import town as towns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_bot")]
PHONE = "0900 000 118"


def test_search_answers_within_a_second_and_says_so(client: Client) -> None:
    began = time.monotonic()
    reply = only(ask(client, "phi ban sao hoc ba bao nhieu"))
    assert time.monotonic() - began < 1
    assert reply["source"] == "search"
    assert "kết quả tìm" in reply["paragraphs"][0]
    assert {"label": "Lệ phí", "value": "9.000 đ"} in reply["facts"]
    assert [link["href"] for link in reply["links"]] == ["/thu-tuc/ban-sao-hoc-ba/"]


def test_a_fee_that_changed_stands_in_the_next_answer(client: Client) -> None:
    Question.objects.filter(topic="diploma_digital").update(
        answer="Mất {fee:H99-BSHB} mỗi bản, xong trong {days:H99-BSHB}."
    )
    assert "9.000 đ mỗi bản, xong trong 3 ngày" in only(ask(client, "Văn bằng số"))["paragraphs"][0]
    FeeRow.objects.filter(procedure_code="H99-BSHB").update(amount=12_000)
    assert "12.000 đ mỗi bản" in only(ask(client, "Văn bằng số"))["paragraphs"][0]


def test_a_missing_fact_is_said_to_be_missing_and_an_old_answer_is_not_quoted(client: Client) -> None:
    assert "Mở đăng ký: chưa công bố" in only(ask(client, "Thời gian tuyển sinh"))["paragraphs"][0]
    Question.objects.filter(topic="tuition_free").update(valid_to=timezone.now().date() - timedelta(days=1))
    assert "đang được cập nhật" in only(ask(client, "Miễn học phí"))["paragraphs"][0]


@pytest.mark.parametrize("text", ["", "???", "😀", "/start", "<script>alert(1)</script>"])
def test_odd_messages_are_answered_kindly(client: Client, text: str) -> None:
    assert only(ask(client, text))["source"] == "fixed"


def test_too_long_is_refused_by_the_api_and_answered_by_the_page(client: Client) -> None:
    assert client.post(API, {"text": "x" * 501}, "application/json").status_code == 422
    page = client.post("/tro-ly/gui/", {"text": "x" * 501}, follow=True)
    assert "dài quá 500" in page.content.decode()


def test_another_sites_page_may_not_speak_in_the_visitors_session(client: Client) -> None:
    answer = client.post(
        API, {"text": "chào"}, "application/json", headers={"Origin": "https://la.example"}
    )
    assert answer.status_code == 403
    assert not Conversation.objects.exists()


def test_a_status_needs_the_code_and_the_right_phone(client: Client) -> None:
    town = towns.build()
    dossier = towns.submitted(town)
    asked = only(ask(client, f"xem hồ sơ {dossier.temporary_code}"))
    assert "số điện thoại" in asked["paragraphs"][0]
    wrong = only(ask(client, "0900 000 999"))
    assert "Không tìm thấy" in wrong["paragraphs"][0]
    strange = only(ask(client, f"{dossier.temporary_code.lower()} {PHONE}"))
    assert {"label": "Nơi giải quyết", "value": town.receiving.name} in strange["facts"]
    assert town.minh.full_name not in str(strange)
    kept = " ".join(Turn.objects.values_list("text", flat=True))
    assert PHONE not in kept
    assert "0900 000 999" not in kept


def test_wrong_code_and_wrong_phone_look_alike(client: Client) -> None:
    dossier = towns.submitted(towns.build())
    answers = [
        only(ask(client, f"{code} {phone}"))["paragraphs"]
        for code, phone in ((dossier.temporary_code, "0900 000 999"), ("T-2222-22", PHONE))
    ]
    assert answers[0] == answers[1]


def test_whoever_signed_in_sees_their_own_files_only() -> None:
    town = towns.build()
    towns.submitted(town)
    mine = doors.client(town.lan.user)
    Conversation.objects.all().delete()
    assert Dossier.objects.count() == 1
    told = only(ask(mine, "Hồ sơ đến đâu"))
    assert "1 hồ sơ đang giải quyết" in told["paragraphs"][0]
    nothing = only(ask(doors.client(town.tuan.user), "Hồ sơ đến đâu"))
    assert "không có hồ sơ nào" in nothing["paragraphs"][0]


def test_harm_to_a_child_goes_to_a_person_and_the_hotline_at_once(client: Client) -> None:
    said = ask(client, "cháu bị thầy xâm hại")
    assert said["state"] == "waiting"
    assert "111" in only(said)["paragraphs"][0]
    assert Conversation.objects.get().urgent


def test_an_officer_takes_over_answers_and_ends_and_a_second_one_is_told() -> None:
    place = office.build()
    citizen = Client()
    ask(citizen, "Gặp cán bộ")
    talk = Conversation.objects.get()
    address = f"/ban-lam-viec/hoi-dap/{talk.public_id}/"
    ngoc, quan = office.sign_in(place.ngoc), office.sign_in(place.quan)
    assert str(talk.public_id) in office.words(ngoc, "/ban-lam-viec/hoi-dap/")
    ngoc.post(f"{address}nhan/", {"revision": talk.revision})
    late = quan.post(f"{address}nhan/", {"revision": talk.revision}, follow=True)
    assert "người khác xử lý" in late.content.decode()
    ngoc.post(f"{address}tra-loi/", {"text": "Anh/chị nộp tại trường mới."})
    assert "Anh/chị nộp tại trường mới." in citizen.get("/tro-ly/").content.decode()
    talk.refresh_from_db()
    assert (talk.state, talk.officer) == ("active", place.ngoc)
    ngoc.post(f"{address}xong/", {"revision": talk.revision})
    talk.refresh_from_db()
    assert talk.state == "closed"


def test_a_ticket_is_answered_by_mail() -> None:
    place = office.build()
    citizen = Client()
    ask(citizen, "Gặp cán bộ")
    assert citizen.post("/tro-ly/thu/", {"mail": "không phải thư"}).status_code == 422
    citizen.post("/tro-ly/thu/", {"mail": "lan@mail.example"})
    talk = Conversation.objects.get()
    services.take_over(conversation_id=talk.pk, officer=place.ngoc, revision=talk.revision)
    services.answer_as_officer(conversation_id=talk.pk, officer=place.ngoc, text="Đã xem giúp anh/chị.")
    perform_due_duties()
    assert [(sent.to, "Đã xem giúp anh/chị." in sent.body) for sent in mail.outbox] == [
        (["lan@mail.example"], True)
    ]


def test_only_the_departments_officers_read_talks() -> None:
    place = office.build()
    ask(Client(), "Gặp cán bộ")
    talk = Conversation.objects.get()
    ask(Client(), "chào")
    private = Conversation.objects.exclude(pk=talk.pk).get()
    for who, status in ((place.thu, 403), (place.lan, 403)):
        assert office.sign_in(who).get(f"/ban-lam-viec/hoi-dap/{talk.public_id}/").status_code == status
    assert office.sign_in(place.ngoc).get(f"/ban-lam-viec/hoi-dap/{private.public_id}/").status_code == 404
    assert Client().get("/ban-lam-viec/hoi-dap/").status_code == 302


def test_the_page_does_all_of_it_without_script(client: Client) -> None:
    page = client.post("/tro-ly/gui/", {"text": "phi ban sao hoc ba"}, follow=True).content.decode()
    assert "9.000 đ" in page
    assert "trợ lý tự động" in page
    number = Turn.objects.filter(author="assistant").get().number
    assert (
        "Cảm ơn"
        in client.post(f"/tro-ly/danh-gia/{number}/", {"helped": "0"}, follow=True).content.decode()
    )
    assert Turn.objects.get(number=number).rating == -1
    client.post("/tro-ly/xoa/")
    assert not Conversation.objects.exists()


def test_a_talk_survives_the_change_of_pages_and_belongs_to_its_session(client: Client) -> None:
    ask(client, "phi ban sao hoc ba")
    assert "9.000 đ" in client.get("/tro-ly/khung/").content.decode()
    assert "9.000 đ" not in Client().get("/tro-ly/khung/").content.decode()


def test_old_talks_are_forgotten(client: Client) -> None:
    ask(client, "chào")
    assert services.forget_old() == 0
    Conversation.objects.update(last_at=timezone.now() - timedelta(days=31))
    assert services.forget_old() == 1
    assert not Turn.objects.exists()


def test_every_first_answer_can_be_given(client: Client, settings: Settings) -> None:
    settings.ASSISTANT_MESSAGES = 1_000
    for question in Question.objects.all():
        replies = ask(client, question.title)["replies"]
        assert replies, question.topic
        assert "{" not in str(replies[0]["paragraphs"]), question.topic
        client.post("/tro-ly/xoa/")
