"""Addresses for everybody and for families, below ``/tuyen-sinh/``."""

from django.urls import path

from admissions.views import family, public, registered, waiting

app_name = "admissions"

_OWN = "dang-ky/<uuid:public_id>"

urlpatterns = [
    path("", public.index, name="index"),
    path("bien-nhan/", public.receipt, name="receipt"),
    path("verifier.py", public.verifier_file, name="verifier"),
    path(f"{_OWN}/", registered.registration, name="registration"),
    path(f"{_OWN}/phieu.json", registered.receipt_file, name="receipt_file"),
    path(f"{_OWN}/rut/", registered.withdraw, name="withdraw"),
    path(f"{_OWN}/xac-nhan/", registered.answer, {"word": "xac-nhan"}, name="confirm"),
    path(f"{_OWN}/tu-choi/", registered.answer, {"word": "tu-choi"}, name="decline"),
    path(f"{_OWN}/sua/noi-o/", registered.amend, {"part": "noi-o"}, name="amend_home"),
    path(f"{_OWN}/sua/truong/", registered.amend, {"part": "truong"}, name="amend_choices"),
    path("<slug:code>/", public.season, name="season"),
    path("<slug:code>/truong-cua-toi/", public.finder, name="finder"),
    path("<slug:code>/ket-qua/", public.results, name="results"),
    path("<slug:code>/ket-qua/goi.json", public.bundle, name="bundle"),
    path("<slug:code>/dang-ky/", public.entrance, name="entrance"),
    path("<slug:code>/cho/", waiting.waiting, name="waiting"),
    path("<slug:code>/cho/con/", waiting.still, name="still_waiting"),
    path("<slug:code>/cac-chau/", family.children, name="children"),
    path("<slug:code>/chau/<int:pupil_id>/", family.home, name="home"),
    path("<slug:code>/chau/<int:pupil_id>/truong/", family.choices, name="choices"),
    path("<slug:code>/chau/<int:pupil_id>/kiem-tra/", family.check, name="check"),
    path("<slug:code>/chau/<int:pupil_id>/xem-lai/", family.review, name="review"),
]
