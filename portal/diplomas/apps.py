from django.apps import AppConfig


class DiplomasConfig(AppConfig):
    name = "portal.diplomas"
    label = "diplomas"
    verbose_name = "Văn bằng"

    def ready(self) -> None:
        from portal.diplomas import plugs  # noqa: PLC0415 - after the models

        plugs.plug_in()
