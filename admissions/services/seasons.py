"""Making a season and moving its dates. Every change is an event with a reason that the public reads."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from admissions.events import note
from admissions.models import LEVEL_FACTS, Level, Phase, PhaseKind, Round, Season
from admissions.refusals import AdmissionRefusedError
from admissions.rules import Rules, read_rules

if TYPE_CHECKING:
    from portal.accounts.models import User

#: a timetable that was settled by what came after it
_BOUND = frozenset(
    {
        Round.State.FROZEN,
        Round.State.DRAWN,
        Round.State.PUBLISHING,
        Round.State.PUBLISHED,
        Round.State.CLOSED,
    }
)
#: these may still move once the list is frozen
_AFTER_FREEZING = frozenset({PhaseKind.RESULT, PhaseKind.CONFIRMATION})


def create_season(
    *,
    code: str,
    name: str,
    level: str,
    school_year: str,
    source: str,
    actor: User | None,
    rules: dict[str, Any] | None = None,
) -> Season:
    """Make a season with its main round; the rules default to those of its level."""
    first_year, age = int(school_year[:4]), LEVEL_FACTS[Level(level)][2]
    usual = Rules(
        birth_years=(first_year - age,),
        class_size=45 if level == Level.GRADE_6 else 35,
    )
    checked = read_rules({**usual.to_json(), **(rules or {})})
    with transaction.atomic():
        season = Season.objects.create(
            code=code,
            name=name,
            level=level,
            school_year=school_year,
            source=source,
            rules=checked.to_json(),
        )
        Round.objects.create(season=season)
        note(season, "created", actor=actor, reason=source)
    return season


def set_rules(*, season: Season, rules: dict[str, Any], reason: str, actor: User | None) -> Season:
    """Change the rules, until they are committed to. Raises AdmissionRefusedError."""
    checked = read_rules({**season.rules, **rules})
    _need_reason(reason)
    with transaction.atomic():
        if season.rounds.exclude(state=Round.State.PREPARING).exists():
            raise AdmissionRefusedError(
                _("Quy tắc của mùa này đã công bố cam kết nên không đổi được. Đợt sau theo quy tắc này.")
            )
        Season.objects.filter(pk=season.pk).update(rules=checked.to_json())
        note(season, "rules", actor=actor, reason=reason)
    season.refresh_from_db()
    return season


def set_phase(
    *,
    season: Season,
    kind: str,
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    reason: str,
    actor: User | None,
    round_number: int = 1,
    revision: int | None = None,
) -> Phase:
    """Enter a phase's times or move them; ``revision`` is what the form showed (None: a new phase).

    Opening earlier, closing and extending are all of them this. Raises AdmissionRefusedError.
    """
    _need_reason(reason)
    if closes_at <= opens_at:
        raise AdmissionRefusedError(_("Giờ đóng phải sau giờ mở. Xem lại hai thời điểm."))
    with transaction.atomic():
        ours = Round.objects.filter(season=season, number=round_number).first()
        if ours is not None and ours.state in _BOUND and kind not in _AFTER_FREEZING:
            raise AdmissionRefusedError(
                _("Danh sách của đợt này đã chốt nên không đổi được thời gian của phần này.")
            )
        known = Phase.objects.filter(season=season, round_number=round_number, kind=kind).first()
        before = [] if known is None else [known.opens_at.isoformat(), known.closes_at.isoformat()]
        if known is None:
            known = Phase.objects.create(
                season=season, round_number=round_number, kind=kind, opens_at=opens_at, closes_at=closes_at
            )
        elif revision is not None:
            moved = Phase.objects.filter(pk=known.pk, revision=revision).update(
                opens_at=opens_at, closes_at=closes_at, revision=revision + 1
            )
            if moved != 1:
                raise AdmissionRefusedError(
                    _("Thời gian này vừa được người khác đổi. Mở lại trang để xem rồi làm tiếp.")
                )
        else:
            raise AdmissionRefusedError(_("Phần này đã có thời gian. Mở lại trang để xem rồi sửa."))
        note(
            season,
            "phase",
            actor=actor,
            reason=reason,
            round_number=round_number,
            kind=kind,
            before=before,
            after=[opens_at.isoformat(), closes_at.isoformat()],
        )
    known.refresh_from_db()
    return known


def open_now(*, phase: Phase, reason: str, actor: User | None) -> Phase:
    """Open a phase at this moment."""
    return _moved(phase, timezone.now(), phase.closes_at, reason, actor)


def close_now(*, phase: Phase, reason: str, actor: User | None) -> Phase:
    """Close a phase at this moment."""
    return _moved(phase, phase.opens_at, timezone.now(), reason, actor)


def _moved(
    phase: Phase, opens_at: dt.datetime, closes_at: dt.datetime, reason: str, actor: User | None
) -> Phase:
    return set_phase(
        season=phase.season,
        kind=phase.kind,
        opens_at=opens_at,
        closes_at=closes_at,
        reason=reason,
        actor=actor,
        round_number=phase.round_number,
        revision=phase.revision,
    )


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise AdmissionRefusedError(_("Ghi lý do: mọi người đều đọc được vì sao có thay đổi."))
