"""What is published before, between and after, so that nobody can bend a result unseen.

Before the window opens: the commitment. When the list is frozen: its Merkle root. After that: a
public value that nobody here controls. Only then is the seed known, and with it every draw.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from admissions.allocation.canonical import canonical, sha256
from admissions.allocation.instance import Child, Instance, School
from admissions.allocation.result import Result

_LEAF, _NODE = b"\x00", b"\x01"
_PSEUDONYM_DIGITS = 32


class ProofError(ValueError):
    """The parts of a proof do not belong together."""


def new_secret() -> str:
    """Make a season's secret: 256 bits, known to nobody before the bundle is published."""
    return secrets.token_hex(32)


def secret_hash(secret: str) -> str:
    """Give what is published of the secret beforehand."""
    return sha256(secret.encode())


def quotas(schools: Iterable[School]) -> list[dict[str, Any]]:
    """Give seats and reserves as they are published, by code."""
    return [school.to_json() for school in sorted(schools, key=lambda school: school.code)]


def commitment(
    season: str, rules: Mapping[str, Any], published: Sequence[Mapping[str, Any]], hashed_secret: str
) -> str:
    """Bind season, rules and quotas to a secret that is only shown later."""
    promise = {
        "season": season,
        "rules": rules,
        "quotas": list(published),
        "secret_hash": hashed_secret,
    }
    return sha256(canonical(promise))


def entries(children: Iterable[Child]) -> list[dict[str, Any]]:
    """Give the frozen list as it is hashed and published, by id."""
    return [child.to_json() for child in sorted(children, key=lambda child: child.id)]


class MerkleTree:
    """SHA-256 over entries sorted by id; an odd node is promoted. No entries: the digest of nothing."""

    def __init__(self, frozen: Sequence[Mapping[str, Any]]) -> None:
        self._place = {entry["id"]: number for number, entry in enumerate(frozen)}
        levels = [[sha256(_LEAF + canonical(entry)) for entry in frozen]]
        while len(levels[-1]) > 1:
            levels.append(_parents(levels[-1]))
        self._levels = levels

    @property
    def root(self) -> str:
        """64 hex digits."""
        return self._levels[-1][0] if self._levels[0] else sha256(b"")

    def path(self, child_id: str) -> list[list[str]]:
        """Give the neighbours from leaf to root, each with the side on which it stands."""
        index = self._place[child_id]
        steps = []
        for level in self._levels[:-1]:
            neighbour = index ^ 1
            if neighbour < len(level):
                steps.append(["left" if neighbour < index else "right", level[neighbour]])
            index //= 2
        return steps


def climb(entry: Mapping[str, Any], path: Sequence[Sequence[str]]) -> str:
    """Give the root to which an entry leads on its path."""
    node = sha256(_LEAF + canonical(entry))
    for side, neighbour in path:
        node = _parent(neighbour, node) if side == "left" else _parent(node, neighbour)
    return node


def seed(secret: str, public_value: str, root: str) -> str:
    """Give the seed of all draws; the public value as it was published, without blanks around it."""
    if not public_value or public_value != public_value.strip():
        message = "the public value is empty or has blanks around it"
        raise ProofError(message)
    return sha256(f"{secret}:{public_value}:{root}".encode())


def pseudonym(season_key: bytes, child: str) -> str:
    """Give a child's name for one season: 128 bits as hex, known to the family alone."""
    return hmac.digest(season_key, child.encode(), "sha256").hex()[:_PSEUDONYM_DIGITS]


def bundle(
    instance: Instance, result: Result, *, rules: Mapping[str, Any], secret: str, public_value: str
) -> dict[str, Any]:
    """Put together what is published with the result; ids are pseudonyms already.

    Raises :class:`ProofError` when the instance was not drawn with the seed that follows from the rest.
    """
    frozen = entries(instance.children)
    if instance.seed != seed(secret, public_value, MerkleTree(frozen).root):
        message = "the instance's seed does not follow from secret, public value and list"
        raise ProofError(message)
    return {
        "season": instance.season,
        "rules": dict(rules),
        "quotas": quotas(instance.schools),
        "entries": frozen,
        "secret": secret,
        "public_value": public_value,
        "seed": instance.seed,
        "result": result.to_json(),
    }


def _parents(level: Sequence[str]) -> list[str]:
    pairs = [_parent(level[index], level[index + 1]) for index in range(0, len(level) - 1, 2)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs


def _parent(left: str, right: str) -> str:
    return sha256(_NODE + bytes.fromhex(left) + bytes.fromhex(right))
