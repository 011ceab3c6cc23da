"""What comes out: placements, cut-offs, digest; the same bytes on every machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from admissions.allocation.canonical import canonical, sha256


class Placement(NamedTuple):
    """Where a child goes; ``choice`` counts from 1."""

    school: str
    choice: int


class Cutoff(NamedTuple):
    """Rank of the last child on an open seat: (class, distance band, draw)."""

    priority: int
    distance: int
    draw: str


@dataclass(frozen=True, slots=True)
class SchoolOutcome:
    """``cutoff`` is ``None`` where the school is not full or has no open seats."""

    filled: int
    cutoff: Cutoff | None

    def to_json(self) -> dict[str, Any]:
        """As the published format has it."""
        if self.cutoff is None:
            return {"filled": self.filled}
        return {
            "class": self.cutoff.priority,
            "distance": self.cutoff.distance,
            "draw": self.cutoff.draw,
            "filled": self.filled,
        }


@dataclass(frozen=True, slots=True)
class Result:
    """One round's outcome.

    ``reserved`` are the ids of the children on reserved seats. That is no part of the published
    result (it would tell who belongs to a group); a child's own receipt says it.
    """

    season: str
    placements: Mapping[str, Placement | None]
    schools: Mapping[str, SchoolOutcome]
    reserved: frozenset[str] = frozenset()

    def digest(self) -> str:
        """SHA-256 of the canonical JSON of the placements."""
        return sha256(canonical(self._placements()))

    def to_json(self) -> dict[str, Any]:
        """Give the published format as plain values."""
        return {
            "season": self.season,
            "placements": self._placements(),
            "cutoffs": {code: outcome.to_json() for code, outcome in self.schools.items()},
            "digest": self.digest(),
        }

    def to_bytes(self) -> bytes:
        """Give the published format as canonical JSON."""
        return canonical(self.to_json())

    def _placements(self) -> dict[str, dict[str, Any] | None]:
        return {
            child: None if placed is None else {"school": placed.school, "choice": placed.choice}
            for child, placed in self.placements.items()
        }
