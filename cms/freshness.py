"""Until when a page may be kept: the next moment at which anything on it changes by date alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from portal.common.clock import ZONE, local_day

Opening = Callable[[dt.datetime], dt.datetime | None]


def _midnight(now: dt.datetime) -> dt.datetime:
    """Give the next local midnight: fees, limits, key dates and names hold for days."""
    return dt.datetime.combine(local_day(now) + dt.timedelta(days=1), dt.time(), ZONE)


def _notices(now: dt.datetime) -> dt.datetime | None:
    """Give the next moment at which a notice appears or goes."""
    from cms.models import NoticeBanner  # noqa: PLC0415 - models must be loaded first

    begins = NoticeBanner.objects.filter(shown_from__gt=now).order_by("shown_from")
    ends = NoticeBanner.objects.filter(shown_to__gt=now, shown_from__lte=now).order_by("shown_to")
    moments = [
        *begins.values_list("shown_from", flat=True)[:1],
        *ends.values_list("shown_to", flat=True)[:1],
    ]
    return min(moments, default=None)


_OPENINGS: list[Opening] = [_midnight, _notices]


def register_opening(opening: Opening) -> None:
    """Let a room name the next moment (after the one given) at which its facts change, such as a season's opening."""
    if opening not in _OPENINGS:
        _OPENINGS.append(opening)


def next_change(now: dt.datetime) -> dt.datetime:
    """Give the next moment at which pages change though nothing is written."""
    moments = [moment for opening in _OPENINGS if (moment := opening(now)) is not None]
    return min(moments)
