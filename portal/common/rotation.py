"""Walking over everything that is encrypted at rest, to bring it under the newest key.

Every ``EncryptedTextField`` is found by itself. A room that keeps ciphertext elsewhere, for instance
inside JSON, registers a function in its ``AppConfig.ready``::

    rotation.register("answers of dossiers", rotation.column("procedures.Dossier", "answers", reseal))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Cast

from portal.common.crypto import KeyRing, UnreadableValueError
from portal.common.fields import EncryptedTextField


class Count(NamedTuple):
    """Ciphertexts looked at; found under an older key; opened by no key at all."""

    seen: int = 0
    old: int = 0
    unreadable: int = 0


class Turn:
    """One walk. Called with a token it gives the token to keep, and counts."""

    def __init__(self, ring: KeyRing, *, write: bool, batch: int = 200) -> None:
        """Only look unless ``write``; ``batch`` rows make one transaction."""
        self.ring, self.write, self.batch = ring, write, batch
        self.count = Count()

    def __call__(self, token: str) -> str:
        """Re-encrypt ``token`` unless it is empty or under the newest key already."""
        seen, old, unreadable = self.count
        kept = token
        if token:
            seen += 1
            if not self.ring.is_newest(token):
                try:
                    kept = self.ring.rotate(token)
                    old += 1
                except UnreadableValueError:
                    unreadable += 1
        self.count = Count(seen, old, unreadable)
        return kept


type Rotator = Callable[[Turn], Iterator[Count]]
type Rewrite = Callable[[Any, Callable[[str], str]], Any]

_rotators: dict[str, Rotator] = {}


def register(name: str, function: Rotator) -> None:
    """Add a walk; ``function(turn)`` yields ``turn.count`` after each of its transactions.

    It must bear being interrupted and begun again: what is under the newest key already is skipped.
    """
    _rotators[name] = function


def column(label: str, field: str, rewrite: Rewrite) -> Rotator:
    """Walk a column of a model (``"room.Model"``); ``rewrite(value, rotate)`` gives the new value.

    Each batch of rows is read and written under a lock, so that no simultaneous edit is lost.
    """

    def walk(turn: Turn) -> Iterator[Count]:
        model = apps.get_model(label)
        encrypted = isinstance(model._meta.get_field(field), EncryptedTextField)  # noqa: SLF001 -- Django's public API
        rows = model._base_manager.order_by("pk")  # noqa: SLF001 -- Django's public API
        rows = rows.annotate(stored=Cast(field, models.TextField()) if encrypted else models.F(field))
        last: Any = None
        while True:
            with transaction.atomic():
                chosen = rows.select_for_update() if turn.write else rows
                batch = list(
                    (chosen if last is None else chosen.filter(pk__gt=last)).values_list("pk", "stored")[
                        : turn.batch
                    ]
                )
                for pk, stored in batch:
                    kept = None if stored is None else rewrite(stored, turn)
                    if turn.write and kept != stored:
                        value = models.Value(kept, models.TextField()) if encrypted else kept
                        model._base_manager.filter(pk=pk).update(**{field: value})  # noqa: SLF001 -- Django's public API
            if not batch:
                return
            last = batch[-1][0]
            yield turn.count

    return walk


def rotators() -> dict[str, Rotator]:
    """Give every walk by name: each encrypted column, then what the rooms registered."""
    found: dict[str, Rotator] = {}
    for model in apps.get_models():
        if model._meta.proxy or not model._meta.managed:  # noqa: SLF001 -- Django's public API
            continue
        for field in model._meta.local_fields:  # noqa: SLF001 -- Django's public API
            if isinstance(field, EncryptedTextField):
                label = model._meta.label  # noqa: SLF001 -- Django's public API
                found[f"{label}.{field.name}"] = column(
                    label, field.name, lambda token, rotate: rotate(token)
                )
    return found | _rotators
