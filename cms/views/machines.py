"""What browsers, feed readers and search engines ask for."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any, override

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap
from wagtail.models import Locale

from cms import selectors
from portal.common.clock import ZONE
from portal.organisations import selectors as organisations

_FEED_LENGTH = 30
_HOUR = 60 * 60


class NewsFeed(Feed):  # type: ignore[type-arg]  # it holds pages of one kind, and Wagtail ships no types
    """The department's news as Atom."""

    feed_type = Atom1Feed
    title = "Tin giáo dục"
    link = "/"
    subtitle = "Tin của Sở Giáo dục và Đào tạo"

    def items(self) -> Any:
        """Give the newest."""
        return selectors.newest_news(Locale.get_default())[:_FEED_LENGTH]

    @override
    def item_title(self, item: Any) -> str:
        return str(item.title)

    @override
    def item_description(self, item: Any) -> str:
        return str(item.lead)

    @override
    def item_link(self, item: Any) -> str:
        return item.url or "/"

    def item_pubdate(self, item: Any) -> dt.datetime:
        """Give the day at its beginning."""
        return dt.datetime.combine(item.dated, dt.time(), ZONE)

    def item_updateddate(self, item: Any) -> dt.datetime:
        """Give when it was published last."""
        return item.last_published_at or timezone.now()


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the public pages."""
    answer: HttpResponse = wagtail_sitemap(request)
    return answer


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Let search engines read pages, not forms, desks and searches."""
    closed = (
        "/ho-so/",
        "/nop/",
        "/ban-lam-viec/",
        "/quan-tri/",
        "/thanh-toan/",
        "/tai-khoan/",
        "/tim-kiem/",
        "/api/",
        "/truong-hoc/tim/",
    )
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def manifest(_request: HttpRequest) -> JsonResponse:
    """Say how the portal looks when it is put on a phone's first screen."""
    data = {
        "name": _("Cổng Dịch vụ Giáo dục"),
        "short_name": _("Giáo dục"),
        "lang": "vi",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbf7f0",
        "theme_color": "#42210f",
        "icons": [
            {"src": static("portal/images/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
            *(
                {
                    "src": static(f"portal/images/icon-{size}.png"),
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                    "purpose": "any maskable",
                }
                for size in (192, 512)
            ),
        ],
        "shortcuts": [
            {"name": _("Thủ tục"), "url": "/thu-tuc/"},
            {"name": _("Hồ sơ của tôi"), "url": "/ho-so/"},
        ],
    }
    response = JsonResponse(data, content_type="application/manifest+json")
    patch_cache_control(response, public=True, max_age=_HOUR)
    return response


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Give the service worker; it stands at the root, for a worker rules only below its own address."""
    kept = [
        static(name)
        for name in (
            "portal/site.css",
            "portal/js/site.js",
            "portal/js/theme.js",
            "portal/images/mark.svg",
            "portal/fonts/be-vietnam-pro-400.woff2",
            "portal/fonts/be-vietnam-pro-600.woff2",
        )
    ]
    told = {
        "kept": kept,
        "offline": "/ngoai-tuyen/",
        "version": hashlib.sha256("".join(kept).encode()).hexdigest()[:12],
    }
    words = render_to_string("cms/sw.js", told, request)
    response = HttpResponse(words, content_type="text/javascript; charset=utf-8")
    patch_cache_control(response, no_cache=True)
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Say what can be done without a network; the worker keeps this page."""
    response = render(request, "cms/offline.html", {})
    patch_cache_control(response, public=True, max_age=_HOUR)
    return response


@require_safe
def school_map(_request: HttpRequest) -> JsonResponse:
    """Give schools and communes as GeoJSON for the map."""
    features = [_feature(school, "school") for school in organisations.schools()]
    features += [_feature(commune, "commune") for commune in organisations.communes()]
    data = {"type": "FeatureCollection", "features": [each for each in features if each]}
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})
    patch_cache_control(response, public=True, max_age=_HOUR)
    return response


def _feature(place: organisations.Organisation, kind: str) -> dict[str, Any] | None:
    if place.latitude is None or place.longitude is None:
        return None
    told: dict[str, Any] = {"kind": kind, "name": place.name}
    if kind == "school":
        told |= {"url": f"/truong-hoc/{place.code}/", "levels": place.levels, "address": place.address}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
        "properties": told,
    }
