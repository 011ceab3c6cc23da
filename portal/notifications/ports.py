"""How the owner of a subject says what its notices read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What a notice says: what happened, what to do next, and the page to go to.

    The same words go out by mail, so they name the procedure and the office, never a person.
    ``link`` is a path of the portal in the language asked for, such as ``/en/ho-so/7/``.
    """

    title: str
    body: str
    link: str


type Speaker = Callable[[str, str], Words]

type Gatherer = Callable[[Collection[str]], AbstractContextManager[None]]

_speakers: dict[str, Speaker] = {}
_gatherers: dict[str, Gatherer] = {}


class UnknownTemplateError(LookupError):
    """Nobody registered words for a template."""


def register_words(template: str, function: Speaker) -> None:
    """Register ``function(subject_id, language)`` for ``template``; called in ``AppConfig.ready``.

    It raises ``ObjectDoesNotExist`` when its subject is gone.
    """
    known = _speakers.get(template)
    if known is not None and known is not function:
        raise ValueError(f"The template {template!r} has words already: {known}.")
    _speakers[template] = function


def speaker_of(template: str) -> Speaker:
    """Find the registered function, or raise :class:`UnknownTemplateError`."""
    try:
        return _speakers[template]
    except KeyError:
        message = f"No words for {template!r}: its room calls notifications.ports.register_words when it is ready."
        raise UnknownTemplateError(message) from None


def register_gatherer(subject_kind: str, function: Gatherer) -> None:
    """Register how a list of notices reads its subjects at once; called in ``AppConfig.ready``.

    While ``function(subject_ids)`` is open, the words of these subjects ask nothing more of the database.
    """
    known = _gatherers.get(subject_kind)
    if known is not None and known is not function:
        raise ValueError(f"The subject {subject_kind!r} has a gatherer already: {known}.")
    _gatherers[subject_kind] = function


@contextmanager
def gathered(subjects: Collection[tuple[str, str]]) -> Iterator[None]:
    """Read the subjects of a list, given as (kind, id), kind by kind; others are read one by one as before."""
    with ExitStack() as open_ones:
        for kind in {kind for kind, _id in subjects} & _gatherers.keys():
            open_ones.enter_context(_gatherers[kind]([pk for of, pk in subjects if of == kind]))
        yield
