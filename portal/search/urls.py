"""Finding, below ``/tim-kiem/``."""

from django.urls import path

from portal.search import views

app_name = "search"

urlpatterns = [
    path("", views.results, name="results"),
    path("goi-y/", views.suggestions, name="suggestions"),
]
