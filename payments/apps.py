from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "payments"
    label = "payments"
    verbose_name = "Thanh toán"

    def ready(self) -> None:
        from payments import receipts, words  # noqa: PLC0415 - models must be loaded first

        receipts.register()
        words.register()
