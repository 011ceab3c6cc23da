"""The officers' pages, below ``/ban-lam-viec/``."""

from django.urls import path

from portal.desk.views import (
    calendar,
    claims,
    dossier,
    duties,
    exports,
    imports,
    moving,
    organisation_changes,
    organisations,
    pupils,
    queue,
    roles,
    talks,
)

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
    path("don-vi/", organisations.show, name="organisations"),
    path("don-vi/<int:organisation_id>/", organisations.detail, name="organisation"),
    path(
        "don-vi/<int:organisation_id>/doi/<slug:action>/",
        organisation_changes.change,
        name="organisation_change",
    ),
    path("don-vi/<int:organisation_id>/vai-tro/", roles.show, name="roles"),
    path("don-vi/vai-tro/<int:assignment_id>/ket-thuc/", roles.end, name="role_end"),
    path("don-vi/vai-tro/<int:assignment_id>/giao-thay/", roles.lend, name="role_lend"),
    path("lich-lam-viec/", calendar.show, name="calendar"),
    path("lich-lam-viec/them/", calendar.add, name="calendar_add"),
    path("lich-lam-viec/<int:day_id>/", calendar.switch, name="calendar_switch"),
    path("hoi-dap/", talks.show, name="talks"),
    path("hoi-dap/<uuid:public_id>/", talks.detail, name="talk"),
    path("hoi-dap/<uuid:public_id>/tra-loi/", talks.answer, name="talk_answer"),
    path("hoi-dap/<uuid:public_id>/<slug:action>/", talks.move, name="talk_move"),
    path("viec-nen/", duties.show, name="duties"),
    path("viec-nen/<int:duty_id>/lam-lai/", duties.revive, name="duty_revive"),
]
