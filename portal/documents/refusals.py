"""Why a file is not taken, in a sentence for the person who sent it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from portal.common.text import tidy

NAME_SHOWN = 60


class PaperRefusedError(Exception):
    """The file is not taken; the message says why and what to do instead."""


class SubjectClosedError(Exception):
    """What the file was meant for takes no papers any more: it was submitted or deleted meanwhile."""


def shown_name(name: str) -> str:
    """Cut a file's own name down to what fits into a sentence: printable, at most 60 characters."""
    visible = "".join(character if character.isprintable() else " " for character in name)
    words = tidy(visible.replace("\\", "/").rpartition("/")[2]) or _("đã chọn")
    return words if len(words) <= NAME_SHOWN else f"{words[: NAME_SHOWN - 1]}…"
