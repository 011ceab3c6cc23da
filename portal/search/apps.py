from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "portal.search"
    label = "search"
    verbose_name = "Tìm kiếm"

    def ready(self) -> None:
        from portal.search import ports  # noqa: PLC0415 - models must be loaded first
        from portal.search.schools import Schools  # noqa: PLC0415 - the same

        ports.register_source(Schools())
