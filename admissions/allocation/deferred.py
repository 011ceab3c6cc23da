"""Child-proposing deferred acceptance with reserves.

Gale and Shapley 1962; for school choice Abdulkadiroğlu and Sönmez 2003; reserves filled first as in
Hafalir, Yenmez and Yildirim 2013. Each child proposes to its schools in its own order; a school
holds the best it has seen so far and rejects the others for good. What a school holds does not
depend on the order of proposals, so neither the order of the input nor of submission can matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush, heappushpop

from admissions.allocation.instance import Child, Instance, School
from admissions.allocation.result import Cutoff, Placement, Result, SchoolOutcome


def allocate(instance: Instance) -> Result:
    """Give the stable result that is best for every child at once.

    Time grows with the number of proposals times the logarithm of a school's size.
    """
    ranking = _Ranking(instance)
    tables = {school.code: _Table(school) for school in instance.schools}
    seats = _propose(instance.children, ranking, tables)
    placements = {
        child.id: None if choice is None else Placement(child.choices[choice].school, choice + 1)
        for child, choice in zip(instance.children, seats, strict=True)
    }
    reserved = frozenset(
        instance.children[ranking.child(key)].id for table in tables.values() for key in table.reserved()
    )
    outcomes = {code: table.outcome(ranking) for code, table in tables.items()}
    return Result(instance.season, placements, outcomes, reserved)


def _propose(children: Sequence[Child], ranking: _Ranking, tables: dict[str, _Table]) -> list[int | None]:
    """Let every child propose until it is held or has no school left; give the choice that holds it."""
    upcoming = [0] * len(children)
    for first in range(len(children)):
        index = first
        while True:
            child, choice = children[index], upcoming[index]
            if choice == len(child.choices):
                break
            upcoming[index] = choice + 1
            wanted = child.choices[choice]
            key = ranking.key(index, wanted.priority, wanted.distance)
            rejected = tables[wanted.school].offer(key, child.group)
            if rejected is None:
                break
            # whoever lost the seat proposes next
            index = ranking.child(rejected)
    held: list[int | None] = [None] * len(children)
    for table in tables.values():
        for key in table.everybody():
            index = ranking.child(key)
            held[index] = upcoming[index] - 1
    return held


class _Ranking:
    """Packs (class, distance, draw, id) into one whole number, negative, so that the worst is smallest.

    Draw and id together rank all children once for all schools; a school's view adds class and
    distance. Whole numbers keep a heap's comparisons fast and its memory small.
    """

    def __init__(self, instance: Instance) -> None:
        self._draws = [instance.draw(child) for child in instance.children]
        self._by_luck = sorted(
            range(len(self._draws)), key=lambda index: (self._draws[index], instance.children[index].id)
        )
        self._luck = [0] * len(self._draws)
        for place, index in enumerate(self._by_luck):
            self._luck[index] = place
        self._count = max(1, len(self._draws))
        self._bands = 1 + max(
            (choice.distance for child in instance.children for choice in child.choices), default=0
        )

    def key(self, index: int, priority: int, distance: int) -> int:
        return -((priority * self._bands + distance) * self._count + self._luck[index])

    def child(self, key: int) -> int:
        return self._by_luck[-key % self._count]

    def cutoff(self, key: int) -> Cutoff:
        priority, distance = divmod(-key // self._count, self._bands)
        return Cutoff(priority, distance, self._draws[self.child(key)])


class _Table:
    """What one school holds: a heap for each group's reserve and one for the open seats, worst on top."""

    def __init__(self, school: School) -> None:
        self.seats = self.open_seats = school.seats
        self._open: list[int] = []
        self._reserves: dict[str, tuple[int, list[int]]] = {
            group: (count, []) for group, count in school.reserves.items() if count
        }

    def offer(self, key: int, group: str | None) -> int | None:
        """Take a proposal; give the key of who is rejected by it, if anybody is."""
        reserve = self._reserves.get(group) if group is not None else None
        if reserve is None:
            return self._offer_open(key)
        count, heap = reserve
        if len(heap) == count:
            # the worst of the group moves on to the open seats
            return self._offer_open(heappushpop(heap, key))
        heappush(heap, key)
        # a reserved seat that was open to all until now is taken by its group
        self.open_seats -= 1
        if len(self._open) > self.open_seats:
            return heappop(self._open)
        return None

    def everybody(self) -> list[int]:
        return self._open + self.reserved()

    def reserved(self) -> list[int]:
        return [key for _, heap in self._reserves.values() for key in heap]

    def outcome(self, ranking: _Ranking) -> SchoolOutcome:
        filled = len(self.everybody())
        full = filled == self.seats and self._open
        return SchoolOutcome(filled, ranking.cutoff(self._open[0]) if full else None)

    def _offer_open(self, key: int) -> int | None:
        if len(self._open) < self.open_seats:
            heappush(self._open, key)
            return None
        return heappushpop(self._open, key)
