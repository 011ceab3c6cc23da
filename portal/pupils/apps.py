from importlib import import_module

from django.apps import AppConfig


class PupilsConfig(AppConfig):
    name = "portal.pupils"
    label = "pupils"
    verbose_name = "Học sinh"

    def ready(self) -> None:
        """Put our duty handlers on the outbox's list."""
        import_module("portal.pupils.duties")
