"""``/health/`` in both web processes."""

from django.urls import path

from portal.api.health.views import health

urlpatterns = [path("", health, name="health")]
