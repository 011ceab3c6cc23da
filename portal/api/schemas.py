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
