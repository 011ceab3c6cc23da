"""The public web process's addresses: assembled from the rooms, decided by them."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.decorators.csp import csp_override
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

_editors_policy = csp_override(settings.ADMIN_CSP)

handler400 = "portal.home.views.errors.bad_request"
handler403 = "portal.home.views.errors.forbidden"
handler404 = "portal.home.views.errors.not_found"
handler500 = "portal.home.views.errors.broken"

urlpatterns = [
    path("health/", include("portal.api.health.urls")),
    path("api/v1/", include("portal.api.urls")),
    path("quan-tri/tep/", include(wagtaildocs_urls)),
    # Wagtail's own form asks for a password alone
    path(
        "quan-tri/login/", RedirectView.as_view(pattern_name="accounts:officer_sign_in", query_string=True)
    ),
    path("quan-tri/", include(decorate_urlpatterns(wagtailadmin_urls.urlpatterns, _editors_policy))),
    path("", include("portal.accounts.fixed_urls")),
    path("", include("payments.fixed_urls")),
    path("", include("portal.diplomas.fixed_urls")),
    path("", include("cms.fixed_urls")),
    *i18n_patterns(
        path("", include("portal.accounts.urls")),
        path("ho-so/", include("portal.home.urls")),
        path("tim-kiem/", include("portal.search.urls")),
        path("thanh-toan/", include("payments.urls")),
        path("nop/", include("portal.procedures.urls")),
        path("", include("portal.documents.urls")),
        path("van-bang/", include("portal.diplomas.urls")),
        path("ban-lam-viec/van-bang/", include("portal.diplomas.desk_urls")),
        path("tuyen-sinh/", include("admissions.urls")),
        path("ban-lam-viec/tuyen-sinh/", include("admissions.desk_urls")),
        path("tro-ly/", include("portal.assistant.urls")),
        path("ban-lam-viec/", include("portal.desk.urls")),
        path("thanh-phan/", include("portal.home.catalogue_urls")),
        # Wagtail's form for readers asks for a password alone too
        path("_util/login/", RedirectView.as_view(pattern_name="accounts:sign_in", query_string=True)),
        path("", include("cms.urls")),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
