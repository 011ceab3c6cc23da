"""What rooms above need that also read workbooks of strangers or work through whole schools: safely, at a pace."""

from __future__ import annotations

from portal.pupils.import_apply import BREATH
from portal.pupils.pace import Pace
from portal.pupils.refusals import FileRefusedError
from portal.pupils.sheet.cells import personal_id as personal_id_cell
from portal.pupils.sheet.cells import text as text_cell
from portal.pupils.sheet.columns import Columns
from portal.pupils.sheet.reading import Cell, HeadedSheet, Row
from portal.pupils.sheet.safety import MAX_ROWS, SheetFacts, check_kind, inspect
from portal.pupils.sheet.writing import write_sheet

__all__ = (
    "BREATH",
    "MAX_ROWS",
    "Cell",
    "Columns",
    "FileRefusedError",
    "HeadedSheet",
    "Pace",
    "Row",
    "SheetFacts",
    "check_kind",
    "inspect",
    "personal_id_cell",
    "text_cell",
    "write_sheet",
)
