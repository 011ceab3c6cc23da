"""Addresses that are registered at the provider, hence the same in every language."""

from django.urls import path

from portal.accounts.openid.client import RETURN_PATH
from portal.accounts.views import citizens

app_name = "vneid"
urlpatterns = [
    path("dang-nhap/vneid/", citizens.start, name="start"),
    path(RETURN_PATH.removeprefix("/"), citizens.come_back, name="return"),
]
