"""What a paper looks like when it is photographed well: drawn, so that every procedure has its pictures."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from portal.documents.ports import FONTS

SIZE: Final = (360, 480)
_TABLE, _SHEET, _INK, _LINE, _STAMP = "#8a7f72", "#ffffff", "#1f2933", "#aab4bf", "#b3261e"
_MARGIN, _EDGE = 26, 34


@lru_cache(maxsize=128)
def picture(title: str, sample: str) -> bytes:
    """Draw a sheet on a table with this title: all four corners, straight, readable. A PNG of a few KB."""
    sheet = Image.new("RGB", SIZE, _TABLE)
    pen = ImageDraw.Draw(sheet)
    left, top, right, bottom = _MARGIN, _MARGIN, SIZE[0] - _MARGIN, SIZE[1] - _MARGIN
    pen.rectangle((left + 4, top + 5, right + 4, bottom + 5), fill="#6b6259")
    pen.rectangle((left, top, right, bottom), fill=_SHEET)
    _corners(pen, (left, top, right, bottom))
    y = top + 24
    for line in _wrapped(pen, title.upper(), right - left - 2 * _EDGE):
        pen.text((SIZE[0] / 2, y), line, fill=_INK, font=_font(17), anchor="ma")
        y += 24
    _writing(pen, left + _EDGE, right - _EDGE, y + 14, bottom - 110)
    _stamp(pen, right - 78, bottom - 62)
    pen.text((left + _EDGE, bottom - 34), sample, fill=_STAMP, font=_font(15))
    out = BytesIO()
    sheet.quantize(24).save(out, "PNG", optimize=True)
    return out.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / "BeVietnamPro_600SemiBold.ttf", size)


def _corners(pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int]) -> None:
    """Mark the four corners that must be in the picture."""
    left, top, right, bottom = box
    for x, y, across, down in (
        (left, top, 1, 1), (right, top, -1, 1), (left, bottom, 1, -1), (right, bottom, -1, -1),
    ):  # fmt: skip
        pen.line((x - 8 * across, y - 8 * down, x + 18 * across, y - 8 * down), fill="#ffffff", width=3)
        pen.line((x - 8 * across, y - 8 * down, x - 8 * across, y + 18 * down), fill="#ffffff", width=3)


def _wrapped(pen: ImageDraw.ImageDraw, text: str, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if pen.textlength(longer, font=_font(17)) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines[:5]


def _writing(pen: ImageDraw.ImageDraw, left: float, right: float, top: float, bottom: float) -> None:
    number, y = 0, top
    while y < bottom:
        end = right - (70 if number % 4 == 3 else 0)  # noqa: PLR2004 - every fourth line is short
        pen.line((left, y, end, y), fill=_LINE, width=5)
        number, y = number + 1, y + 17


def _stamp(pen: ImageDraw.ImageDraw, x: int, y: int) -> None:
    for radius in (34, 27):
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=_STAMP, width=3)
    pen.line((x - 46, y + 18, x + 10, y - 10, x + 30, y + 12), fill="#1d4f91", width=3)
