"""The API's addresses; one prefix for each version."""

from django.urls import path, re_path

from portal.api.v1 import api, no_such_address

urlpatterns = [
    path("", no_such_address),
    path("", api.urls),
    re_path("", no_such_address),
]
