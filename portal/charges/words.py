"""What a notice about a charge says. No names, no IDs: mails pass through many hands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from portal.charges.facts import title_of
from portal.charges.models import Charge, ChargeList
from portal.charges.paying import NOTES
from portal.common.money_words import dong_in_words
from portal.notifications.ports import Words, register_gatherer, register_words


def _published(listed: ChargeList) -> tuple[str, str]:
    return _("Khoản thu mới: %(title)s") % _facts(listed), _(
        "%(school)s vừa công bố khoản thu này, hạn nộp %(day)s. Mở trang Khoản thu để xem số tiền của từng cháu."
    ) % _facts(listed)


def _reminder(listed: ChargeList) -> tuple[str, str]:
    return _("Nhắc nộp: %(title)s") % _facts(listed), _(
        "Khoản thu này của %(school)s chưa được nộp, hạn nộp %(day)s. Nếu anh/chị vừa nộp, xin bỏ qua tin này."
    ) % _facts(listed)


def _list_cancelled(listed: ChargeList) -> tuple[str, str]:
    return _("Đã hủy khoản thu: %(title)s") % _facts(listed), _(
        "%(school)s đã hủy khoản thu này. Anh/chị không phải nộp; tiền đã nộp được hoàn lại."
    ) % _facts(listed)


def _facts(listed: ChargeList) -> dict[str, str]:
    """Give what sentences need; who reads no Vietnamese gets the kind's name, not what the school wrote."""
    vietnamese = (get_language() or NOTES).startswith(NOTES)
    return {
        "title": listed.title if vietnamese else title_of(listed.kind),
        "school": listed.school.name,
        "day": f"{listed.due_on:%d/%m/%Y}",
    }


def _paid(charge: Charge) -> tuple[str, str]:
    return _("Đã nhận tiền: %(title)s") % _facts(charge.charge_list), _(
        "%(school)s đã nhận %(amount)s. Anh/chị không phải nộp nữa."
    ) % {**_facts(charge.charge_list), "amount": dong_in_words(charge.to_pay)}


def _corrected(charge: Charge) -> tuple[str, str]:
    if charge.exemption:
        return _("Được miễn: %(title)s") % _facts(charge.charge_list), _(
            "%(school)s đã miễn khoản này cho cháu. Anh/chị không phải nộp; tiền đã nộp được hoàn lại."
        ) % _facts(charge.charge_list)
    return _("Khoản thu được sửa: %(title)s") % _facts(charge.charge_list), _(
        "%(school)s đã sửa khoản thu này, nay là %(amount)s. Mở trang Khoản thu để xem lý do."
    ) % {**_facts(charge.charge_list), "amount": dong_in_words(charge.amount)}


def _cancelled(charge: Charge) -> tuple[str, str]:
    return _list_cancelled(charge.charge_list)


OF_LISTS: dict[str, Callable[[ChargeList], tuple[str, str]]] = {
    "charge.published": _published,
    "charge.reminder": _reminder,
    "charge.list_cancelled": _list_cancelled,
}
OF_CHARGES: dict[str, Callable[[Charge], tuple[str, str]]] = {
    "charge.paid": _paid,
    "charge.corrected": _corrected,
    "charge.cancelled": _cancelled,
}


def register_all() -> None:
    """Register the words of every notice of this room."""
    for template, said in OF_LISTS.items():
        register_words(template, _list_reader(said))
    for template, told in OF_CHARGES.items():
        register_words(template, _charge_reader(told))
    register_gatherer("charge-list", gather_lists)
    register_gatherer("charge", gather_charges)


_lists: ContextVar[dict[int, ChargeList] | None] = ContextVar("gathered_charge_lists", default=None)
_charges: ContextVar[dict[int, Charge] | None] = ContextVar("gathered_charges", default=None)


@contextmanager
def gather_lists(subject_ids: Collection[str]) -> Iterator[None]:
    """Read the lists of many notices at once."""
    token = _lists.set(_all_lists().in_bulk({int(subject_id) for subject_id in subject_ids}))
    try:
        yield
    finally:
        _lists.reset(token)


@contextmanager
def gather_charges(subject_ids: Collection[str]) -> Iterator[None]:
    """Read the charges of many notices at once."""
    token = _charges.set(_all_charges().in_bulk({int(subject_id) for subject_id in subject_ids}))
    try:
        yield
    finally:
        _charges.reset(token)


def _all_lists() -> QuerySet[ChargeList]:
    return ChargeList.objects.select_related("school", "kind")


def _all_charges() -> QuerySet[Charge]:
    return Charge.objects.select_related("charge_list__school", "charge_list__kind")


def _list_reader(said: Callable[[ChargeList], tuple[str, str]]) -> Callable[[str, str], Words]:
    def read(subject_id: str, language: str) -> Words:
        pk, together = int(subject_id), _lists.get() or {}
        listed = together[pk] if pk in together else _all_lists().get(pk=pk)
        with override(language):
            return Words(*said(listed), link=reverse("home:charges"))

    return read


def _charge_reader(said: Callable[[Charge], tuple[str, str]]) -> Callable[[str, str], Words]:
    def read(subject_id: str, language: str) -> Words:
        pk, together = int(subject_id), _charges.get() or {}
        charge = together[pk] if pk in together else _all_charges().get(pk=pk)
        with override(language):
            return Words(*said(charge), link=reverse("home:charge", args=[charge.public_id]))

    return read
