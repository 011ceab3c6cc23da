"""How the owner of a subject says what its notices read."""

from __future__ import annotations

from collections.abc import Callable
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

_speakers: dict[str, Speaker] = {}


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
