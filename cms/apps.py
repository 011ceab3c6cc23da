from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db import connection
from django.db.models.signals import post_migrate


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Nội dung"

    def ready(self) -> None:
        from cms.editors import on_signed_in  # noqa: PLC0415 - models must be loaded first

        post_migrate.connect(_ensure_pages, sender=self)
        user_logged_in.connect(on_signed_in)


def _ensure_pages(**_: object) -> None:
    """Give every procedure its pages as soon as the tables stand: one file is all it takes."""
    from cms.services import ensure_procedure_pages  # noqa: PLC0415 - models must be loaded first

    # `migrate notifications` alone sends the signal before our tables stand
    if "cms_homepage" in connection.introspection.table_names():
        ensure_procedure_pages()
