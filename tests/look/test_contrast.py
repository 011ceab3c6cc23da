"""The colours of both themes, computed: text holds 7:1 on what it stands on, controls and signs 3:1."""

from __future__ import annotations

import re

import pytest

from tasks.assets import SOURCES

TEXT = [
    *((ink, ground) for ink in ("text", "text-2", "link") for ground in ("page", "surface", "sunken")),
    *(("visited", ground) for ground in ("page", "surface")),
    *(("brand-text", ground) for ground in ("surface", "page", "brand-soft")),
    ("on-brand", "brand"),
    ("on-brand", "brand-hover"),
    ("text", "brand-soft"),
    ("on-deep", "deep"),
    ("deep-2", "deep"),
    ("on-success", "success"),
    ("on-amber", "amber"),
    *((kind, f"{kind}-soft") for kind in ("danger", "success", "warning", "info", "neutral", "ban")),
    *(("text", f"{kind}-soft") for kind in ("danger", "success", "warning", "info", "neutral", "ban")),
    *(("link", f"{kind}-soft") for kind in ("danger", "success", "warning", "info", "ban")),
    ("danger", "surface"),
    ("danger", "page"),
    ("success", "surface"),
    ("warning", "surface"),
    ("neutral", "sunken"),
]
SHAPES = [
    *(
        (line, ground)
        for line in ("line-strong", "brand", "danger")
        for ground in ("page", "surface", "sunken")
    ),
    ("focus", "page"),
    ("focus", "surface"),
    ("focus", "sunken"),
    ("ornament", "surface"),
    *((kind, f"{kind}-soft") for kind in ("danger", "success", "warning", "info", "ban")),
]


def tokens(theme: str) -> dict[str, str]:
    """Read the colours of a theme: the dark one says only what differs."""
    names = ["tokens.css"] + (["tokens-dark.css"] if theme == "dark" else [])
    found = {"amber": "#ffc845"}
    for name in names:
        found |= dict(
            re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", (SOURCES / name).read_text(encoding="utf-8"))
        )
    return found


def luminance(colour: str) -> float:
    """Give the relative luminance of WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of WCAG 2.2, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("least", "pairs"), [(7, TEXT), (3, SHAPES)], ids=["text", "shapes"])
def test_colours_hold(theme: str, least: float, pairs: list[tuple[str, str]]) -> None:
    known = tokens(theme)
    weak = {
        f"{ink} on {ground}": round(ratio, 2)
        for ink, ground in pairs
        if (ratio := contrast(known[ink], known[ground])) < least
    }
    assert not weak
