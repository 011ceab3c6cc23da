"""What rooms above plug into the engine: field kinds, definitions with rules, and their hooks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django import forms

from portal.procedures.definition import Definition, Field
from portal.procedures.states import Status

__all__ = ["Status"]  # offered here; the rest is public by its name

if TYPE_CHECKING:
    from portal.accounts.models import User
    from portal.documents.ports import Sheet

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FormContext:
    """For whom a form is made: the citizen's row id, the language, the local day."""

    citizen_id: int
    language: str
    today: dt.date


class FieldKind(Protocol):
    """A kind of question. Stateless; registered once under ``code``."""

    code: str
    #: its answers are encrypted at rest
    sensitive: bool

    def form_field(self, question: Field, context: FormContext) -> forms.Field:
        """Make the form field; label, hint and "required" are set by the engine afterwards."""

    def answer(self, cleaned: Any) -> Any:
        """Turn the cleaned value into what is stored: JSON, None for "not answered"."""

    def initial(self, answer: Any) -> Any:
        """Turn a stored answer into the form field's initial value."""

    def sent(self, name: str, answer: Any) -> dict[str, Any]:
        """Write a stored answer the way a browser would send it: stored answers are checked anew."""

    def show(self, answer: Any, question: Field, context: FormContext) -> str:
        """Say the answer to a reader, masked where it must be."""

    def keys(self, answer: Any) -> Iterable[tuple[str, str]]:
        """Give (purpose, value) pairs by which a dossier must be found."""


def _nothing(_dossier_id: int) -> None:
    """Do nothing: most procedures have no consequences of their own."""


def _never(_dossier_id: int) -> bool:
    return False


def _no_day(_dossier_id: int) -> dt.date | None:
    return None


def _no_words(_dossier_id: int) -> str:
    return ""


def _as_given(answers: Answers, _context: FormContext) -> dict[str, Any]:
    return dict(answers)


def _no_objection(_answers: Answers, _context: FormContext) -> list[str]:
    return []


def _one(_answers: Answers) -> int:
    return 1


@dataclass(frozen=True, slots=True)
class Hooks:
    """A room's rules. Each runs inside the move's transaction, so it writes rows and nothing else.

    ``derive`` fills derived answers; ``objections`` names in sentences why the answers cannot be
    submitted as they are; ``units`` says how many times the fee is due (copies); the others get the
    dossier's row id after the move. ``may_amend`` says whether the applicant may still change the
    answers, ``due_on`` by which day the result is due where working days do not count, ``sentence`` what
    the applicant reads in place of the engine's own words.
    """

    derive: Callable[[Answers, FormContext], dict[str, Any]] = _as_given
    objections: Callable[[Answers, FormContext], list[str]] = _no_objection
    units: Callable[[Answers], int] = _one
    on_submitted: Callable[[int], None] = _nothing
    on_accepted: Callable[[int], None] = _nothing
    on_granted: Callable[[int], None] = _nothing
    on_refused: Callable[[int], None] = _nothing
    on_delivered: Callable[[int], None] = _nothing
    on_withdrawn: Callable[[int], None] = _nothing
    on_amended: Callable[[int], None] = _nothing
    may_amend: Callable[[int], bool] = _never
    due_on: Callable[[int], dt.date | None] = _no_day
    sentence: Callable[[int], str] = _no_words


_KINDS: dict[str, FieldKind] = {}
_DEFINITIONS: dict[str, Definition] = {}
_HOOKS: dict[str, Hooks] = {}
_OWN_PAGES: set[str] = set()


def register_kind(kind: FieldKind) -> None:
    """Add a field kind; a second one under the same code is a mistake."""
    if kind.code in _KINDS:
        raise ValueError(f"The field kind {kind.code!r} is already registered.")
    _KINDS[kind.code] = kind


def kind_of(question: Field) -> FieldKind:
    """Give the kind of a question; ``LookupError`` where no room registered it."""
    try:
        return _KINDS[question.kind]
    except KeyError as error:
        raise LookupError(f"No room registered the field kind {question.kind!r}.") from error


def kind_codes() -> frozenset[str]:
    """Name all registered kinds."""
    return frozenset(_KINDS)


def register_definition(
    definition: Definition, hooks: Hooks | None = None, *, own_pages: bool = False
) -> None:
    """Offer a coded procedure, with the rules of the room that owns it.

    With ``own_pages`` the room asks its questions itself: neither the catalogue nor ``/nop/`` offers it.
    """
    if definition.code in _DEFINITIONS:
        raise ValueError(f"The procedure {definition.code} is already registered.")
    _DEFINITIONS[definition.code] = definition
    if hooks is not None:
        _HOOKS[definition.code] = hooks
    if own_pages:
        _OWN_PAGES.add(definition.code)


def codes_with_own_pages() -> frozenset[str]:
    """Name the procedures that their rooms' own pages offer."""
    return frozenset(_OWN_PAGES)


def coded_definitions() -> dict[str, Definition]:
    """Give the registered definitions by code."""
    return dict(_DEFINITIONS)


def hooks_of(procedure_code: str) -> Hooks:
    """Give a procedure's hooks; procedures without rules have hooks that do nothing."""
    return _HOOKS.get(procedure_code, _PLAIN)


_PLAIN = Hooks()


@dataclass(frozen=True, slots=True)
class Panel:
    """What a room shows an officer beside the request: a template of its own, with its context."""

    title: str
    template: str
    context: Mapping[str, Any]


type Paneler = Callable[[int, User], Panel | None]
type ResultWriter = Callable[[int, int], Sheet]

_PANELS: dict[str, Paneler] = {}
_RESULTS: dict[str, ResultWriter] = {}


def register_panel(procedure_code: str, function: Paneler) -> None:
    """Register ``function(dossier_id, user)`` for the dossiers of a procedure; None shows nothing."""
    _PANELS[procedure_code] = function


def panel_of(procedure_code: str, dossier_id: int, user: User) -> Panel | None:
    """Ask the procedure's room for its panel."""
    function = _PANELS.get(procedure_code)
    return function(dossier_id, user) if function is not None else None


def register_result(document_kind: str, function: ResultWriter) -> None:
    """Register ``function(dossier_id, occasion)``: what a room's own result document of a dossier says."""
    _RESULTS[document_kind] = function


def result_writer(document_kind: str) -> ResultWriter | None:
    """Give the writer of a room's result document; None for the engine's own slips."""
    return _RESULTS.get(document_kind)
