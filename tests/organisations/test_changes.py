from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from portal.organisations import selectors, services
from portal.organisations.models import Organisation, OrganisationPeriod, SchoolLevel
from portal.organisations.services import OrganisationRefusedError
from tests.organisations.build import SOURCE, commune, department, district, school

pytestmark = pytest.mark.django_db
MERGER = date(2025, 7, 1)


def test_a_new_name_leaves_the_old_one_to_its_days() -> None:
    ward = commune(department(), "H99.10", "Xã Nậm Ban")
    pupil_home = school(ward, "99010001", "Trường Tiểu học Nậm Ban Số 1")
    services.rename(organisation_id=pupil_home.pk, name="Trường Tiểu học Nậm Ban", on=MERGER, source=SOURCE)
    pupil_home.refresh_from_db()
    assert pupil_home.name == "Trường Tiểu học Nậm Ban"
    assert selectors.name_on(pupil_home.pk, date(2025, 6, 30)) == "Trường Tiểu học Nậm Ban Số 1"
    assert selectors.name_on(pupil_home.pk, MERGER) == "Trường Tiểu học Nậm Ban"
    assert selectors.name_on(pupil_home.pk, date(1999, 12, 31)) is None


def test_a_change_of_tomorrow_takes_effect_by_its_date() -> None:
    ward = commune(department(), "H99.10", "Xã Nậm Ban")
    with time_machine.travel("2026-11-24T03:00:00Z", tick=False):
        services.rename(organisation_id=ward.pk, name="Phường Nậm Ban", on=date(2027, 1, 1), source=SOURCE)
        ward.refresh_from_db()
        assert ward.name == "Xã Nậm Ban"
        assert services.apply_organisation_changes() == 0
        assert selectors.name_on(ward.pk, date(2027, 1, 1)) == "Phường Nậm Ban"
    # 17:00 UTC on New Year's Eve is midnight in Vietnam
    with time_machine.travel("2026-12-31T17:00:00Z", tick=False):
        assert services.apply_organisation_changes() == 1
        assert services.apply_organisation_changes() == 0
        ward.refresh_from_db()
        assert ward.name == "Phường Nậm Ban"


def test_two_decisions_of_one_day_share_a_period_unless_they_speak_of_the_same() -> None:
    sector = department()
    old, new = commune(sector, "H99.10", "Xã Cũ"), commune(sector, "H99.11", "Xã Mới")
    place = school(old, "99010001", "Trường Tiểu học Ban Trắng")
    services.move(organisation_id=place.pk, parent_id=new.pk, on=MERGER, source="QĐ 1")
    services.rename(organisation_id=place.pk, name="Trường Tiểu học Ban Mới", on=MERGER, source="QĐ 2")
    assert [period.source for period in selectors.periods_of(place.pk)] == [SOURCE, "QĐ 1; QĐ 2"]
    with pytest.raises(OrganisationRefusedError, match="đã có quyết định"):
        services.rename(organisation_id=place.pk, name="Khác", on=MERGER, source="QĐ 3")
    with pytest.raises(OrganisationRefusedError, match="đã có thay đổi khác"):
        services.rename(organisation_id=place.pk, name="Khác", on=MERGER - timedelta(1), source="QĐ 3")
    place.refresh_from_db()
    assert (place.name, place.parent_id, place.commune_id) == ("Trường Tiểu học Ban Mới", new.pk, new.pk)


def test_a_merger_takes_everything_along_and_old_codes_lead_on() -> None:
    sector = department()
    first, second = commune(sector, "H99.10", "Xã Ban"), commune(sector, "H99.11", "Xã Trắng")
    under = school(first, "99010001", "Trường Tiểu học Ban Trắng")
    upper = school(sector, "99000001", "Trường THPT Ban", SchoolLevel.UPPER_SECONDARY, commune_id=first.pk)
    new = commune(sector, "H99.20", "Xã Ban Trắng", on=MERGER)
    services.merge(predecessor_ids=[first.pk, second.pk], successor_id=new.pk, on=MERGER, source=SOURCE)
    under.refresh_from_db()
    upper.refresh_from_db()
    assert (under.parent_id, upper.parent_id, upper.commune_id) == (new.pk, sector.pk, new.pk)
    assert selectors.successor_of("H99.10") == [new]
    assert selectors.successor_of("H99.10", date(2025, 6, 30)) == [first]
    before = selectors.parent_on(under.pk, date(2025, 6, 30))
    assert before == first
    assert {row.name for row in selectors.communes()} == {"Xã Ban Trắng"}
    assert selectors.name_on(first.pk, MERGER) is None
    with pytest.raises(OrganisationRefusedError, match="đã kết thúc ngày 01/07/2025"):
        services.rename(organisation_id=first.pk, name="Xã Ban 2", on=date(2026, 1, 1), source=SOURCE)


def test_a_district_ends_when_each_of_its_schools_has_a_new_place() -> None:
    sector = department()
    old = district(sector, "H99.02", "Huyện Hoa Ban")
    east, west = commune(sector, "H99.10", "Xã Đông"), commune(sector, "H99.11", "Xã Tây")
    one = school(old, "99010001", "Trường Tiểu học Một")
    two = school(old, "99010002", "Trường Tiểu học Hai")
    with pytest.raises(OrganisationRefusedError, match="Chưa rõ Trường Tiểu học"):
        services.split(
            predecessor_id=old.pk, successor_ids=[east.pk, west.pk], heirs={one.pk: east.pk},
            on=MERGER, source=SOURCE,
        )  # fmt: skip
    assert selectors.parent_on(one.pk, MERGER) == old
    services.split(
        predecessor_id=old.pk,
        successor_ids=[east.pk, west.pk],
        heirs={one.pk: east.pk, two.pk: west.pk},
        on=MERGER,
        source=SOURCE,
    )
    assert selectors.successor_of("H99.02") == [east, west]
    assert selectors.parent_on(two.pk, MERGER) == west
    then = selectors.tree(date(2025, 6, 30))[0]
    assert {branch.name for branch in then.children} == {"Huyện Hoa Ban", "Xã Đông", "Xã Tây"}


def test_successors_are_followed_through_several_steps_and_circles_end() -> None:
    sector = department()
    names = [commune(sector, f"H99.1{number}", f"Xã {number}") for number in range(4)]
    for step in range(3):
        services.merge(
            predecessor_ids=[names[step].pk],
            successor_id=names[step + 1].pk,
            on=date(2020 + step, 1, 1),
            source=SOURCE,
        )
    assert selectors.successor_of("H99.10") == [names[3]]
    assert selectors.successor_of("H99.10", date(2020, 6, 1)) == [names[1]]
    assert selectors.successor_of("no such code") == []


@pytest.mark.parametrize("kind", ["school", "department"])
def test_a_parent_of_the_wrong_kind_is_refused(kind: str) -> None:
    sector = department()
    ward = commune(sector, "H99.10", "Xã Ban")
    below = school(ward, "99010001", "Trường Tiểu học Ban")
    target = below if kind == "school" else ward
    moved = ward if kind == "school" else sector
    with pytest.raises(OrganisationRefusedError, match="không đúng cấp"):
        services.move(organisation_id=moved.pk, parent_id=target.pk, on=MERGER, source=SOURCE)


def test_codes_are_never_given_twice_and_old_ones_still_find() -> None:
    ward = commune(department(), "H99.10", "Xã Ban")
    place = school(ward, "99010001", "Trường Tiểu học Ban")
    services.recode(organisation_id=place.pk, code="99200001", on=MERGER, source=SOURCE)
    assert selectors.by_code("99010001") == place
    assert selectors.by_code(" 99200001 ") == place
    assert selectors.code_on(place.pk, date(2025, 1, 1)) == "99010001"
    with pytest.raises(OrganisationRefusedError, match="Mã cũ không cấp lại"):
        school(ward, "99010001", "Trường Tiểu học Khác")
    assert selectors.by_code("99999999") is None


def test_closing_waits_for_those_who_belong_to_it() -> None:
    ward = commune(department(), "H99.10", "Xã Ban")
    place = school(ward, "99010001", "Trường Tiểu học Ban")
    with pytest.raises(OrganisationRefusedError, match="Trường Tiểu học Ban còn thuộc đơn vị này"):
        services.close(organisation_id=ward.pk, on=MERGER, source=SOURCE)
    services.close(organisation_id=place.pk, on=MERGER, source="QĐ giải thể")
    services.close(organisation_id=ward.pk, on=MERGER, source="QĐ giải thể")
    assert not selectors.schools().exists()
    with pytest.raises(OrganisationRefusedError, match="kết thúc ngày 01/07/2025"):
        school(ward, "99010002", "Trường Mới", on=date(2020, 1, 1))


def test_closing_waits_for_those_who_leave_later() -> None:
    sector = department()
    ward, other = commune(sector, "H99.10", "Xã Ban"), commune(sector, "H99.11", "Xã Trang")
    place = school(ward, "99010001", "Trường Tiểu học Ban")
    services.move(organisation_id=place.pk, parent_id=other.pk, on=MERGER, source=SOURCE)
    with pytest.raises(OrganisationRefusedError, match="đến ngày 01/07/2025"):
        services.close(organisation_id=ward.pk, on=MERGER - timedelta(1), source=SOURCE)
    with pytest.raises(OrganisationRefusedError, match="đến ngày 01/07/2025"):
        services.merge(
            predecessor_ids=[ward.pk], successor_id=other.pk, on=MERGER - timedelta(1), source=SOURCE
        )
    services.close(organisation_id=ward.pk, on=MERGER, source=SOURCE)
    assert selectors.successor_of("H99.10") == []


def test_a_refused_change_leaves_nothing_behind() -> None:
    sector = department()
    ward = commune(sector, "H99.10", "Xã Ban")
    with pytest.raises(OrganisationRefusedError, match="phải đang có"):
        services.merge(predecessor_ids=[ward.pk], successor_id=10**9, on=MERGER, source=SOURCE)
    assert OrganisationPeriod.objects.filter(valid_to__isnull=False).count() == 0
    assert Organisation.objects.filter(closed_on__isnull=False).count() == 0


def test_details_are_corrected_in_place() -> None:
    place = school(commune(department(), "H99.10", "Xã Ban"), "99010001", "Trường TH&THCS Ban")
    services.correct_details(
        organisation_id=place.pk, levels=["lower_secondary", "primary"], address="Bản Ban, xã Ban"
    )
    place.refresh_from_db()
    assert (place.levels, place.address) == (["primary", "lower_secondary"], "Bản Ban, xã Ban")
    with pytest.raises(OrganisationRefusedError, match="ít nhất một cấp"):
        services.correct_details(organisation_id=place.pk, levels=[])
