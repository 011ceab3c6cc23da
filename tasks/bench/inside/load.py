"""A small load generator: a few connections that ask again as soon as they were answered."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Request:
    """One request, and the status with which it must be answered."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    status: int = 200


@dataclass(slots=True)
class Load:
    """What came out: seconds of every answer, seconds altogether, what was wrong."""

    answers: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0


def endless(request: Request) -> Iterator[Request]:
    """Ask the same for as long as anybody wants."""
    while True:
        yield request


def put(port: int, requests: Iterator[Request], *, connections: int, seconds: float) -> Load:
    """Send requests over ``connections`` at once until ``seconds`` have passed or none is left."""
    load, lock = Load(), threading.Lock()
    began = time.perf_counter()
    until = began + seconds

    def following() -> Request | None:
        with lock:
            return next(requests, None) if time.perf_counter() < until and not load.wrong else None

    def keep_asking() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            while (request := following()) is not None:
                asked = time.perf_counter()
                status = _answered(connection, request)
                if status != request.status:
                    load.wrong.append(f"{request.path}: {status} instead of {request.status}")
                load.answers.append(time.perf_counter() - asked)
        except (OSError, HTTPException) as error:
            load.wrong.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    threads = [threading.Thread(target=keep_asking) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    load.seconds = time.perf_counter() - began
    return load


def _answered(connection: HTTPConnection, request: Request) -> int:
    method = "GET" if request.body is None else "POST"
    connection.request(method, request.path, body=request.body, headers=dict(request.headers))
    response = connection.getresponse()
    response.read()
    return response.status
