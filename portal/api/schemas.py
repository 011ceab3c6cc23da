"""What the API sends and takes. Field names are stable: version 1 only ever gains fields."""

from __future__ import annotations

import datetime as dt

from ninja import Field, Schema
from pydantic import ConfigDict


class LimitOut(Schema):
    """A time limit."""

    working_days: int = Field(ge=0, description="0 means the same day")
    case: str = Field(description="when it applies, in words")


class ProcedureOut(Schema):
    """A procedure as offered today."""

    code: str
    title: str
    short_title: str
    summary: str
    authority: str
    fee: int = Field(ge=0, description="whole đồng")
    limits: list[LimitOut]
    papers: list[str]
    legal_basis: list[str]
    start_url: str


class StatusIn(Schema):
    """A dossier's code with its second proof: the phone number written in the dossier."""

    model_config = ConfigDict(extra="forbid", strict=True)

    code: str = Field(min_length=1, max_length=40, examples=["H99.12.034-261124-0007"])
    phone: str = Field(min_length=1, max_length=20, examples=["0900 000 118"])


class StatusOut(Schema):
    """Where a dossier stands: no names, no answers."""

    code: str
    procedure: str
    office: str
    status: int = Field(ge=1, le=10, description="status list of the national portal")
    status_label: str
    sentence: str
    citizen_acts: bool
    due_on: dt.date | None
    clock_paused: bool


class ProblemOut(Schema):
    """What went wrong, in a sentence."""

    detail: str


class MessageIn(Schema):
    """A question to the assistant, as it was typed."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str = Field(max_length=500, examples=["chuyen truong can giay to gi"])


class LinkOut(Schema):
    """A page of the portal; ``href`` is a path."""

    title: str
    href: str


class FactOut(Schema):
    """A label with its value of today."""

    label: str
    value: str


class ReplyOut(Schema):
    """An answer. ``source``: "bot", "search" where the bot did not answer, "fixed" for courtesies."""

    number: int = Field(description="for rating")
    topic: str
    source: str
    paragraphs: list[str]
    papers: list[str]
    facts: list[FactOut]
    links: list[LinkOut]
    choices: list[str] = Field(description="quick replies: send the words back as they are")
    updated: str = Field(description="day on which what is quoted was last changed, e.g. 24/11/2026")


class ConversationOut(Schema):
    """The replies to one message, and who answers from now on."""

    state: str = Field(description="bot, waiting (for a person), active (a person), closed")
    replies: list[ReplyOut]
