"""Addresses of this room that have no language: for browsers, feed readers and search engines."""

from django.urls import path

from cms.views import machines, media

urlpatterns = [
    path("tin-tuc.atom", machines.NewsFeed(), name="feed"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("manifest.webmanifest", machines.manifest, name="manifest"),
    path("sw.js", machines.service_worker, name="service_worker"),
    path("ngoai-tuyen/", machines.offline, name="offline"),
    path("truong-hoc.json", machines.school_map, name="school_map"),
    path("media/images/<path:name>", media.picture, name="picture"),
]
