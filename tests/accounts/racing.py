"""Sixteen threads that start together."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection

THREADS = 16


def race(turn: Callable[[threading.Barrier], bool]) -> int:
    """Run ``turn`` in 16 threads; gives how many answered True. An error in any of them fails the test."""
    barrier = threading.Barrier(THREADS, timeout=60)
    won: list[bool] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            won.append(turn(barrier))
        except BaseException as error:  # noqa: BLE001 — handed to the test's own thread
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    return sum(won)
