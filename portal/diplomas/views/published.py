"""What the world needs to check a credential: keys, our identity, status lists, and the page's own cache."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_GET

from portal.diplomas.credentials import keys, status
from portal.diplomas.credentials.making import issuer_id
from portal.diplomas.models import Credential

_AN_HOUR = "public, max-age=3600"


def _open(response: HttpResponse, caching: str) -> HttpResponse:
    """Let any page in the world read it: nothing in it is secret."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = caching
    return response


@require_GET
def keys_document(_request: HttpRequest) -> HttpResponse:
    """Give every public key as a JWK set."""
    return _open(JsonResponse({"keys": keys.public_keys()}), _AN_HOUR)


@require_GET
def did_document(_request: HttpRequest) -> HttpResponse:
    """Give our did:web document, with the same keys."""
    me = issuer_id()
    methods = [
        {
            "id": f"{me}#{jwk['kid']}",
            "type": "JsonWebKey",
            "controller": me,
            "publicKeyJwk": {name: jwk[name] for name in ("kty", "crv", "x", "kid")},
        }
        for jwk in keys.public_keys()
    ]
    document = {
        "@context": ["https://www.w3.org/ns/did/v1"],
        "id": me,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }
    return _open(JsonResponse(document), _AN_HOUR)


@require_GET
def status_list(_request: HttpRequest, number: int) -> HttpResponse:
    """Give a status list; 404 for one that has no credential yet."""
    newest = Credential.objects.order_by("-pk").values_list("pk", flat=True).first()
    if newest is None or not 1 <= number <= status.place_of(newest)[0]:
        raise Http404
    answer = HttpResponse(status.list_credential(number), content_type="application/vc+jwt")
    return _open(answer, f"public, max-age={status.FRESH_SECONDS}")


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """Give the script that keeps the checking page, the keys and the lists for when there is no network."""
    newest = Credential.objects.order_by("-pk").values_list("pk", flat=True).first()
    lists = range(1, status.place_of(newest)[0] + 1) if newest else ()
    addresses = [
        reverse("diplomas:verify"),
        reverse("diploma_fixed:keys"),
        *(reverse("diploma_fixed:status", args=[number]) for number in lists),
        *(
            static(name)
            for name in (
                "portal/site.css",
                "portal/js/theme.js",
                "portal/js/site.js",
                "diplomas/verify.js",
                "portal/images/mark.svg",
                "portal/fonts/be-vietnam-pro-400.woff2",
                "portal/fonts/be-vietnam-pro-600.woff2",
            )
        ),
    ]
    answer = render(
        request,
        "diplomas/sw.js",
        {"addresses": addresses, "cache": f"diplomas-{settings.PORTAL_PROCESS}-1"},
        content_type="text/javascript",
    )
    answer.headers["Cache-Control"] = "no-cache"
    return answer
