"""Making a list: for a class, a grade, the school, or from an Excel file that is checked whole first."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.ports import current_officer, officer_required, throttled
from portal.accounts.services import record_look
from portal.charges import selectors, services
from portal.common.clock import local_day
from portal.desk.forms.charges import ChargeForm, FileForm, ListForm, first_due_day
from portal.desk.frame import frame
from portal.desk.views.charge_reach import AT_CHARGES, charging_schools
from portal.desk.views.exports import attached
from portal.desk.views.pupils import chosen_school
from portal.organisations import selectors as organisations
from portal.pupils import selectors as pupils
from portal.pupils.ports import FileRefusedError

_ENVELOPE = 64 * 2**10
MOST_BYTES = 5 * 2**20
ERRORS_SHOWN = 100


def _kinds(school: organisations.Organisation) -> list[selectors.ChargeKind]:
    return selectors.kinds_for(school, local_day(timezone.now()))


def _choices(school: organisations.Organisation) -> list[tuple[str, str]]:
    return [
        (kind.code, selectors.title_of(kind))
        for kind in _kinds(school)
        if not (kind.free_at_public and school.public)
    ]


def _whom(school: organisations.Organisation) -> list[Any]:
    classes = pupils.classes_of(school.pk)
    everybody = sum(each.pupils for each in classes)
    grades: dict[int, int] = {}
    for each in classes:
        grades[each.grade] = grades.get(each.grade, 0) + each.pupils
    return [
        ("school:", _("Toàn trường, %(n)d học sinh") % {"n": everybody}),
        (
            _("Khối"),
            [
                (f"grade:{grade}", _("Khối %(name)s, %(n)d học sinh") % {"name": grade, "n": count})
                for grade, count in sorted(grades.items())
            ],
        ),
        (
            _("Lớp"),
            [
                (
                    f"class:{each.class_name}",
                    _("Lớp %(name)s, %(n)d học sinh") % {"name": each.class_name, "n": each.pupils},
                )
                for each in classes
            ],
        ),
    ]


def _wish(
    school: organisations.Organisation, said: dict[str, Any], scope: str, value: str
) -> services.Wish:
    return services.Wish(
        school_id=school.pk,
        kind_code=said["kind"],
        title=said["title"],
        unit_price=said["unit_price"],
        due_on=said["due_on"],
        quantity=said.get("quantity") or 1,
        scope=scope,
        scope_value=value,
    )


@require_http_methods(["GET", "POST"])
@officer_required(*AT_CHARGES)
def make(request: HttpRequest) -> HttpResponse:
    """Ask what to collect from whom, and make the draft."""
    school = chosen_school(request, charging_schools(request))
    due = first_due_day(local_day(timezone.now()))
    form = ListForm(_choices(school), _whom(school), request.POST or None, initial={"due_on": due})
    if request.method == "POST" and form.is_valid():
        scope, _colon, value = form.cleaned_data["whom"].partition(":")
        try:
            made = services.make_list(
                wish=_wish(school, form.cleaned_data, scope, value),
                actor_id=current_officer(request).user.pk,
            )
        except services.ChargeRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return HttpResponseRedirect(reverse("desk:charge_list", args=[made.public_id]))
    return _asked(request, "desk/charges_make.html", school, form)


@csrf_exempt  # checked by _upload, once the length is known: the token's check reads the whole body
@require_http_methods(["GET", "POST"])
@officer_required(*AT_CHARGES)
@throttled("charges-from-file", limit=60, seconds=3_600, only="POST")
def make_from_file(request: HttpRequest) -> HttpResponse:
    """Ask for a file, unless it is longer than we ever read."""
    school = chosen_school(request, charging_schools(request))
    length = request.META.get("CONTENT_LENGTH") or "0"
    limit = min(MOST_BYTES, settings.PUPIL_IMPORT_MAX_BYTES) + _ENVELOPE
    if request.method == "POST" and (not length.isdecimal() or int(length) > limit):
        form = FileForm(_choices(school))
        return _asked(request, "desk/charges_file.html", school, form, status=413)
    return _upload(request, school)


@csrf_protect
def _upload(request: HttpRequest, school: organisations.Organisation) -> HttpResponse:
    due = first_due_day(local_day(timezone.now()))
    if request.method != "POST":
        form = FileForm(_choices(school), initial={"due_on": due})
        return _asked(request, "desk/charges_file.html", school, form)
    form = FileForm(_choices(school), request.POST, request.FILES)
    wrong: services.RowsRefusedError | None = None
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = services.make_list_from_file(
                wish=_wish(school, form.cleaned_data, selectors.ChargeList.Scope.FILE, ""),
                file=file.file,
                file_name=file.name or "",
                actor_id=current_officer(request).user.pk,
            )
        except services.RowsRefusedError as refusal:
            wrong = refusal
        except FileRefusedError as refusal:
            form.add_error("file", str(refusal))
        except services.ChargeRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return HttpResponseRedirect(reverse("desk:charge_list", args=[made.public_id]))
    return _asked(request, "desk/charges_file.html", school, form, status=422, wrong=wrong)


def _asked(
    request: HttpRequest,
    template: str,
    school: organisations.Organisation,
    form: ChargeForm,
    status: int = 0,
    wrong: services.RowsRefusedError | None = None,
) -> HttpResponse:
    kinds = _kinds(school)
    return render(
        request,
        template,
        {
            **frame(request),
            "form": form,
            "school": school,
            "kinds": [
                {"title": selectors.title_of(kind), "kind": kind}
                for kind in kinds
                if not (kind.free_at_public and school.public)
            ],
            "free": [kind for kind in kinds if kind.free_at_public and school.public],
            "too_long": status == 413,  # noqa: PLR2004 - the answer's own status
            "limit_mb": MOST_BYTES // 2**20,
            "wrong": wrong,
            "errors": wrong.errors[:ERRORS_SHOWN] if wrong else (),
            "errors_shown": ERRORS_SHOWN,
        },
        status=status or (422 if form.errors else 200),
    )


@require_GET
@officer_required(*AT_CHARGES)
@throttled("export-pupils", limit=30, seconds=3_600)
def template_file(request: HttpRequest) -> HttpResponse:
    """Hand out the school's pupils as a file to fill in, whole IDs included; recorded like any hand-out."""
    school = chosen_school(request, charging_schools(request))
    record_look(
        actor=current_officer(request).user,
        subject_kind="pupil-list",
        subject_id=school.pk,
        purpose="charges",
        organisation_id=school.pk,
    )
    out = BytesIO()
    services.write_template(school_id=school.pk, day=local_day(timezone.now()), quantity=1, out=out)
    return attached(out, f"mau-khoan-thu-{school.code}.xlsx")
