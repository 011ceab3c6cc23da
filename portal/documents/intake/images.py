"""Photos: measured before they are decoded, then drawn anew, so that only their pixels are kept.

EXIF (place, device), comments and whatever else travelled in the file stay behind; the orientation
that EXIF told is carried out first.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import pillow_heif
from django.utils.translation import gettext as _
from PIL import Image, ImageFilter, ImageOps, ImageStat

from portal.documents.refusals import PaperRefusedError

MEDIA_TYPE = "image/jpeg"
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF")
#: pixels that are decoded at most: a decoded one takes 3 bytes
MAX_PIXELS = 60_000_000
#: longest side that is kept: an A4 page at 300 dots an inch has 3,508
LONGEST_SIDE = 3_600
PREVIEW_SIDE = 360
QUALITY = 88

#: below these a reader struggles; measured on photos of printed pages, drawn to 1,000 px
SHARPNESS_NEEDED = 60.0
BRIGHTNESS_NEEDED = 55.0
SIDE_NEEDED = 700

pillow_heif.register_heif_opener(thumbnails=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG drawn anew, its small one, and what may make it hard to read."""

    data: bytes
    preview: bytes
    width: int
    height: int
    hints: tuple[str, ...]


def re_encode(data: bytes, name: str) -> Picture:
    """Draw a photo anew; raises :class:`PaperRefusedError` with the file's ``name`` in the sentence."""
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as source:
            _measure(source, name)
            source.load()
            return _drawn(ImageOps.exif_transpose(source))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise PaperRefusedError(_too_many_pixels(name)) from bomb
    except PaperRefusedError:
        raise
    except Exception as broken:  # decoders raise whatever their format makes them stumble over
        raise PaperRefusedError(
            _("Ảnh %(name)s bị hỏng hoặc thiếu một phần, không mở được. Chụp lại hoặc chọn tệp khác.")
            % {"name": name}
        ) from broken


def _measure(source: Image.Image, name: str) -> None:
    """Look at the size that the header tells, before anything is decoded."""
    if source.width * source.height > MAX_PIXELS:
        raise PaperRefusedError(_too_many_pixels(name))


def turned(data: bytes, degrees: int) -> Picture:
    """Turn one of our own JPEGs clockwise by 90, 180 or 270 degrees."""
    ways = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    with Image.open(BytesIO(data), formats=("JPEG",)) as source:
        return _drawn(source.transpose(ways[degrees]))


def _drawn(source: Image.Image) -> Picture:
    flat = _on_white(source)
    flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    small = flat.copy()
    small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    return Picture(_jpeg(flat), _jpeg(small), flat.width, flat.height, quality_hints(flat))


def _on_white(source: Image.Image) -> Image.Image:
    """Give the picture without transparency, palette or print colours; always a new one."""
    if source.mode in {"RGBA", "LA", "PA"} or "transparency" in source.info:
        layer = source.convert("RGBA")
        paper = Image.new("RGB", layer.size, "white")
        paper.paste(layer, mask=layer.getchannel("A"))
        return paper
    flat = source.convert("RGB")
    clean = Image.new("RGB", flat.size)
    clean.paste(flat)  # what hung on the old one (comments, profiles) does not come along
    return clean


def _jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, exif=b"")
    return out.getvalue()


def quality_hints(picture: Image.Image) -> tuple[str, ...]:
    """Name what may make a paper hard to read: ``blurry``, ``dark``, ``small``. A hint refuses nothing."""
    hints = []
    if max(picture.size) < SIDE_NEEDED:
        hints.append("small")
    grey = picture.convert("L")
    grey.thumbnail((1_000, 1_000))
    if ImageStat.Stat(grey).mean[0] < BRIGHTNESS_NEEDED:
        hints.append("dark")
    edges = grey.filter(ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128))
    if ImageStat.Stat(edges).var[0] < SHARPNESS_NEEDED:
        hints.append("blurry")
    return tuple(hints)


def _too_many_pixels(name: str) -> str:
    return _(
        "Ảnh %(name)s có quá nhiều điểm ảnh (hơn %(limit)d triệu). Chụp lại bằng điện thoại ở cỡ thường."
    ) % {"name": name, "limit": MAX_PIXELS // 1_000_000}
