"""Addresses of papers and documents."""

from django.urls import path

from portal.documents.views import files, issued, verification

app_name = "documents"

urlpatterns = [
    path("kiem-tra-van-ban/", verification.show, name="verify"),
    path("van-ban/<uuid:public_id>/", issued.download, name="document"),
    path("giay-to/<uuid:public_id>/", files.full, name="page"),
    path("giay-to/<uuid:public_id>/nho/", files.preview, name="preview"),
]
