from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdmissionsConfig(AppConfig):
    name = "admissions"
    verbose_name = _("Tuyển sinh")

    def ready(self) -> None:
        from admissions import duties, hooks, kinds, words  # noqa: F401, PLC0415 - after the models
        from admissions.definitions import entry  # noqa: PLC0415 - beside its hooks
        from portal.procedures.ports import register_definition  # noqa: PLC0415 - after the models

        kinds.register_all()
        register_definition(entry.DEFINITION, hooks.HOOKS, own_pages=True)
        words.register_all()
