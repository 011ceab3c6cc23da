"""Addresses of the second web process, which only our own parts call; it listens on loopback."""

from django.urls import include, path

urlpatterns = [
    path("health/", include("portal.api.health.urls")),
]

handler400 = "portal.api.plain.bad_request"
handler403 = "portal.api.plain.forbidden"
handler404 = "portal.api.plain.not_found"
handler500 = "portal.api.plain.failed"
