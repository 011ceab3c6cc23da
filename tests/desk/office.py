"""A province with its offices, and the officers of these tests: who may, a colleague elsewhere, strangers."""

from __future__ import annotations

from dataclasses import dataclass

from django.test import Client

from portal.accounts.models import Citizen, Officer, User
from portal.accounts.sessions import SECOND_FACTOR
from portal.organisations.models import Organisation
from portal.organisations.selectors import department
from tests.accounts import people
from tests.pupils.build import Province, province

DESK = "/ban-lam-viec/"


@dataclass(frozen=True)
class Office:
    """Hạnh leads Nậm Ban, Thu is its clerk, Far is the clerk of Ban Trắng; Ngọc and Quản work at the department."""

    province: Province
    department: Organisation
    hanh: Officer
    thu: Officer
    far: Officer
    ngoc: Officer
    quan: Officer
    son: Officer
    lan: Citizen


def build() -> Office:
    made = province()
    top = department()
    return Office(
        province=made,
        department=top,
        hanh=people.officer("hanh", "principal", made.primary),
        thu=people.officer("thu", "school_clerk", made.primary),
        far=people.officer("far", "school_clerk", made.other),
        ngoc=people.officer("ngoc", "department_officer", top),
        quan=people.officer("quan", "administrator", top),
        son=people.officer("son", "leader", top),
        lan=people.citizen(people.LAN),
    )


def sign_in(who: Officer | Citizen) -> Client:
    """Give a browser in which this person is signed in; an officer has shown the second factor."""
    client = Client()
    user: User = who.user
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    if isinstance(who, Officer):
        session = client.session
        session[SECOND_FACTOR] = user.pk
        session.save()
    return client


def words(client: Client, path: str) -> str:
    """Give the text of a page that is there."""
    response = client.get(path)
    assert response.status_code == 200, f"{path}: {response.status_code}"
    return response.content.decode()
