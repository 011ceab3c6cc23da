"""The page on which anybody checks a credential: by itself in the browser, or here where there is no script."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.accounts.ports import throttled
from portal.diplomas.credentials.checking import LONGEST, Verdict, check
from portal.diplomas.models import Level
from portal.diplomas.normal.dates import spoken_date


@csrf_exempt  # the page is kept for use without a network; checking changes nothing and asks nothing personal
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Show the page; on POST check here what was pasted."""
    if request.method == "POST":
        return _checked(request)
    response = _page(request)
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@throttled("verify-credential", limit=60, seconds=600)
def _checked(request: HttpRequest) -> HttpResponse:
    pasted = request.POST.get("credential", "")[:LONGEST]
    if not pasted.strip():
        return _page(request, error=_("Dán nội dung của mã QR vào ô bên dưới."), status=422)
    verdict = check(pasted)
    return _page(request, verdict=verdict, rows=told(verdict))


def told(verdict: Verdict) -> list[dict[str, str]]:
    """Put what a credential says into rows to compare with the paper."""
    if not verdict.claims:
        return []
    subject = verdict.claims["credentialSubject"]
    diploma = subject["diploma"]
    levels = dict(Level.choices)
    rows = [
        (_("Họ và tên"), subject.get("name", "")),
        (_("Ngày sinh"), spoken_date(subject.get("birthDate", ""))),
        (_("Bằng tốt nghiệp"), str(levels.get(diploma.get("level"), ""))),
        (_("Năm tốt nghiệp"), str(diploma.get("year", ""))),
        (_("Số hiệu"), diploma.get("serial", "")),
        (_("Số vào sổ gốc"), diploma.get("registerNumber", "")),
        (_("Xếp loại"), diploma.get("grade", "")),
        (_("Trường"), diploma.get("school", "")),
        (_("Cơ quan cấp bằng"), diploma.get("issuedBy", "")),
        (_("Nơi chứng nhận"), verdict.claims["issuer"].get("name", "")),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _page(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    verdict = more.get("verdict")
    context = {
        "answer": verdict.answer.value if verdict else "",
        "levels": Level.choices,
        "keys_url": reverse("diploma_fixed:keys"),
        "worker_url": reverse("diploma_fixed:service_worker"),
        **more,
    }
    response = render(request, "diplomas/verify.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
