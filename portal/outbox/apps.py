from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    name = "portal.outbox"
    label = "outbox"
    verbose_name = "Việc phải làm"

    def ready(self) -> None:
        """Let every room's ``duties.py`` register its handlers."""
        autodiscover_modules("duties")
