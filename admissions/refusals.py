"""What this room refuses, with a sentence for whoever tried."""

from __future__ import annotations


class AdmissionRefusedError(Exception):
    """The message says what happened and what to do."""


class SheetRefusedError(Exception):
    """An Excel file of which nothing was written; ``remarks`` name row, column and what to do."""

    def __init__(self, remarks: list[Remark]) -> None:
        super().__init__("; ".join(remark.message for remark in remarks[:3]))
        self.remarks = remarks


class Remark:
    """What is to be said of a cell; row 0: of the file."""

    __slots__ = ("column", "message", "row")

    def __init__(self, row: int, column: str, message: str) -> None:
        self.row, self.column, self.message = row, column, message
