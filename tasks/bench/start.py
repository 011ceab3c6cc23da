"""How long ./run takes on an empty folder of data, how long the second time, and how long to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from tasks.bench.figures import Figure
from tasks.places import PYTHON, ROOT
from tasks.terminal import Refusal
from tasks.up.checks import free_copy_port

PATIENCE = 600.0
READY = "Ready after"


def measure() -> list[Figure]:
    """Start twice on data of its own."""
    with tempfile.TemporaryDirectory(prefix="dvgd-bench-") as folder:
        first, stop = start_and_stop(Path(folder))
        second, _stop = start_and_stop(Path(folder))
    return [
        Figure("first start, until every part serves", first, "s", "aim: 120 with the packages"),
        Figure("second start", second, "s", "aim: seconds"),
        Figure("from Ctrl-C to the end", stop, "s", "aim: seconds"),
    ]


def start_and_stop(data_dir: Path) -> tuple[float, float]:
    """Return the seconds until all is ready, and from Ctrl-C to the end."""
    port = free_copy_port(14_000)
    log = data_dir / "bench-output.txt"
    began = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [PYTHON, "-m", "tasks", "all"],
            cwd=ROOT,
            env={**os.environ, "PORT": str(port), "DATA_DIR": str(data_dir)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        while READY not in log.read_text("utf-8", "replace"):
            if process.poll() is not None or time.monotonic() - began > PATIENCE:
                raise Refusal(f"The start failed:\n{log.read_text('utf-8', 'replace')}")
            time.sleep(0.05)
        ready = time.monotonic() - began
    finally:
        stopping = time.monotonic()
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(60)
    return ready, time.monotonic() - stopping
