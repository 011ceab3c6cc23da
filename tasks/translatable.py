"""Find the texts that people read: literal arguments of gettext's functions, in code and in templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tasks.places import ROOT
from tasks.terminal import Refusal

PACKAGES = ("portal", "cms", "payments", "admissions")
# What each function's first arguments mean
_ROLES: dict[str, tuple[str, ...]] = {
    "gettext": ("singular",),
    "ngettext": ("singular", "plural"),
    "pgettext": ("context", "singular"),
    "npgettext": ("context", "singular", "plural"),
}
_ROLES |= {f"{name}_lazy": roles for name, roles in list(_ROLES.items())} | {"gettext_noop": ("singular",)}
# A module without Django marks its sentences by the class it says them with
_ROLES["Sentence"] = ("singular",)
_MODULES = {"django.utils.translation", "portal.common.sentences"}
# templatize() writes each text of a template as a call with literal arguments
_CALL = re.compile(r"\b(n?p?gettext|_)(?=\(u?['\"])")


class Text(NamedTuple):
    """A text to translate, and the file it stands in."""

    singular: str
    plural: str
    context: str
    place: str


def texts(root: Path = ROOT) -> Iterator[Text]:
    """Yield every text of our packages, file by file; refuse a text that is put together before the call.

    The provider of the demo is left out: it speaks Vietnamese only, as VNeID does.
    """
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            if not {"migrations", "provider"} & set(path.relative_to(root).parts):
                yield from of_code(path.read_text("utf-8"), path.relative_to(root).as_posix())
        for path in sorted((root / package).rglob("templates/**/*")):
            if path.suffix in {".html", ".txt"} and "provider" not in path.relative_to(root).parts:
                yield from of_template(path.read_text("utf-8"), path.relative_to(root).as_posix())


def of_code(source: str, place: str) -> Iterator[Text]:
    """Yield the texts of a Python file, whatever names it gives to Django's functions."""
    tree = ast.parse(source)
    names = _imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (function := _called(node.func, names)):
            text = _text(node, _ROLES[function], place)
            if text is not None:
                yield text


def of_template(source: str, place: str) -> Iterator[Text]:
    """Yield the texts of a template's tags and of ``_("…")`` inside them."""
    from django.utils.translation.template import templatize

    calls = templatize(source, origin=place)
    for match in _CALL.finditer(calls):
        call = _first_call(calls[match.start() :])
        if call is None:
            raise Refusal(f"{place}: the text near {calls[match.start() :][:60]!r} cannot be read.")
        text = _text(call, _ROLES["gettext" if match[1] == "_" else match[1]], place)
        if text is not None:
            yield text


def _imported(tree: ast.Module) -> dict[str, str]:
    """Map the names of this file to Django's functions: ``{"_": "gettext_lazy"}``."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in _MODULES
        for alias in node.names
        if alias.name in _ROLES
    }


def _called(function: ast.expr, names: dict[str, str]) -> str | None:
    if isinstance(function, ast.Name):
        return names.get(function.id)
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        # translation.gettext(…)
        return function.attr if function.value.id == "translation" and function.attr in _ROLES else None
    return None


def _text(call: ast.Call, roles: tuple[str, ...], place: str) -> Text | None:
    """Read a call; None where its text is a variable, which was marked where it was written."""
    words: dict[str, str] = {}
    for role, argument in zip(roles, call.args, strict=False):
        if isinstance(argument, (ast.JoinedStr, ast.BinOp)) or _is_formatted(argument):
            raise Refusal(
                f"{place}:{argument.lineno}: the text {ast.unparse(argument)} is filled in before it is "
                'translated, so no translation can be found. Write _("… %(name)s …") % {"name": …}.'
            )
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
            return None
        words[role] = argument.value
    if not words.get("singular"):
        return None
    return Text(words["singular"], words.get("plural", ""), words.get("context", ""), place)


def _is_formatted(argument: ast.expr) -> bool:
    function = argument.func if isinstance(argument, ast.Call) else None
    return isinstance(function, ast.Attribute) and function.attr == "format"


def _first_call(source: str) -> ast.Call | None:
    """Read the call that a text begins with; the rest of the line may be anything."""
    for end in (index for index, letter in enumerate(source) if letter == ")"):
        try:
            tree = ast.parse(source[: end + 1], mode="eval")
        except SyntaxError:
            continue
        if isinstance(tree.body, ast.Call):
            return tree.body
    return None
