"""``python -m tasks.assistant.environment`` makes ``chatbot/.venv``: Python 3.10 with exactly the bot's lock. Made here, since Django's Python cannot hold Rasa."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

from tasks import bootstrap
from tasks.places import ROOT, free_text
from tasks.terminal import Refusal, say

CHATBOT = ROOT / "chatbot"
VENV = CHATBOT / ".venv"
LOCK = CHATBOT / "requirements.txt"
STAMP = VENV / "installed.txt"
SERIES = "3.10"
ROOM_NEEDED = 2_500_000_000  # bytes: 1.7 GB of packages and a margin


class NoPythonError(Refusal):
    """There is no Python for the bot on this machine; the portal answers from search."""


def python() -> Path:
    """Return the bot's interpreter, making its environment first where it is missing or of another lock.

    Raises :class:`NoPythonError` without a Python 3.10, :class:`~tasks.terminal.Refusal` where the packages
    cannot be installed.
    """
    found = VENV / "bin" / "python"
    if not _is_fresh():
        (ROOT / ".tools").mkdir(exist_ok=True)
        with (ROOT / ".tools" / "chatbot.lock").open("w", encoding="utf-8") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)  # two first starts must not install into one folder
            if not _is_fresh():
                _install()
    return found


def settings() -> dict[str, str]:
    """Return the environment variables under which Rasa runs: silent, at home, with our code in reach."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DJANGO_", "UV_", "VIRTUAL_"))
    }
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",  # Rasa's libraries are old: their deprecations are no news
        # before the very first command, or it writes an id of the user into the home folder
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _digest() -> str:
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def _is_fresh() -> bool:
    try:
        same = STAMP.read_text("utf-8") == _digest()
    except OSError:
        return False
    return same and os.access(VENV / "bin" / "python", os.X_OK)


def find_python() -> str | None:
    """Return the path of a Python 3.10 that really starts."""
    for candidate in bootstrap.candidates(SERIES):
        if os.access(candidate, os.X_OK):
            ran, output = bootstrap.attempt([str(candidate), "-c", bootstrap.PROBE])
            lines = output.splitlines()
            if ran and lines and lines[0] == SERIES:
                return lines[1]
    return None


def _install() -> None:
    uv = bootstrap.bring_uv()
    interpreter = find_python() or _fetched(uv)
    free = shutil.disk_usage(CHATBOT).free
    if free < ROOM_NEEDED:
        raise Refusal(
            f"The disk is nearly full: {free_text(free)} are free, the bot needs {free_text(ROOM_NEEDED)}."
        )
    say(f"Installing the bot's packages with {interpreter} …")
    STAMP.unlink(missing_ok=True)
    _run([uv, "venv", "--quiet", "--clear", "--python", interpreter, str(VENV)])
    _run(
        [
            uv,
            "pip",
            "sync",
            "--quiet",
            "--require-hashes",
            "--python",
            str(VENV / "bin" / "python"),
            str(LOCK),
        ]
    )
    STAMP.write_text(_digest(), "utf-8")


def _fetched(uv: str) -> str:
    """Let uv fetch a Python 3.10 where the network allows it."""
    fetched, _ = bootstrap.attempt([uv, "python", "install", SERIES])
    found, output = (
        bootstrap.attempt([uv, "python", "find", "--managed-python", SERIES]) if fetched else (False, "")
    )
    if not found:
        raise NoPythonError(
            "No Python 3.10 was found on this machine and none can be fetched: the assistant answers from search. "
            "Install one (pyenv install 3.10) and start again."
        )
    return output.strip().splitlines()[-1]


def _run(command: list[str]) -> None:
    done = subprocess.run(
        command,
        env=bootstrap.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
    )
    if done.returncode:
        last = re.sub(r"\s+", " ", done.stdout.strip())[-400:]
        raise Refusal(f"The bot's packages could not be installed: {bootstrap.reason(last)}")


if __name__ == "__main__":
    python()
