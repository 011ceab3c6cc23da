"""The public web process's addresses: assembled from the rooms, decided by them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("health/", include("portal.api.health.urls")),
    path("quan-tri/tep/", include(wagtaildocs_urls)),
    path("quan-tri/", include(wagtailadmin_urls)),
    path("tai-khoan/", include("allauth.urls")),
    *i18n_patterns(
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
