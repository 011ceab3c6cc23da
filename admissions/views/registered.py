"""A family's registration once it is submitted: shown, changed until closing, withdrawn, its place answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from admissions import selectors, services
from admissions.forms import ChoicesForm, HomeForm
from admissions.hooks import level_fault
from admissions.kinds import show_place
from admissions.models import PhaseKind, Registration
from admissions.recheck import recheck
from admissions.stories import story
from admissions.views.family import choices_form, home_of, initial_home, page_of
from portal.accounts import selectors as accounts
from portal.accounts.ports import citizen_required, current_citizen, throttled
from portal.common.revisions import sent_revision
from portal.procedures import selectors as dossiers
from portal.procedures import services as engine


def _own(request: HttpRequest, public_id: UUID) -> Registration:
    found = selectors.registration_of(current_citizen(request), public_id)
    if found is None:
        raise Http404
    return found


def _actor(request: HttpRequest) -> dossiers.Actor:
    citizen = current_citizen(request)
    return dossiers.Actor(citizen.user, citizen.full_name)


@require_GET
@citizen_required
def registration(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a registration through all its life: receipt of time, then the result and why, then the answer."""
    own = _own(request, public_id)
    round_ = own.round
    published = round_.published_at is not None and own.receipt is not None
    confirmation = selectors.phase(round_.season, PhaseKind.CONFIRMATION, round_.number)
    window = selectors.phase(round_.season, PhaseKind.WINDOW, round_.number)
    waiting_siblings = [
        link
        for link in accounts.children_of(current_citizen(request))
        if link.may_apply
        and not level_fault(round_, link.pupil_id)
        and selectors.registration_about(round_, link.pupil_id) is None
    ]
    language = get_language() or "vi"
    return render(
        request,
        "admissions/registration.html",
        {
            "registration": own,
            "season": round_.season,
            "dossier": own.dossier,
            "situation": dossiers.situation(own.dossier, language),
            "receipt": services.receipt_of_time(own),
            "versions": own.versions.all(),
            "just_now": "vua-nop" in request.GET,
            "may_amend": own.dossier.status == 1 and selectors.is_open(window),
            "window": window,
            "siblings": waiting_siblings if selectors.is_open(window) else [],
            "published": published,
            "story": story(own) if published else [],
            "checks": recheck(own) if published and "tinh-lai" in request.GET else (),
            "may_answer": published
            and own.school_id is not None
            and not own.answer
            and selectors.is_open(confirmation),
            "confirmation": confirmation,
            "told": dossiers.tell_dossier(
                own.dossier, dossiers.FormContext(own.dossier.applicant_id, language, selectors.today())
            ),
        },
    )


@require_GET
@citizen_required
def receipt_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand out the allocation's receipt, for the stand-alone verifier."""
    own = _own(request, public_id)
    if own.round.published_at is None or own.receipt is None:
        raise Http404
    answer = JsonResponse(own.receipt, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="phieu-{own.pseudonym[:8]}.json"'
    return answer


@require_http_methods(["GET", "POST"])
@citizen_required
def answer(request: HttpRequest, public_id: UUID, word: str) -> HttpResponse:
    """Ask once more, then confirm or decline the place."""
    own = _own(request, public_id)
    back = reverse("admissions:registration", args=[public_id])
    if request.method == "POST":
        try:
            services.answer_place(registration=own, confirm=word == "xac-nhan", actor=_actor(request))
        except services.AdmissionRefusedError as refusal:
            messages.warning(request, str(refusal))
        else:
            said = (
                _("Đã xác nhận nhập học.")
                if word == "xac-nhan"
                else _("Đã từ chối. Chỗ học được xét cho trẻ khác.")
            )
            messages.success(request, said)
        return HttpResponseRedirect(back)
    if own.school is None or own.answer or own.round.published_at is None:
        return HttpResponseRedirect(back)
    return render(
        request,
        "admissions/answer.html",
        {"registration": own, "season": own.round.season, "confirms": word == "xac-nhan", "back_url": back},
    )


@require_http_methods(["GET", "POST"])
@citizen_required
@throttled("admission-save", limit=300, seconds=3_600, only="POST")
def amend(request: HttpRequest, public_id: UUID, part: str) -> HttpResponse:
    """Change where the child lives, or the schools, until the window closes: a new version, a new receipt."""
    own = _own(request, public_id)
    dossier = dossiers.dossier(own.dossier_id)
    answers = dossiers.answers_of(dossier)
    back = reverse("admissions:registration", args=[public_id])
    offers: list[Any] = []
    form: HomeForm | ChoicesForm
    if part == "noi-o":
        form = HomeForm(
            request.POST if request.method == "POST" else None,
            initial=initial_home(answers, address="", phone=""),
        )
    else:
        form, offers = choices_form(request, own.round, answers)
    sentences: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.amend_registration(
                registration=own,
                home=home_of(form) if isinstance(form, HomeForm) else None,
                schools=form.schools() if isinstance(form, ChoicesForm) else None,
                actor=_actor(request),
                revision=sent_revision(request),
            )
        except engine.IncompleteDraftError as incomplete:
            sentences = incomplete.sentences
        except engine.RefusedMoveError as refusal:
            sentences = [str(refusal)]
        else:
            return HttpResponseRedirect(f"{back}?vua-nop")
    return page_of(
        request,
        "admissions/home.html" if part == "noi-o" else "admissions/choices.html",
        {
            "season": own.round.season,
            "child": own.pupil,
            "form": form,
            "own": next((offer for offer in offers if offer.is_home), None),
            "place_words": show_place(own.place_id),
            "revision": dossier.revision,
            "warning": " ".join(sentences),
            "amending": True,
            "back_url": back,
        },
    )


@require_http_methods(["GET", "POST"])
@citizen_required
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask, then take the registration back."""
    own = _own(request, public_id)
    if request.method == "POST":
        try:
            services.withdraw_registration(
                registration=own, actor=_actor(request), revision=sent_revision(request)
            )
        except engine.RefusedMoveError as refusal:
            messages.warning(request, str(refusal))
            return HttpResponseRedirect(reverse("admissions:registration", args=[public_id]))
        messages.success(
            request, _("Đã rút đăng ký của cháu. Trong giờ đăng ký, anh/chị đăng ký lại được.")
        )
        return HttpResponseRedirect(reverse("admissions:children", args=[own.round.season.code]))
    return render(
        request,
        "admissions/withdraw.html",
        {
            "registration": own,
            "season": own.round.season,
            "dossier": own.dossier,
            "back_url": reverse("admissions:registration", args=[public_id]),
        },
    )
