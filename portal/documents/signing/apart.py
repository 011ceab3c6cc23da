"""pyHanko runs an event loop of its own: it gets a thread where nobody else's loop can be in the way."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


def apart[T](work: Callable[[], T]) -> T:
    """Run ``work`` in a thread of its own and give what it returns or raises."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()
