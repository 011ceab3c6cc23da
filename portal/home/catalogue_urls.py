"""The catalogue of components, at an address of its own; 404 outside the demo."""

from django.urls import path

from portal.home.views import catalogue

app_name = "catalogue"

urlpatterns = [path("", catalogue.show, name="show")]
