"""What rooms above need that also work through whole schools: workbooks read and written safely, the pace."""

from __future__ import annotations

from portal.pupils.import_apply import BREATH
from portal.pupils.pace import Pace
from portal.pupils.refusals import FileRefusedError
from portal.pupils.sheet.cells import personal_id as personal_id_cell
from portal.pupils.sheet.cells import text as text_cell
from portal.pupils.sheet.columns import Columns
from portal.pupils.sheet.reading import Cell, HeadedSheet, Row
from portal.pupils.sheet.writing import write_sheet

__all__ = (
    "BREATH",
    "Cell",
    "Columns",
    "FileRefusedError",
    "HeadedSheet",
    "Pace",
    "Row",
    "personal_id_cell",
    "text_cell",
    "write_sheet",
)
