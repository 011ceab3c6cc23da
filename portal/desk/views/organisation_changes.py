"""Changing the register of organisations: a form, a page that says what will be, then one service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal.accounts.ports import current_officer, officer_required
from portal.common.text import tidy
from portal.desk.forms import DecisionForm, MoveForm, RenameForm
from portal.desk.frame import frame
from portal.desk.reach import AT_REGISTERS
from portal.desk.views.organisations import reachable
from portal.organisations import selectors as organisations
from portal.organisations import services
from portal.organisations.services import OrganisationRefusedError
from portal.pupils import selectors as pupils

type Organisation = organisations.Organisation


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of change: its form, its words, its verb."""

    form: Callable[[Organisation, Any], DecisionForm]
    carry_out: Callable[..., None]
    title: Promise
    button: Promise
    kind: str = "primary"


def _parents(organisation: Organisation) -> list[tuple[str, str]]:
    above = [organisations.department()]
    if organisation.kind == organisations.Kind.SCHOOL:
        above += organisations.communes()
    return [(str(each.pk), each.name) for each in above if each.pk != organisation.parent_id]


def _rename(organisation: Organisation, said: dict[str, Any]) -> None:
    if tidy(said["name"]) == organisation.name:
        raise OrganisationRefusedError(_("Đơn vị đang mang tên này. Ghi tên mới."))
    services.rename(organisation_id=organisation.pk, name=said.pop("name"), **said)


def _move(organisation: Organisation, said: dict[str, Any]) -> None:
    services.move(organisation_id=organisation.pk, parent_id=int(said.pop("parent")), **said)


def _close(organisation: Organisation, said: dict[str, Any]) -> None:
    left = pupils.count_in([organisation.pk], said["on"])
    if left:
        raise OrganisationRefusedError(
            _("Ngày đó trường còn %(pupils)d học sinh. Chuyển học sinh đi trước.") % {"pupils": left}
        )
    services.close(organisation_id=organisation.pk, **said)


CHANGES = {
    "doi-ten": Change(
        lambda organisation, data: RenameForm(data, initial={"name": organisation.name}),
        _rename,
        gettext_lazy("Đổi tên"),
        gettext_lazy("Đổi tên"),
    ),
    "chuyen": Change(
        lambda organisation, data: MoveForm(_parents(organisation), data),
        _move,
        gettext_lazy("Chuyển sang đơn vị cấp trên khác"),
        gettext_lazy("Chuyển"),
    ),
    "ket-thuc": Change(
        lambda _organisation, data: DecisionForm(data),
        _close,
        gettext_lazy("Kết thúc hoạt động"),
        gettext_lazy("Kết thúc"),
        "danger",
    ),
}


@require_http_methods(["GET", "POST"])
@officer_required(*AT_REGISTERS)
def change(request: HttpRequest, organisation_id: int, action: str) -> HttpResponse:
    """Ask; then show what will be said from which day; then do it. Refusals stand at the form."""
    organisation = reachable(request, organisation_id, *AT_REGISTERS)
    if action not in CHANGES or organisation.closed_on is not None:
        raise Http404
    wanted = CHANGES[action]
    form = wanted.form(organisation, request.POST or None)
    context = {**frame(request), "organisation": organisation, "change": wanted, "form": form}
    if request.method != "POST" or "back" in request.POST:
        return render(request, "desk/organisation_change.html", context)
    if not form.is_valid():
        return render(request, "desk/organisation_change.html", context, status=422)
    if "confirm" not in request.POST:
        return render(
            request, "desk/organisation_review.html", {**context, "rows": _review(organisation, form)}
        )
    said = {**form.cleaned_data, "actor_id": current_officer(request).user.pk}
    try:
        wanted.carry_out(organisation, said)
    except OrganisationRefusedError as refusal:
        form.add_error(None, str(refusal))
        return render(request, "desk/organisation_change.html", context, status=422)
    messages.success(request, _("Đã ghi: %(change)s.") % {"change": str(wanted.title).lower()})
    return HttpResponseRedirect(reverse("desk:organisation", args=[organisation.pk]))


def _review(organisation: Organisation, form: DecisionForm) -> list[dict[str, Any]]:
    """Say now, then, from when and by which paper."""
    said = form.cleaned_data
    rows: list[dict[str, Any]] = [{"label": _("Đơn vị"), "value": organisation.name}]
    if "name" in said:
        rows.append({"label": _("Tên mới"), "value": said["name"]})
    if "parent" in said:
        above = organisation.parent.name if organisation.parent else ""
        rows.append({"label": _("Đang thuộc"), "value": above})
        rows.append({"label": _("Sẽ thuộc"), "value": organisations.organisation(int(said["parent"])).name})
    on: date = said["on"]
    rows.append({"label": _("Có hiệu lực từ ngày"), "value": f"{on:%d/%m/%Y}", "figures": True})
    rows.append({"label": _("Căn cứ"), "value": said["source"]})
    return rows
