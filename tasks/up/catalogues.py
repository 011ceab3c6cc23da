"""Compile the texts' catalogues with Babel: a fresh machine has no gettext."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tasks.places import ROOT


def sources(root: Path = ROOT) -> Iterator[Path]:
    """Yield every catalogue of ours: ``<package>/…/locale/<language>/LC_MESSAGES/*.po``."""
    for package in sorted(path for path in root.iterdir() if (path / "__init__.py").exists()):
        yield from sorted(package.glob("**/locale/*/LC_MESSAGES/*.po"))


def compile_all(root: Path = ROOT) -> int:
    """Compile what changed since it was compiled; return how many files that was."""
    stale = [path for path in sources(root) if is_stale(path)]
    for path in stale:
        compile_one(path)
    return len(stale)


def is_stale(source: Path) -> bool:
    """Tell whether the compiled file is missing or older than its source."""
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns <= source.stat().st_mtime_ns


def compile_one(source: Path) -> None:
    """Compile atomically: a running process never reads half a file. Fuzzy entries are left out."""
    with source.open("rb") as text:
        catalogue = read_po(text, locale=source.parent.parent.name, domain=source.stem)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    draft = source.with_suffix(".mo.new")
    draft.write_bytes(compiled.getvalue())
    draft.replace(source.with_suffix(".mo"))


def faults(source: Path) -> Iterator[str]:
    """Yield what is wrong in a catalogue: placeholders that differ, entries that nobody has looked over."""
    with source.open("rb") as text:
        catalogue = read_po(text, locale=source.parent.parent.name, domain=source.stem, abort_invalid=True)
    for message, errors in catalogue.check():
        for error in errors:
            yield f"{source}:{message.lineno}: {error}"
    for message in catalogue:
        if message.fuzzy and message.id:
            yield f"{source}:{message.lineno}: still marked fuzzy, so it is not used"
