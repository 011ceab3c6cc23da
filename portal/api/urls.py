"""The API's addresses; one prefix for each version."""

from django.urls import path

from portal.api.v1 import api

urlpatterns = [path("", api.urls)]
