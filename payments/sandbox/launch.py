"""Starting the sandbox bank from outside: what ``./run``, the demo and the tests need."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

FILE = "SANDBOX_BANK_FILE"
RETRY_SECONDS = "SANDBOX_BANK_RETRY_SECONDS"
REFUND_SECONDS = "SANDBOX_BANK_REFUND_SECONDS"
TERMINALS = "SANDBOX_BANK_TERMINALS"
"""JSON list of ``{"code", "secret", "ipn_url"}``: terminals that are known from the start."""


class ProductionRefusedError(RuntimeError):
    """Nobody may pay with made-up money where money is real."""


def refuse_production(environ: Mapping[str, str]) -> None:
    """Stop where the production profile is on."""
    if environ.get("DJANGO_SETTINGS_MODULE", "").endswith("production"):
        raise ProductionRefusedError("The sandbox bank does not run beside the production profile.")


def environment(file: Path, *, retry_seconds: float = 300.0, refund_seconds: float = 5.0) -> dict[str, str]:
    """Give this process's environment with the bank's settings in it."""
    refuse_production(os.environ)
    return {
        **os.environ,
        FILE: str(file),
        RETRY_SECONDS: str(retry_seconds),
        REFUND_SECONDS: str(refund_seconds),
    }


def command(port: int) -> list[str]:
    """Give the command line of the process; run it under :func:`environment`."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "4", "--no-ws", "payments.sandbox.wsgi:application",
    ]  # fmt: skip
