"""The value that a procedure is: plain typed data, no behaviour, no imports from anywhere else.

The engine never asks whether a definition came from a file or was composed by an officer: both are
these classes, and both travel as one JSON document (see ``document.py``).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from portal.procedures.definition.texts import Text

#: JsonLogic (jsonlogic.com) over the answers; empty means "always".
type Condition = dict[str, Any]

#: Where a part of the work is done: at the organisation that handles the dossier …
HANDLING = "handling"
# … or at the one that an answer names: "answer:FIELD".
ANSWER = "answer:"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: the value that is stored and what it is called."""

    value: str
    label: Text
    hint: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """A question. ``kind`` names a field kind (``portal.procedures.ports``)."""

    name: str
    kind: str
    label: Text
    hint: Text = field(default_factory=dict)
    required: bool = True
    options: tuple[Option, ...] = ()
    #: what the kind wants to know beyond this, such as ``{"levels": ["primary"]}``
    settings: dict[str, Any] = field(default_factory=dict)
    when: Condition = field(default_factory=dict)
    #: encrypted inside the answers although its kind alone would not be
    sensitive: bool = False
    #: never asked: a room's hook fills it from what the office already has
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the form; on a phone it asks about one thing."""

    name: str
    title: Text
    fields: tuple[Field, ...]
    lead: Text = field(default_factory=dict)
    when: Condition = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that goes with the dossier. ``in_person`` says that only the counter needs it."""

    name: str
    title: Text
    hint: Text = field(default_factory=dict)
    required: bool = True
    when: Condition = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of the work inside status 4: who does it and where."""

    name: str
    title: Text
    #: said to the citizen while it lasts: "Hiệu trưởng đang xem xét."
    waiting: Text
    roles: tuple[str, ...]
    at: str = HANDLING
    #: the step that ends the work by granting or refusing
    decides: bool = False
    when: Condition = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FeeFact:
    """The first row of a fee: amount in whole đồng, for a channel, from a day, by a source."""

    amount: int
    valid_from: dt.date
    source: str
    channel: str = "any"
    valid_to: dt.date | None = None
    recalled: bool = False


@dataclass(frozen=True, slots=True)
class ExemptionFact:
    """The first row of an exemption: what a group pays in whole đồng (0: nothing), and what proves it.

    ``group`` is a value of the question that ``Definition.exemption_field`` names.
    """

    group: str
    amount: int
    evidence: str
    valid_from: dt.date
    source: str
    channel: str = "any"
    valid_to: dt.date | None = None
    recalled: bool = False


@dataclass(frozen=True, slots=True)
class DeadlineFact:
    """The first row of a time limit in working days; 0 is the same day."""

    key: str
    working_days: int
    valid_from: dt.date
    source: str
    cutoff: dt.time | None = None
    valid_to: dt.date | None = None
    recalled: bool = False


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """Which time limit counts: the first rule whose condition holds."""

    key: str
    label: Text
    when: Condition = field(default_factory=dict)


class FeeDue(StrEnum):
    """When a fee is paid: asked for by an officer before the work (status 6), or as part of submitting."""

    PROCESSING = "processing"
    SUBMISSION = "submission"


class Subject(StrEnum):
    """Whom a dossier is about."""

    SELF = "self"
    CHILD = "child"


@dataclass(frozen=True, slots=True)
class Definition:
    """A procedure: what is asked, what is needed, who works on it, what it says of itself."""

    code: str
    version: int
    title: Text
    short_title: Text
    summary: Text
    authority: Text
    #: who handles the dossier: "answer:FIELD" (a school chosen in the form) or "organisation:CODE"
    handled_by: str
    pages: tuple[Page, ...]
    steps: tuple[Step, ...]
    deadline_rules: tuple[DeadlineRule, ...]
    fees: tuple[FeeFact, ...]
    deadlines: tuple[DeadlineFact, ...]
    #: answers that the form accepts, for the walk over all procedures; organisations by code
    example: dict[str, Any]
    papers: tuple[Paper, ...] = ()
    fee_due: FeeDue = FeeDue.PROCESSING
    #: the question whose answer names the applicant's group, where groups pay less
    exemption_field: str = ""
    exemptions: tuple[ExemptionFact, ...] = ()
    subject: Subject = Subject.SELF
    #: the field that names the child, where ``subject`` is a child
    subject_field: str = ""
    reception_roles: tuple[str, ...] = ("school_clerk",)
    declarations: tuple[Text, ...] = ()
    not_needed: Text = field(default_factory=dict)
    result: Text = field(default_factory=dict)
    legal_basis: tuple[str, ...] = ()
    life_events: tuple[str, ...] = ()
    minutes: int = 10
    icon: str = "document"
    valid_from: dt.date = dt.date(2026, 1, 1)
    valid_to: dt.date | None = None

    def fields(self) -> tuple[Field, ...]:
        """All questions in their order."""
        return tuple(question for page in self.pages for question in page.fields)

    def step(self, name: str) -> Step:
        """Give the step of that name; ``KeyError`` where this version has none."""
        for candidate in self.steps:
            if candidate.name == name:
                return candidate
        raise KeyError(name)
