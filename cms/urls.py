"""Addresses of this room beside the tree of pages, in every language."""

from django.urls import path

from cms.views import schools

urlpatterns = [
    path("truong-hoc/", schools.finder, name="school_finder"),
    path("truong-hoc/tim/", schools.search, name="school_search"),
    path("truong-hoc/<str:code>/", schools.show, name="school"),
]
