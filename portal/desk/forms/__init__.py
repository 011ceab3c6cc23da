"""Forms of the desk's pages over rooms that have none."""

from portal.desk.forms.pupils import ExportForm, ImportForm

__all__ = ["ExportForm", "ImportForm"]
