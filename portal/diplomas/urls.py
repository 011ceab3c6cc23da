"""The pages for everybody and for holders, below ``/van-bang/``."""

from django.urls import path

from portal.diplomas.views import holder, lookup, statistics, verification

app_name = "diplomas"

urlpatterns = [
    path("", holder.mine, name="mine"),
    path("tra-cuu/", lookup.show, name="lookup"),
    path("kiem-tra/", verification.show, name="verify"),
    path("so-lieu/", statistics.show, name="statistics"),
    path("xem/<str:code>/", holder.shared, name="shared"),
    path("<uuid:public_id>/", holder.show, name="own"),
    path("<uuid:public_id>/chia-se/", holder.share, name="share"),
    path("<uuid:public_id>/chia-se/<int:share_id>/dong/", holder.end, name="end_share"),
    path("<uuid:public_id>/van-bang-so/", holder.digital, name="digital"),
    path("<uuid:public_id>/ma-qr.svg", holder.qr, name="qr"),
]
