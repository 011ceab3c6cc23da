from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"
    verbose_name = "Tài khoản"

    def ready(self) -> None:
        """Register the room's checks."""
        from portal.accounts import checks  # noqa: F401, PLC0415 — importing registers them
