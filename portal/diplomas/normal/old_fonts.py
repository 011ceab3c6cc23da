"""Text typed with the TCVN3 (ABC) fonts of the 1990s, which spreadsheets still carry: µ stands for à.

The mapping is that of TCVN 5712:1993, VN3. Only what Unicode Vietnamese never contains tells such a text
apart, so a text without one of those signs is left alone.
"""

from __future__ import annotations

_TABLE: dict[str, str | int | None] = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
# signs that no Vietnamese text in Unicode has; the others are letters there too (é, ã, ô)
_TELLING = frozenset("µ¸¶·¹¨»¾¼½Æ©ÇË®ÎÏÑªÖ×ØÜÞßäåæç«¬ëîïñö÷øûüþ¡¢§£¤¥¦")


def is_tcvn3(text: str) -> bool:
    """Say whether a text was typed with such a font."""
    return not _TELLING.isdisjoint(text)


def from_tcvn3(text: str) -> str:
    """Read it; any other text comes back as it is."""
    return text.translate(str.maketrans(_TABLE)) if is_tcvn3(text) else text
