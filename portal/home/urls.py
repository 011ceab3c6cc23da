"""The citizen's own pages, below ``/ho-so/``."""

from django.urls import path

from portal.home.views import desk, dossier, family, fragment, notices

app_name = "home"

urlpatterns = [
    path("", desk.show, name="desk"),
    path("thanh-dau/", fragment.header, name="header_fragment"),
    path("tin-nhan/", notices.show, name="notices"),
    path("gia-dinh/", family.show, name="family"),
    path("gia-dinh/them/", family.claim, name="claim"),
    path("gia-dinh/yeu-cau/<int:claim_id>/rut/", family.withdraw, name="withdraw_claim"),
    path("<uuid:public_id>/", dossier.show, name="dossier"),
    path("<uuid:public_id>/rut/", dossier.withdraw, name="withdraw"),
    path("<uuid:public_id>/bo-sung/", dossier.supply, name="supply"),
    path("<uuid:public_id>/nguoi-xem/", dossier.looks, name="looks"),
]
