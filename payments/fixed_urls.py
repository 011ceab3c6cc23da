"""The address that the bank calls: one, in no language."""

from django.urls import path

from payments.views import notices

urlpatterns = [path("thanh-toan/ipn/", notices.ipn, name="payments_ipn")]
