"""The officers' pages, below ``/ban-lam-viec/``."""

from django.urls import path

from portal.desk.views import claims, dossier, moving, queue

app_name = "desk"

urlpatterns = [
    path("", queue.show, name="queue"),
    path("ho-so/<uuid:public_id>/", dossier.show, name="dossier"),
    path("ho-so/<uuid:public_id>/nhan/", moving.take, name="take"),
    path("ho-so/<uuid:public_id>/lam/<slug:action>/", moving.move, name="move"),
    path("gia-dinh/", claims.show, name="claims"),
    path("gia-dinh/<int:claim_id>/", claims.decide, name="claim"),
]
