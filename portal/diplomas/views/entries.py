"""One entry: what the book says, the scanned page beside it, its history, and changes by decision."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.ports import current_officer, officer_required
from portal.accounts.services import record_look
from portal.common.revisions import sent_revision
from portal.diplomas import selectors, services
from portal.diplomas.forms import CorrectionForm, DecisionForm
from portal.diplomas.frame import frame
from portal.diplomas.models import Action, Entry
from portal.diplomas.reach import KEEPING, WRITING, entry_or_404, may_write
from portal.diplomas.records import shown
from portal.diplomas.register import MOVES
from portal.diplomas.scans import scans_of

#: action → (link, title of its page, what follows)
WORDS = {
    "correct": (
        gettext_lazy("Chỉnh sửa"),
        gettext_lazy("Chỉnh sửa nội dung?"),
        gettext_lazy("Bản trước vẫn nằm trong lịch sử. Mã QR đã cấp sẽ báo “đã thay bằng bản mới”."),
    ),
    "suspend": (
        gettext_lazy("Tạm dừng giá trị"),
        gettext_lazy("Tạm dừng giá trị của văn bằng?"),
        gettext_lazy("Tra cứu và mã QR sẽ báo văn bằng đang tạm dừng giá trị."),
    ),
    "reinstate": (
        gettext_lazy("Khôi phục giá trị"),
        gettext_lazy("Khôi phục giá trị của văn bằng?"),
        gettext_lazy("Tra cứu và mã QR sẽ lại báo văn bằng còn giá trị."),
    ),
    "withdraw": (
        gettext_lazy("Thu hồi"),
        gettext_lazy("Thu hồi văn bằng?"),
        gettext_lazy("Không khôi phục được. Tra cứu và mã QR sẽ báo văn bằng đã bị thu hồi."),
    ),
    "cancel": (
        gettext_lazy("Hủy bỏ"),
        gettext_lazy("Hủy bỏ văn bằng?"),
        gettext_lazy("Không khôi phục được. Dùng khi phôi hỏng hoặc ghi sai chưa phát."),
    ),
}


@require_GET
@officer_required(*KEEPING)
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show an entry; the look is recorded."""
    entry = entry_or_404(request, public_id)
    record_look(
        actor=current_officer(request).user,
        subject_kind="diploma",
        subject_id=entry.pk,
        purpose="register",
        organisation_id=entry.book.issuer.keeper_id,
    )
    return render(
        request,
        "diplomas/entry.html",
        {
            **frame(request),
            "entry": entry,
            "book": entry.book,
            "rows": shown(entry.content, entry.personal_id),
            "scans": scans_of(entry.book_id, entry.content.get("page", "")),
            "history": selectors.history_of(entry),
            "looks": selectors.looks_at(entry, 10),
            "actions": _open_actions(entry) if may_write(request, entry.book) else [],
        },
    )


def _open_actions(entry: Entry) -> list[dict[str, object]]:
    return [
        {
            "action": action,
            "words": WORDS[action][0],
            "kind": "danger" if action in {"withdraw", "cancel"} else "secondary",
        }
        for action in WORDS
        if (entry.state, action) in MOVES
    ]


@require_http_methods(["GET", "POST"])
@officer_required(*WRITING)
def change(request: HttpRequest, public_id: UUID, action: str) -> HttpResponse:
    """Ask for the decision on GET, write the new version on POST."""
    entry = entry_or_404(request, public_id)
    if action not in WORDS or not may_write(request, entry.book):
        raise Http404
    if request.method == "GET" and (entry.state, action) not in MOVES:
        return HttpResponseRedirect(reverse("diplomas_desk:entry", args=[public_id]))
    data = request.POST if request.method == "POST" else None
    form: DecisionForm = (
        CorrectionForm(entry.content, entry.personal_id, data)
        if action == Action.CORRECT
        else DecisionForm(data)
    )
    if form.is_bound and form.is_valid() and (done := _written(request, entry, action, form)):
        return done
    return render(
        request,
        "diplomas/change.html",
        {
            **frame(request),
            "entry": entry,
            "book": entry.book,
            "form": form,
            "action": action,
            "words": WORDS[action][0],
            "title": WORDS[action][1],
            "follows": WORDS[action][2],
            "danger": action in {"withdraw", "cancel"},
            "scans": scans_of(entry.book_id, entry.content.get("page", "")),
        },
        status=422 if form.errors else 200,
    )


def _written(request: HttpRequest, entry: Entry, action: str, form: DecisionForm) -> HttpResponse | None:
    """Write the version and lead back to the entry; None where it was refused, said in the form."""
    given = form.cleaned_data
    try:
        services.change_entry(
            entry=entry,
            version=sent_revision(request),
            action=action,
            decision=services.Decision(given["number"], given["on"], given["reason"]),
            by=services.By(current_officer(request).user.pk, "desk"),
            record=form.record() if isinstance(form, CorrectionForm) else None,
        )
    except services.OvertakenError as overtaken:
        messages.warning(request, str(overtaken))
    except services.RegisterRefusedError as refusal:
        form.add_error(None, str(refusal))
        return None
    else:
        messages.success(request, _("Đã ghi vào sổ: %(what)s.") % {"what": str(WORDS[action][0]).lower()})
    return HttpResponseRedirect(reverse("diplomas_desk:entry", args=[entry.public_id]))
