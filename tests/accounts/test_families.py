from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts import selectors, services
from portal.accounts.models import FamilyClaim, FamilyEvent, FamilyLink, Look, Role
from portal.accounts.selectors import today
from portal.accounts.services.claims import CLAIMS_PER_DAY
from portal.outbox import services as outbox
from portal.outbox.models import Duty
from tests.accounts import people

pytestmark = pytest.mark.django_db


def _matched(mother: Any, child: Any) -> FamilyLink:
    services.record_guardian(
        pupil_id=child.pk, adult_personal_id=people.LAN["citizen_id"], relation="mother", source="test"
    )
    link = services.match_claim(claim_id=people.claim_minh(mother).pk)
    assert link is not None
    return link


def _statements(by: Any) -> list[str]:
    with CaptureQueriesContext(connection) as caught:
        people.claim_minh(by)
    return [query["sql"].split(" ")[0] + " " + str(len(query["sql"]) // 1000) for query in caught]


def test_a_claim_does_the_same_work_whatever_is_true() -> None:
    mother, stranger = people.citizen(people.LAN), people.citizen(people.TUAN)
    nobody_there = _statements(people.citizen({**people.LAN, "sub": "x", "citizen_id": "999190009999"}))
    child = people.minh()
    services.record_guardian(
        pupil_id=child.pk, adult_personal_id=people.LAN["citizen_id"], relation="mother", source="test"
    )
    assert _statements(mother) == _statements(stranger) == nobody_there


def test_a_recorded_parent_is_linked_by_the_duty_not_by_the_request() -> None:
    mother, child = people.citizen(people.LAN), people.minh()
    services.record_guardian(
        pupil_id=child.pk, adult_personal_id=people.LAN["citizen_id"], relation="mother", source="test"
    )
    claim = people.claim_minh(mother)
    assert selectors.children_of(mother) == []
    assert Duty.objects.get(kind="accounts.match_claim").payload == {"claim_id": claim.pk}
    services.match_claim(claim_id=claim.pk)
    services.match_claim(claim_id=claim.pk)
    assert [link.pupil_id for link in selectors.children_of(mother)] == [child.pk]
    assert selectors.may_apply_for(mother, child.pk)
    assert selectors.may_see(mother, child.pk)
    assert selectors.claims_of(mother) == []


def test_the_outbox_performs_the_match() -> None:
    mother, child = people.citizen(people.LAN), people.minh()
    services.record_guardian(
        pupil_id=child.pk, adult_personal_id=people.LAN["citizen_id"], relation="mother", source="test"
    )
    people.claim_minh(mother)
    outbox.perform_due_duties()
    assert [duty.state for duty in Duty.objects.all()] == ["done"]
    assert selectors.may_apply_for(mother, child.pk)


def test_a_stranger_with_everything_right_learns_nothing() -> None:
    stranger, child = people.citizen(people.TUAN), people.minh()
    right = people.claim_minh(stranger)
    wrong = people.claim_minh(stranger, child_personal_id="999218009999")
    for claim in (right, wrong):
        assert services.match_claim(claim_id=claim.pk) is None
    seen = [
        (claim.state, claim.note, claim.revision, claim.decided_at)
        for claim in selectors.claims_of(stranger)
    ]
    assert seen == [("waiting", "", 0, None)] * 2
    assert not selectors.may_see(stranger, child.pk)
    assert selectors.children_of(stranger) == []


@pytest.mark.parametrize(
    "slip",
    [
        {"child_name": "Lò Văn Minh Anh"},
        {"child_birth_date": date(2018, 3, 5)},
        {"child_personal_id": "999218004513"},
    ],
)
def test_one_wrong_particular_is_no_match(slip: dict[str, Any]) -> None:
    mother, child = people.citizen(people.LAN), people.minh()
    services.record_guardian(
        pupil_id=child.pk, adult_personal_id=people.LAN["citizen_id"], relation="mother", source="test"
    )
    assert services.match_claim(claim_id=people.claim_minh(mother, **slip).pk) is None
    assert selectors.children_of(mother) == []


def test_the_name_matches_however_it_is_typed() -> None:
    mother, child = people.citizen(people.LAN), people.minh()
    services.record_guardian(
        pupil_id=child.pk, adult_personal_id=people.LAN["citizen_id"], relation="mother", source="test"
    )
    assert services.match_claim(claim_id=people.claim_minh(mother, child_name=" LO  VAN MINH ").pk)


def test_data_that_comes_later_owes_a_second_look() -> None:
    mother, child = people.citizen(people.LAN), people.minh()
    claim = people.claim_minh(mother)
    assert services.match_claim(claim_id=claim.pk) is None
    services.record_guardian(
        pupil_id=child.pk, adult_personal_id=people.LAN["citizen_id"], relation="mother", source="test"
    )
    assert Duty.objects.filter(kind="accounts.match_claim").count() == 2
    assert services.match_claim(claim_id=claim.pk) is not None


def test_the_clerk_of_the_childs_school_confirms_and_the_look_is_recorded() -> None:
    school = people.school()
    stranger, child = people.citizen(people.TUAN), people.minh(school)
    clerk = people.officer("thu", Role.SCHOOL_CLERK, school)
    services.match_claim(claim_id=people.claim_minh(stranger, relation="father").pk)
    (claim,) = selectors.claims_waiting_at(school.pk)
    services.confirm_claim(
        claim_id=claim.pk, revision=claim.revision, actor=clerk.user, organisation_id=school.pk
    )
    assert [link.basis for link in selectors.children_of(stranger)] == ["clerk"]
    look = Look.objects.get()
    assert (look.actor_id, look.subject_kind, look.subject_id) == (clerk.user_id, "pupil", str(child.pk))
    assert list(FamilyEvent.objects.values_list("action", flat=True)) == ["claimed", "confirmed", "linked"]
    with pytest.raises(services.RefusedError, match="vừa được xử lý"):
        services.refuse_claim(
            claim_id=claim.pk,
            revision=claim.revision,
            actor=clerk.user,
            organisation_id=school.pk,
            note="",
        )


def test_another_schools_clerk_and_an_officer_without_the_role_find_no_claim() -> None:
    school, other = people.school(), people.school("H99.13", "Trường Tiểu học Pú Hồng")
    people.minh(school)
    colleague = people.officer("hanh", Role.SCHOOL_CLERK, other)
    accountant = people.officer("ke", Role.FINANCE, school)
    claim = people.claim_minh(people.citizen(people.TUAN))
    services.match_claim(claim_id=claim.pk)
    assert selectors.claims_waiting_at(other.pk) == []
    said = set()
    for actor, organisation, number in (
        (colleague, other, claim.pk),
        (colleague, school, claim.pk),
        (accountant, school, claim.pk),
        (colleague, other, claim.pk + 99),
    ):
        with pytest.raises(services.NotThereError) as refused:
            services.confirm_claim(
                claim_id=number, revision=0, actor=actor.user, organisation_id=organisation.pk
            )
        said.add(str(refused.value))
    assert len(said) == 1


def test_a_refused_claim_gives_no_link_and_shows_its_note() -> None:
    school = people.school()
    people.minh(school)
    clerk, stranger = people.officer("thu", Role.SCHOOL_CLERK, school), people.citizen(people.TUAN)
    claim = people.claim_minh(stranger)
    services.match_claim(claim_id=claim.pk)
    services.refuse_claim(
        claim_id=claim.pk,
        revision=0,
        actor=clerk.user,
        organisation_id=school.pk,
        note="Thiếu giấy khai sinh",
    )
    assert [(c.state, c.note) for c in selectors.claims_of(stranger)] == [
        ("refused", "Thiếu giấy khai sinh")
    ]
    assert selectors.children_of(stranger) == []


def test_claims_are_limited_a_day_and_the_same_twice_is_refused() -> None:
    mother = people.citizen(people.LAN)
    people.claim_minh(mother)
    with pytest.raises(services.RefusedError, match="đã khai cháu này"):
        people.claim_minh(mother)
    for number in range(CLAIMS_PER_DAY - 2):
        people.claim_minh(mother, child_personal_id=f"99921800100{number}")
    with pytest.raises(services.RefusedError, match="ngày mai"):
        people.claim_minh(mother, child_personal_id="999218002000")
    assert people.claim_minh(people.citizen(people.TUAN)).state == "waiting"


def test_only_the_claimant_withdraws_and_then_may_claim_anew() -> None:
    mother, stranger = people.citizen(people.LAN), people.citizen(people.TUAN)
    claim = people.claim_minh(mother)
    with pytest.raises(services.NotThereError):
        services.withdraw_claim(claim_id=claim.pk, citizen=stranger)
    services.withdraw_claim(claim_id=claim.pk, citizen=mother)
    with pytest.raises(services.RefusedError):
        services.withdraw_claim(claim_id=claim.pk, citizen=mother)
    assert people.claim_minh(mother).pk != claim.pk


def test_a_link_that_ended_counts_no_more_and_no_claim_brings_it_back() -> None:
    mother, child = people.citizen(people.LAN), people.minh()
    link = _matched(mother, child)
    services.end_link(link_id=link.pk, revision=0, reason="Bản án 12/2026/HNGĐ-ST", actor=None)
    assert selectors.children_of(mother) == []
    assert not selectors.may_apply_for(mother, child.pk)
    assert services.match_claim(claim_id=people.claim_minh(mother).pk) is None
    assert selectors.children_of(mother) == []
    with pytest.raises(services.RefusedError):
        services.end_link(link_id=link.pk, revision=0, reason="again", actor=None)


def test_custody_limits_what_a_link_allows() -> None:
    mother, child = people.citizen(people.LAN), people.minh()
    link = _matched(mother, child)
    ruling = "Bản án 12/2026/HNGĐ-ST"
    services.limit_link(
        link_id=link.pk, revision=0, may_apply=False, may_see=True, reason=ruling, actor=None
    )
    assert (selectors.may_apply_for(mother, child.pk), selectors.may_see(mother, child.pk)) == (False, True)
    services.limit_link(
        link_id=link.pk, revision=1, may_apply=False, may_see=False, reason=ruling, actor=None
    )
    assert selectors.children_of(mother) == []
    assert not selectors.may_see(mother, child.pk)
    with pytest.raises(services.RefusedError, match="căn cứ"):
        services.limit_link(
            link_id=link.pk, revision=2, may_apply=False, may_see=True, reason=" ", actor=None
        )
    with pytest.raises(services.RefusedError, match="tải lại"):
        services.limit_link(
            link_id=link.pk, revision=1, may_apply=True, may_see=True, reason="", actor=None
        )


def test_days_bound_a_link() -> None:
    mother, child = people.citizen(people.LAN), people.minh()
    first = today() + timedelta(days=3)
    services.confirm_link(
        citizen_id=mother.pk, pupil_id=child.pk, relation="mother", basis="clerk", valid_from=first
    )
    assert selectors.children_of(mother) == []
    assert len(selectors.children_of(mother, first)) == 1


def test_a_grandparent_sees_but_does_not_apply() -> None:
    grandmother, child = people.citizen(people.LAN), people.minh()
    services.confirm_link(
        citizen_id=grandmother.pk, pupil_id=child.pk, relation="grandparent", basis="clerk"
    )
    assert selectors.may_see(grandmother, child.pk)
    assert not selectors.may_apply_for(grandmother, child.pk)


def test_a_second_link_is_the_first_one() -> None:
    mother, child = people.citizen(people.LAN), people.minh()
    both = [
        services.confirm_link(citizen_id=mother.pk, pupil_id=child.pk, relation="mother", basis="clerk").pk
        for _ in range(2)
    ]
    assert both[0] == both[1]


@given(name=st.text(max_size=80), digits=st.text(alphabet="0123456789", min_size=12, max_size=12))
def test_any_text_is_taken_as_a_claim_and_kept_out_of_the_clear(name: str, digits: str) -> None:
    with people.undone():
        claim = people.claim_minh(people.citizen(people.LAN), child_name=name, child_personal_id=digits)
        with connection.cursor() as cursor:
            cursor.execute("SELECT child_personal_id FROM accounts_familyclaim WHERE id = %s", [claim.pk])
            assert digits not in str(cursor.fetchone())
        assert FamilyClaim.objects.get(pk=claim.pk).child_personal_id == digits


def test_looks_are_listed_newest_first() -> None:
    school = people.school()
    clerk = people.officer("thu", Role.SCHOOL_CLERK, school)
    for purpose in ("queue", "dossier"):
        services.record_look(
            actor=clerk.user,
            subject_kind="pupil",
            subject_id=7,
            purpose=purpose,
            organisation_id=school.pk,
        )
    services.record_look(actor=clerk.user, subject_kind="pupil", subject_id=8, purpose="queue")
    assert [look.purpose for look in selectors.looks_at("pupil", 7)] == ["dossier", "queue"]
