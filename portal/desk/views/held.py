"""Money that the bank suspects: let in or turned away by a person, with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from payments import selectors, services
from portal.accounts.ports import Role, current_officer, officer_required, throttled
from portal.desk.forms.finance import ReasonForm
from portal.desk.views.finance import books_frame, reach_of


@require_GET
@officer_required(Role.FINANCE)
def show(request: HttpRequest) -> HttpResponse:
    """List what the bank holds."""
    reach = reach_of(request)
    rows = [
        {"attempt": attempt, "mine": selectors.may_judge(reach, attempt)}
        for attempt in selectors.held_attempts(reach)[:200]
    ]
    return render(request, "desk/held.html", {**books_frame(request), "rows": rows})


@require_http_methods(["GET", "POST"])
@officer_required(Role.FINANCE)
@throttled("judge-held", limit=60, seconds=3_600, only="POST")
def decide(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """Ask for the reason, then let the money in or turn it away; the bank is asked once more first."""
    reach = reach_of(request)
    attempt = selectors.held_attempts(reach).filter(pk=attempt_id).first()
    if attempt is None or not selectors.may_judge(reach, attempt):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _decide(request, attempt, form.cleaned_data["reason"])
    context = {**books_frame(request), "attempt": attempt, "form": form}
    return render(request, "desk/held_decide.html", context, status=422 if form.errors else 200)


def _decide(request: HttpRequest, attempt: selectors.Attempt, reason: str) -> HttpResponse:
    officer = current_officer(request)
    verb = services.reject_held if "reject" in request.POST else services.release_held
    try:
        verb(attempt=attempt, officer_id=officer.user_id, reason=reason)
    except services.PaymentRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request,
            _("Đã từ chối. Yêu cầu ngân hàng trả lại người trả; người trả có thể thanh toán lại.")
            if verb is services.reject_held
            else _("Đã nhận tiền. Nơi thu được báo và người trả thấy “Đã thanh toán”."),
        )
    return HttpResponseRedirect(reverse("desk:held"))
