"""Files of questions: a label, a tab, a text; further columns are varieties of a person's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tasks.terminal import Refusal


@dataclass(frozen=True, slots=True)
class Row:
    """A question with the topic that its answer should have."""

    topic: str
    text: str
    varieties: tuple[str, ...] = ()


def read_rows(path: Path) -> list[Row]:
    """Read a file; empty lines and a headline ("topic" or "label" first) are left out."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{path} cannot be read: {error}") from error
    rows = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        topic, *columns = line.split("\t")
        if not columns or not topic.strip():
            raise Refusal(f"{path}, line {number}: a topic, a tab and a text are expected.")
        if number == 1 and topic.strip().lower() in {"topic", "label", "intent"}:
            continue
        rows.append(Row(topic.strip(), columns[0], tuple(column.strip() for column in columns[1:])))
    if not rows:
        raise Refusal(f"{path} holds no questions.")
    return rows
