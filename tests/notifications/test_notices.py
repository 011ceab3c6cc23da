"""Telling, reading, and what goes out by which channel."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.translation import override
from pytest_django import Settings

from portal.accounts.models import Citizen
from portal.notifications import ports, selectors, services
from portal.notifications.models import Delivery, Notice
from portal.notifications.ports import Words
from portal.outbox.models import Duty
from portal.outbox.services import perform_due_duties
from portal.settings import mail
from tests.notifications.conftest import SAID
from tests.notifications.people import citizen, officer
from tests.notifications.post import Letterbox

pytestmark = pytest.mark.django_db


def tell(user_id: int, key: str = "dossier:7:1", template: str = "dossier.supplement_requested") -> int:
    with transaction.atomic():
        return services.notify(
            recipient_id=user_id, template=template, subject_kind="dossier", subject_id="7", key=key
        )


def text(letter: EmailMessage) -> str:
    content: str = letter.get_content()
    return content


@pytest.fixture
def an() -> Citizen:
    return citizen()


@pytest.fixture
def mailed(settings: Settings, post: Letterbox) -> Letterbox:
    settings.MAILERS = mail.mailers(post.url)
    settings.DEFAULT_FROM_EMAIL = "Cổng <khong-tra-loi@hoaban.example>"
    settings.PUBLIC_URL = "https://dichvu.hoaban.example"
    return post


def test_a_cause_tells_once(an: Citizen) -> None:
    assert tell(an.user_id) == tell(an.user_id)
    assert Notice.objects.count() == Delivery.objects.count() == Duty.objects.count() == 1


def test_a_notice_goes_away_with_its_cause(an: Citizen) -> None:
    with transaction.atomic():
        tell(an.user_id)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert not Duty.objects.exists()


def test_an_unknown_template_is_refused_at_once(an: Citizen) -> None:
    with pytest.raises(ports.UnknownTemplateError, match="register_words"):
        tell(an.user_id, template="nobody.knows")


def test_a_template_has_one_owner() -> None:
    with pytest.raises(ValueError, match="has words already"):
        ports.register_words("dossier.supplement_requested", lambda _id, _language: SAID["vi"])


@pytest.mark.parametrize(
    ("wishes", "channels"),
    [
        ({}, {"mail"}),
        ({"sms_notices": True}, {"mail", "sms"}),
        ({"sms_notices": True, "phone": ""}, {"mail"}),
        ({"mail_notices": False}, set()),
        ({"email": ""}, set()),
    ],
)
def test_channels_follow_the_recipients_wishes(wishes: dict[str, Any], channels: set[str]) -> None:
    tell(citizen(**wishes).user_id)
    assert set(Delivery.objects.values_list("channel", flat=True)) == channels
    assert Notice.objects.count() == 1  # the portal shows it in any case


def test_officers_get_mail(mailed: Letterbox) -> None:
    tell(officer().user_id)
    perform_due_duties()
    assert [letter["To"] for letter in mailed.letters] == ["binh@so.example"]


def test_a_mail_says_what_to_do_and_nothing_personal(an: Citizen, mailed: Letterbox) -> None:
    tell(an.user_id)
    assert perform_due_duties() == 1
    (letter,) = mailed.letters
    assert letter["Subject"] == "Cần anh/chị bổ sung: Chuyển trường"
    assert letter["Message-ID"] == Delivery.objects.get().message_id
    assert letter["Message-ID"].endswith("@hoaban.example>")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "https://dichvu.hoaban.example/ho-so/7/" in text(letter).splitlines()
    assert max(len(line) for line in text(letter).splitlines()) <= 72
    for personal in (an.full_name, an.personal_id, an.phone):
        assert personal not in letter.as_string() + text(letter)
    assert Delivery.objects.get().sent_at is not None


def test_a_mail_speaks_the_readers_language(mailed: Letterbox) -> None:
    tell(citizen(language="en").user_id)
    perform_due_duties()
    (letter,) = mailed.letters
    assert letter["Subject"] == SAID["en"].title
    assert letter["Content-Language"] == "en"
    assert "/en/ho-so/7/" in text(letter)


def test_a_server_that_refuses_is_asked_again_under_the_same_id(an: Citizen, mailed: Letterbox) -> None:
    tell(an.user_id)
    mailed.answer = "451 later, please"
    perform_due_duties()
    assert Duty.objects.get().last_error == "SMTPDataError"
    assert Delivery.objects.get().sent_at is None
    mailed.answer = "250 OK"
    Duty.objects.update(next_attempt_at=Duty.objects.get().created_at)
    perform_due_duties()
    assert len(mailed.letters) == 2
    assert len({letter["Message-ID"] for letter in mailed.letters}) == 1


def test_words_with_a_personal_id_do_not_leave_the_house(an: Citizen, mailed: Letterbox) -> None:
    ports.register_words("careless", lambda _id, _language: Words("Hồ sơ của 999318004512", "…", "/"))
    tell(an.user_id, template="careless")
    perform_due_duties()
    assert mailed.letters == []
    assert Duty.objects.get().last_error == "PersonalWordsError"


def test_a_wish_withdrawn_before_sending_is_respected(an: Citizen, mailed: Letterbox) -> None:
    tell(an.user_id)
    Citizen.objects.update(mail_notices=False)
    perform_due_duties()
    assert mailed.letters == []
    assert Duty.objects.get().state == "done"


def test_a_closed_account_is_not_written_to(an: Citizen) -> None:
    an.user.is_active = False
    an.user.save()
    tell(an.user_id)
    assert not Delivery.objects.exists()


def test_stand_ins_log_that_something_was_sent_and_to_whom_by_id(caplog: pytest.LogCaptureFixture) -> None:
    reader = citizen(sms_notices=True, mail_notices=False)
    caplog.set_level("INFO")
    tell(reader.user_id)
    perform_due_duties()
    delivery = Delivery.objects.get()
    said = [record.getMessage() for record in caplog.records if record.name.endswith("channels.sms")]
    assert said == [f"sms: sent to user {reader.user_id} ({delivery.message_id})"]
    assert reader.phone not in caplog.text


def test_a_reader_sees_own_notices_in_the_language_of_the_page(an: Citizen) -> None:
    tell(an.user_id, "first")
    tell(citizen("other").user_id, "others")
    tell(an.user_id, "second")
    assert [notice.title for notice in selectors.notices_of(an.user)] == [SAID["vi"].title] * 2
    with override("en"):
        first = selectors.notices_of(an.user)[0]
    assert (first.title, first.link) == (SAID["en"].title, "/en/ho-so/7/")


def test_reading_is_noted_once_and_only_by_the_recipient(an: Citizen) -> None:
    notice = tell(an.user_id, "first")
    tell(an.user_id, "second")
    other = citizen("other")
    assert selectors.unread_count(an.user) == 2
    assert services.mark_read(recipient_id=other.user_id, notice_id=notice) == 0
    assert services.mark_read(recipient_id=an.user_id, notice_id=notice) == 1
    assert services.mark_read(recipient_id=an.user_id, notice_id=notice) == 0
    assert len(selectors.notices_of(an.user, unread_only=True)) == selectors.unread_count(an.user) == 1
    assert services.mark_read(recipient_id=an.user_id) == 1
    assert selectors.unread_count(an.user) == 0


def test_a_notice_about_something_gone_stays_readable_and_is_not_sent(
    an: Citizen, mailed: Letterbox
) -> None:
    def gone(_id: str, _language: str) -> Words:
        raise ObjectDoesNotExist

    ports.register_words("gone", gone)
    tell(an.user_id, template="gone")
    perform_due_duties()
    assert mailed.letters == []
    assert selectors.notices_of(an.user)[0].title == "Thông báo cũ"
