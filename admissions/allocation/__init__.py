"""The allocation of places: a pure core, and the proof that it was done by the published rule."""

from admissions.allocation.deferred import allocate
from admissions.allocation.instance import Child, Choice, Instance, School
from admissions.allocation.reading import InstanceRefusedError, load, parse
from admissions.allocation.result import Cutoff, Placement, Result, SchoolOutcome

__all__ = [
    "Child",
    "Choice",
    "Cutoff",
    "Instance",
    "InstanceRefusedError",
    "Placement",
    "Result",
    "School",
    "SchoolOutcome",
    "allocate",
    "load",
    "parse",
]
