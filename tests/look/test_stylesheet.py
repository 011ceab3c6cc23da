"""The style sheet: fresh, plain enough for old phones, small; and how much the first view weighs."""

from __future__ import annotations

import gzip
import re

import pytest
from django.test import Client

from tasks.assets import BUNDLE, ORDER, SOURCES, bundle
from tasks.places import ROOT

STATIC = ROOT / "portal" / "static" / "portal"


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def test_the_committed_bundle_is_what_the_sources_give() -> None:
    assert BUNDLE.read_text(encoding="utf-8") == bundle()


def test_every_source_is_in_the_bundle() -> None:
    assert {path.relative_to(SOURCES).as_posix() for path in SOURCES.rglob("*.css")} == set(ORDER)


def test_old_webviews_understand_it() -> None:
    css = re.sub(r"/\*.*?\*/", "", bundle(), flags=re.DOTALL)
    assert "@layer" not in css
    assert "data:" not in css
    assert "@import" not in css
    groups: list[bool] = []  # for every open brace: is it the group of an at-rule?
    for prelude, brace in re.findall(r"([^{}]*)([{}])", css):
        if brace == "}":
            groups.pop()
            continue
        head = prelude.split(";")[-1].strip()
        assert all(groups), f"a rule inside a rule: {head}"
        groups.append(head.startswith(("@media", "@supports")))
    assert not groups


def test_every_address_in_it_is_a_file_of_ours() -> None:
    for address in re.findall(r'url\("?([^")]+)"?\)', bundle()):
        assert (STATIC / address).is_file(), address


def test_nothing_moves_for_those_who_asked_for_stillness() -> None:
    outside = re.sub(
        r"@media \(prefers-reduced-motion: no-preference\)\{.*?\}\n?\}", "", bundle(), flags=re.DOTALL
    )
    assert "transition" in bundle()
    assert "transition" not in outside
    assert "animation" not in outside


def test_scripts_stay_small() -> None:
    weights = {path.name: packed(path.read_bytes()) for path in (STATIC / "js").glob("*.js")}
    everywhere = weights.pop("site.js") + weights.pop("theme.js")
    assert everywhere < 4_096, "what every page loads"
    assert max(weights.values()) < 4_096, "what single pages load besides"


@pytest.mark.django_db
def test_the_first_view_of_home_weighs_less_than_a_hundred_kilobytes(client: Client) -> None:
    html = client.get("/").content
    files = re.findall(r'(?:href|src)="/static/(portal/[^"]+\.(?:css|js|woff2|svg))"', html.decode())
    assert "portal/site.css" in files
    assert any(name.endswith("400.woff2") for name in files)
    whole = packed(html)
    for path in {STATIC.parent / name for name in files} | set((STATIC / "fonts").glob("*.woff2")):
        whole += len(path.read_bytes()) if path.suffix == ".woff2" else packed(path.read_bytes())
    assert whole <= 100_000, f"{whole:,} bytes"
