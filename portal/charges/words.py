"""What a notice about a charge says. No names, no IDs: mails pass through many hands."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.charges.models import Charge, ChargeList
from portal.common.money_words import dong_in_words
from portal.notifications.ports import Words, register_words


def _published(listed: ChargeList) -> tuple[str, str]:
    return _("Khoản thu mới: %(title)s") % {"title": listed.title}, _(
        "%(school)s vừa công bố khoản thu này, hạn nộp %(day)s. Mở trang Khoản thu để xem số tiền của từng cháu."
    ) % _facts(listed)


def _reminder(listed: ChargeList) -> tuple[str, str]:
    return _("Nhắc nộp: %(title)s") % {"title": listed.title}, _(
        "Khoản thu này của %(school)s chưa được nộp, hạn nộp %(day)s. Nếu anh/chị vừa nộp, xin bỏ qua tin này."
    ) % _facts(listed)


def _list_cancelled(listed: ChargeList) -> tuple[str, str]:
    return _("Đã hủy khoản thu: %(title)s") % {"title": listed.title}, _(
        "%(school)s đã hủy khoản thu này. Anh/chị không phải nộp; tiền đã nộp được hoàn lại."
    ) % _facts(listed)


def _facts(listed: ChargeList) -> dict[str, str]:
    return {"school": listed.school.name, "day": f"{listed.due_on:%d/%m/%Y}"}


def _paid(charge: Charge) -> tuple[str, str]:
    return _("Đã nhận tiền: %(title)s") % {"title": charge.charge_list.title}, _(
        "%(school)s đã nhận %(amount)s. Anh/chị không phải nộp nữa."
    ) % {**_facts(charge.charge_list), "amount": dong_in_words(charge.to_pay)}


def _corrected(charge: Charge) -> tuple[str, str]:
    return _("Khoản thu được sửa: %(title)s") % {"title": charge.charge_list.title}, _(
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


def _list_reader(said: Callable[[ChargeList], tuple[str, str]]) -> Callable[[str, str], Words]:
    def read(subject_id: str, language: str) -> Words:
        listed = ChargeList.objects.select_related("school").get(pk=int(subject_id))
        with override(language):
            return Words(*said(listed), link=reverse("home:charges"))

    return read


def _charge_reader(said: Callable[[Charge], tuple[str, str]]) -> Callable[[str, str], Words]:
    def read(subject_id: str, language: str) -> Words:
        charge = Charge.objects.select_related("charge_list__school").get(pk=int(subject_id))
        with override(language):
            return Words(*said(charge), link=reverse("home:charge", args=[charge.public_id]))

    return read
