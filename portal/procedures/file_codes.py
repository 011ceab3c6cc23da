"""Official file codes: organisation, local day, running number of that day."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import F

from portal.common.codes import format_file_code
from portal.procedures.models import FileCodeCounter


def next_file_code(organisation_code: str, day: dt.date) -> str:
    """Take the next code of the day; call it inside the transaction that uses it.

    The UPDATE locks the counter's row until commit, so two callers never read the same number, and
    a rolled-back acceptance leaves no gap.
    """
    row = FileCodeCounter.objects.filter(organisation_code=organisation_code, day=day)
    if not row.update(last=F("last") + 1):
        try:
            with transaction.atomic():
                FileCodeCounter.objects.create(organisation_code=organisation_code, day=day, last=1)
        except IntegrityError:  # another first of the day was faster
            row.update(last=F("last") + 1)
    return format_file_code(organisation_code, day, row.get().last)
