"""Reading a contract's options: the library puts the value where the class has the field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast


def names(option: Any) -> frozenset[str]:
    """Give the names of an option; none where it was left out."""
    return frozenset(cast("Iterable[str]", option or ()))
