"""The payer's pages, below ``/thanh-toan/``."""

from django.urls import path

from payments.views import links, pages

app_name = "payments"

urlpatterns = [
    path("<uuid:public_id>/", pages.show, name="order"),
    path("<uuid:public_id>/tra/", pages.pay, name="pay"),
    path("<uuid:public_id>/ket-qua/", pages.returned, name="returned"),
    path("<uuid:public_id>/trang-thai/", pages.status, name="status"),
    path("<uuid:public_id>/phieu/", links.slip, name="slip"),
    path("tra-ho/", links.find, name="link"),
    path("tra-ho/khoan/", links.show, name="linked"),
    path("tra-ho/khoan/tra/", links.pay, name="linked_pay"),
    path("tra-ho/khoan/ket-qua/", links.returned, name="linked_returned"),
    path("tra-ho/khoan/trang-thai/", links.status, name="linked_status"),
]
