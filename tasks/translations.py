"""``python -m tasks translations``: gather what people read into the English catalogue.

Texts in code and templates are Vietnamese (see portal/locale/README.md); this finds every one of them,
keeps the translations there are, and names those still missing. Babel does the work: a fresh machine has
no gettext.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from tasks.places import ROOT, SETTINGS
from tasks.terminal import say
from tasks.translatable import Text, texts

ENGLISH = ROOT / "portal" / "locale" / "en" / "LC_MESSAGES" / "django.po"
# Written by hand: Babel's own header tells the time, so that every run would change the file
_HEADER = """\
# English for the texts of the portal. Written by `python -m tasks translations`; edit only what stands
# behind msgstr. See portal/locale/README.md.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def main(_arguments: Sequence[str]) -> int:
    """Update the catalogue and print what has no translation yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()
    before = catalogue(ENGLISH)
    after = updated(texts(), before)
    content = written(after)
    if not ENGLISH.exists() or ENGLISH.read_bytes() != content:
        ENGLISH.parent.mkdir(parents=True, exist_ok=True)
        ENGLISH.write_bytes(content)
    missing = untranslated(after)
    for line in missing:
        say(line)
    gone = len({_key(message) for message in before} - {_key(message) for message in after})
    say(f"{len(after)} texts, {len(missing)} without a translation; {gone} dropped that nobody uses now")
    return 0


def catalogue(source: Path) -> Catalog:
    """Read a catalogue; an empty one where there is no file."""
    if not source.exists():
        return Catalog(locale="en", domain="django")
    with source.open("rb") as file:
        return read_po(file, locale="en", domain="django", abort_invalid=True)


def updated(found: Iterable[Text], before: Catalog) -> Catalog:
    """Give the catalogue with exactly the texts found, each with the translation it has."""
    after = Catalog(locale="en", domain="django", fuzzy=False)
    plurals: dict[tuple[str, str], str] = {}
    places: dict[tuple[str, str], set[str]] = {}
    for text in found:
        key = (text.context, text.singular)
        places.setdefault(key, set()).add(text.place)
        plurals[key] = text.plural or plurals.get(key, "")
    for (context, singular), plural in plurals.items():
        known = before.get(singular, context=context or None)
        # A text that has become countable, or is so no more, is translated anew
        keep = known is not None and isinstance(known.string, tuple if plural else str)
        after.add(
            (singular, plural) if plural else singular,
            string=known.string if known is not None and keep else None,
            locations=[(place, 0) for place in sorted(places[context, singular])],
            user_comments=known.user_comments if known is not None else (),
            flags=known.flags & {"fuzzy"} if known is not None and keep else (),
            context=context or None,
        )
    return after


def written(content: Catalog) -> bytes:
    """Give the file: the same bytes for the same texts, wherever and whenever it is written."""
    out = io.BytesIO()
    # Lines are not wrapped: a changed word then changes one line
    write_po(
        out,
        content,
        width=0,
        omit_header=True,
        ignore_obsolete=True,
        include_lineno=False,
        sort_output=True,
    )
    return _HEADER.encode() + out.getvalue().rstrip(b"\n") + b"\n"


def untranslated(content: Catalog) -> list[str]:
    """Name the texts without a translation, each with a file it stands in."""
    return [
        f"{message.locations[0][0] if message.locations else '?'}: {message.id}"
        for message in content
        if message.id and not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]


def _key(message: Message) -> tuple[str, str]:
    singular = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", singular
