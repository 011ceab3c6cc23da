"""What the room of charges says when it does not carry something out."""

from __future__ import annotations

from dataclasses import dataclass


class ChargeRefusedError(ValueError):
    """Nothing was written; the message is a sentence in the reader's language, without a personal ID."""


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with a cell of an uploaded list, and what to do."""

    row: int
    column: str
    message: str


class RowsRefusedError(ChargeRefusedError):
    """Some rows of a file are wrong, so nothing of it was saved: ``errors`` by row, ``rows`` were read."""

    def __init__(self, errors: list[RowError], rows: int) -> None:
        super().__init__(f"{len(errors)} errors")
        self.errors = errors
        self.rows = rows
