"""Names that templates write down by hand: icons, tags, components."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError, engines

from portal.common.icons import ICONS
from portal.common.status_tags import DRAFT, STATUS_TAGS
from portal.common.templatetags.look import NOTICE_ICONS, icon
from portal.procedures import ports
from portal.procedures.states import LABELS, Status
from tasks.places import ROOT

TEMPLATES = [
    path
    for root in ("portal", "cms", "payments", "admissions")
    for path in (ROOT / root).rglob("templates/**/*.html")
    if "provider" not in path.parts and "sandbox" not in path.parts
]
COMPONENTS = sorted((ROOT / "portal" / "templates" / "components").glob("*.html"))


def test_every_icon_that_a_template_names_exists() -> None:
    named = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in TEMPLATES
        for name in re.findall(
            r'(?:{% icon |icon_name=|icon_after=|{% tag "\w+" )"([a-z-]+)"',
            path.read_text(encoding="utf-8"),
        )
    }
    assert len(named) > 30
    assert not {use for use in named if use[1] not in ICONS}


def test_every_icon_of_procedures_tags_and_notices_exists() -> None:
    assert {definition.icon for definition in ports.coded_definitions().values()} <= set(ICONS)
    assert {tag.icon for tag in STATUS_TAGS.values()} <= set(ICONS)
    assert set(NOTICE_ICONS.values()) <= set(ICONS)


def test_an_unknown_icon_is_an_error_and_a_label_makes_it_speak() -> None:
    with pytest.raises(TemplateSyntaxError):
        icon("unicorn")
    assert 'aria-hidden="true"' in icon("check")
    assert 'role="img" aria-label="a &lt;b"' in icon("check", "a <b")


def test_every_state_has_its_tag_in_its_own_words() -> None:
    assert set(STATUS_TAGS) == {*map(int, Status), DRAFT}
    said = {int(status): str(words) for status, words in LABELS.items()}
    assert {key: str(tag.words) for key, tag in STATUS_TAGS.items() if key != DRAFT} == said


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_a_component_says_what_it_is_and_is_in_the_catalogue(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("{# "), "its first comment names the parameters"
    guide = (path.parent.parent / "README.md").read_text(encoding="utf-8")
    assert f"`{path.stem}`" in guide


def test_every_class_that_a_component_uses_has_a_rule() -> None:
    css = (ROOT / "portal" / "static" / "portal" / "site.css").read_text(encoding="utf-8")
    # a secondary button is the plain one; the rest are hooks for scripts and tests
    plain = {"button-secondary", "account", "stamen"}
    missing = set()
    for path in COMPONENTS:
        text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        names = {name for names in re.findall(r'class="([^"]*)"', text) for name in names.split()}
        missing |= {name for name in names if not re.search(rf"\.{re.escape(name)}(?![\w-])", css)}
    assert {name for name in missing - plain if not name.endswith("-")} == set()


def test_the_tags_need_no_load() -> None:
    engine = engines["django"]
    assert "tag-info" in engine.from_string("{% status_tag 1 %}").render({})
    assert "notice-warning" in engine.from_string('{% notice "warning" %}x{% endnotice %}').render({})
