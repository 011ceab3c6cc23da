"""The citizen's own pages, below ``/ho-so/``."""

from django.urls import path

from portal.home.views import (
    charges,
    desk,
    dossier,
    fragment,
    lookup,
    notices,
    payments,
    rating,
    supply,
)

app_name = "home"

urlpatterns = [
    path("", desk.show, name="desk"),
    path("thanh-dau/", fragment.header, name="header_fragment"),
    path("tra-cuu/", lookup.show, name="lookup"),
    path("thanh-toan/", payments.show, name="payments"),
    path("tin-nhan/", notices.show, name="notices"),
    path("khoan-thu/", charges.show, name="charges"),
    path("khoan-thu/tra/", charges.choose, name="charges_pay"),
    path("khoan-thu/da-xong/", charges.history, name="charges_history"),
    path("khoan-thu/<uuid:public_id>/", charges.detail, name="charge"),
    path("tin-nhan/cach-nhan/", notices.wishes, name="wishes"),
    path("<uuid:public_id>/", dossier.show, name="dossier"),
    path("<uuid:public_id>/rut/", dossier.withdraw, name="withdraw"),
    path("<uuid:public_id>/bo-sung/", supply.show, name="supply"),
    path("<uuid:public_id>/bo-sung/phan/", supply.part, name="supply_part"),
    path("<uuid:public_id>/danh-gia/", rating.show, name="rating"),
    path("<uuid:public_id>/nguoi-xem/", dossier.looks, name="looks"),
]
