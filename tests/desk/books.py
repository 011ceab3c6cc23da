"""Two accountants of a school, one of the department, one elsewhere, and a payment that came."""

from __future__ import annotations

from dataclasses import dataclass

from payments.models import Attempt, OrderLine
from portal.accounts.models import Officer
from portal.organisations.models import Kind, Organisation
from tests.accounts import people
from tests.payments.shop import Shop, build, notice, tell


@dataclass(frozen=True)
class Books:
    """Thu and Hạnh keep the payee's books, Sơn the department's, Far another school's; Thắng is a clerk."""

    shop: Shop
    thu: Officer
    hanh: Officer
    son: Officer
    far: Officer
    thang: Officer
    paid: Attempt

    @property
    def line(self) -> OrderLine:
        """The one line that was paid."""
        return OrderLine.objects.get(order=self.paid.order)


def open_books() -> Books:
    """Make them; the payment is 30.000 đ."""
    shop = build()
    top = Organisation.objects.filter(kind=Kind.DEPARTMENT).first() or Organisation.objects.create(
        code="H99", kind=Kind.DEPARTMENT, name="Sở GD&ĐT", name_key="so", opened_on=people.LONG_AGO
    )
    attempt = shop.attempt()
    assert tell(notice(attempt)) == "00"
    return Books(
        shop=shop,
        thu=people.officer("thu", "finance", shop.payee),
        hanh=people.officer("hanh", "finance", shop.payee),
        son=people.officer("son", "finance", top),
        far=people.officer("far", "finance", people.school("H99.13.001", "Trường Phiêng Lúa")),
        thang=people.officer("thang", "school_clerk", shop.payee),
        paid=Attempt.objects.select_related("order").get(pk=attempt.pk),
    )
