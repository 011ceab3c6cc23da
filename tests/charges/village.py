"""Two schools with a terminal each, two families and strangers to both, and a bank that signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.test import override_settings
from django.utils import timezone

from payments import services as money
from payments.gateways.vnpay import signature, wire
from payments.models import Attempt, Order
from portal.accounts import services as accounts
from portal.accounts.models import Citizen, FamilyLink, Officer
from portal.charges import services
from portal.charges.models import Charge, ChargeList
from portal.common.clock import local_day
from portal.common.fields import blind_index
from portal.common.text import fold
from portal.organisations.models import Organisation
from portal.outbox.models import Duty
from portal.pupils.models import Enrolment, Gender, Pupil
from tests.accounts import people
from tests.organisations.build import commune, department, school

SECRETS = {"TRUONG01": "FAKESECRETFORTESTS0123456789ABCD", "TRUONG02": "FAKESECRETFORTESTS0123456789EFGH"}
IP = "203.0.113.10"
BACK = "https://dvc.example.vn/thanh-toan/ket-qua"
BA_HOA = {"sub": "sub-hoa", "citizen_id": "999159001111", "name": "Lò Thị Hoa", "birthdate": "1959-02-03"}


@dataclass(frozen=True)
class Village:
    """Lan and Ông Sơn see Minh (3A) and An (1B) at Nậm Ban and Chi (4A) at Ban Trắng; Tuấn sees Dũng (3A)."""

    office: Organisation
    ward: Organisation
    nam_ban: Organisation
    ban_trang: Organisation
    lan: Citizen
    son: Citizen
    tuan: Citizen
    minh: Pupil
    an: Pupil
    chi: Pupil
    dung: Pupil
    thu: Officer
    ke_toan: Officer
    far: Officer
    ngoc: Officer


def pupil(name: str, number: int, at: Organisation, grade: int, class_name: str) -> Pupil:
    """Enrol a made-up child."""
    personal_id = f"999218{number:06d}"
    made = Pupil.objects.create(
        personal_id=personal_id,
        personal_id_index=blind_index("personal-id", personal_id),
        full_name=name,
        name_key=fold(name),
        birth_date=people.MINH_BORN,
        gender=Gender.MALE,
        ethnicity="Thái",
        status_on=people.LONG_AGO,
    )
    Enrolment.objects.create(
        pupil=made,
        school=at,
        grade=grade,
        class_name=class_name,
        school_year="2026-2027",
        starts_on=people.LONG_AGO,
        cause="test",
    )
    return made


def parent(citizen: Citizen, child: Pupil, **changes: Any) -> FamilyLink:
    """Tie an adult to a child."""
    link = accounts.confirm_link(
        citizen_id=citizen.pk, pupil_id=child.pk, relation="mother", basis=FamilyLink.Basis.REGISTER
    )
    FamilyLink.objects.filter(pk=link.pk).update(valid_from=people.LONG_AGO, **changes)
    return link


def build() -> Village:
    """Make everybody."""
    office = department()
    ward = commune(office, "H99.10", "Phường Nậm Ban")
    nam_ban = school(ward, "99010001", "Trường Tiểu học Nậm Ban", commune_id=ward.pk)
    ban_trang = school(ward, "99010002", "Trường Tiểu học Ban Trắng", commune_id=ward.pk)
    for number, place in ((1, nam_ban), (2, ban_trang)):
        terminal = money.register_terminal(code=f"TRUONG0{number}", name=place.name)
        money.assign_terminal(organisation_id=place.pk, terminal=terminal)
    lan, tuan, son = (people.citizen(claims) for claims in (people.LAN, people.TUAN, BA_HOA))
    minh = pupil("Lò Văn Minh", 1, nam_ban, 3, "3A")
    an = pupil("Lò Thị An", 2, nam_ban, 1, "1B")
    chi = pupil("Lò Thị Chi", 3, ban_trang, 4, "4A")
    dung = pupil("Quàng Văn Dũng", 4, nam_ban, 3, "3A")
    for child in (minh, an, chi):
        parent(lan, child)
        parent(son, child)
    parent(tuan, dung)
    return Village(
        office, ward, nam_ban, ban_trang, lan, son, tuan, minh, an, chi, dung,
        thu=people.officer("thu", "school_clerk", nam_ban),
        ke_toan=people.officer("ketoan", "finance", nam_ban),
        far=people.officer("far", "school_clerk", ban_trang),
        ngoc=people.officer("ngoc", "department_officer", office),
    )  # fmt: skip


def wish(at: Organisation, **changes: Any) -> services.Wish:
    """Wish for what a school usually wants: twenty meals of November at 30,000 đồng."""
    usual = {
        "school_id": at.pk,
        "kind_code": "meals",
        "title": "Tiền ăn tháng 11/2026",
        "unit_price": 30_000,
        "due_on": local_day(timezone.now()) + dt.timedelta(days=10),
        "quantity": 20,
    }
    return services.Wish(**{**usual, **changes})


def draft(at: Organisation, actor: Officer, **changes: Any) -> ChargeList:
    """Make a draft."""
    return services.make_list(wish=wish(at, **changes), actor_id=actor.user_id)


def published(at: Organisation, actor: Officer, **changes: Any) -> ChargeList:
    """Make a list and publish it as its duty does."""
    made = draft(at, actor, **changes)
    services.publish_list(list_id=made.pk, revision=made.revision, actor_id=actor.user_id)
    services.publish_all(made.pk)
    made.refresh_from_db()
    return made


def charge(listed: ChargeList, of: Pupil) -> Charge:
    """Give a pupil's living row of a list."""
    return Charge.objects.exclude(state="corrected").get(charge_list=listed, pupil=of)


@contextmanager
def bank() -> Iterator[None]:
    """Let the site have its terminals' secrets."""
    with override_settings(VNPAY_SECRETS=SECRETS):
        yield


def attempt(order: Order) -> Attempt:
    """Go to the bank with an order."""
    money.begin_attempt(order=order, method="", customer_ip=IP, return_url=BACK)
    return Attempt.objects.filter(order=order).latest("number")


def bank_says_paid(tried: Attempt) -> str:
    """Let the bank tell that an attempt is paid; give our code."""
    code = tried.order.terminal.code if tried.order.terminal else ""
    said = {
        "vnp_Amount": str(tried.amount * 100),
        "vnp_BankCode": "NCB",
        "vnp_BankTranNo": f"VNP{tried.pk}",
        "vnp_CardType": "ATM",
        "vnp_OrderInfo": "Thanh toan",
        "vnp_PayDate": wire.moment(tried.created_at),
        "vnp_ResponseCode": "00",
        "vnp_TmnCode": code,
        "vnp_TransactionNo": f"1442{tried.pk}",
        "vnp_TransactionStatus": "00",
        "vnp_TxnRef": tried.reference,
    }
    return money.receive_ipn(query=signature.signed_query(said, SECRETS[code]))["RspCode"]


def two_orders(village: Village, listed: ChargeList) -> list[Order]:
    """Give both parents an order at the bank for Minh's charge, as if neither had been seen by the other."""
    minh, an = charge(listed, village.minh), charge(listed, village.an)
    hers = services.pay_charges(citizen=village.lan, charge_ids=[minh.pk])
    his = services.pay_charges(citizen=village.son, charge_ids=[an.pk])
    his.lines.update(subject_id=str(minh.pk))
    for order in (hers, his):
        attempt(order)
    return [hers, his]


def settle_all(orders: list[Order]) -> None:
    """Let the bank tell that the last attempt of each order is paid."""
    for order in orders:
        assert bank_says_paid(order.attempts.latest("number")) == "00"


def deliver(order: Order) -> None:
    """Tell the owners of an order's lines, as the duty does."""
    for line in order.lines.all():
        money.deliver_line(line_id=line.pk)


def pay(citizen: Citizen, *charges: Charge) -> Order:
    """Pay charges through the bank, and let the room be told."""
    order = services.pay_charges(citizen=citizen, charge_ids=[each.pk for each in charges])
    assert bank_says_paid(attempt(order)) == "00"
    deliver(order)
    return order


def duties(kind: str) -> int:
    """Count the duties of a kind."""
    return Duty.objects.filter(kind=kind).count()
