"""What changes by resolution: kinds of charges with their ceilings, areas, targets. Rows, asked by day."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.charges.models import Area, CashlessTarget, ChargeKind, CommuneArea
from portal.charges.refusals import ChargeRefusedError
from portal.common.money_words import dong_in_words

if TYPE_CHECKING:
    from portal.organisations.models import Organisation

FIRST_ROWS = Path(__file__).with_name("facts.json")
_WARD = ("Phường ", "Thị trấn ")


def load_first_rows() -> None:
    """Write the rows that the room comes with; what is there already, changed or not, stays."""
    told = json.loads(FIRST_ROWS.read_text("utf-8"))
    if not ChargeKind.objects.exists():
        ChargeKind.objects.bulk_create(
            ChargeKind(**{**told["kinds_defaults"], **row}) for row in told["kinds"]
        )
    if not CashlessTarget.objects.exists():
        CashlessTarget.objects.bulk_create(
            CashlessTarget(**{**told["targets_defaults"], **row}) for row in told["targets"]
        )


def in_force(day: dt.date) -> Q:
    """Select rows that hold on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def area_of(school: Organisation, day: dt.date) -> str:
    """Say where a school stands: as its commune's row says, else a ward is urban and a commune rural."""
    row = CommuneArea.objects.filter(in_force(day), commune_id=school.commune_id).first()
    if row is not None:
        return row.area
    return area_by_name(school.commune.name if school.commune else "")


def area_by_name(commune: str) -> str:
    """Read the area off a commune's name."""
    return Area.URBAN if commune.startswith(_WARD) else Area.RURAL


def kinds_for(school: Organisation, day: dt.date) -> list[ChargeKind]:
    """List what this school may charge for on a day; the row of its own area outweighs the province's."""
    area = area_of(school, day)
    # the highland is rural too where nothing of its own is said
    order = {Area.ANY: 0, Area.RURAL: 1, Area.HIGHLAND: 2, Area.URBAN: 2}
    fitting = {Area.ANY, area} | ({Area.RURAL} if area == Area.HIGHLAND else set())
    rows: QuerySet[ChargeKind] = ChargeKind.objects.filter(in_force(day), area__in=fitting)
    best: dict[str, ChargeKind] = {}
    for row in sorted(rows.order_by("pk"), key=lambda each: order[Area(each.area)]):
        best[row.code] = row
    return sorted(best.values(), key=lambda row: row.pk)


def kind_for(school: Organisation, code: str, day: dt.date) -> ChargeKind:
    """Give the row in force for a school; raises ChargeRefusedError for what nobody may charge."""
    for row in kinds_for(school, day):
        if row.code == code:
            return row
    raise ChargeRefusedError(_("Hôm nay không còn khoản thu này trong danh mục. Chọn khoản khác."))


def title_of(kind: ChargeKind) -> str:
    """Name a kind in the reader's language."""
    titles: dict[str, str] = kind.titles
    return titles.get((get_language() or "vi")[:2]) or titles["vi"]


def check_price(school: Organisation, kind: ChargeKind, unit_price: int) -> None:
    """Refuse what the law or the province's resolution does not allow, naming it."""
    if kind.free_at_public and school.public:
        raise ChargeRefusedError(
            _("Trường công lập không được thu học phí: học sinh được miễn theo %(source)s.")
            % {"source": kind.source}
        )
    if unit_price <= 0:
        raise ChargeRefusedError(_("Đơn giá phải lớn hơn 0 đồng."))
    if kind.ceiling is not None and unit_price > kind.ceiling:
        raise ChargeRefusedError(
            _("Đơn giá cao hơn mức trần %(ceiling)s mỗi %(unit)s của %(source)s.")
            % {
                "ceiling": dong_in_words(kind.ceiling),
                "unit": kind.get_unit_display(),
                "source": kind.source,
            }
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """Cashless targets by area, in percent."""

    name: str
    percents: dict[str, int]
    source: str


def plans(day: dt.date) -> list[Plan]:
    """List the plans in force with their targets."""
    found: dict[str, dict[str, int]] = {}
    sources: dict[str, str] = {}
    for row in CashlessTarget.objects.filter(in_force(day)).order_by("pk"):
        found.setdefault(row.plan, {})[row.area] = row.percent
        sources[row.plan] = row.source
    return [Plan(name, percents, sources[name]) for name, percents in found.items()]


def areas(day: dt.date) -> dict[int, str]:
    """Give the areas that communes have by a row of their own."""
    return dict(CommuneArea.objects.filter(in_force(day)).values_list("commune_id", "area"))
