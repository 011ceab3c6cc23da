"""Addresses of this room, within the languages; ``fixed_urls`` are the same in every language."""

from django.urls import path

from portal.accounts.views import citizens, families, officers

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", citizens.sign_in, name="sign_in"),
    path("dang-xuat/", citizens.sign_out, name="sign_out"),
    path("can-bo/dang-nhap/", officers.sign_in, name="officer_sign_in"),
    path("can-bo/dang-nhap/ma/", officers.second_factor, name="officer_code"),
    path("can-bo/dang-nhap/thiet-lap/", officers.enrol, name="officer_enrol"),
    path("can-bo/dang-nhap/thiet-lap/ma-qr.svg", officers.qr, name="officer_qr"),
    path("can-bo/ma-du-phong/", officers.recovery_codes, name="officer_recovery_codes"),
    path("tai-khoan/gia-dinh/", families.family, name="family"),
    path("tai-khoan/gia-dinh/khai/", families.claim, name="claim_child"),
    path("tai-khoan/gia-dinh/khai/<int:claim_id>/rut/", families.withdraw, name="withdraw_claim"),
]
