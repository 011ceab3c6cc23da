"""A bot of one's own for a measurement: started on a free port, asked over HTTP as the portal asks it, ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from portal.assistant.understanding import Parsed
from tasks.assistant.environment import settings
from tasks.assistant.serve import command
from tasks.terminal import Refusal
from tasks.up.ask import answer
from tasks.up.checks import free_copy_port

TOKEN = "measuring"  # noqa: S105 - of a bot that lives as long as one measurement
PATIENCE = 90.0  # seconds


class Bot:
    """A running bot; ``parse`` keeps its connection, as the portal's gateway does."""

    def __init__(self, port: int, pid: int) -> None:
        """``pid`` is asked for the memory it takes."""
        self.port = port
        self.token = TOKEN
        self.pid = pid
        self._connection = HTTPConnection("127.0.0.1", port, timeout=30)

    def parse(self, text: str) -> Parsed:
        """Ask about one text."""
        said = self.ask(text)
        return Parsed(
            tuple((str(row["name"]), float(row["confidence"])) for row in said["intent_ranking"]),
            tuple((str(row["entity"]), str(row["value"])) for row in said["entities"]),
        )

    def ask(self, text: str) -> dict[str, Any]:
        """Return the bot's own JSON."""
        body = json.dumps({"text": text})
        self._connection.request(
            "POST", f"/model/parse?token={TOKEN}", body, {"Content-Type": "application/json"}
        )
        response = self._connection.getresponse()
        content = response.read()
        if response.status != 200:  # noqa: PLR2004 - HTTP's OK
            raise Refusal(f"The bot answered {response.status}: {content[:200]!r}")
        said: dict[str, Any] = json.loads(content)
        return said

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def memory(self) -> int:
        """Bytes that the bot takes of the machine's memory; 0 where the system does not tell."""
        try:
            pages = int(Path(f"/proc/{self.pid}/statm").read_text("utf-8").split()[1])
        except OSError:
            return 0
        return pages * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def running(model: Path) -> Iterator[Bot]:
    """Serve a model as long as the block lasts."""
    port = free_copy_port(15_000)
    with tempfile.TemporaryDirectory(prefix="dvgd-bot-") as folder:
        log = Path(folder) / "bot.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command(model, port),
                cwd=folder,
                env={**settings(), "RASA_TOKEN": TOKEN},
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            until = time.monotonic() + PATIENCE
            while answer(f"http://127.0.0.1:{port}/")[0] != 200:  # noqa: PLR2004 - HTTP's OK
                if process.poll() is not None or time.monotonic() > until:
                    raise Refusal(f"The bot did not start:\n{log.read_text('utf-8', 'replace')[-2_000:]}")
                time.sleep(0.1)
            with closing(Bot(port, process.pid)) as bot:
                yield bot
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(20)
