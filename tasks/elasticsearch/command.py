"""``./run elasticsearch``: fetch a real Elasticsearch, start it, keep it until Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Sequence

from portal.settings import env
from tasks.elasticsearch import server
from tasks.elasticsearch.fetch import VERSION
from tasks.suite.servers import free_port
from tasks.terminal import Refusal, say, timed
from tasks.up.ask import answer
from tasks.up.site import site_here

PATIENCE = 120.0


def main(_arguments: Sequence[str]) -> int:
    """Start on ELASTICSEARCH_PORT (9200) with data under DATA_DIR, say how the portal uses it."""
    port = env.number("ELASTICSEARCH_PORT", 9200)
    folder = site_here().data_dir / "elasticsearch"
    with timed(f"bringing Elasticsearch {VERSION}"):
        server.configure(folder, port, free_port(), durable=True)
    if os.getuid() == 0:
        folder.chmod(0o755)
    process = subprocess.Popen(
        server.command(),
        user=server.USER if os.getuid() == 0 else None,
        cwd=folder,
        env=server.environment(folder),
        stdout=(folder / "server.log").open("ab"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}"
    signal.signal(signal.SIGTERM, lambda _number, _frame: process.terminate())
    try:
        with timed("starting it"):
            _await_health(process, url)
        say(f"Elasticsearch answers at {url}. In another terminal:")
        say(f"  ELASTICSEARCH_URL={url} ./run manage reindex")
        say(f"  ELASTICSEARCH_URL={url} ./run")
        return process.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)


def _await_health(process: subprocess.Popen[bytes], url: str) -> None:
    until = time.monotonic() + PATIENCE
    while answer(f"{url}/_cluster/health")[0] != 200:  # noqa: PLR2004 - HTTP's OK
        if process.poll() is not None or time.monotonic() > until:
            raise Refusal("Elasticsearch did not start; see elasticsearch/server.log under DATA_DIR.")
        time.sleep(0.3)
