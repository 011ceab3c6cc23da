"""A receipt told to its family: which school, by which rule, in the season's own words."""

from __future__ import annotations

from admissions.allocation.receipt_words import sentences
from admissions.models import Registration
from admissions.rules import read_rules
from portal.organisations import selectors as organisations


def story(registration: Registration) -> list[str]:
    """Explain a published receipt choice by choice; empty before."""
    receipt = registration.receipt
    if receipt is None:
        return []
    names = {}
    for choice in receipt["choices"]:
        school = organisations.by_code(choice["school"])
        if school is not None:
            names[choice["school"]] = school.name
    return sentences(receipt, names, read_rules(registration.round.rules).band_metres)
