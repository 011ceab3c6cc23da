"""Answers at rest: sensitive values are encrypted inside the JSON, everything else is plain.

A sealed value is ``{"sealed": "<Fernet token of its JSON>"}``. Rotation of keys walks over these.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from portal.common.fields import blind_index, key_ring
from portal.procedures.definition import Definition, Field, holds
from portal.procedures.ports import kind_of

SEALED = "sealed"


def is_sensitive(question: Field) -> bool:
    """Whether the answer must be encrypted at rest."""
    return question.sensitive or kind_of(question).sensitive


def seal(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Encrypt the sensitive answers; answers to unknown questions are dropped."""
    sealed: dict[str, Any] = {}
    for question in definition.fields():
        if question.name not in answers or answers[question.name] is None:
            continue
        value = answers[question.name]
        if is_sensitive(question):
            value = {SEALED: key_ring().encrypt(json.dumps(value, ensure_ascii=False))}
        sealed[question.name] = value
    return sealed


def unseal(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Open what :func:`seal` closed."""
    return {
        name: json.loads(key_ring().decrypt(value[SEALED])) if _is_sealed(value) else value
        for name, value in stored.items()
    }


def reseal(stored: Mapping[str, Any], rotate: Callable[[str], str]) -> dict[str, Any]:
    """Re-encrypt every sealed value by ``rotate`` (token → token)."""
    return {
        name: {SEALED: rotate(value[SEALED])} if _is_sealed(value) else value
        for name, value in stored.items()
    }


def _is_sealed(value: object) -> bool:
    return isinstance(value, dict) and set(value) == {SEALED}


def asked(definition: Definition, answers: Mapping[str, Any]) -> list[Field]:
    """List the questions that are asked with these answers: conditions of page and field hold."""
    return [
        question
        for page in definition.pages
        if holds(page.when, answers)
        for question in page.fields
        if holds(question.when, answers)
    ]


def relevant(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Keep only answers to questions that are asked: what a condition hid is not submitted.

    One pass in the order of the form, so an answer counts for later questions only if it was
    itself asked for.
    """
    kept: dict[str, Any] = {}
    for page in definition.pages:
        if not holds(page.when, kept):
            continue
        for question in page.fields:
            if question.name in answers and holds(question.when, kept):
                kept[question.name] = answers[question.name]
    return kept


def digests(definition: Definition, answers: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Compute the blind-index rows of a dossier: (purpose, digest)."""
    return {
        (purpose, blind_index(purpose, value))
        for question in definition.fields()
        if answers.get(question.name) is not None
        for purpose, value in kind_of(question).keys(answers[question.name])
    }
