from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts import services
from portal.accounts.models import Citizen, User
from tests.accounts import people

pytestmark = pytest.mark.django_db


def test_the_first_sign_in_makes_a_citizen_and_the_next_refreshes() -> None:
    claims = {
        **people.LAN,
        "phone_number": "0912 345 678",
        "email": "lan@hoaban.example",
        "address": "Bản Mòn",
    }
    first = people.citizen(claims)
    second = people.citizen({**claims, "name": "Lò Thị  Lan", "address": {"formatted": "Bản Phủ"}})
    assert first.pk == second.pk
    assert (second.full_name, second.phone, second.address) == ("Lò Thị Lan", "+84912345678", "Bản Phủ")
    assert second.birth_date == date(1990, 2, 3)
    assert not second.user.has_usable_password()
    assert people.LAN["citizen_id"] not in second.user.username


def test_the_personal_id_is_not_in_the_database_in_clear() -> None:
    people.citizen(people.LAN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_citizen, accounts_user")
        assert people.LAN["citizen_id"] not in str(cursor.fetchall())
    assert Citizen.objects.get().personal_id == people.LAN["citizen_id"]


def test_the_same_personal_id_under_another_subject_is_refused() -> None:
    people.citizen(people.LAN)
    with pytest.raises(services.SignInRefusedError, match="tài khoản VNeID khác"):
        people.citizen({**people.LAN, "sub": "somebody-else"})
    with pytest.raises(services.SignInRefusedError, match="số định danh khác"):
        people.citizen({**people.LAN, "citizen_id": people.TUAN["citizen_id"]})
    assert Citizen.objects.count() == User.objects.count() == 1


@pytest.mark.parametrize("missing", ["sub", "citizen_id", "name"])
def test_incomplete_claims_are_refused(missing: str) -> None:
    with pytest.raises(services.SignInRefusedError):
        people.citizen({**people.LAN, missing: ""})
    assert not Citizen.objects.exists()


def test_an_account_switched_off_is_refused() -> None:
    lan = people.citizen(people.LAN)
    User.objects.filter(pk=lan.user_id).update(is_active=False)
    with pytest.raises(services.SignInRefusedError, match="khóa"):
        people.citizen(people.LAN)


@given(
    phone=st.text(max_size=20),
    email=st.text(max_size=300),
    birthdate=st.text(max_size=12),
    address=st.one_of(st.text(max_size=400), st.dictionaries(st.just("formatted"), st.text(max_size=400))),
    name=st.text(min_size=1, max_size=200),
)
def test_no_odd_claim_keeps_a_person_out(
    phone: str, email: str, birthdate: str, address: object, name: str
) -> None:
    claims = {
        **people.LAN,
        "name": f"Lan {name}",
        "phone_number": phone,
        "email": email,
        "birthdate": birthdate,
        "address": address,
    }
    with people.undone():
        lan = people.citizen(claims)
        lan.full_clean(exclude=["birth_date", "personal_id", "email"])
        assert Citizen.objects.get().name_key == lan.name_key
