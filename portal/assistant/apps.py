from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate


class AssistantConfig(AppConfig):
    name = "portal.assistant"
    label = "assistant"
    verbose_name = "Trợ lý"

    def ready(self) -> None:
        from portal.assistant import duties  # noqa: F401, PLC0415 - duties register themselves

        post_migrate.connect(_first_answers, sender=self)


def _first_answers(**_: object) -> None:
    """Give every topic its answer as soon as the table stands; what editors wrote since is never touched."""
    from portal.assistant.services import (  # noqa: PLC0415 - models must be loaded first
        ensure_first_answers,
        let_editors_write,
    )

    if "assistant_question" in connection.introspection.table_names():
        ensure_first_answers()
        let_editors_write()
