"""Texts of a procedure: a mapping by language, Vietnamese required."""

from __future__ import annotations

from collections.abc import Mapping

type Text = Mapping[str, str]


def text(vi: str, *, en: str = "") -> dict[str, str]:
    """Write a text: ``text("Nộp hồ sơ", en="Submit")``."""
    return {"vi": vi, "en": en} if en else {"vi": vi}


def say(value: Text, language: str) -> str:
    """Read a text in ``language``, or in Vietnamese where it was not translated."""
    return value.get(language.partition("-")[0]) or value["vi"]
