"""Addresses of papers and documents."""

from django.urls import path

from portal.documents.views import files

app_name = "documents"

urlpatterns = [
    path("giay-to/<uuid:public_id>/", files.full, name="page"),
    path("giay-to/<uuid:public_id>/nho/", files.preview, name="preview"),
]
