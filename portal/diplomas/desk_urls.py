"""The officers' pages, below ``/ban-lam-viec/van-bang/``."""

from django.urls import path, re_path

from portal.diplomas.views import books, choosing, entries, imports, issuers

app_name = "diplomas_desk"

urlpatterns = [
    path("", books.show, name="books"),
    path("so/<int:book_id>/", books.book, name="book"),
    path("so/<int:book_id>/trang/", books.scan, name="scan"),
    path("so/<int:book_id>/kiem-tra/", books.check, name="check"),
    re_path(r"^so/(?P<book_id>[0-9]{1,9})/xuat\.(?P<kind>xlsx|csv)$", books.export, name="export"),
    path("canh-bao/<int:sweep_id>/", books.sweep_seen, name="sweep_seen"),
    path("muc/<uuid:public_id>/", entries.show, name="entry"),
    path("muc/<uuid:public_id>/<slug:action>/", entries.change, name="change"),
    path("ho-so/<uuid:public_id>/", choosing.choose, name="choose"),
    path("co-quan/", issuers.show, name="issuers"),
    path("nhap/", imports.upload, name="imports"),
    path("nhap/<int:import_id>/", imports.show, name="import"),
    path("nhap/<int:import_id>/tien-do/", imports.progress, name="import_progress"),
    path("nhap/<int:import_id>/cot/", imports.columns, name="import_columns"),
    path("nhap/<int:import_id>/<slug:action>/", imports.act, name="import_act"),
]
