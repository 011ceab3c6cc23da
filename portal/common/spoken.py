"""Say in the reader's language what a module without Django has said in Vietnamese."""

from __future__ import annotations

from django.utils.translation import gettext

from portal.common.sentences import Sentence


def spoken(said: object) -> str:
    """Translate a :class:`Sentence`, also one that an error carries; anything else is only made a text."""
    if isinstance(said, Exception):
        said = said.args[0] if said.args else ""
    if not isinstance(said, Sentence):
        return str(said)
    words = gettext(said.template)
    facts = {
        name: spoken(fact) if isinstance(fact, Sentence) else fact for name, fact in said.facts.items()
    }
    return words % facts if facts else words
