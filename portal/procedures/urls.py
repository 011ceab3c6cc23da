"""Addresses of the form flow, below ``/nop/``."""

from django.urls import path

from portal.procedures.views import checking, examples, papers, writing

app_name = "procedures"

urlpatterns = [
    path("<str:code>/", writing.start, name="start"),
    path("<str:code>/<uuid:public_id>/kiem-tra/", checking.check, name="check"),
    path("<str:code>/<uuid:public_id>/giay-to/", papers.show, name="papers"),
    path("<str:code>/<uuid:public_id>/giay-to/phan/", papers.part, name="paper_part"),
    path("<str:code>/vi-du/<slug:paper>.png", examples.show, name="example"),
    path("<str:code>/<uuid:public_id>/xoa/", writing.delete, name="delete"),
    path("<str:code>/<uuid:public_id>/dung-thanh-toan/", writing.stop_payment, name="stop_payment"),
    path("<str:code>/<uuid:public_id>/trang/<slug:page_name>/", writing.page, name="page"),
]
