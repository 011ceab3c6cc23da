"""Officers' addresses, below ``/ban-lam-viec/tuyen-sinh/``."""

from django.urls import path

from admissions.views import board, school

app_name = "admissions_desk"

_ONE = "dang-ky/<uuid:public_id>"

urlpatterns = [
    path("", school.index, name="index"),
    path(f"{_ONE}/", school.registration, name="registration"),
    path(f"{_ONE}/dung/", school.decide, {"word": "dung"}, name="verify"),
    path(f"{_ONE}/hoi/", school.decide, {"word": "hoi"}, name="ask"),
    path(f"{_ONE}/khong-nhan/", school.decide, {"word": "khong-nhan"}, name="refuse"),
    path("sua-du-lieu/<int:review_id>/", school.reply, name="reply"),
    path("<slug:code>/", board.season, name="season"),
    path("<slug:code>/kiem-tra/", school.queue, name="queue"),
    path("<slug:code>/nhap-giup/", school.counter, name="counter"),
    path("<slug:code>/lich/<slug:kind>/", board.phase, name="phase"),
    path("<slug:code>/nhap/<slug:what>/", board.upload, name="upload"),
    path("<slug:code>/xuat/<slug:what>/", board.download, name="download"),
    path("<slug:code>/buoc/<slug:word>/", board.act, name="act"),
]
