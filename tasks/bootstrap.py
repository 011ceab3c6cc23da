"""From a bare Python 3.8+ to ``.venv`` with the locked packages, then on to ``python -m tasks``.

Standard library only, and syntax that Python 3.8 reads: this file runs before anything is installed.
It brings uv (hash-pinned, into ``.tools``), finds a Python that Django runs on, installs the lock that
the command needs, and remembers the lock's digest so that the next start takes no time.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Iterator, NoReturn, Sequence

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
REQUIREMENTS = ROOT / "requirements"
STAMP = VENV / "installed.json"
SERIES = ("3.13", "3.12")  # what Django and the locks are made for, the one we develop on first
SETS = ("main", "prod", "dev")  # each holds all of the one before
DEV_COMMANDS = frozenset({"test", "check"})
ROOM_NEEDED = 1_500_000_000  # bytes: environment, cache and a margin

NO_NETWORK = re.compile(
    r"dns error|failed to lookup|name resolution|not known|could not connect|connection refused|unreachable"
    r"|timed out|error sending request|no matching distribution|max retries|failed to establish",
    re.IGNORECASE,
)
DISK_FULL = re.compile(r"no space left|disk quota", re.IGNORECASE)
PROBE = "import ssl, sqlite3, ctypes, sys; print('%d.%d' % sys.version_info[:2]); print(sys.executable)"


def say(text: str) -> None:
    """Show one line of progress."""
    print(text, flush=True)


def give_up(text: str) -> NoReturn:
    """Stop with a sentence that says what happened and what to do."""
    print("\n" + text, file=sys.stderr, flush=True)
    raise SystemExit(1)


def environment() -> dict[str, str]:
    """Return the environment for uv and pip: nobody's other Python leaks in, the machine's certificates count."""
    kept = {name: value for name, value in os.environ.items() if name not in {"UV_PYTHON", "VIRTUAL_ENV"}}
    kept.update(
        UV_SYSTEM_CERTS="1", UV_COMPILE_BYTECODE="1", UV_NO_PROGRESS="1", PIP_DISABLE_PIP_VERSION_CHECK="1"
    )
    return kept


def attempt(command: Sequence[str]) -> tuple[bool, str]:
    """Run a command quietly; return whether it succeeded, and what it printed."""
    try:
        done = subprocess.run(
            list(command), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
    except OSError as error:
        return False, str(error)
    return done.returncode == 0, done.stdout.decode("utf-8", "replace")


def reason(output: str) -> str:
    """Turn what a failed installer printed into a sentence."""
    if DISK_FULL.search(output):
        return "The disk is full: about 1.5 GB are needed for the packages. Free some room and start again."
    if NO_NETWORK.search(output):
        return (
            "The package index cannot be reached, and the packages are not on this machine yet. "
            "Check the network (or the proxy settings) and start again; what was fetched is kept."
        )
    return "It ended with:\n" + "\n".join(output.strip().splitlines()[-15:])


def pinned_uv() -> str:
    """Return the version in ``requirements/uv.txt``."""
    found = re.search(r"^uv==(\S+)", (REQUIREMENTS / "uv.txt").read_text("utf-8"), re.MULTILINE)
    if found is None:
        give_up("requirements/uv.txt names no version of uv: take it from a fresh clone.")
    return found.group(1)


def bring_uv() -> str:
    """Return the path of our uv, installing it first where it is missing or another version."""
    home = TOOLS / ("uv-" + pinned_uv())
    places = (home / "bin" / "uv", home / "packages" / "bin" / "uv")
    for place in places:
        if attempt([str(place), "--version"])[0]:
            return str(place)
    say("Bringing uv " + pinned_uv() + " into .tools …")
    shutil.rmtree(home, ignore_errors=True)
    lock = ["--quiet", "--require-hashes", "--only-binary", ":all:", "-r", str(REQUIREMENTS / "uv.txt")]
    made, output = attempt([sys.executable, "-m", "venv", str(home)])
    if made:
        made, output = attempt([str(home / "bin" / "python"), "-m", "pip", "install", *lock])
    else:
        # Debian without python3-venv: pip alone can still put the wheel into a folder of ours
        shutil.rmtree(home, ignore_errors=True)
        target = str(home / "packages")
        made, output = attempt([sys.executable, "-m", "pip", "install", "--target", target, *lock])
        if not made and "No module named pip" in output:
            give_up(
                "This Python ("
                + sys.executable
                + ") has neither the venv module nor pip, so nothing can be "
                "installed with it. Debian, Ubuntu: apt-get install python3-venv. Then start again."
            )
    if not made:
        shutil.rmtree(home, ignore_errors=True)
        give_up("uv could not be installed. " + reason(output))
    return next(str(place) for place in places if place.exists())


def candidates(series: str) -> Iterator[Path]:
    """Yield where an interpreter of ``series`` may lie; whether it runs is asked later."""
    name = "python" + series
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        yield Path(folder) / name
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for versions, pattern in (
        (pyenv / "versions", series + ".*/bin/" + name),
        (Path.home() / ".local/share/uv/python", "cpython-" + series + ".*/bin/" + name),
    ):
        yield from sorted(versions.glob(pattern), reverse=True)
    for folder in (
        "/usr/local/bin",
        "/usr/bin",
        "/opt/homebrew/bin",
        "/usr/local/opt/python@" + series + "/bin",
        "/Library/Frameworks/Python.framework/Versions/" + series + "/bin",
    ):
        yield Path(folder) / name
    yield Path(sys.executable)


def find_python() -> str | None:
    """Return the absolute path of a Python that Django runs on and that really starts, or None."""
    seen = set()
    for series in SERIES:
        for candidate in candidates(series):
            if (series, candidate) in seen or not os.access(candidate, os.X_OK):
                continue
            seen.add((series, candidate))
            ran, output = attempt([str(candidate), "-c", PROBE])
            lines = output.splitlines()
            if ran and lines[0] == series:
                return lines[1]
    return None


def fetch_python(uv: str) -> str:
    """Let uv fetch an interpreter where the machine has none."""
    say("No Python " + " or ".join(SERIES) + " here; fetching one …")
    fetched, output = attempt([uv, "python", "install", SERIES[0]])
    if not fetched:
        give_up(
            "Python "
            + " or ".join(SERIES)
            + " is needed; this machine has none that runs, and fetching one failed. "
            "Install it (Debian 13, Ubuntu 24.04: apt-get install python3; macOS: brew install python@3.13; "
            "or pyenv install 3.13) and start again. " + reason(output)
        )
    found, output = attempt([uv, "python", "find", "--managed-python", SERIES[0]])
    if not found:
        give_up("uv fetched a Python that it cannot find again. " + reason(output))
    return output.strip().splitlines()[-1]


def lock_digest(name: str) -> str:
    """Return the digest of one lock; the build constraints belong to it."""
    digest = hashlib.sha256((REQUIREMENTS / (name + ".txt")).read_bytes())
    constraints = REQUIREMENTS / "build-constraints.txt"
    if constraints.exists():
        digest.update(constraints.read_bytes())
    return digest.hexdigest()


def installed() -> dict[str, str]:
    """Return what the stamp says: ``{"set": …, "digest": …}``, or nothing."""
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def is_fresh(wanted: str) -> bool:
    """Tell whether ``.venv`` holds the current lock of the wanted set, or of a fuller one."""
    stamp = installed()
    enough = SETS[SETS.index(wanted) :]
    name = stamp.get("set", "")
    return (
        name in enough
        and stamp.get("digest") == lock_digest(name)
        and os.access(VENV / "bin" / "python", os.X_OK)
    )


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold the bootstrap's lock: two first starts must not install into one folder."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Another start is installing packages; waiting for it …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def install(wanted: str) -> None:
    """Make ``.venv`` and bring it to exactly the lock of the wanted set."""
    if shutil.disk_usage(str(ROOT)).free < ROOM_NEEDED:
        free = shutil.disk_usage(str(ROOT)).free // 1_000_000
        give_up(
            "The disk is nearly full: "
            + str(free)
            + " MB are free, about 1500 MB are needed. Free some room."
        )
    uv = bring_uv()
    runs = attempt([str(VENV / "bin" / "python"), "-c", PROBE])
    if not (runs[0] and runs[1].split()[0] in SERIES):
        python = find_python() or fetch_python(uv)
        say("Making .venv with " + python + " …")
        made, output = attempt([uv, "venv", "--quiet", "--clear", "--python", python, str(VENV)])
        if not made:
            give_up("The environment .venv could not be made. " + reason(output))
    with contextlib.suppress(FileNotFoundError):
        STAMP.unlink()
    say("Installing the " + ("packages and the tools for tests" if wanted == "dev" else "packages") + " …")
    command = [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(VENV / "bin" / "python")]
    constraints = REQUIREMENTS / "build-constraints.txt"
    if constraints.exists():
        command += ["--build-constraints", str(constraints)]
    synced, output = attempt([*command, str(REQUIREMENTS / (wanted + ".txt"))])
    if not synced:
        give_up("The packages could not be installed. " + reason(output))
    STAMP.write_text(json.dumps({"set": wanted, "digest": lock_digest(wanted)}), "utf-8")


def wanted_set(arguments: Sequence[str]) -> str:
    """Return which lock a command needs; a fuller one that is there is kept rather than shrunk."""
    needed = "prod" if os.environ.get("DATABASE_URL") else "main"
    if arguments and arguments[0] in DEV_COMMANDS:
        needed = "dev"
    # no stamp, but pytest: made by hand, or an installation that was interrupted; do not take its tools away
    by_hand = "dev" if (VENV / "bin" / "pytest").exists() else "main"
    present = installed().get("set", by_hand)
    return max(needed, present if present in SETS else "main", key=SETS.index)


def main(arguments: Sequence[str]) -> None:
    """Prepare, then become ``python -m tasks``."""
    # A linked .venv is shared by several working trees and kept by whoever made the link.
    if not VENV.is_symlink():
        wanted = wanted_set(arguments)
        if not is_fresh(wanted):
            with alone():
                if not is_fresh(wanted):
                    install(wanted)
    python = str(VENV / "bin" / "python")
    if not os.access(python, os.X_OK):
        give_up(".venv is a link that leads to no Python. Remove the link and start again.")
    os.environ["RUN_FROM"] = str(Path.cwd())  # paths on the command line are meant from here
    os.chdir(str(ROOT))
    os.execv(python, [python, "-m", "tasks", *arguments])


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except OSError as error:
        give_up(
            "The preparation failed: "
            + (reason(str(error)) if DISK_FULL.search(str(error)) else str(error))
        )
