"""``python -m tasks translations``: gather what people read into the English catalogue.

Texts in code and templates are Vietnamese (see portal/locale/README.md); this finds every one of them,
keeps the translations there are, and names those still missing. Babel does the work: a fresh machine has
no gettext.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from tasks.places import ROOT
from tasks.terminal import say

PACKAGES = ("portal", "cms", "payments", "admissions")
ENGLISH = ROOT / "portal" / "locale" / "en" / "LC_MESSAGES" / "django.po"
_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# templatize() writes each text of a template as a call with literal arguments
_CALL = re.compile(r"\b(n?p?gettext|_)\(u?(?=['\"])")


class Text(NamedTuple):
    """A text to translate, and where it stands."""

    singular: str
    plural: str
    context: str
    place: str


def main(_arguments: Sequence[str]) -> int:
    """Update the catalogue and print what has no translation yet."""
    catalogue = updated(texts())
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(
        out,
        catalogue,
        width=100,
        omit_header=False,
        ignore_obsolete=True,
        include_lineno=False,
        sort_output=True,
    )
    ENGLISH.write_bytes(out.getvalue())
    missing = untranslated(catalogue)
    for text in missing:
        say(text)
    say(f"{len(catalogue)} texts, {len(missing)} without a translation")
    return 0


def texts(root: Path = ROOT) -> Iterator[Text]:
    """Yield every text of the Python files and templates of our packages, but for Django's own domain."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts and "provider" not in path.parts:
                yield from _of_code(path, root)
        for pattern in ("*.html", "*.txt"):
            for path in sorted((root / package).rglob(pattern)):
                if "provider" not in path.parts:
                    yield from _of_template(path, root)


def _of_code(path: Path, root: Path) -> Iterator[Text]:
    with path.open("rb") as source:
        for _line, message, _comments, context in extract("python", source, _KEYWORDS, (), {}):
            singular, plural = (message[0], message[1]) if isinstance(message, tuple) else (message, "")
            yield Text(singular, plural, context or "", str(path.relative_to(root)))


def _of_template(path: Path, root: Path) -> Iterator[Text]:
    from django.utils.translation.template import templatize  # noqa: PLC0415 - needs Django's settings

    calls = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for match in _CALL.finditer(calls):
        arguments = _literals(calls[match.start(0) + len(match[1]) :])
        if not arguments or not isinstance(arguments[0], str):
            continue
        words = [argument for argument in arguments if isinstance(argument, str)]
        context = words.pop(0) if "p" in match[1] else ""
        plural = words[1] if len(words) > 1 else ""
        yield Text(words[0], plural, context, str(path.relative_to(root)))


def _literals(call: str) -> list[object]:
    """Read the literal arguments of a call that begins with its bracket."""
    for end in (index for index, letter in enumerate(call) if letter == ")"):
        try:
            tree = ast.parse(f"f{call[: end + 1]}", mode="eval")
        except SyntaxError:
            continue
        if isinstance(tree.body, ast.Call):
            return [item.value for item in tree.body.args if isinstance(item, ast.Constant)]
    return []


def updated(found: Iterator[Text], source: Path = ENGLISH) -> Catalog:
    """Give the catalogue with exactly the texts found, each with the translation it has."""
    if source.exists():
        with source.open("rb") as file:
            before = read_po(file, locale="en", domain="django")
    else:
        before = Catalog(locale="en", domain="django")
    catalogue = Catalog(locale="en", domain="django", project="Cổng Dịch vụ Giáo dục", fuzzy=False)
    for text in found:
        message_id = (text.singular, text.plural) if text.plural else text.singular
        known = before.get(text.singular, context=text.context or None)
        catalogue.add(
            message_id,
            string=known.string if known else None,
            locations=[(text.place, 0)],
            context=text.context or None,
        )
    return catalogue


def untranslated(catalogue: Catalog) -> list[str]:
    """Name the texts without a translation."""
    return [
        f"{message.locations[0][0] if message.locations else '?'}: {message.id}"
        for message in catalogue
        if message.id and not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]
