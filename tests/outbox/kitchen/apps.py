from django.apps import AppConfig

from portal.notifications.ports import Words, register_words


def ready_meal(subject_id: str, language: str) -> Words:
    return Words(f"Món {subject_id} đã xong", f"({language})", "/")


class KitchenConfig(AppConfig):
    name = "tests.outbox.kitchen"

    def ready(self) -> None:
        register_words("kitchen.ready", ready_meal)
