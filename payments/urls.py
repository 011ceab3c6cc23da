"""The payer's pages, below ``/thanh-toan/``."""

from django.urls import path

from payments.views import pages

app_name = "payments"

urlpatterns = [
    path("<uuid:public_id>/", pages.show, name="order"),
    path("<uuid:public_id>/tra/", pages.pay, name="pay"),
    path("<uuid:public_id>/ket-qua/", pages.returned, name="returned"),
    path("<uuid:public_id>/trang-thai/", pages.status, name="status"),
]
