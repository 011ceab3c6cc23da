from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate


class ProceduresConfig(AppConfig):
    name = "portal.procedures"
    label = "procedures"
    verbose_name = "Thủ tục"

    def ready(self) -> None:
        from portal.common import rotation  # noqa: PLC0415 - models must be loaded first
        from portal.documents.ports import (  # noqa: PLC0415 - models must be loaded first
            register_composer,
            register_viewer,
        )
        from portal.procedures import (  # noqa: PLC0415 - models must be loaded first
            answers,
            books,
            fees,
            kinds,
            papers,
            registry,
            slips,
            words,
        )
        from portal.procedures.services import submission  # noqa: PLC0415 - models must be loaded first

        # ciphertext inside JSON: a rotation of keys would not find it by itself
        for model in ("procedures.Dossier", "procedures.Draft"):
            rotation.register(f"{model}.answers", rotation.column(model, "answers", answers.reseal))
        kinds.register_all()
        registry.load_catalog()
        words.register_all()
        fees.register()
        submission.register()
        register_composer("dossier", slips.compose)
        register_composer("office-book", books.compose_ledger)
        register_viewer("office-book", books.may_see_book)
        register_viewer("draft", papers.may_see_draft_papers)
        register_viewer("dossier", papers.may_see_dossier_papers)
        register_viewer("supplement", papers.may_see_supply_papers)
        post_migrate.connect(_load_facts, sender=self)


def _load_facts(**_: object) -> None:
    """Give new procedures their first fee and deadline rows as soon as the tables stand."""
    from portal.procedures import facts, ports  # noqa: PLC0415 - models must be loaded first

    # `migrate notifications` alone sends the signal before our tables stand
    if "procedures_exemptionrow" not in connection.introspection.table_names():
        return
    for definition in ports.coded_definitions().values():
        facts.load_first_rows(definition)
