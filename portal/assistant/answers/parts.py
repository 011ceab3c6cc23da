"""What an answer is made of: plain data that templates draw and the API sends."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the portal."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value of today."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A quick reply: what stands on the button is what is sent."""

    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """``updated`` is "24/11/2026", the day on which what is quoted was last changed; "" where nothing is."""

    topic: str = ""
    paragraphs: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    links: tuple[Link, ...] = ()
    choices: tuple[Choice, ...] = ()
    updated: str = ""
    #: answered from search because the bot did not answer
    from_search: bool = False
    #: a person is offered beside it
    offers_person: bool = False

    def as_parts(self) -> dict[str, Any]:
        """Give it as JSON keeps it, empty parts left out."""
        return {name: value for name, value in asdict(self).items() if value and name != "topic"}
