"""Pictures for the demo's pages, drawn here: hills, schools, books. Nobody real is on them."""

from __future__ import annotations

import io
import math
import random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1280, 720
_SKIES = (("#fbeef3", "#f8e6d8"), ("#e7eef8", "#fbf7f0"), ("#fff0cc", "#fbf7f0"), ("#f5ede1", "#fbeef3"))
_HILLS = ("#c07a4b", "#85401c", "#6b8f71", "#4a6b57", "#42210f")


def landscape(seed: str, subject: str) -> bytes:
    """Draw a landscape with a subject (school, book, bridge, bus, flower) as a JPEG; the same seed, the same picture."""
    rng = random.Random(seed)  # noqa: S311 - a drawing, nothing secret
    image = Image.new("RGB", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(image)
    _sky(draw, rng)
    for layer in range(3):
        _hill(draw, rng, 320 + layer * 110, _HILLS[(layer + rng.randrange(2)) % len(_HILLS)])
    _SUBJECTS[subject](draw, rng)
    for _ in range(26):
        _flower(draw, rng.randrange(WIDTH), rng.randrange(560, HEIGHT), rng.uniform(6, 14))
    written = io.BytesIO()
    image.save(written, "JPEG", quality=88, optimize=True)
    return written.getvalue()


def _sky(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    top, bottom = (_rgb(colour) for colour in rng.choice(_SKIES))
    for row in range(HEIGHT):
        share = row / HEIGHT
        colour = tuple(round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True))
        draw.line([(0, row), (WIDTH, row)], fill=colour)
    x = rng.randrange(200, WIDTH - 200)
    draw.ellipse([x - 60, 90, x + 60, 210], fill="#ffc845")


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def _hill(draw: ImageDraw.ImageDraw, rng: random.Random, base: int, colour: str) -> None:
    phase, wave = rng.uniform(0, 6), rng.uniform(180, 320)
    line = [
        (x, base + math.sin(x / wave + phase) * 60 + math.sin(x / (wave / 2.7)) * 22)
        for x in range(0, WIDTH + 1, 8)
    ]
    draw.polygon([*line, (WIDTH, HEIGHT), (0, HEIGHT)], fill=colour)


def _school(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    x = rng.randrange(260, 620)
    draw.rectangle([x, 400, x + 420, 560], fill="#fbf7f0")
    draw.polygon([(x - 30, 400), (x + 450, 400), (x + 390, 330), (x + 30, 330)], fill="#9c4a2f")
    for window in range(5):
        left = x + 24 + window * 80
        draw.rectangle([left, 430, left + 50, 490], fill="#a9cafa")
    draw.rectangle([x + 190, 490, x + 240, 560], fill="#6a3013")
    draw.line([(x + 470, 300), (x + 470, 560)], fill="#42210f", width=8)
    draw.polygon([(x + 474, 304), (x + 570, 330), (x + 474, 360)], fill="#9c1419")


def _book(draw: ImageDraw.ImageDraw, _rng: random.Random) -> None:
    draw.polygon([(340, 360), (640, 420), (640, 620), (340, 560)], fill="#fbf7f0")
    draw.polygon([(940, 360), (640, 420), (640, 620), (940, 560)], fill="#f5ede1")
    for line in range(6):
        y = 400 + line * 26
        draw.line([(380, y), (600, y + 42)], fill="#85705e", width=5)
        draw.line([(900, y), (680, y + 42)], fill="#85705e", width=5)


def _bridge(draw: ImageDraw.ImageDraw, _rng: random.Random) -> None:
    draw.polygon([(0, 660), (WIDTH, 600), (WIDTH, HEIGHT), (0, HEIGHT)], fill="#a9cafa")
    rope = [(x, 470 + 90 * math.sin(math.pi * x / WIDTH)) for x in range(0, WIDTH + 1, 16)]
    draw.line(rope, fill="#42210f", width=8)
    deck = [(x, y + 60) for x, y in rope]
    draw.line(deck, fill="#6a3013", width=18)
    for (x, y), (_x, below) in zip(rope[::3], deck[::3], strict=True):
        draw.line([(x, y), (x, below)], fill="#42210f", width=4)


def _bus(draw: ImageDraw.ImageDraw, _rng: random.Random) -> None:
    draw.rectangle([0, 600, WIDTH, 660], fill="#85705e")
    draw.rounded_rectangle([380, 440, 860, 610], 30, fill="#ffc845")
    for window in range(5):
        left = 410 + window * 88
        draw.rounded_rectangle([left, 465, left + 68, 525], 8, fill="#e7eef8")
    for wheel in (470, 760):
        draw.ellipse([wheel - 40, 575, wheel + 40, 655], fill="#2b1e17")
        draw.ellipse([wheel - 16, 599, wheel + 16, 631], fill="#e3d7c6")


def _blossom(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.line([(160, 640), (560, 330), (1040, 240)], fill="#6a3013", width=16)
    for place in range(9):
        share = place / 8
        x = 260 + share * 760
        _flower(draw, round(x), round(520 - share * 290 + rng.randrange(-40, 40)), rng.uniform(34, 54))


def _flower(draw: ImageDraw.ImageDraw, x: int, y: int, size: float) -> None:
    for petal in range(5):
        turn = math.radians(72 * petal - 90)
        centre = x + math.cos(turn) * size * 0.7, y + math.sin(turn) * size * 0.7
        draw.ellipse(
            [centre[0] - size / 2, centre[1] - size / 2, centre[0] + size / 2, centre[1] + size / 2],
            fill="#fffafc",
        )
    draw.ellipse([x - size / 4, y - size / 4, x + size / 4, y + size / 4], fill="#7a2450")


_SUBJECTS = {"school": _school, "book": _book, "bridge": _bridge, "bus": _bus, "flower": _blossom}
