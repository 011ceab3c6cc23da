from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from portal.accounts import selectors, services
from portal.accounts.models import Role, RoleAssignment, User
from portal.accounts.selectors import ActiveRole, today
from tests.accounts import people

pytestmark = pytest.mark.django_db


def test_a_role_counts_from_its_first_day_until_the_day_it_ended() -> None:
    school, thu = people.school(), people.officer("thu")
    given = services.assign_role(
        officer_id=thu.pk, role=Role.SCHOOL_CLERK, organisation_id=school.pk, valid_from=date(2026, 9, 1)
    )
    services.end_role(assignment_id=given.pk, on=date(2026, 10, 1))
    held = [
        bool(selectors.active_roles(thu.user, day))
        for day in (date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 1))
    ]
    assert held == [False, True, True, False]


def test_roles_are_one_query_and_name_the_organisation(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    school = people.school()
    thu = people.officer("thu", Role.SCHOOL_CLERK, school)
    with django_assert_num_queries(1):
        assert selectors.active_roles(thu.user) == {ActiveRole("school_clerk", school.pk)}
    with django_assert_num_queries(1):
        assert selectors.has_role(thu.user, school.pk, Role.SCHOOL_CLERK)
    with django_assert_num_queries(1):
        assert selectors.organisations_of(thu.user) == {school.pk}
    with django_assert_num_queries(1):
        assert selectors.officers_of(school.pk, Role.SCHOOL_CLERK) == [thu]
    with django_assert_num_queries(0):
        assert selectors.active_roles(AnonymousUser()) == frozenset()


def test_a_colleague_elsewhere_and_a_stranger_have_no_role_here() -> None:
    here, there = people.school(), people.school("H99.13", "Trường Tiểu học Pú Hồng")
    colleague = people.officer("hanh", Role.SCHOOL_CLERK, there)
    assert not selectors.has_role(colleague.user, here.pk)
    assert not selectors.has_role(people.citizen(people.LAN).user, here.pk)
    assert selectors.officers_of(here.pk) == []


def test_an_account_switched_off_has_no_role() -> None:
    school = people.school()
    thu = people.officer("thu", Role.SCHOOL_CLERK, school)
    User.objects.filter(pk=thu.user_id).update(is_active=False)
    assert selectors.active_roles(thu.user) == frozenset()
    assert selectors.officers_of(school.pk) == []


def test_the_same_role_twice_on_a_day_is_refused() -> None:
    school = people.school()
    thu = people.officer("thu", Role.SCHOOL_CLERK, school)
    with pytest.raises(services.RefusedError, match="đã có vai trò"):
        services.assign_role(
            officer_id=thu.pk, role=Role.SCHOOL_CLERK, organisation_id=school.pk, valid_from=today()
        )


def test_a_role_cannot_end_before_it_began_nor_twice() -> None:
    school = people.school()
    thu = people.officer("thu", Role.SCHOOL_CLERK, school)
    given = RoleAssignment.objects.get(officer=thu)
    with pytest.raises(services.RefusedError):
        services.end_role(assignment_id=given.pk, on=people.LONG_AGO - timedelta(days=1))
    services.end_role(assignment_id=given.pk, on=today())
    with pytest.raises(services.RefusedError):
        services.end_role(assignment_id=given.pk, on=today())
    with pytest.raises(services.NotThereError):
        services.end_role(assignment_id=given.pk + 1, on=today())


def test_a_lent_role_counts_during_the_leave_and_ends_with_the_lenders() -> None:
    school = people.school()
    principal, deputy = people.officer("mai", Role.PRINCIPAL, school), people.officer("son")
    own = RoleAssignment.objects.get(officer=principal)
    first, last = today(), today() + timedelta(days=10)
    lent = services.lend_role(
        assignment_id=own.pk, to_officer_id=deputy.pk, valid_from=first, valid_to=last, actor=principal.user
    )
    assert selectors.has_role(deputy.user, school.pk, Role.PRINCIPAL)
    assert selectors.active_roles(deputy.user, last) == frozenset()
    with pytest.raises(services.RefusedError, match="giao tiếp"):
        services.lend_role(
            assignment_id=lent.pk, to_officer_id=principal.pk, valid_from=first, valid_to=last
        )
    services.end_role(assignment_id=own.pk, on=first + timedelta(days=2))
    assert selectors.active_roles(deputy.user, first + timedelta(days=1))
    assert selectors.active_roles(deputy.user, first + timedelta(days=2)) == frozenset()


def test_a_role_is_lent_only_within_the_lenders_own_days() -> None:
    school = people.school()
    principal, deputy = people.officer("mai", Role.PRINCIPAL, school), people.officer("son")
    own = RoleAssignment.objects.get(officer=principal)
    with pytest.raises(services.RefusedError, match="chính mình"):
        services.lend_role(
            assignment_id=own.pk,
            to_officer_id=deputy.pk,
            valid_from=people.LONG_AGO - timedelta(days=1),
            valid_to=today(),
        )
    with pytest.raises(services.RefusedError, match="người khác"):
        services.lend_role(
            assignment_id=own.pk, to_officer_id=principal.pk, valid_from=today(), valid_to=today()
        )


def test_permissions_follow_the_roles() -> None:
    school = people.school()
    clerk, administrator = (
        people.officer("thu", Role.SCHOOL_CLERK, school),
        people.officer("an", Role.ADMINISTRATOR, school),
    )
    assert clerk.user.has_perm("accounts.confirm_claims", school)
    assert not clerk.user.has_perm("accounts.assign_roles", school)
    assert administrator.user.has_perm("accounts.assign_roles", school)
    assert not administrator.user.has_perm("accounts.confirm_claims", school)
