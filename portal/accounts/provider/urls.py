"""The sample provider's addresses."""

from django.urls import include, path

from portal.accounts.provider import views

urlpatterns = [
    path("", include("allauth.idp.urls")),
    path("", views.home, name="home"),
    path("suc-khoe/", views.health, name="health"),
    path("kieu.css", views.style, name="style"),
    path("favicon.ico", views.no_picture),
    path("dang-nhap/", views.sign_in, name="account_login"),
    # allauth's authorization page asks for these names
    path("dang-nhap/lai/", views.sign_in, name="account_reauthenticate"),
]
