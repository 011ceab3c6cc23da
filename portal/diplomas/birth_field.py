"""A date of birth in three boxes of which day, or day and month, may stay empty."""

from __future__ import annotations

from typing import Any

from portal.common.form_fields import DatePartsField


class BirthField(DatePartsField):
    """A date of birth of which perhaps only the year, or month and year, are known; gives ISO text cut short."""

    def to_python(self, value: Any) -> Any:
        """Read the boxes; the missing ones must be those that a register may lack."""
        if isinstance(value, str):
            return value
        day, month, year = value or ("", "", "")
        if not any((day, month, year)):
            return None
        if day:
            whole = super().to_python((day, month, year))
            return whole.isoformat() if whole else None
        checked = super().to_python(("1", month or "1", year))
        if checked is None:  # pragma: no cover - three boxes are filled just above
            return None
        return f"{checked.year:04}-{checked.month:02}" if month else f"{checked.year:04}"
