"""Forms of the desk's pages over rooms that have none."""

from portal.desk.forms.decisions import CalendarDayForm, DecisionForm, MoveForm, RenameForm, SourceForm
from portal.desk.forms.pupils import ExportForm, ImportForm
from portal.desk.forms.roles import AssignForm, EndForm, LendForm

__all__ = [
    "AssignForm",
    "CalendarDayForm",
    "DecisionForm",
    "EndForm",
    "ExportForm",
    "ImportForm",
    "LendForm",
    "MoveForm",
    "RenameForm",
    "SourceForm",
]
