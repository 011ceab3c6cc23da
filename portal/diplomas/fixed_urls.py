"""Addresses that stand inside credentials, hence the same in every language."""

from django.urls import path

from portal.diplomas.views import published

app_name = "diploma_fixed"

urlpatterns = [
    path(".well-known/diploma-keys.json", published.keys_document, name="keys"),
    path(".well-known/did.json", published.did_document, name="did"),
    path("van-bang/trang-thai/<int:number>", published.status_list, name="status"),
    path("van-bang/kiem-tra/sw.js", published.service_worker, name="service_worker"),
]
