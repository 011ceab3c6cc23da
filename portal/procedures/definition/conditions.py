"""Conditions are JsonLogic over the answers, evaluated by a kept library; no code is ever run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from json_logic import jsonLogic

from portal.procedures.definition.structure import Condition


def holds(condition: Condition, answers: Mapping[str, Any]) -> bool:
    """Say whether ``condition`` holds; the empty condition always does.

    A condition that cannot be computed (a division by zero, a comparison of text and number, nonsense)
    does not hold: the question it guards is then not asked.
    """
    if not condition:
        return True
    try:
        return bool(jsonLogic(condition, dict(answers)))
    except Exception:  # noqa: BLE001 - the library leaks assertion, attribute and recursion errors alike
        return False


def answered(field: str, value: object) -> Condition:
    """Write the condition "the answer to ``field`` is ``value``"."""
    return {"==": [{"var": field}, value]}
