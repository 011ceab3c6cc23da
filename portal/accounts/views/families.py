"""A citizen's family: the children that count, the claims that wait."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts import selectors
from portal.accounts.forms import ClaimForm
from portal.accounts.ports import citizen_required, current_citizen
from portal.accounts.services import NotThereError, RefusedError, claim_child, withdraw_claim


@require_safe
@citizen_required
def family(request: HttpRequest) -> HttpResponse:
    """List children and claims."""
    citizen = current_citizen(request)
    context = {
        "links": selectors.children_of(citizen),
        "claims": selectors.claims_of(citizen),
        "claimed": "da-khai" in request.GET,
        "withdrawn": "da-rut" in request.GET,
    }
    return render(request, "accounts/family.html", context)


@sensitive_post_parameters("child_personal_id", "child_name")
@require_http_methods(["GET", "HEAD", "POST"])
@citizen_required
def claim(request: HttpRequest) -> HttpResponse:
    """Claim a child. The answer is the same whatever is true of it."""
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            claim_child(citizen=current_citizen(request), **form.cleaned_data)
        except RefusedError as refused:
            form.add_error(None, str(refused.sentence))
        else:
            return _to_family("da-khai")
    return render(request, "accounts/claim_child.html", {"form": form}, status=400 if form.errors else 200)


@require_POST
@citizen_required
def withdraw(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Take a waiting claim back; the list says what became of it meanwhile."""
    try:
        withdraw_claim(claim_id=claim_id, citizen=current_citizen(request))
    except NotThereError:
        raise Http404 from None
    except RefusedError:
        return redirect("accounts:family")
    return _to_family("da-rut")


def _to_family(said: str) -> HttpResponse:
    """Lead back to the list, which says what was done."""
    response = redirect("accounts:family")
    response["Location"] += f"?{said}=1"
    return response
