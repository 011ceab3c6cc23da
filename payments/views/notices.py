"""Where the bank calls. Always status 200 and a code, as its document wants."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from payments import services
from portal.accounts.ports import throttled


# a flood of rubbish may not fill the table of messages; a bank that is turned away calls again
@csrf_exempt
@never_cache
@require_GET
@throttled("payments-ipn", limit=3_000, seconds=60)
def ipn(request: HttpRequest) -> HttpResponse:
    """Hand the query over as it arrived: a framework's dictionary would hide what came twice."""
    return JsonResponse(dict(services.receive_ipn(query=request.META.get("QUERY_STRING", ""))))
