"""What is allocated: schools with seats and reserves, children with their choices in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from admissions.allocation.canonical import sha256

FAMILY = "family"
DUTY = "duty"


class Choice(NamedTuple):
    """A school that a child may go to, with the class and distance band that the child has there.

    ``origin`` is "family", or "duty" for schools appended by the department.
    """

    school: str
    priority: int
    distance: int
    origin: str = FAMILY

    def to_json(self) -> dict[str, Any]:
        """As the published format has it (``class`` is a reserved word here)."""
        return {
            "school": self.school,
            "class": self.priority,
            "distance": self.distance,
            "origin": self.origin,
        }


@dataclass(frozen=True, slots=True)
class School:
    """``reserves`` says how many of the ``seats`` each group fills first."""

    code: str
    seats: int
    reserves: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As the published format has it."""
        return {"code": self.code, "seats": self.seats, "reserves": dict(self.reserves)}


@dataclass(frozen=True, slots=True)
class Child:
    """One registration: ``choices`` in the family's order, then those of duty."""

    id: str
    choices: tuple[Choice, ...]
    group: str | None = None
    draw_key: str = ""

    def to_json(self) -> dict[str, Any]:
        """Give the entry with nothing left out: these bytes are a leaf of the Merkle tree."""
        return {
            "id": self.id,
            "group": self.group,
            "draw_key": self.draw_key,
            "choices": [choice.to_json() for choice in self.choices],
        }


@dataclass(frozen=True, slots=True)
class Instance:
    """One round of one season. ``seed`` is 64 hex digits."""

    season: str
    seed: str
    schools: tuple[School, ...]
    children: tuple[Child, ...]

    def draw(self, child: Child) -> str:
        """Give the child's draw, one for all schools; smaller is better."""
        return draw(self.seed, self.season, child.draw_key)


def draw(seed: str, season: str, draw_key: str) -> str:
    """Give 64 lower-case hex digits that nobody could know before the seed was known."""
    return sha256(f"{seed}:{season}:{draw_key}".encode())
