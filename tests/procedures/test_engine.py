"""A transfer from the first page to its delivery, and everything the engine refuses on the way."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from portal.common.clock import ZONE, local_day
from portal.notifications.models import Notice
from portal.outbox.models import Duty
from portal.procedures import facts, registry, selectors, services
from portal.procedures.definition.document import to_document
from portal.procedures.models import DeadlineRow, Dossier, DossierEvent, Draft, FeeRow, StoredDefinition
from portal.procedures.states import Status
from tests.accounts.people import MINH_ID
from tests.documents import files
from tests.procedures.town import TRANSFER, Town, at_step, submitted, written_draft


def _at(year: int, month: int, day: int, hour: int = 10) -> dt.datetime:
    return dt.datetime(year, month, day, hour, tzinfo=ZONE)


def test_a_transfer_travels_from_draft_to_delivery(town: Town) -> None:
    clerk, principal, leaving = town.actor(town.thang), town.actor(town.hanh), town.actor(town.thu)
    dossier = submitted(town)
    assert dossier.status == Status.SUBMITTED
    assert dossier.organisation == town.receiving
    assert dossier.code is None
    assert dossier.temporary_code.startswith("T-")

    dossier = services.accept_dossier(dossier=dossier, actor=clerk, revision=1)
    today = local_day(timezone.now())
    assert dossier.code == f"H99.12.034-{today:%y%m%d}-0001"
    assert dossier.due_on is not None

    dossier = services.start_work(dossier=dossier, actor=clerk, revision=2)
    assert (dossier.step, dossier.step_organisation) == ("leaving_confirms", town.leaving)
    dossier = services.complete_step(dossier=dossier, actor=leaving, revision=3)
    assert (dossier.step, dossier.step_organisation) == ("principal_decides", town.receiving)
    dossier = services.grant_dossier(dossier=dossier, actor=principal, revision=4)
    assert (dossier.status, dossier.outcome) == (Status.CONCLUDED, "granted")
    dossier = services.deliver_dossier(dossier=dossier, actor=clerk, revision=5)
    assert dossier.status == Status.DELIVERED
    assert dossier.ended_at is not None

    assert [event.number for event in dossier.events.all()] == [1, 2, 3, 4, 5, 6]
    assert Notice.objects.filter(recipient=town.lan.user).count() == 6
    owed = Duty.objects.get(kind="transfers.move_enrolment")
    assert owed.payload == {"dossier_id": dossier.pk}
    assert local_day(owed.next_attempt_at) == today + dt.timedelta(days=14)


def test_from_another_province_the_limit_is_eight_days_and_no_school_confirms(
    town: Town, private_folder: Path
) -> None:
    town.minh.enrolments.all().delete()
    draft = written_draft(town)
    services.add_paper_file(draft=draft, paper="results", upload=files.upload(files.pdf(), "bang.pdf"))
    draft = services.save_page(
        draft=draft,
        page_name="origin",
        page_answers={"from_school_name": "Trường Tiểu học Sông Xa", "from_province": "Tỉnh khác"},
        revision=draft.revision,
    )
    with time_machine.travel(_at(2026, 4, 23), tick=False):
        draft = services.save_page(
            draft=draft,
            page_name="destination",
            page_answers={"starts_on": "2026-06-01"},
            revision=draft.revision,
        )
    # the decision is in force from 10/05/2026
    with time_machine.travel(_at(2026, 5, 21), tick=False):
        dossier = services.submit_draft(draft=draft)
        assert (dossier.deadline_key, dossier.deadline_days) == ("outside", 8)
        dossier = services.accept_dossier(dossier=dossier, actor=town.actor(town.thang), revision=1)
    assert dossier.due_on == dt.date(2026, 6, 2)
    dossier = services.start_work(dossier=dossier, actor=town.actor(town.thang), revision=2)
    assert dossier.step == "principal_decides"


def test_the_clock_pauses_while_a_supplement_is_awaited(town: Town) -> None:
    clerk = town.actor(town.thang)
    with time_machine.travel(_at(2026, 11, 20), tick=False) as clock:
        dossier = submitted(town)
        dossier = services.accept_dossier(dossier=dossier, actor=clerk, revision=1)
        assert dossier.due_on == dt.date(2026, 11, 27)
        clock.move_to(_at(2026, 11, 24))
        dossier = services.request_supplement(dossier=dossier, actor=clerk, revision=2, note="Thiếu nơi ở")
        clock.move_to(_at(2026, 11, 26))
        dossier = services.supply(dossier=dossier, actor=town.lan_acts(), revision=3, note="Tổ 5")
    assert dossier.due_on == dt.date(2026, 12, 2)
    assert (dossier.status, dossier.step) == (Status.IN_PROGRESS, "leaving_confirms")
    reasons = selectors.due_reasons(selectors.dossier(dossier.pk), "vi", dt.date(2026, 11, 26))
    assert any("24/11" in reason and "26/11" in reason for reason in reasons), reasons


def test_a_supplement_before_reception_leads_back_to_status_1(town: Town) -> None:
    dossier = submitted(town)
    dossier = services.request_supplement(
        dossier=dossier, actor=town.actor(town.thang), revision=1, note="Ghi rõ nơi ở"
    )
    assert dossier.pauses.count() == 0
    dossier = services.supply(dossier=dossier, actor=town.lan_acts(), revision=2)
    assert dossier.status == Status.SUBMITTED


Verb = Callable[..., Dossier]


@pytest.mark.parametrize(
    ("verb", "sentence"),
    [
        (services.grant_dossier, "không làm được việc này"),
        (services.deliver_dossier, "không làm được việc này"),
        (services.start_work, "không làm được việc này"),
        (services.resume_dossier, "không làm được việc này"),
    ],
)
def test_a_move_that_the_table_lacks_is_refused_and_changes_nothing(
    town: Town, verb: Verb, sentence: str
) -> None:
    dossier = submitted(town)
    before = _rows(dossier)
    with pytest.raises(services.RefusedMoveError, match=sentence):
        verb(dossier=dossier, actor=town.actor(town.thang), revision=1)
    assert _rows(dossier) == before


def test_a_refusal_without_its_reason_is_refused(town: Town) -> None:
    dossier = submitted(town)
    before = _rows(dossier)
    with pytest.raises(services.RefusedMoveError, match="Ghi lý do"):
        services.refuse_reception(dossier=dossier, actor=town.actor(town.thang), revision=1, note="  ")
    assert _rows(dossier) == before


def test_a_step_that_does_not_decide_cannot_grant_and_the_last_cannot_be_passed_on(town: Town) -> None:
    dossier = at_step(town, "leaving_confirms")
    with pytest.raises(services.RefusedMoveError, match="chưa phải bước quyết định"):
        services.grant_dossier(dossier=dossier, actor=town.actor(town.thu), revision=dossier.revision)
    dossier = services.complete_step(dossier=dossier, actor=town.actor(town.thu), revision=dossier.revision)
    with pytest.raises(services.RefusedMoveError, match="đồng ý hoặc không đồng ý"):
        services.complete_step(dossier=dossier, actor=town.actor(town.hanh), revision=dossier.revision)


def test_who_comes_second_is_told_who_was_first(town: Town) -> None:
    dossier = submitted(town)
    services.accept_dossier(dossier=dossier, actor=town.actor(town.thang), revision=1)
    before = _rows(dossier)
    with pytest.raises(services.OvertakenError, match="Thang"):
        services.refuse_reception(
            dossier=dossier, actor=town.actor(town.hanh), revision=1, note="Thiếu giấy tờ"
        )
    assert _rows(dossier) == before


def test_a_draft_submitted_twice_gives_one_dossier(town: Town) -> None:
    draft = written_draft(town)
    first = services.submit_draft(draft=draft)
    again = services.submit_draft(draft=Draft.objects.get(pk=draft.pk))
    assert first == again
    assert Dossier.objects.count() == 1
    assert Draft.objects.get(pk=draft.pk).answers == {}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"to_grade": "7"}, "không có lớp 7"),
        ({"to_school": "leaving"}, "đang học ở chính trường này"),
    ],
)
def test_answers_that_cannot_be_are_named(town: Town, changes: dict[str, Any], sentence: str) -> None:
    changes = {name: town.leaving.pk if value == "leaving" else value for name, value in changes.items()}
    draft = written_draft(town, **changes)
    with pytest.raises(services.IncompleteDraftError) as caught:
        services.submit_draft(draft=draft)
    assert any(sentence in line for line in caught.value.sentences)
    assert Dossier.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "page"),
    [
        ({"phone": None}, "contact"),
        ({"starts_on": "2020-01-01"}, "destination"),
        ({"reason": "other"}, "reason"),
        ({"to_school": 999_999}, "destination"),
        ({"child": 999_999}, "child"),
    ],
)
def test_a_draft_with_gaps_is_not_submitted(town: Town, changes: dict[str, Any], page: str) -> None:
    draft = written_draft(town)
    for name, value in changes.items():
        stored = Draft.objects.get(pk=draft.pk)
        draft = services.save_page(
            draft=stored, page_name=page, page_answers={name: value}, revision=stored.revision
        )
    with pytest.raises(services.IncompleteDraftError) as caught:
        services.submit_draft(draft=draft)
    assert page in caught.value.pages
    assert Draft.objects.get(pk=draft.pk).state == Draft.State.WRITING


def test_a_child_whose_link_ended_meanwhile_cannot_be_submitted_for(town: Town) -> None:
    draft = written_draft(town)
    town.lan.family_links.update(may_apply=False)
    with pytest.raises(services.IncompleteDraftError):
        services.submit_draft(draft=draft)
    assert Dossier.objects.count() == 0


def test_two_windows_on_one_draft_lose_nothing_silently(town: Town) -> None:
    draft = written_draft(town)
    with pytest.raises(services.StaleDraftError, match="vẫn còn nguyên"):
        services.save_page(
            draft=draft, page_name="contact", page_answers={"address": "Khác"}, revision=draft.revision - 1
        )
    draft = Draft.objects.get(pk=draft.pk)
    assert "Khác" not in json.dumps(draft.answers, ensure_ascii=False)


def test_sensitive_answers_are_encrypted_and_ids_stand_nowhere(town: Town) -> None:
    dossier = submitted(town, reason="hardship", reason_words="Cháu hay ốm, cần ở gần bệnh viện")
    stored = json.dumps(Dossier.objects.get(pk=dossier.pk).answers, ensure_ascii=False)
    assert "bệnh viện" not in stored
    assert selectors.answers_of(dossier)["reason_words"] == "Cháu hay ốm, cần ở gần bệnh viện"
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers, subject_name FROM procedures_dossier")
        assert MINH_ID not in str(cursor.fetchall())


def test_a_fee_changes_by_its_day_and_the_quote_stays_what_was_given(town: Town) -> None:
    today = local_day(timezone.now())
    dossier = submitted(town)
    FeeRow.objects.filter(procedure_code=TRANSFER).update(valid_to=today + dt.timedelta(days=1))
    FeeRow.objects.create(
        procedure_code=TRANSFER,
        amount=9_000,
        valid_from=today + dt.timedelta(days=1),
        source="Nghị quyết mẫu",
    )
    assert facts.fee(TRANSFER, "local", today).amount == 0
    assert facts.fee(TRANSFER, "local", today + dt.timedelta(days=1)).amount == 9_000
    assert Dossier.objects.get(pk=dossier.pk).fee_amount == 0


def test_without_a_time_limit_in_force_nothing_is_promised(town: Town) -> None:
    draft = written_draft(town)
    DeadlineRow.objects.all().delete()
    with pytest.raises(facts.MissingFactError):
        services.submit_draft(draft=draft)
    assert Dossier.objects.count() == 0


def test_a_dossier_keeps_the_version_it_was_written_under(town: Town) -> None:
    dossier = submitted(town)
    definition = registry.current(TRANSFER)
    assert dossier.definition.document == to_document(definition)
    StoredDefinition.objects.filter(pk=dossier.definition_id).update(
        document={**dossier.definition.document, "minutes": 99}
    )
    with pytest.raises(registry.ChangedWithoutVersionError):
        registry.stored(definition)


def test_drafts_expire_and_are_emptied(town: Town) -> None:
    draft = written_draft(town)
    assert services.expire_drafts() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=61)):
        assert services.expire_drafts() == 1
    draft.refresh_from_db()
    assert (draft.state, draft.answers) == (Draft.State.DELETED, {})
    with pytest.raises(services.StaleDraftError, match="đã bị xóa"):
        services.submit_draft(draft=draft)


def _rows(dossier: Dossier) -> tuple[Any, ...]:
    return (
        Dossier.objects.filter(pk=dossier.pk).values_list("status", "step", "revision", "code").get(),
        DossierEvent.objects.count(),
        Notice.objects.count(),
        Duty.objects.count(),
    )
