"""The verbs of the room."""

from portal.diplomas.import_check import confirm_columns, receive_import
from portal.diplomas.import_write import (
    discard_import,
    release_import,
    return_import,
    send_import,
    take_back_import,
    undo_import,
    write_import,
)
from portal.diplomas.models import Book
from portal.diplomas.records import Record
from portal.diplomas.refusals import OvertakenError, RegisterRefusedError
from portal.diplomas.register import (
    By,
    Decision,
    change_entry,
    enter_lines,
    open_book,
    open_issuer,
)
from portal.diplomas.scans import add_scan

__all__ = [
    "Book",
    "By",
    "Decision",
    "OvertakenError",
    "Record",
    "RegisterRefusedError",
    "add_scan",
    "change_entry",
    "confirm_columns",
    "discard_import",
    "enter_lines",
    "open_book",
    "open_issuer",
    "receive_import",
    "release_import",
    "return_import",
    "send_import",
    "take_back_import",
    "undo_import",
    "write_import",
]
