"""Which process holds a message, and whether that process still lives.

A holder's name is ``place|pid|birth``: the place where its pid means something, and when the process
was born, so that a pid used again is not taken for its predecessor. Where that cannot be looked up
(another machine or container, or no ``/proc`` as on macOS), a heartbeat in the file decides.
"""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path

SILENCE = 30.0
"""Seconds without a heartbeat after which a holder that cannot be looked up counts as dead."""

_PROC = Path("/proc")
_BIRTH_FIELD = 19  # "starttime" of proc_pid_stat(5), counted from the state


def _place() -> str:
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {(_PROC / 'self/ns/pid').readlink()}"
    except OSError:
        return platform.node()


def _birth(pid: str) -> str:
    """Clock ticks from boot to the birth of ``pid``; empty when unknown, or when it is a zombie."""
    try:
        stat = (_PROC / pid / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()  # the name before it may hold blanks and brackets
    return "" if fields[0] in "ZX" else fields[_BIRTH_FIELD]


def myself() -> str:
    """Name this process."""
    return f"{_place()}|{os.getpid()}|{_birth(str(os.getpid()))}"


def lives(holder: str, seen: float) -> bool:
    """Say whether ``holder`` still works; ``seen`` is its last heartbeat in seconds since 1970."""
    place, pid, birth = holder.rsplit("|", 2)
    if birth and place == _place():
        return _birth(pid) == birth
    return seen > time.time() - SILENCE
