"""Addresses of the second web process, which only our own parts call; it listens on loopback."""

from django.urls import include, path

urlpatterns = [
    path("health/", include("portal.api.health.urls")),
]
