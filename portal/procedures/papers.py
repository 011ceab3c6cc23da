"""Which papers a dossier needs, and which of them are there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.documents import selectors as documents
from portal.documents.ports import Sight, Subject
from portal.procedures import registry
from portal.procedures.answers import relevant, unseal
from portal.procedures.definition import Definition, Paper, holds, say
from portal.procedures.models import Dossier, Draft

#: the form's page for papers, after those of the definition; no name of a page can look like this
PAGE = "giay-to"


def page_title() -> str:
    """Name the page in the reader's language."""
    return _("Giấy tờ")


@dataclass(frozen=True, slots=True)
class ToldPaper:
    """A paper in the reader's language, with the pages that were given."""

    name: str
    title: str
    hint: str
    required: bool
    pages: tuple[documents.PaperFile, ...]
    #: address of a picture of what is wanted
    example: str = ""


def draft_papers(draft: Draft) -> Subject:
    """Name a draft as the owner of papers."""
    return Subject("draft", str(draft.pk))


def dossier_papers(dossier_id: int) -> Subject:
    """Name a dossier as the owner of papers."""
    return Subject("dossier", str(dossier_id))


def supply_papers(dossier_id: int) -> Subject:
    """Name what lies ready for the answer to a supplement, until it is sent."""
    return Subject("supplement", str(dossier_id))


def wanted(definition: Definition, answers: Mapping[str, Any]) -> list[Paper]:
    """List the papers that these answers call for."""
    return [paper for paper in definition.papers if holds(paper.when, answers)]


def missing(definition: Definition, answers: Mapping[str, Any], given: Collection[str]) -> list[Paper]:
    """List the papers without which the dossier is incomplete."""
    return [paper for paper in wanted(definition, answers) if paper.required and paper.name not in given]


def missing_of(draft: Draft, answers: Mapping[str, Any]) -> list[Paper]:
    """List what a draft lacks with these answers."""
    definition = registry.as_written(draft.definition)
    return missing(definition, answers, documents.pages_of(draft_papers(draft)))


def missing_sentence(paper: Paper, language: str) -> str:
    """Say that a paper lacks."""
    return _("Chưa có “%(paper)s”. Chụp ảnh hoặc chọn tệp PDF.") % {"paper": say(paper.title, language)}


def tell_draft_papers(draft: Draft, answers: Mapping[str, Any], language: str) -> list[ToldPaper]:
    """Tell a draft's papers: those that its answers call for."""
    definition = registry.as_written(draft.definition)
    return _told(
        definition.code, wanted(definition, answers), documents.pages_of(draft_papers(draft)), language
    )


def tell_dossier_papers(dossier: Dossier, language: str) -> list[ToldPaper]:
    """Tell a dossier's papers under the definition it was written with."""
    definition = registry.as_written(dossier.definition)
    answers = relevant(definition, unseal(dossier.answers))
    return _told(
        definition.code,
        wanted(definition, answers),
        documents.pages_of(dossier_papers(dossier.pk)),
        language,
    )


def tell_supply_papers(dossier: Dossier, language: str) -> list[ToldPaper]:
    """Tell the papers that can go with the answer to a supplement, with what lies ready."""
    definition = registry.as_written(dossier.definition)
    answers = relevant(definition, unseal(dossier.answers))
    return _told(
        definition.code,
        wanted(definition, answers),
        documents.pages_of(supply_papers(dossier.pk)),
        language,
    )


def _told(
    code: str, papers: list[Paper], pages: Mapping[str, list[documents.PaperFile]], language: str
) -> list[ToldPaper]:
    return [
        ToldPaper(
            name=paper.name,
            title=say(paper.title, language),
            hint=say(paper.hint, language) if paper.hint else "",
            required=paper.required,
            pages=tuple(pages.get(paper.name, ())),
            example=reverse("procedures:example", args=[code, paper.name]),
        )
        for paper in papers
    ]


def may_see_draft_papers(user: Any, subject_id: str) -> Sight | None:
    """Let nobody but the writer see what lies with a draft."""
    mine = Draft.objects.filter(pk=int(subject_id), writer__user=user).exclude(state=Draft.State.DELETED)
    return Sight() if mine.exists() else None


def may_see_supply_papers(user: Any, subject_id: str) -> Sight | None:
    """Let nobody but the applicant see what is not sent yet."""
    mine = Dossier.objects.filter(pk=int(subject_id), applicant__user=user)
    return Sight() if mine.exists() else None


def may_see_dossier_papers(user: Any, subject_id: str) -> Sight | None:
    """Let the applicant and the officers who have a part in the dossier see its papers."""
    from portal.procedures import selectors  # noqa: PLC0415 - selectors tell papers, too

    dossier = Dossier.objects.select_related("applicant").filter(pk=int(subject_id)).first()
    if dossier is None:
        return None
    if dossier.applicant.user_id == user.pk:
        return Sight()
    found = selectors.dossier_for(user, dossier.public_id)
    if found is None:
        return None
    return Sight(own=False, organisation_id=selectors.actor_for(found, user, "").organisation_id)
