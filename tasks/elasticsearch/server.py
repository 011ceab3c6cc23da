"""How an Elasticsearch of ours is configured and started: one node, loopback, quick to start."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from tasks.elasticsearch.fetch import fetched, java_home

#: it refuses root; this user owns nothing else
USER = "nobody"
_OPTIONS = """-Xms512m
-Xmx512m
-XX:-AlwaysPreTouch
-Djava.io.tmpdir=${ES_TMPDIR}
-XX:+UseSerialGC
-XX:TieredStopAtLevel=1
"""


def configure(folder: Path, port: int, transport_port: int, *, durable: bool) -> None:
    """Write the configuration into ``folder``, and make the folders of data and logs beside it."""
    settings = folder / "config"
    for name in ("config", "data", "logs", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    server = fetched()
    shutil.copyfile(server / "config" / "log4j2.properties", settings / "log4j2.properties")
    (settings / "jvm.options").write_text(
        _OPTIONS if not durable else _OPTIONS.split("-XX:+Use", maxsplit=1)[0], "utf-8"
    )
    (settings / "elasticsearch.yml").write_text(
        f"""cluster.name: portal
node.name: portal-1
discovery.type: single-node
network.host: 127.0.0.1
http.port: {port}
transport.port: {transport_port}
path.data: {folder / "data"}
path.logs: {folder / "logs"}
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
action.destructive_requires_name: false
""",
        "utf-8",
    )
    if os.getuid() == 0:
        for path in [folder, *folder.rglob("*")]:
            shutil.chown(path, USER)


def command() -> Sequence[str]:
    """Give the command; modes are lost in the zip, so bash reads the script."""
    return ("bash", str(fetched() / "bin" / "elasticsearch"))


def environment(folder: Path) -> dict[str, str]:
    """Give the whole environment of the server."""
    return {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "ES_JAVA_HOME": str(java_home()),
        "ES_PATH_CONF": str(folder / "config"),
        "ES_TMPDIR": str(folder / "tmp"),
    }
