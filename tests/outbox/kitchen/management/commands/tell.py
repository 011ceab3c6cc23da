"""``tell``: makes a citizen and tells them something."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from portal.notifications.services import notify
from tests.notifications.people import citizen


class Command(BaseCommand):
    def handle(self, **_: Any) -> None:
        with transaction.atomic():
            reader = citizen()
            notify(
                recipient_id=reader.user_id,
                template="kitchen.ready",
                subject_kind="meal",
                subject_id="1",
                key="meal:1",
            )
