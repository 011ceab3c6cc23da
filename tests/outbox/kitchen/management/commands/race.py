"""``race``: 16 threads claim one duty; prints how many believe that they won.

With ``--guard off`` they do what is so easily written: read, check, save. Every thread reads before
any of them writes, as pages do that were shown to people.
"""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction
from django.utils import timezone

from portal.outbox import claims
from portal.outbox.models import Duty
from portal.outbox.services import owe

THREADS = 16


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--guard", choices=["on", "off"], required=True)

    def handle(self, *, guard: str, **_: Any) -> None:
        with transaction.atomic():
            duty_id = owe(kind="test.cook", key=f"race-{guard}")
        barrier = threading.Barrier(THREADS)
        winners: list[int] = []
        errors: list[BaseException] = []

        def run(number: int) -> None:
            try:
                duty = Duty.objects.get(pk=duty_id)
                barrier.wait()
                if (self.careful if guard == "on" else self.careless)(duty):
                    winners.append(number)
            except BaseException as error:  # noqa: BLE001 -- reported below
                errors.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.stdout.write(f"{len(winners)} {len(errors)}")

    def careful(self, duty: Duty) -> bool:
        return claims.seize(duty) is not None

    def careless(self, duty: Duty) -> bool:
        if duty.lease_until is not None:
            return False
        duty.lease_until = timezone.now() + timedelta(minutes=1)
        with transaction.atomic():
            duty.save()
        return True
