"""What other rooms need that read workbooks of strangers: the walk that proves one harmless, and the pace."""

from portal.pupils.pace import Pace
from portal.pupils.refusals import FileRefusedError
from portal.pupils.sheet.reading import Cell
from portal.pupils.sheet.safety import MAX_ROWS, SheetFacts, check_kind, inspect

__all__ = ["MAX_ROWS", "Cell", "FileRefusedError", "Pace", "SheetFacts", "check_kind", "inspect"]
