"""Many threads at once against one database, as many people at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from django.db import connections

PATIENCE = 60.0


class FreshDatabase:
    """A database of the test's own, as it was after migrating; commits are real."""

    @staticmethod
    def together[T](works: Sequence[Callable[[], T]]) -> list[T | Exception]:
        """Run every callable in a thread of its own, all released at one moment.

        Returns, in the order given, what each returned or the exception that it raised. Every thread's
        connection is closed. A thread that has not ended after a minute fails the test.
        """
        outcomes: dict[int, T | Exception] = {}
        gate = threading.Barrier(len(works), timeout=PATIENCE)

        def run(number: int, work: Callable[[], T]) -> None:
            try:
                gate.wait()
                outcomes[number] = work()
            except Exception as error:  # noqa: BLE001 - handed to the test, which says what it expects
                outcomes[number] = error
            finally:
                connections.close_all()

        threads = [
            threading.Thread(target=run, args=(number, work), daemon=True)
            for number, work in enumerate(works)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        assert len(outcomes) == len(works), f"{len(works) - len(outcomes)} threads did not end"
        return [outcomes[number] for number in range(len(works))]
