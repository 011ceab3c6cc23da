"""Who is what at an organisation: giving, ending and lending roles, each with its days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts import selectors as accounts
from portal.accounts import services
from portal.accounts.ports import Role, current_officer, officer_required
from portal.desk.forms import AssignForm, EndForm, LendForm
from portal.desk.forms.roles import UsernameForm
from portal.desk.frame import frame
from portal.desk.views.organisations import reachable

if TYPE_CHECKING:
    from portal.accounts.models import Officer, RoleAssignment


def _back(organisation_id: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("desk:roles", args=[organisation_id]))


def _officer_named(form: UsernameForm) -> Officer | None:
    """Find whom the form names, or say at the field that nobody has that user name."""
    found = accounts.officer_by_username(form.cleaned_data["username"])
    if found is None:
        form.add_error("username", _("Không có cán bộ nào mang tên đăng nhập này. Xem lại từng chữ."))
    return found


@require_http_methods(["GET", "POST"])
@officer_required(Role.ADMINISTRATOR)
def show(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """List who is what here, and give another role."""
    organisation = reachable(request, organisation_id, Role.ADMINISTRATOR)
    form = AssignForm(organisation.kind, request.POST or None)
    if request.method == "POST" and form.is_valid() and (officer := _officer_named(form)) is not None:
        said = form.cleaned_data
        try:
            given = services.assign_role(
                officer_id=officer.pk,
                role=said["role"],
                organisation_id=organisation.pk,
                valid_from=said["valid_from"],
                valid_to=said["valid_to"],
                actor=current_officer(request).user,
            )
        except services.RefusedError as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(
                request,
                _("%(name)s là %(role)s từ ngày %(day)s.")
                % {
                    "name": officer.full_name,
                    "role": given.get_role_display().lower(),
                    "day": f"{given.valid_from:%d/%m/%Y}",
                },
            )
            return _back(organisation.pk)
    past = "truoc" in request.GET
    return render(
        request,
        "desk/roles.html",
        {
            **frame(request),
            "organisation": organisation,
            "form": form,
            "past": past,
            "assignments": accounts.assignments_at(organisation.pk, past=past),
            "today": accounts.today(),
        },
        status=422 if form.errors else 200,
    )


def _held(request: HttpRequest, assignment_id: int) -> RoleAssignment:
    """Give a role at an organisation that the administrator reaches; 404 for any other, as for none."""
    found = accounts.assignment(assignment_id)
    if found is None:
        raise Http404
    reachable(request, found.organisation_id, Role.ADMINISTRATOR)
    return found


@require_http_methods(["GET", "POST"])
@officer_required(Role.ADMINISTRATOR)
def end(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """End a role on a day; what was lent out of it ends with it."""
    held = _held(request, assignment_id)
    form = EndForm(request.POST or None, initial={"on": accounts.today()})
    if request.method == "POST" and form.is_valid():
        try:
            services.end_role(
                assignment_id=held.pk, on=form.cleaned_data["on"], actor=current_officer(request).user
            )
        except services.RefusedError as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(
                request, _("Đã ghi ngày kết thúc vai trò của %(name)s.") % {"name": held.officer.full_name}
            )
            return _back(held.organisation_id)
    context = {**frame(request), "held": held, "form": form}
    return render(request, "desk/role_end.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@officer_required(Role.ADMINISTRATOR)
def lend(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Lend a role for the days of a leave."""
    held = _held(request, assignment_id)
    form = LendForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (officer := _officer_named(form)) is not None:
        said = form.cleaned_data
        try:
            services.lend_role(
                assignment_id=held.pk,
                to_officer_id=officer.pk,
                valid_from=said["valid_from"],
                valid_to=said["valid_to"],
                actor=current_officer(request).user,
            )
        except services.RefusedError as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(
                request, _("%(name)s làm thay trong những ngày đó.") % {"name": officer.full_name}
            )
            return _back(held.organisation_id)
    context = {**frame(request), "held": held, "form": form}
    return render(request, "desk/role_lend.html", context, status=422 if form.errors else 200)
