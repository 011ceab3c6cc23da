from django.apps import AppConfig


class DiplomasConfig(AppConfig):
    name = "portal.diplomas"
    label = "diplomas"
    verbose_name = "Văn bằng"

    def ready(self) -> None:
        from portal.diplomas import duties  # noqa: F401, PLC0415 - duties register themselves
        from portal.diplomas import scans  # noqa: PLC0415 - after the models
        from portal.documents.ports import register_viewer  # noqa: PLC0415 - after the models

        register_viewer(scans.SUBJECT, scans.may_see)
