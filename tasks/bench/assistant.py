"""The assistant over the portal's end point, eight at once: latency, memory, training. Fall-backs are counted apart.

A portal of its own is made, with the bot beside it; nothing of this clone's data is touched.
"""

from __future__ import annotations

import json
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

from tasks.assistant.evaluate import OWN_QUESTIONS
from tasks.assistant.model import Ingredients, trained
from tasks.assistant.questions import read_rows
from tasks.assistant.running import running
from tasks.bench.figures import Figure, percentile
from tasks.bench.imports import run
from tasks.bench.portal import served
from tasks.places import PYTHON, ROOT, SETTINGS
from tasks.up.checks import free_copy_port
from tasks.up.parts import web
from tasks.up.site import site_here

CROWD = 8
QUESTIONS = 240
CHATS_AT_ONCE = 24


def measure() -> list[Figure]:
    """Train, serve, ask."""
    with tempfile.TemporaryDirectory(prefix="dvgd-bench-") as folder:
        model, seconds = trained(Path(folder) / "models", Ingredients())
        with running(model) as bot:
            changes = {
                "DATA_DIR": folder,
                "DJANGO_SETTINGS_MODULE": SETTINGS,
                "PORT": str(free_copy_port(14_600)),
                "RASA_URL": f"http://127.0.0.1:{bot.port}",
                "RASA_TOKEN": bot.token,
                "ASSISTANT_MESSAGES": "100000",
            }
            site = site_here(changes)
            environment = {
                name: value for name, value in site.environment.items() if name != "DATABASE_URL"
            }
            run([PYTHON, "-m", "tasks", "prepare"], environment)
            with served(web(site).command, ROOT, environment, site.port, "/health/"):
                ask_all(site.port, QUESTIONS // 4, CROWD)
                told = ask_all(site.port, QUESTIONS, CROWD)
                crowd = ask_all(site.port, CHATS_AT_ONCE, CHATS_AT_ONCE)
            memory = bot.memory()
    by_bot = [took for took, source in told if source == "bot"]
    return [
        Figure("answered by the bot, 8 at once, p50", percentile(by_bot, 0.5) * 1_000, "ms"),
        Figure(
            "answered by the bot, 8 at once, p95",
            percentile(by_bot, 0.95) * 1_000,
            "ms",
            "aim: 250 or less",
        ),
        Figure("answered from search instead", sum(source == "search" for _, source in told), ""),
        Figure("questions asked", len(told), ""),
        Figure(
            "24 chats at once, the longest",
            max(took for took, _ in crowd) * 1_000,
            "ms",
            "aim: 2000 or less",
        ),
        Figure("24 chats at once, lost", CHATS_AT_ONCE - len(crowd), "", "aim: 0"),
        Figure("memory of the bot", memory / 1_000_000, "MB", "aim: 1500 or less"),
        Figure("training", seconds, "s", "aim: 600 or less"),
    ]


def ask_all(port: int, count: int, crowd: int) -> list[tuple[float, str]]:
    """Ask questions of the committed file, each in a talk of its own; returns seconds and source."""
    texts = [row.text for row in read_rows(OWN_QUESTIONS) if row.topic not in {"complaint", "handover"}]
    numbers = iter(range(count))
    lock = threading.Lock()
    told: list[tuple[float, str]] = []

    def work(_number: int) -> None:
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            # every worker is another visitor, or the throttle would answer
            found = ask(port, texts[(number * 7) % len(texts)])
            with lock:
                told.append(found)

    with ThreadPoolExecutor(crowd) as people:
        list(people.map(work, range(crowd)))
    return told


def ask(port: int, text: str) -> tuple[float, str]:
    """Ask once; seconds, and who answered."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    began = time.perf_counter()
    connection.request(
        "POST",
        "/api/v1/assistant/messages",
        json.dumps({"text": text}),
        {"Content-Type": "application/json"},
    )
    response = connection.getresponse()
    content = response.read()
    took = time.perf_counter() - began
    connection.close()
    if response.status != 200:  # noqa: PLR2004 - HTTP's OK
        return took, str(response.status)
    replies = json.loads(content)["replies"]
    return took, replies[0]["source"] if replies else "none"
