"""Errors of the second web process: it answers programs, and knows none of the addresses that pages link to."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse


def bad_request(
    _request: HttpRequest,
    exception: Exception | None = None,  # noqa: ARG001 - Django passes it by this name
) -> JsonResponse:
    """Answer 400; what was raised stays in the log."""
    return JsonResponse({"detail": "bad request"}, status=400)


def forbidden(
    _request: HttpRequest,
    exception: Exception | None = None,  # noqa: ARG001 - Django passes it by this name
) -> JsonResponse:
    """Answer 403; what was raised stays in the log."""
    return JsonResponse({"detail": "forbidden"}, status=403)


def not_found(
    _request: HttpRequest,
    exception: Exception | None = None,  # noqa: ARG001 - Django passes it by this name
) -> JsonResponse:
    """Answer 404; what was raised stays in the log."""
    return JsonResponse({"detail": "not found"}, status=404)


def failed(_request: HttpRequest) -> JsonResponse:
    """Answer 500."""
    return JsonResponse({"detail": "failed"}, status=500)
