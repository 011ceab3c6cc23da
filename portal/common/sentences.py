"""Sentences of modules that are free of Django; `portal.common.spoken` says them in the reader's language."""

from __future__ import annotations

from typing import Self


class Sentence(str):
    """A Vietnamese sentence that remembers what it was made of: ``Sentence("Ghi %(n)d chữ số.", n=12)``.

    It is the sentence, so a pure module may raise or return it as a text; `portal.common.spoken` finds the
    translation of ``template`` and fills in ``facts``, which may be sentences themselves.
    """

    __slots__ = ("facts", "template")

    template: str
    facts: dict[str, object]

    def __new__(cls, template: str, **facts: object) -> Self:
        """Fill in the facts, by Python's ``%(name)s``."""
        said = super().__new__(cls, template % facts if facts else template)
        said.template = template
        said.facts = facts
        return said
