from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate


class ChargesConfig(AppConfig):
    name = "portal.charges"
    label = "charges"
    verbose_name = "Khoản thu"

    def ready(self) -> None:
        from portal.charges import (  # noqa: PLC0415 - models must be loaded first
            duties,  # noqa: F401 - they register themselves
            paying,
            words,
        )

        paying.register()
        words.register_all()
        post_migrate.connect(_load_facts, sender=self)


def _load_facts(**_: object) -> None:
    """Give kinds, ceilings and targets their first rows as soon as the tables stand."""
    from portal.charges import facts  # noqa: PLC0415 - models must be loaded first

    # `migrate notifications` alone sends the signal before our tables stand
    if "charges_cashlesstarget" in connection.introspection.table_names():
        facts.load_first_rows()
