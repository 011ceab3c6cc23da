"""The rules of the procedures about diplomas: who keeps the book, what cannot be, what follows."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from portal.accounts import selectors as accounts
from portal.diplomas import copies, selectors
from portal.diplomas.fields import OTHER
from portal.diplomas.models import State
from portal.organisations import selectors as organisations
from portal.procedures import selectors as dossiers
from portal.procedures.ports import Answers, FormContext, Hooks


def derive(answers: Answers, context: FormContext) -> dict[str, Any]:
    """Say which office keeps the book; from level and year alone, so nothing tells whether an entry is there."""
    return {**answers, "keeper": _keeper(answers, context)}


def _keeper(answers: Answers, context: FormContext) -> int | None:
    chosen = answers.get("diploma")
    if chosen and chosen != OTHER:
        mine = selectors.entry_of_holder(accounts.citizen(context.citizen_id), UUID(str(chosen)))
        if mine is not None:
            return mine.book.issuer.keeper_id
    elif answers.get("level") and answers.get("year"):
        books = selectors.all_books().filter(level=answers["level"], year=answers["year"])
        keepers = set(books.values_list("issuer__keeper", flat=True))
        if len(keepers) == 1:
            return keepers.pop()
    department = organisations.department_or_none()
    return department.pk if department is not None else None


def objections(answers: Answers, context: FormContext) -> list[str]:
    """Name what stands against submitting."""
    sentences: list[str] = []
    if answers.get("keeper") is None:
        sentences.append(_("Chưa biết cơ quan nào giữ sổ gốc này. Gọi tổng đài để được chỉ dẫn."))
    chosen = answers.get("diploma")
    if chosen and chosen != OTHER:
        mine = selectors.entry_of_holder(accounts.citizen(context.citizen_id), UUID(str(chosen)))
        if mine is None or mine.state != State.VALID:
            sentences.append(_("Văn bằng đã chọn không còn giá trị trong sổ gốc. Chọn lại văn bằng."))
    elif answers.get("relation") == "self" and not answers.get("holder_name"):
        sentences.append(_("Ghi họ và tên trên văn bằng."))
    return sentences


def units(answers: Answers) -> int:
    """Count the copies: the fee is due for each."""
    return max(1, min(5, int(answers.get("copies") or 1)))


def on_submitted(dossier_id: int) -> None:
    """Tie the dossier to the entry that it seems to be about."""
    copies.open_request(dossier_id, dossiers.answers_of(dossiers.dossier(dossier_id)))


COPY = Hooks(
    derive=derive,
    objections=objections,
    units=units,
    on_submitted=on_submitted,
    on_granted=partial(copies.certify, with_copy=True),
)
OTHER_HOOKS = Hooks(
    derive=derive,
    objections=objections,
    on_submitted=on_submitted,
    on_granted=partial(copies.certify, with_copy=False),
)
