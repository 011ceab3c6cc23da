"""The officers' pages, below ``/ban-lam-viec/``."""

from django.urls import path

from portal.desk.views import claims, dossier, exports, imports, moving, pupils, queue

app_name = "desk"

urlpatterns = [
    path("", queue.show, name="queue"),
    path("ho-so/<uuid:public_id>/", dossier.show, name="dossier"),
    path("ho-so/<uuid:public_id>/nhan/", moving.take, name="take"),
    path("ho-so/<uuid:public_id>/lam/<slug:action>/", moving.move, name="move"),
    path("gia-dinh/", claims.show, name="claims"),
    path("gia-dinh/<int:claim_id>/", claims.decide, name="claim"),
    path("hoc-sinh/", pupils.show, name="pupils"),
    path("hoc-sinh/<int:pupil_id>/", pupils.detail, name="pupil"),
    path("hoc-sinh/xuat/", exports.school, name="export"),
    path("hoc-sinh/xuat/tinh/", exports.province, name="export_province"),
    path("hoc-sinh/nhap/", imports.upload, name="imports"),
    path("hoc-sinh/nhap/mau/", exports.template, name="import_template"),
    path("hoc-sinh/nhap/<int:import_id>/", imports.show, name="import"),
    path("hoc-sinh/nhap/<int:import_id>/tien-do/", imports.progress, name="import_progress"),
    path("hoc-sinh/nhap/<int:import_id>/ghi/", imports.confirm, name="import_confirm"),
    path("hoc-sinh/nhap/<int:import_id>/bo/", imports.discard, name="import_discard"),
]
