"""A season from its plan to the enrolment, through the services that families and offices use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from admissions import instances, selectors, services, signing
from admissions.allocation import verifier
from admissions.duties import enrol_child
from admissions.models import Answer, Registration, RegistrationVersion, Round
from portal.procedures import selectors as dossiers
from portal.procedures.models import Dossier
from portal.procedures.services import IncompleteDraftError, RefusedMoveError
from portal.procedures.workflow import Actor
from portal.pupils import selectors as pupils
from tests.admissions import season

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair() -> season.Fair:
    return season.committed(season.build(seats=1))


def _lan(fair: season.Fair) -> Actor:
    return Actor(fair.lan.user, fair.lan.full_name)


def test_a_registration_has_status_1_a_receipt_and_neither_code_nor_paper(fair: season.Fair) -> None:
    made = season.register(fair, fair.an, fair.lan, [fair.near, fair.far])
    dossier = dossiers.dossier(made.dossier_id)
    assert (dossier.status, dossier.code, dossier.organisation) == (1, None, fair.near)
    facts = signing.read(services.receipt_of_time(made))
    assert facts is not None
    assert facts["code"] == dossier.temporary_code
    assert facts["digest"] == RegistrationVersion.objects.get().digest
    assert services.receipt_of_time(made) == services.receipt_of_time(Registration.objects.get())
    assert "sửa được đến" in dossiers.situation(dossier, "vi").sentence


def test_submitting_twice_gives_one_registration(fair: season.Fair) -> None:
    writing = season.write(fair, fair.an, fair.lan, [fair.near])
    assert services.submit_registration(writing=writing) == services.submit_registration(writing=writing)
    assert Dossier.objects.count() == 1


def test_twins_are_written_side_by_side(fair: season.Fair) -> None:
    one = services.begin_writing(citizen=fair.lan, round_=fair.round, pupil_id=fair.an.pk)
    other = services.begin_writing(citizen=fair.lan, round_=fair.round, pupil_id=fair.binh.pk)
    assert one.draft != other.draft
    assert services.begin_writing(citizen=fair.lan, round_=fair.round, pupil_id=fair.an.pk) == one


def test_a_second_guardian_is_told_and_registers_nothing(fair: season.Fair) -> None:
    season.link(fair.tuan, fair.an)
    late = season.write(fair, fair.an, fair.tuan, [fair.far])
    season.register(fair, fair.an, fair.lan, [fair.near])
    with pytest.raises(services.AdmissionRefusedError, match="người giám hộ khác"):
        services.submit_registration(writing=late)
    assert Registration.objects.count() == 1
    assert Dossier.objects.count() == 1


def test_amending_adds_a_version_until_the_window_closes(fair: season.Fair) -> None:
    made = season.register(fair, fair.an, fair.lan, [fair.near])
    services.amend_registration(
        registration=made, home=None, schools=[fair.far.pk, fair.near.pk], actor=_lan(fair), revision=1
    )
    assert made.choices == [fair.far.pk, fair.near.pk]
    assert [version.number for version in made.versions.all()] == [2, 1]
    assert dossiers.dossier(made.dossier_id).status == 1
    season.closed(fair)
    with pytest.raises(RefusedMoveError, match="hết thời gian"):
        services.amend_registration(
            registration=made, home=None, schools=[fair.near.pk], actor=_lan(fair), revision=2
        )


def test_the_wrong_level_is_named_from_the_year_of_birth(fair: season.Fair) -> None:
    fair.an.birth_date = fair.an.birth_date.replace(year=2016)
    fair.an.save()
    with pytest.raises(IncompleteDraftError, match="vào Lớp 6, không phải Lớp 1"):
        season.register(fair, fair.an, fair.lan, [fair.near])


def test_nothing_is_submitted_before_the_opening_but_drafts_are_kept() -> None:
    early = season.build()
    season.dates(early.season, window=(1, 24))
    writing = season.write(early, early.an, early.lan, [early.near])
    with pytest.raises(IncompleteDraftError, match="Chưa đến giờ"):
        services.submit_registration(writing=writing)
    assert Registration.objects.count() == 0


def test_a_withdrawn_child_may_be_registered_anew(fair: season.Fair) -> None:
    made = season.register(fair, fair.an, fair.lan, [fair.near])
    services.withdraw_registration(registration=made, actor=_lan(fair), revision=1)
    again = season.register(fair, fair.an, fair.lan, [fair.far])
    assert again != made
    assert list(selectors.unverified(fair.round)) == [again]


def test_schools_verify_only_after_the_window(fair: season.Fair) -> None:
    made = season.register(fair, fair.an, fair.lan, [fair.near])
    clerk = Actor(fair.clerk.user, "Thu", fair.near.pk)
    with pytest.raises(services.AdmissionRefusedError, match="giờ đăng ký"):
        services.verify(registration=made, actor=clerk, revision=1)
    season.closed(fair)
    services.ask_family(registration=made, actor=clerk, revision=1, note="Ảnh giấy xác nhận mờ.")
    with pytest.raises(services.AdmissionRefusedError, match="chưa kiểm tra xong"):
        services.freeze_round(round_=fair.round, actor=None)


def test_the_season_is_published_and_the_verifier_agrees(fair: season.Fair, tmp_path: Path) -> None:
    # three live near, one place is there; the twins share a draw
    season.register(fair, fair.an, fair.lan, [fair.near, fair.far])
    season.register(fair, fair.binh, fair.lan, [fair.near, fair.far])
    chi = season.register(fair, fair.chi, fair.tuan, [fair.near], place_id=fair.edge.pk)
    season.published(fair)
    assert fair.round.state == Round.State.PUBLISHED
    bundle = json.loads(instances.fetch(fair.round.bundle_name))
    published = (fair.round.commitment, fair.round.root, fair.round.public_value)
    for registration in Registration.objects.all():
        assert verifier.verify(bundle, *published, registration.receipt) == []
    chi.refresh_from_db()
    assert chi.school == fair.far, "by the department's duty: the family named the near school alone"
    assert chi.receipt is not None
    assert chi.receipt["outcome"]["choice"] == 2
    assert dossiers.dossier(chi.dossier_id).status == 9
    bundle["entries"][0]["choices"][0]["distance"] += 1
    assert verifier.verify(bundle, *published) != []


def test_two_persons_publish_and_two_enter_the_value(fair: season.Fair) -> None:
    season.register(fair, fair.an, fair.lan, [fair.near])
    season.closed(fair)
    season.verify_all(fair)
    services.freeze_round(round_=fair.again().round, actor=None)
    services.enter_public_value(round_=fair.again().round, value="11", officer=fair.ngoc)
    with pytest.raises(services.AdmissionRefusedError, match="không giống nhau"):
        services.enter_public_value(round_=fair.again().round, value="12", officer=fair.son)
    services.enter_public_value(round_=fair.again().round, value="11", officer=fair.son)
    services.propose_publication(round_=fair.round, officer=fair.ngoc, revision=fair.again().round.revision)
    with pytest.raises(services.AdmissionRefusedError, match="người thứ hai"):
        services.approve_publication(
            round_=fair.again().round, officer=fair.ngoc, revision=fair.round.revision
        )


def test_confirmed_children_are_enrolled_and_free_places_make_a_further_round(fair: season.Fair) -> None:
    an = season.register(fair, fair.an, fair.lan, [fair.near])
    chi = season.register(fair, fair.chi, fair.tuan, [fair.far])
    season.published(fair)
    services.answer_place(
        registration=selectors.registration_about(fair.round, fair.an.pk) or an,
        confirm=True,
        actor=_lan(fair),
    )
    services.answer_place(
        registration=selectors.registration_about(fair.round, fair.chi.pk) or chi,
        confirm=False,
        actor=Actor(fair.tuan.user, "Tuấn"),
    )
    with pytest.raises(services.AdmissionRefusedError, match="đã trả lời"):
        services.answer_place(
            registration=selectors.registration_about(fair.round, fair.an.pk) or an,
            confirm=False,
            actor=_lan(fair),
        )
    assert dossiers.dossier(an.dossier_id).status == 10
    enrol_child({"registration": an.pk})
    enrol_child({"registration": an.pk})
    found = pupils.enrolments_of(fair.an.pk)
    assert [(row.school, row.grade) for row in found] == [(fair.near, 1)]
    services.close_now(phase=fair.season.phases.get(kind="confirmation"), reason="Hết hạn", actor=None)
    assert services.close_confirmations() == 1
    fresh = services.open_additional_round(season=fair.season, officer=fair.ngoc)
    assert {quota.school: quota.seats for quota in fresh.quota_rows.all()} == {fair.far: 30}


def test_silence_gives_the_place_back(fair: season.Fair) -> None:
    an = season.register(fair, fair.an, fair.lan, [fair.near])
    season.published(fair)
    services.close_now(phase=fair.season.phases.get(kind="confirmation"), reason="Hết hạn", actor=None)
    services.close_confirmations()
    an.refresh_from_db()
    assert an.answer == Answer.SILENT
    assert dossiers.dossier(an.dossier_id).status == 10
    assert services.close_confirmations() == 0


def test_a_child_without_a_place_gets_one_in_the_additional_round() -> None:
    fair = season.committed(season.build(seats=1, duty_schools=0))
    an = season.register(fair, fair.an, fair.lan, [fair.near])
    chi = season.register(fair, fair.chi, fair.tuan, [fair.near], place_id=fair.edge.pk)
    season.published(fair)
    chi.refresh_from_db()
    assert chi.school is None
    assert dossiers.dossier(chi.dossier_id).outcome == "refused"
    services.answer_place(registration=Registration.objects.get(pk=an.pk), confirm=True, actor=_lan(fair))
    services.close_now(phase=season.phase(fair, "confirmation"), reason="Hết hạn", actor=None)
    services.close_confirmations()
    fair.round = services.open_additional_round(season=fair.season, officer=fair.ngoc)
    season.committed(fair)
    assert fair.round.commitment
    with pytest.raises(IncompleteDraftError, match="đã xác nhận cho cháu học"):
        season.register(fair, fair.an, fair.lan, [fair.far])
    again = season.register(fair, fair.chi, fair.tuan, [fair.far])
    season.published(fair)
    again.refresh_from_db()
    assert again.school == fair.far


def test_a_hardship_place_displaces_nobody_and_is_counted() -> None:
    fair = season.committed(season.build(seats=1, duty_schools=0))
    an = season.register(fair, fair.an, fair.lan, [fair.near])
    chi = season.register(fair, fair.chi, fair.tuan, [fair.near], place_id=fair.edge.pk)
    season.published(fair)
    services.give_hardship_place(
        registration=Registration.objects.get(pk=chi.pk),
        school_id=fair.near.pk,
        reason="QĐ 12: mồ côi, ở với bà ngay cạnh trường",
        officer=fair.son,
    )
    an.refresh_from_db()
    assert an.school == fair.near
    with pytest.raises(services.AdmissionRefusedError):
        services.give_hardship_place(
            registration=Registration.objects.get(pk=an.pk),
            school_id=fair.far.pk,
            reason="x",
            officer=fair.son,
        )
