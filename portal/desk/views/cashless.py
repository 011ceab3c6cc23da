"""How much of the schools' money came without cash, beside the plans' targets: chart, table, Excel."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.accounts.ports import Role, officer_required
from portal.charges import selectors
from portal.common.clock import local_day
from portal.common.school_years import school_year_of
from portal.desk.frame import frame
from portal.desk.reach import require_province
from portal.organisations import selectors as organisations

FOR_PROVINCE = (Role.DEPARTMENT_OFFICER, Role.LEADER, Role.FINANCE)


@require_GET
@officer_required(*FOR_PROVINCE)
def show(request: HttpRequest) -> HttpResponse:
    """Show the communes, or the schools of one, the lowest share first."""
    require_province(request, *FOR_PROVINCE)
    today = local_day(timezone.now())
    plans = selectors.plans(today)
    plan = next((each for each in plans if each.name == request.GET.get("ke-hoach")), None) or (
        plans[0] if plans else None
    )
    place = _commune(request.GET.get("xa", ""))
    year = school_year_of(today)
    shares = (
        selectors.by_commune(year, plan, today)
        if place is None
        else selectors.by_school(year, plan, today, place.pk)
    )
    came, cashless = sum(share.came for share in shares), sum(share.cashless for share in shares)
    return render(
        request,
        "desk/cashless.html",
        {
            **frame(request),
            "plans": plans,
            "plan": plan,
            "targets": [
                {"area": selectors.Area(area).label, "percent": percent}
                for area, percent in (plan.percents if plan else {}).items()
            ],
            "commune": place,
            "school_year": year,
            "shares": [{"share": share, "area": selectors.Area(share.area).label} for share in shares],
            "came": came,
            "cashless": cashless,
            "percent": cashless * 100 // came if came else 0,
            "reached": sum(share.reached for share in shares),
        },
    )


def _commune(wanted: str) -> organisations.Organisation | None:
    if not wanted:
        return None
    found = next((each for each in organisations.communes() if str(each.pk) == wanted), None)
    if found is None:
        raise Http404
    return found
