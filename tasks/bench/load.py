"""Requests against one address for a few seconds: bounded, loopback only, from this machine's own cores."""

from __future__ import annotations

import http.client
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from tasks.bench.figures import Figure, percentile

USERS = 8
SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Load:
    """What came back: whole requests, their times in seconds, answers that were no 200."""

    times: tuple[float, ...]
    seconds: float
    refused: int

    def figures(self, name: str) -> list[Figure]:
        """Tell requests a second, median and 99th percentile."""
        return [
            Figure(f"{name}: requests", len(self.times) / self.seconds, "req/s"),
            Figure(f"{name}: p50", percentile(self.times, 0.50) * 1_000, "ms"),
            Figure(f"{name}: p99", percentile(self.times, 0.99) * 1_000, "ms"),
            Figure(f"{name}: answers other than 200", self.refused, "", "aim: 0"),
        ]


def load(url: str, cookie: str = "") -> Load:
    """Let eight users ask for one page again and again for five seconds, one connection each."""
    parts = urlsplit(url)
    headers = {"Cookie": cookie} if cookie else {}
    times: list[float] = []
    refused: list[int] = []
    until = time.monotonic() + SECONDS

    def ask() -> None:
        connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=30)
        while time.monotonic() < until:
            began = time.perf_counter()
            connection.request("GET", parts.path or "/", headers=headers)
            answer = connection.getresponse()
            answer.read()
            times.append(time.perf_counter() - began)
            if answer.status != http.client.OK:
                refused.append(answer.status)
        connection.close()

    began = time.monotonic()
    users = [threading.Thread(target=ask) for _ in range(USERS)]
    for user in users:
        user.start()
    for user in users:
        user.join()
    return Load(tuple(times), time.monotonic() - began, len(refused))
