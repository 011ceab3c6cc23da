"""The one door through which the register of pupils is written."""

from __future__ import annotations

from portal.pupils.bulk import NewPupil, register_in_bulk
from portal.pupils.enrolments import close_enrolment, enrol, move_pupil
from portal.pupils.import_apply import (
    apply_import,
    apply_next_rows,
    confirm_import,
    discard_abandoned_imports,
    discard_import,
)
from portal.pupils.import_check import check_import
from portal.pupils.import_receive import receive_import
from portal.pupils.refusals import FileRefusedError, PupilRefusedError
from portal.pupils.register import correct_pupil, register_pupil
from portal.pupils.sheet.writing import export_pupils, write_template

__all__ = (
    "FileRefusedError",
    "NewPupil",
    "PupilRefusedError",
    "apply_import",
    "apply_next_rows",
    "check_import",
    "close_enrolment",
    "confirm_import",
    "correct_pupil",
    "discard_abandoned_imports",
    "discard_import",
    "enrol",
    "export_pupils",
    "move_pupil",
    "receive_import",
    "register_in_bulk",
    "register_pupil",
    "write_template",
)
