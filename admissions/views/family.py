"""A family registers: which child, where it lives, which schools, check and submit; then amends or answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from admissions import selectors, services
from admissions.forms import ChoicesForm, HomeForm, ReviewForm
from admissions.hooks import level_fault
from admissions.kinds import show_place
from admissions.models import PhaseKind, Place, Round, Writing
from admissions.rules import read_rules
from admissions.standing import offers_from
from admissions.views.public import season_or_404
from admissions.views.waiting import admitted
from portal.accounts import selectors as accounts
from portal.accounts.ports import citizen_required, current_citizen, throttled
from portal.common.codes import spoken_phone
from portal.common.revisions import sent_revision
from portal.procedures import selectors as dossiers
from portal.procedures import services as engine

STEPS = 3


def _round(code: str) -> Round:
    return selectors.current_round(season_or_404(code))


def _child(request: HttpRequest, pupil_id: int) -> Any:
    """Give the link to the reader's own child; 404 for anybody else's, as for none."""
    for link in accounts.children_of(current_citizen(request)):
        if link.pupil_id == pupil_id:
            return link
    raise Http404


@require_GET
@citizen_required
@admitted
def children(request: HttpRequest, code: str) -> HttpResponse:
    """List the reader's children and what may be done for each."""
    round_, citizen = _round(code), current_citizen(request)
    rows = []
    for link in accounts.children_of(citizen):
        own = selectors.registration_about(round_, link.pupil_id)
        review = selectors.review_of(round_.season, link.pupil_id)
        rows.append(
            {
                "link": link,
                "registration": own if own is not None and own.dossier.applicant_id == citizen.pk else None,
                "other": own is not None and own.dossier.applicant_id != citizen.pk,
                "fault": level_fault(round_, link.pupil_id),
                "review": review,
                "written": Writing.objects.filter(
                    round=round_, pupil_id=link.pupil_id, citizen=citizen, draft__state="writing"
                ).exists(),
            }
        )
    rows.sort(key=lambda row: bool(row["fault"]))
    window = selectors.phase(round_.season, PhaseKind.WINDOW, round_.number)
    context = {
        "season": round_.season,
        "rows": rows,
        "window": window,
        "window_open": selectors.is_open(window),
        "window_over": window is not None and window.closes_at <= timezone.now(),
        "review_open": selectors.is_open(selectors.phase(round_.season, PhaseKind.REVIEW)),
    }
    return render(request, "admissions/children.html", context)


def _writing(request: HttpRequest, round_: Round, pupil_id: int) -> Writing | HttpResponse:
    """Give the draft, or lead to what is there already."""
    _child(request, pupil_id)
    citizen = current_citizen(request)
    own = selectors.registration_about(round_, pupil_id)
    if own is not None and own.dossier.applicant_id == citizen.pk:
        return HttpResponseRedirect(reverse("admissions:registration", args=[own.dossier.public_id]))
    try:
        return services.begin_writing(citizen=citizen, round_=round_, pupil_id=pupil_id)
    except services.AdmissionRefusedError as refusal:
        messages.warning(request, str(refusal))
        return HttpResponseRedirect(reverse("admissions:children", args=[round_.season.code]))


def _answers(writing: Writing) -> dict[str, Any]:
    return dossiers.draft_answers(writing.draft)


@require_http_methods(["GET", "POST"])
@citizen_required
@admitted
@throttled("admission-save", limit=300, seconds=3_600, only="POST")
def home(request: HttpRequest, code: str, pupil_id: int) -> HttpResponse:
    """Ask where the child lives; what a sister's or brother's registration said is filled in."""
    round_ = _round(code)
    writing = _writing(request, round_, pupil_id)
    if isinstance(writing, HttpResponse):
        return writing
    form = HomeForm(
        request.POST if request.method == "POST" else None, initial=_known(request, round_, writing)
    )
    warning = ""
    if request.method == "POST" and form.is_valid():
        try:
            services.save_home(writing=writing, home=home_of(form), revision=sent_revision(request))
        except engine.StaleDraftError as stale:
            writing.draft.refresh_from_db()
            warning = str(stale)
        else:
            return HttpResponseRedirect(reverse("admissions:choices", args=[code, pupil_id]))
    return page_of(
        request,
        "admissions/home.html",
        {
            "season": round_.season,
            "child": writing.pupil,
            "form": form,
            "revision": writing.draft.revision,
            "saved_at": writing.draft.saved_at if writing.draft.done_pages[1:] else None,
            "warning": warning,
            "step": 1,
            "steps": STEPS,
            "back_url": reverse("admissions:children", args=[code]),
        },
    )


def home_of(form: HomeForm) -> services.Home:
    """Read a valid form."""
    cleaned = form.cleaned_data
    return services.Home(cleaned["place"], cleaned["basis"], cleaned["disability"], cleaned["phone"])


def _known(request: HttpRequest, round_: Round, writing: Writing) -> dict[str, Any]:
    """Fill in what was said before: this draft, another child's registration, VNeID."""
    citizen = current_citizen(request)
    answers = _answers(writing)
    if "place" not in answers:
        answers = next(
            (
                dossiers.answers_of(other.dossier) | {"disability": None}
                for other in selectors.registrations_of(citizen, round_.season)
            ),
            {},
        )
    return initial_home(answers, address=citizen.address, phone=citizen.phone)


def initial_home(answers: dict[str, Any], *, address: str, phone: str) -> dict[str, Any]:
    """Turn stored answers into what the form shows."""
    place, disability = answers.get("place"), answers.get("disability")
    return {
        "address": show_place(place) if place else address,
        "basis": answers.get("basis"),
        "disability": None if disability is None else "yes" if disability else "no",
        "phone": spoken_phone(answers.get("phone") or phone),
    }


@require_http_methods(["GET", "POST"])
@citizen_required
@admitted
@throttled("admission-save", limit=300, seconds=3_600, only="POST")
def choices(request: HttpRequest, code: str, pupil_id: int) -> HttpResponse:
    """Ask for the schools in their order; the own school is chosen already."""
    round_ = _round(code)
    writing = _writing(request, round_, pupil_id)
    if isinstance(writing, HttpResponse):
        return writing
    answers = _answers(writing)
    if "place" not in answers:
        return HttpResponseRedirect(reverse("admissions:home", args=[code, pupil_id]))
    form, offers = choices_form(request, round_, answers)
    warning = ""
    if request.method == "POST" and form.is_valid():
        try:
            services.save_choices(writing=writing, schools=form.schools(), revision=sent_revision(request))
        except engine.StaleDraftError as stale:
            writing.draft.refresh_from_db()
            warning = str(stale)
        else:
            return HttpResponseRedirect(reverse("admissions:check", args=[code, pupil_id]))
    return page_of(
        request,
        "admissions/choices.html",
        {
            "season": round_.season,
            "child": writing.pupil,
            "form": form,
            "own": next((offer for offer in offers if offer.is_home), None),
            "place_words": show_place(answers["place"]),
            "revision": writing.draft.revision,
            "saved_at": writing.draft.saved_at,
            "warning": warning,
            "step": 2,
            "steps": STEPS,
            "back_url": reverse("admissions:home", args=[code, pupil_id]),
        },
    )


def choices_form(
    request: HttpRequest, round_: Round, answers: dict[str, Any]
) -> tuple[ChoicesForm, list[Any]]:
    """Make the form of schools as seen from the place that was answered."""
    place = Place.objects.get(pk=answers["place"])
    offers = offers_from(round_, place)
    said = [answers.get(name) for name in ("first", "second", "third")]
    if not any(said) and offers and offers[0].is_home:
        said[0] = offers[0].school.pk
    initial = {f"choice-{number}": school for number, school in enumerate(said)}
    most = read_rules(round_.rules or round_.season.rules).choices
    return ChoicesForm(
        offers, most, request.POST if request.method == "POST" else None, initial=initial
    ), offers


@require_http_methods(["GET", "POST"])
@citizen_required
@admitted
@throttled("admission-submit", limit=60, seconds=3_600, only="POST")
def check(request: HttpRequest, code: str, pupil_id: int) -> HttpResponse:
    """Show everything once more; POST submits, and pressing twice submits once."""
    round_ = _round(code)
    writing = _writing(request, round_, pupil_id)
    if isinstance(writing, HttpResponse):
        return writing
    answers = _answers(writing)
    if "first" not in answers:
        return HttpResponseRedirect(reverse("admissions:choices", args=[code, pupil_id]))
    sentences: list[str] = []
    unsworn = request.method == "POST" and "declared" not in request.POST
    if request.method == "POST" and not unsworn:
        try:
            made = services.submit_registration(writing=writing)
        except engine.IncompleteDraftError as incomplete:
            sentences = incomplete.sentences or [_("Có mục cần xem lại: mở từng trang ở dưới.")]
        except (engine.StaleDraftError, services.AdmissionRefusedError) as refusal:
            sentences = [str(refusal)]
        else:
            address = reverse("admissions:registration", args=[made.dossier.public_id])
            return HttpResponseRedirect(f"{address}?vua-nop")
    language = get_language() or "vi"
    return page_of(
        request,
        "admissions/check.html",
        {
            "season": round_.season,
            "child": writing.pupil,
            "told": dossiers.tell_draft(writing.draft, current_citizen(request).pk, language),
            "sentences": sentences,
            "unsworn": unsworn,
            "step": 3,
            "steps": STEPS,
            "back_url": reverse("admissions:choices", args=[code, pupil_id]),
            "window": selectors.phase(round_.season, PhaseKind.WINDOW, round_.number),
        },
        bad=bool(sentences) or unsworn,
    )


def page_of(
    request: HttpRequest, template: str, context: dict[str, Any], *, bad: bool = False
) -> HttpResponse:
    """Show a page: 422 where the form was wrong, 409 where somebody else was quicker."""
    form = context.get("form")
    wrong = bad or (form is not None and form.is_bound and bool(form.errors))
    return render(
        request, template, context, status=422 if wrong else 409 if context.get("warning") else 200
    )


@require_http_methods(["GET", "POST"])
@citizen_required
def review(request: HttpRequest, code: str, pupil_id: int) -> HttpResponse:
    """Show the data held about a child; confirm them, or say what is wrong."""
    season = season_or_404(code)
    link = _child(request, pupil_id)
    phase = selectors.phase(season, PhaseKind.REVIEW)
    form = ReviewForm(request.POST if request.method == "POST" and "correct" in request.POST else None)
    if request.method == "POST" and ("right" in request.POST or form.is_valid()):
        words = "" if "right" in request.POST else form.cleaned_data["words"]
        try:
            services.answer_review(
                season=season, citizen=current_citizen(request), pupil_id=pupil_id, words=words
            )
        except services.AdmissionRefusedError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(
                request,
                _("Đã gửi đề nghị sửa đến trường.") if words else _("Đã ghi nhận: dữ liệu của cháu đúng."),
            )
        return HttpResponseRedirect(request.path)
    return page_of(
        request,
        "admissions/review.html",
        {
            "season": season,
            "child": link.pupil,
            "enrolment": selectors.enrolment_of(pupil_id),
            "phase": phase,
            "open": selectors.is_open(phase),
            "review": selectors.review_of(season, pupil_id),
            "form": form,
            "back_url": reverse("admissions:children", args=[code]),
        },
    )
