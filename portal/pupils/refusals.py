"""What the register of pupils says when it does not carry something out."""

from __future__ import annotations


class PupilRefusedError(ValueError):
    """Nothing was written; the message is a sentence in the reader's language, without a personal ID."""


class FileRefusedError(PupilRefusedError):
    """The file as a whole cannot be taken: no Excel file, too large, columns missing."""
