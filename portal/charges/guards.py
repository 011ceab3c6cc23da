"""Conditions of moves. PostgreSQL looks anew at the moved row's own columns alone when others were faster.

A condition across a join would put the row's state into a subquery, which is not looked at again: sixteen
threads would all win (tried). So the state stands beside the row, and its list in an EXISTS of its own.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from portal.charges.models import ChargeList


def list_is(*states: str) -> Exists:
    """Say that the charge's list is in one of these states."""
    return Exists(ChargeList.objects.filter(pk=OuterRef("charge_list_id"), state__in=states))
