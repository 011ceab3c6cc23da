from django.apps import AppConfig


class TransfersConfig(AppConfig):
    name = "portal.transfers"
    label = "transfers"
    verbose_name = "Chuyển trường"

    def ready(self) -> None:
        from portal.procedures.ports import register_definition  # noqa: PLC0415 - after the models
        from portal.transfers import duties, hooks  # noqa: F401, PLC0415 - duties register themselves
        from portal.transfers.definitions import school_transfer  # noqa: PLC0415 - beside its hooks

        register_definition(school_transfer.DEFINITION, hooks.HOOKS)
