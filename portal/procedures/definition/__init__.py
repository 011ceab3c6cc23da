"""The kit a procedure is written with; the only thing that a procedure's file may import."""

from portal.procedures.definition.conditions import answered, holds
from portal.procedures.definition.structure import (
    ANSWER,
    HANDLING,
    Condition,
    DeadlineFact,
    DeadlineRule,
    Definition,
    ExemptionFact,
    FeeDue,
    FeeFact,
    Field,
    Option,
    Page,
    Paper,
    Step,
    Subject,
)
from portal.procedures.definition.texts import Text, say, text

__all__ = [
    "ANSWER",
    "HANDLING",
    "Condition",
    "DeadlineFact",
    "DeadlineRule",
    "Definition",
    "ExemptionFact",
    "FeeDue",
    "FeeFact",
    "Field",
    "Option",
    "Page",
    "Paper",
    "Step",
    "Subject",
    "Text",
    "answered",
    "holds",
    "say",
    "text",
]
