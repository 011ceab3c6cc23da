"""The citizen's own pages, below ``/ho-so/``."""

from django.urls import path

from portal.home.views import desk, dossier, fragment, lookup, notices, rating, supply

app_name = "home"

urlpatterns = [
    path("", desk.show, name="desk"),
    path("thanh-dau/", fragment.header, name="header_fragment"),
    path("tra-cuu/", lookup.show, name="lookup"),
    path("tin-nhan/", notices.show, name="notices"),
    path("tin-nhan/cach-nhan/", notices.wishes, name="wishes"),
    path("<uuid:public_id>/", dossier.show, name="dossier"),
    path("<uuid:public_id>/rut/", dossier.withdraw, name="withdraw"),
    path("<uuid:public_id>/bo-sung/", supply.show, name="supply"),
    path("<uuid:public_id>/bo-sung/phan/", supply.part, name="supply_part"),
    path("<uuid:public_id>/danh-gia/", rating.show, name="rating"),
    path("<uuid:public_id>/nguoi-xem/", dossier.looks, name="looks"),
]
