"""One pupil's row: correct it, let the pupil off, note money paid at the school, take it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.ports import current_officer, officer_required
from portal.charges import selectors, services
from portal.common.revisions import sent_revision
from portal.desk.forms.charges import CorrectForm, DraftExemptionForm, PaidAtSchoolForm, ReasonForm
from portal.desk.frame import frame
from portal.desk.views.charge_reach import AT_CHARGES, note_look, own_charge


@dataclass(frozen=True, slots=True)
class Change:
    """What an officer may do to a row: in which states, what is asked, what it does, in words."""

    title: str | Promise
    effect: str | Promise
    button: str | Promise
    form: type[forms.Form]
    states: frozenset[str]
    carry_out: Callable[[selectors.Charge, dict[str, Any], int, int], object]
    danger: bool = False


def _correct(charge: selectors.Charge, said: dict[str, Any], actor_id: int, revision: int) -> object:
    return services.correct_charge(
        charge=charge,
        quantity=said["quantity"],
        reason=said["reason"],
        actor_id=actor_id,
        revision=revision,
    )


def _exempt(charge: selectors.Charge, said: dict[str, Any], actor_id: int, revision: int) -> object:
    if charge.state == "draft":
        services.exempt_in_draft(charge=charge, ground=said["reason"])
        return None
    return services.exempt_charge(
        charge=charge, ground=said["reason"], actor_id=actor_id, revision=revision
    )


def _paid(charge: selectors.Charge, said: dict[str, Any], actor_id: int, revision: int) -> object:
    services.record_payment(
        charge=charge, way=said["way"], note=said["reason"], actor_id=actor_id, revision=revision
    )
    return None


def _cancel(charge: selectors.Charge, said: dict[str, Any], actor_id: int, revision: int) -> object:
    services.cancel_charge(charge=charge, reason=said["reason"], actor_id=actor_id, revision=revision)
    return None


CHANGES: dict[str, Change] = {
    "thu-tai-truong": Change(
        gettext_lazy("Ghi nhận đã nộp tại trường?"),
        gettext_lazy("Khoản này thành đã nộp. Nếu sau đó tiền vẫn đến qua cổng, cổng tự đề nghị hoàn."),
        gettext_lazy("Ghi nhận đã nộp"),
        PaidAtSchoolForm,
        frozenset({"due"}),
        _paid,
    ),
    "sua": Change(
        gettext_lazy("Sửa khoản thu của học sinh này?"),
        gettext_lazy(
            "Dòng cũ được giữ lại, dòng mới đứng thay. Tiền đã nộp được tính cho dòng mới: thừa thì đề nghị hoàn, "
            "thiếu thì phụ huynh chỉ nộp thêm phần chênh."
        ),
        gettext_lazy("Sửa khoản thu"),
        CorrectForm,
        frozenset({"due", "paid"}),
        _correct,
    ),
    "mien": Change(
        gettext_lazy("Miễn khoản này cho học sinh?"),
        gettext_lazy("Phụ huynh không phải nộp. Tiền đã nộp được đề nghị hoàn."),
        gettext_lazy("Miễn"),
        ReasonForm,
        frozenset({"due", "paid"}),
        _exempt,
    ),
    "huy": Change(
        gettext_lazy("Hủy khoản này của học sinh?"),
        gettext_lazy("Phụ huynh không phải nộp và được báo lý do. Tiền đã nộp được đề nghị hoàn."),
        gettext_lazy("Hủy khoản này"),
        ReasonForm,
        frozenset({"due", "paid", "exempt"}),
        _cancel,
        danger=True,
    ),
}
DRAFT_EXEMPTION = Change(
    gettext_lazy("Miễn cho học sinh này?"),
    gettext_lazy("Bản nháp chưa công bố: phụ huynh chỉ thấy kết quả sau khi công bố."),
    gettext_lazy("Lưu"),
    DraftExemptionForm,
    frozenset({"draft"}),
    _exempt,
)


def possible(charge: selectors.Charge, listed: selectors.ChargeList) -> dict[str, Change]:
    """Give what may be done to a row as it stands."""
    if listed.state == "draft":
        return {"mien": DRAFT_EXEMPTION}
    if listed.state != "published":
        return {}
    return {name: change for name, change in CHANGES.items() if charge.state in change.states}


@require_GET
@officer_required(*AT_CHARGES)
def detail(request: HttpRequest, public_id: UUID, charge_id: UUID) -> HttpResponse:
    """Show one row: how it stands, what happened, what may be done."""
    listed, charge = own_charge(request, public_id, charge_id)
    note_look(request, listed, "charge")
    return render(
        request,
        "desk/charge.html",
        {
            **frame(request),
            "listed": listed,
            "charge": charge,
            "events": selectors.way_of(charge),
            "changes": possible(charge, listed),
        },
    )


@require_http_methods(["GET", "POST"])
@officer_required(*AT_CHARGES)
def change(request: HttpRequest, public_id: UUID, charge_id: UUID, action: str) -> HttpResponse:
    """Say what a change does, ask what it needs, and carry it out."""
    listed, charge = own_charge(request, public_id, charge_id)
    if action not in CHANGES:
        raise Http404
    wanted = possible(charge, listed).get(action)
    if wanted is None:
        messages.warning(
            request,
            _("Khoản này nay là: %(state)s, nên không làm việc đó được nữa.")
            % {"state": charge.get_state_display().lower()},
        )
        return _at(listed, charge)
    form = wanted.form(
        request.POST or None, initial={"quantity": charge.quantity, "reason": charge.exemption}
    )
    if request.method == "POST" and form.is_valid():
        actor_id = current_officer(request).user.pk
        try:
            made = wanted.carry_out(charge, form.cleaned_data, actor_id, sent_revision(request))
        except services.ChargeRefusedError as refusal:
            messages.warning(request, str(refusal))
            return _at(listed, charge)
        messages.success(request, _("Đã ghi."))
        return _at(listed, made if isinstance(made, selectors.Charge) else charge)
    return render(
        request,
        "desk/charge_change.html",
        {
            **frame(request),
            "listed": listed,
            "charge": charge,
            "change": wanted,
            "form": form,
        },
        status=422 if form.errors else 200,
    )


def _at(listed: selectors.ChargeList, charge: selectors.Charge) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("desk:charge", args=[listed.public_id, charge.public_id]))
