"""What schools ask of the family's children: choose, pay, look back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts import selectors as accounts
from portal.accounts.ports import citizen_required, current_citizen, throttled
from portal.charges import selectors, services
from portal.common.clock import local_day

if TYPE_CHECKING:
    from portal.pupils.models import Pupil

LATEST = 5
PER_PAGE = 20
#: of the session: public ids of what was chosen together and waits for its turn; never a name
_NEXT = "charges_next"
_FIELD = "khoan"


@dataclass(slots=True)
class _Child:
    """A child with what is asked for it."""

    pupil: Pupil
    charges: list[selectors.FamilyCharge] = field(default_factory=list)

    @property
    def place(self) -> selectors.Charge | None:
        """Give a charge whose class and school are those of all: then they are named once, over the rows."""
        places = {(each.charge.charge_list.school_id, each.charge.class_name) for each in self.charges}
        return self.charges[0].charge if len(places) == 1 else None


def _by_child(charges: list[selectors.FamilyCharge]) -> list[_Child]:
    found: dict[int, _Child] = {}
    for each in charges:
        found.setdefault(each.charge.pupil_id, _Child(each.charge.pupil)).charges.append(each)
    return list(found.values())


@require_GET
@citizen_required
def show(request: HttpRequest) -> HttpResponse:
    """List what all children owe, and the latest of what is over."""
    citizen = current_citizen(request)
    due = selectors.due_of_family(citizen)
    payable = [each for each in due if each.payable]
    return render(
        request,
        "home/charges.html",
        {
            "children": _by_child(due),
            "payable": payable,
            "payable_money": sum(each.charge.to_pay for each in payable),
            "waiting": [each for each in due if each.standing == "waiting"],
            "turn": _turn(request, payable),
            "done": selectors.done_of_family(citizen)[:LATEST],
            "has_children": bool(accounts.children_of(citizen)),
            "today": local_day(timezone.now()),
        },
    )


def _turn(request: HttpRequest, payable: list[selectors.FamilyCharge]) -> list[selectors.FamilyCharge]:
    """Give what was chosen together with something that has been paid meanwhile, and waits for its turn."""
    kept = set(request.session.get(_NEXT, ()))
    left = [each for each in payable if str(each.charge.public_id) in kept]
    if kept and not left:
        del request.session[_NEXT]
    return left


@require_http_methods(["GET", "POST"])
@citizen_required
@throttled("pay-charges", limit=60, seconds=3_600, only="POST")
def choose(request: HttpRequest) -> HttpResponse:
    """Show what was chosen as the orders that it takes; a POST goes to pay one of them."""
    citizen = current_citizen(request)
    payable = [each for each in selectors.due_of_family(citizen) if each.payable]
    given = request.POST if request.method == "POST" else request.GET
    wanted = set(given.getlist(_FIELD))
    everything = given.get("tat-ca") == "1"
    chosen = [each for each in payable if everything or str(each.charge.public_id) in wanted]
    if request.method == "POST":
        return _pay(request, wanted, chosen)
    if not chosen:
        messages.warning(request, _("Chọn ít nhất một khoản để trả."))
        return HttpResponseRedirect(reverse("home:charges"))
    parcels = selectors.parcels(chosen)
    return render(
        request,
        "home/charges_pay.html",
        {
            "chosen": chosen,
            "parcels": [parcel for parcel in parcels if parcel.online],
            "offline": [parcel for parcel in parcels if not parcel.online],
            "everybody": chosen,
        },
    )


def _pay(request: HttpRequest, wanted: set[str], chosen: list[selectors.FamilyCharge]) -> HttpResponse:
    if len(chosen) != len(wanted):
        messages.warning(request, _("Có khoản vừa được nộp hoặc vừa đổi. Xem lại danh sách rồi chọn lại."))
        return HttpResponseRedirect(reverse("home:charges"))
    try:
        order = services.pay_charges(
            citizen=current_citizen(request), charge_ids=[each.charge.pk for each in chosen]
        )
    except services.ChargeRefusedError as refusal:
        messages.warning(request, str(refusal))
        return HttpResponseRedirect(reverse("home:charges"))
    later = set(request.POST.getlist("sau")) - wanted
    if later:
        request.session[_NEXT] = sorted(public_id for public_id in later if _is_uuid(public_id))[:100]
    else:
        request.session.pop(_NEXT, None)
    return HttpResponseRedirect(reverse("payments:order", args=[order.public_id]))


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@require_GET
@citizen_required
def history(request: HttpRequest) -> HttpResponse:
    """List what is over: paid, exempt, cancelled."""
    page = Paginator(selectors.done_of_family(current_citizen(request)), PER_PAGE)
    return render(request, "home/charges_history.html", {"page": page.get_page(request.GET.get("trang"))})


@require_GET
@citizen_required
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one charge of the reader's children: how it comes about, what happened; 404 for any other."""
    found = selectors.family_charge(current_citizen(request), public_id)
    if found is None:
        raise Http404
    replaced = getattr(found.charge, "corrected_by", None) if found.standing == "corrected" else None
    return render(
        request,
        "home/charge.html",
        {
            "found": found,
            "charge": found.charge,
            "listed": found.charge.charge_list,
            "kind_title": selectors.title_of(found.charge.charge_list.kind),
            "events": selectors.way_of(found.charge),
            "replaced_by": replaced,
        },
    )
