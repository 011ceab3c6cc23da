"""From data to a PDF/A-2b. Any warning of the typesetter is an error: a wrong font is only ever a warning."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from portal.common.text import nfc

FORMS = Path(__file__).with_name("forms")
FONTS = Path(__file__).parents[1] / "fonts"

#: what the three faces can draw (their own tables, without control and lone combining characters)
_DRAWN = re.compile(
    "[^\n\u0020-\u007e\u00a1-\u00ac\u00ae-\u0107\u010a-\u0113\u0116-\u011b\u011e-\u0121\u0126-\u012b\u012e-\u0131"
    "\u0139\u013a\u013d\u013e\u0141-\u0144\u0147\u0148\u014c\u014d\u0150-\u0155\u0158-\u015b\u015e-\u016b"
    "\u016e-\u017e\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022"
    "\u2026\u2030\u2039\u203a\u20ab\u20ac\u2122\u2212\u2264\u2265]"
)
_BLANKS = re.compile(r"[\t\r\u00a0\u2000-\u200a\u202f\u3000]+")


class TypesettingError(RuntimeError):
    """The document could not be set without a remark of the typesetter; the message is the remark's."""


def typeset(form: str, data: Mapping[str, Any], qr: str, at: dt.datetime) -> bytes:
    """Set ``form`` (a file of ``forms/``) with ``data`` and the QR code's SVG; ``at`` in UTC.

    Characters that our fonts lack become "?". Raises :class:`TypesettingError`.
    """
    try:
        made, warnings = typst.compile_with_warnings(
            FORMS / form,
            root=FORMS,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["a-2b"],
            sys_inputs={"data": json.dumps(printable(data), ensure_ascii=False), "qr": qr},
            timestamp=at.replace(microsecond=0),
        )
    except typst.TypstError as error:
        raise TypesettingError(error.message) from error
    if warnings or not isinstance(made, bytes):
        raise TypesettingError("; ".join(warning.message for warning in warnings) or "nothing was made")
    return made


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def printable(value: Any) -> Any:
    """Leave only what the fonts can draw, all through lists and mappings; texts become NFC."""
    if isinstance(value, str):
        return _DRAWN.sub("?", _BLANKS.sub(" ", nfc(value)))
    if isinstance(value, Mapping):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [printable(item) for item in value]
    return value
