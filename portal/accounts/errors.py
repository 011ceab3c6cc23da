"""Refusals that carry the sentence a person reads."""

from __future__ import annotations

from django.utils.functional import Promise


class RefusedError(Exception):
    """A verb was not carried out; ``sentence`` says in Vietnamese what happened and what to do."""

    def __init__(self, sentence: str | Promise) -> None:
        """Take the sentence, translated when it is shown."""
        super().__init__(str(sentence))
        self.sentence = sentence


class NotThereError(RefusedError):
    """Not there, or not this person's: the two must look equal."""


class CodeRefusedError(RefusedError):
    """The second factor was not shown: wrong, used, or asked for too often."""


class SignInRefusedError(RefusedError):
    """The provider vouches for the person, but this installation cannot let them in as they are."""
