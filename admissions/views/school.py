"""A school's pages: registrations to check, corrections asked for, families helped at the counter, classes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from admissions import selectors, services
from admissions.forms import CounterForm
from admissions.models import DataReview, PhaseKind, Registration
from admissions.standing import class_at, offers_from, zone_words
from admissions.views.family import home_of
from admissions.views.office import (
    AT_SCHOOL,
    BOARD,
    actor_at,
    frame,
    is_board,
    round_here,
    schools_of,
    season_here,
)
from portal.accounts.ports import Role, current_officer, officer_required, throttled
from portal.accounts.services import record_look
from portal.common.revisions import sent_revision
from portal.organisations import selectors as organisations
from portal.procedures import selectors as dossiers
from portal.procedures import services as engine
from portal.procedures.ports import Status
from portal.pupils import selectors as pupils

PER_PAGE = 30


@require_GET
@officer_required(*AT_SCHOOL, *BOARD)
def index(request: HttpRequest) -> HttpResponse:
    """List the seasons with what the officer has to do in each."""
    board, schools = is_board(request), schools_of(request)
    rows = [
        {
            "season": season,
            "round": selectors.current_round(season),
            "to_check": selectors.registrations_at(schools, season)
            .filter(dossier__status=Status.SUBMITTED)
            .count()
            if schools
            else 0,
        }
        for season in selectors.seasons(everything=True)
    ]
    return render(
        request,
        "admissions/desk/index.html",
        {**frame(request), "rows": rows, "board": board, "at_school": bool(schools)},
    )


@require_GET
@officer_required(*AT_SCHOOL)
def queue(request: HttpRequest, code: str) -> HttpResponse:
    """List the registrations that the officer's schools check, those to decide first."""
    season, schools = season_here(code), schools_of(request)
    found = selectors.registrations_at(schools, season).order_by(
        "dossier__status", "dossier__submitted_at", "pk"
    )
    record_look(
        actor=current_officer(request).user,
        subject_kind="admission-list",
        subject_id=season.pk,
        purpose="list",
        organisation_id=schools[0],
    )
    window = selectors.phase(season, PhaseKind.WINDOW, selectors.current_round(season).number)
    return render(
        request,
        "admissions/desk/queue.html",
        {
            **frame(request),
            "season": season,
            "page": Paginator(found, PER_PAGE).get_page(request.GET.get("trang")),
            "window_open": selectors.is_open(window),
            "reviews": selectors.reviews_at(schools, season),
            "placed": selectors.placed_at(schools, season),
        },
    )


def _reachable(request: HttpRequest, public_id: UUID) -> Registration:
    """Give a registration that one of the officer's schools checks; 404 for any other, as for none."""
    found = (
        Registration.objects.select_related("round__season", "pupil", "place__commune")
        .filter(dossier__public_id=public_id, dossier__organisation_id__in=schools_of(request))
        .first()
    )
    if found is None:
        raise Http404
    return found


@require_GET
@officer_required(*AT_SCHOOL)
def registration(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show evidence beside data: what the family said, what the register and the plan say."""
    found = _reachable(request, public_id)
    return _show(request, found)


def _show(request: HttpRequest, found: Registration, refusal: str = "") -> HttpResponse:
    dossier = dossiers.dossier(found.dossier_id)
    record_look(
        actor=current_officer(request).user,
        subject_kind="pupil",
        subject_id=found.pupil_id,
        purpose="admission",
        organisation_id=dossier.organisation_id,
    )
    language = get_language() or "vi"
    offers = {offer.school.pk: offer for offer in offers_from(found.round, found.place, only=found.choices)}
    standing = [
        {
            "offer": offers[pk],
            "zone": zone_words(offers[pk].zone),
            "class": class_at(found.round, offers[pk].zone, found.basis),
        }
        for pk in found.choices
        if pk in offers
    ]
    return render(
        request,
        "admissions/desk/registration.html",
        {
            **frame(request),
            "registration": found,
            "season": found.round.season,
            "dossier": dossier,
            "enrolment": pupils.open_enrolment(found.pupil_id),
            "standing": standing,
            "told": dossiers.tell_dossier(
                dossier, dossiers.FormContext(dossier.applicant_id, language, selectors.today())
            ),
            "happenings": dossiers.timeline(dossier, language, officer=True),
            "asked_before": dossiers.last_request(dossier) is not None,
            "may_check": dossier.status == Status.SUBMITTED,
            "may_refuse": dossier.status in {Status.SUBMITTED, Status.SUPPLEMENT_REQUESTED}
            and dossier.organisation_id in schools_of(request, Role.PRINCIPAL),
            "refusal": refusal,
        },
        status=422 if refusal else 200,
    )


@require_POST
@officer_required(*AT_SCHOOL)
def decide(request: HttpRequest, public_id: UUID, word: str) -> HttpResponse:
    """Find right, ask once, or refuse; a refusal is the principal's alone."""
    found = _reachable(request, public_id)
    place = dossiers.dossier(found.dossier_id).organisation_id
    if word == "khong-nhan" and place not in schools_of(request, Role.PRINCIPAL):
        raise Http404
    actor, revision = actor_at(request, place), sent_revision(request)
    note = request.POST.get("note", "").replace("\x00", "")[:1_000]
    try:
        if word == "dung":
            services.verify(registration=found, actor=actor, revision=revision)
        elif word == "hoi":
            services.ask_family(registration=found, actor=actor, revision=revision, note=note)
        else:
            services.refuse(registration=found, actor=actor, revision=revision, note=note)
    except (services.AdmissionRefusedError, engine.RefusedMoveError) as refusal:
        return _show(request, found, str(refusal))
    said = {
        "dung": _("Đã xác minh đăng ký của %(name)s."),
        "hoi": _("Đã hỏi lại gia đình của %(name)s."),
        "khong-nhan": _("Đã từ chối đăng ký của %(name)s."),
    }
    messages.success(request, said[word] % {"name": found.pupil.full_name})
    return HttpResponseRedirect(reverse("admissions_desk:queue", args=[found.round.season.code]))


@require_POST
@officer_required(*AT_SCHOOL)
def reply(request: HttpRequest, review_id: int) -> HttpResponse:
    """Answer a correction that a family asks for."""
    found = (
        DataReview.objects.select_related("season")
        .filter(pk=review_id, school_id__in=schools_of(request))
        .first()
    )
    if found is None:
        raise Http404
    try:
        services.reply_to_review(
            review=found,
            corrected="corrected" in request.POST,
            reply=request.POST.get("reply", "").replace("\x00", ""),
            revision=sent_revision(request),
        )
    except services.AdmissionRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Đã trả lời gia đình."))
    return HttpResponseRedirect(reverse("admissions_desk:queue", args=[found.season.code]))


@require_http_methods(["GET", "POST"])
@officer_required(Role.SCHOOL_CLERK, Role.COMMUNE_OFFICER)
@throttled("admission-counter", limit=200, seconds=3_600, only="POST")
def counter(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a registration for a family at the counter; the own school is the one choice unless told."""
    round_ = round_here(code)
    form = CounterForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = _entered(request, round_, form)
        except services.AdmissionRefusedError as refused:
            refusal = str(refused)
        except engine.IncompleteDraftError as incomplete:
            refusal = " ".join(incomplete.sentences)
        else:
            return render(
                request,
                "admissions/desk/slip.html",
                {
                    **frame(request),
                    "registration": made,
                    "season": round_.season,
                    "schools": [organisations.organisation(pk).name for pk in made.choices],
                    "receipt": services.receipt_of_time(made),
                    "window": selectors.phase(round_.season, PhaseKind.WINDOW, round_.number),
                },
            )
    return render(
        request,
        "admissions/desk/counter.html",
        {**frame(request), "season": round_.season, "form": form, "refusal": refusal},
        status=422 if refusal or (form.is_bound and form.errors) else 200,
    )


def _entered(request: HttpRequest, round_: Any, form: CounterForm) -> Registration:
    child = pupils.by_personal_id(form.cleaned_data["child_id"])
    if child is None:
        raise services.AdmissionRefusedError(
            _("Số định danh này chưa có trong dữ liệu học sinh. Trường ghi cháu vào sổ học sinh trước.")
        )
    offers = offers_from(round_, form.place_row())
    own = [offer.school.pk for offer in offers if offer.is_home] or [
        offer.school.pk for offer in offers[:1]
    ]
    adult = services.Adult(
        form.cleaned_data["adult_id"],
        form.cleaned_data["adult_name"],
        form.cleaned_data["relation"],
        form.cleaned_data["phone"],
    )
    return services.enter_for_family(
        round_=round_,
        pupil_id=child.pk,
        adult=adult,
        home=home_of(form),
        schools=own,
        officer=current_officer(request),
    )
