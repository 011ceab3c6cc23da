"""The chat's addresses, below ``/tro-ly/``."""

from django.urls import path

from portal.assistant.views import talk

app_name = "assistant"

urlpatterns = [
    path("", talk.page, name="page"),
    path("khung/", talk.panel, name="panel"),
    path("gui/", talk.send, name="send"),
    path("moi/<int:after>/", talk.news, name="news"),
    path("danh-gia/<int:number>/", talk.rate, name="rate"),
    path("xoa/", talk.delete, name="delete"),
    path("thu/", talk.leave_mail, name="mail"),
]
