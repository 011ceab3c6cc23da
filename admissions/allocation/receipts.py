"""A receipt per child: its entry, its place in the frozen list, and why it got what it got."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import Any

from admissions.allocation.instance import Instance
from admissions.allocation.proof import MerkleTree, entries
from admissions.allocation.result import Result

Standing = tuple[int, int, str, str]
"""(class, distance band, draw, id); smaller is better."""


class ReceiptBook:
    """Prepares all receipts of a round once, then gives them one by one."""

    def __init__(self, instance: Instance, result: Result) -> None:
        self._instance, self._result = instance, result
        self._children = {child.id: child for child in instance.children}
        self._seats = {school.code: school.seats for school in instance.schools}
        self._tree = MerkleTree(entries(instance.children))
        self._draws = {child.id: instance.draw(child) for child in instance.children}
        applied: dict[str, list[Standing]] = defaultdict(list)
        for child in instance.children:
            for choice in child.choices:
                applied[choice.school].append(
                    (choice.priority, choice.distance, self._draws[child.id], child.id)
                )
        self._applied = {school: sorted(standings) for school, standings in applied.items()}

    @property
    def root(self) -> str:
        """The frozen list's Merkle root."""
        return self._tree.root

    def receipt(self, child_id: str) -> dict[str, Any]:
        """Give the receipt as plain values; raises :class:`KeyError` for a child not in the list.

        ``rank`` counts from 1 among the ``listed`` children that named the school anywhere.
        """
        child = self._children[child_id]
        return {
            "season": self._instance.season,
            "entry": child.to_json(),
            "path": self._tree.path(child_id),
            "root": self._tree.root,
            "draw": self._draws[child_id],
            "choices": [self._choice(child_id, number) for number in range(1, len(child.choices) + 1)],
            "outcome": self._outcome(child_id),
        }

    def _choice(self, child_id: str, number: int) -> dict[str, Any]:
        choice = self._children[child_id].choices[number - 1]
        applied = self._applied[choice.school]
        standing = (choice.priority, choice.distance, self._draws[child_id], child_id)
        return {
            "choice": number,
            "school": choice.school,
            "origin": choice.origin,
            "class": choice.priority,
            "distance": choice.distance,
            "rank": bisect_left(applied, standing) + 1,
            "listed": len(applied),
            "seats": self._seats[choice.school],
            "cutoff": self._result.schools[choice.school].to_json(),
        }

    def _outcome(self, child_id: str) -> dict[str, Any] | None:
        placed = self._result.placements[child_id]
        if placed is None:
            return None
        seat = "reserved" if child_id in self._result.reserved else "open"
        return {"school": placed.school, "choice": placed.choice, "seat": seat}
