"""Brings a real Elasticsearch from Maven, with the small analysis plugin that the published zip lacks."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tasks.terminal import Refusal

VERSION = "9.5.3"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
SHA256 = "bec49f3b8d00e75c8d1cec85c35298635ec9fbd3ae80ef5aeb6bc05abdb3db2d"
JAVA_LEAST = 21
SOURCE = Path(__file__).with_name("PortalAnalysis.java")
# world-readable, unlike a home folder: the server refuses root and runs as somebody else
KEPT = Path(tempfile.gettempdir()) / f"dvgd-elasticsearch-{os.getuid()}"
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
_DESCRIPTOR = f"""description=Token filters that the portal's index names
version=1
name=portal-analysis
classname=portal.analysis.PortalAnalysis
java.version={JAVA_LEAST}
elasticsearch.version={VERSION}
"""


def java_home() -> Path | None:
    """Find a Java of at least 21 with its compiler: JAVA_HOME, then the usual places."""
    named = os.environ.get("JAVA_HOME")
    places = [Path(named)] if named else []
    places += sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)
    on_path = shutil.which("javac")
    places += [Path(on_path).resolve().parents[1]] if on_path else []
    return next((place for place in places if _major(place) >= JAVA_LEAST), None)


def _major(home: Path) -> int:
    if not (home / "bin" / "javac").exists() or not (home / "release").exists():
        return 0
    found = re.search(r'JAVA_VERSION="(\d+)', (home / "release").read_text("utf-8", "replace"))
    return int(found[1]) if found else 0


def is_possible() -> bool:
    """Whether this machine has what is needed."""
    return java_home() is not None and (shutil.which("mvn") is not None or _unpacked().exists())


def _unpacked() -> Path:
    """Give the folder that a server starts from; its name changes with the plugin."""
    digest = hashlib.sha256(SOURCE.read_bytes() + _DESCRIPTOR.encode()).hexdigest()[:10]
    return KEPT / f"elasticsearch-{VERSION}-{digest}"


def fetched() -> Path:
    """Give a folder with the server and its plugin, fetching and building once per machine."""
    home = java_home()
    if home is None:
        raise Refusal(
            f"Elasticsearch needs a Java of at least {JAVA_LEAST} with its compiler; set JAVA_HOME."
        )
    KEPT.mkdir(mode=0o755, exist_ok=True)
    if KEPT.stat().st_uid != os.getuid():
        raise Refusal(f"{KEPT} belongs to somebody else; delete it or choose another TMPDIR.")
    with _alone():
        place = _unpacked()
        if not place.exists():
            _build(home, _zip(), place)
        return place


@contextmanager
def _alone() -> Iterator[None]:
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _zip() -> Path:
    kept = KEPT / f"elasticsearch-{VERSION}.zip"
    if not kept.exists():
        if shutil.which("mvn") is None:
            raise Refusal("Maven is not installed. Debian, Ubuntu: apt-get install maven.")
        with tempfile.TemporaryDirectory(dir=KEPT) as folder:
            _run("mvn", "-q", "-B", _COPY, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}")
            (Path(folder) / kept.name).rename(kept)
    if hashlib.sha256(kept.read_bytes()).hexdigest() != SHA256:
        kept.unlink()
        raise Refusal(f"What Maven sent as {ARTIFACT} is not what was expected; it was deleted.")
    return kept


def _build(home: Path, archive: Path, place: Path) -> None:
    """Unpack, compile the plugin over the server's own jars, move into place in one step."""
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        _run(str(home / "bin" / "jar"), "xf", str(archive), cwd=folder)
        server = Path(folder) / f"elasticsearch-{VERSION}"
        classes = Path(folder) / "classes"
        # fmt: off
        _run(str(home / "bin" / "javac"), "--release", str(JAVA_LEAST), "-cp", f"{server}/lib/*",
             "-d", str(classes), str(SOURCE))
        plugin = server / "plugins" / "portal-analysis"
        plugin.mkdir(parents=True)
        _run(str(home / "bin" / "jar"), "cf", str(plugin / "portal-analysis.jar"), "-C", str(classes), ".")
        # fmt: on
        (plugin / "plugin-descriptor.properties").write_text(_DESCRIPTOR, "utf-8")
        for path in [server, *server.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        server.rename(place)


def _run(*command: str, cwd: str | None = None) -> None:
    environment = {**os.environ, "JAVA_HOME": str(java_home())}
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=600
    )
    if done.returncode:
        raise Refusal(f"{Path(command[0]).name} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
