from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class ProviderConfig(AppConfig):
    name = "portal.accounts.provider"
    label = "provider"
    verbose_name = "VNeID mẫu"

    def ready(self) -> None:
        """Refuse to be part of any other process than its own."""
        if not getattr(settings, "IS_SAMPLE_PROVIDER", False):
            raise ImproperlyConfigured(
                "portal.accounts.provider plays VNeID and runs with its own settings only."
            )
