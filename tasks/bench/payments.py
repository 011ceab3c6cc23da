"""How many of the bank's notices settle in a second, beside bare SQL; reconciling a day of 100,000 orders (SQLite)."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tasks.bench.figures import Figure
from tasks.bench.imports import run
from tasks.bench.inside import load
from tasks.bench.portal import loaded, served
from tasks.places import PYTHON, ROOT, SETTINGS
from tasks.up.checks import free_copy_port
from tasks.up.parts import web
from tasks.up.site import site_here

#: below what the address of the bank takes from one caller in a minute
NOTICES = 2_000
ORDERS = 100_000
IPN = "/thanh-toan/ipn/"
TERMINAL, SECRET = "BENCH001", "BENCHSECRET0123456789ABCDEFGHIJK"


def measure(notices: int = NOTICES, orders: int = ORDERS) -> list[Figure]:
    """Settle in one process, then through the web server; then reconcile a day in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="dvgd-bench-") as name:
        folder = Path(name)
        return [*settled(folder / "settle", notices), *reconciled(folder / "reconcile", orders)]


def environment_of(folder: Path) -> dict[str, str]:
    """Give settings and data of its own, with a terminal whose secret the bench knows."""
    folder.mkdir()
    changes = {
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "VNPAY_PAYMENT_URL": "http://127.0.0.1:9/paymentv2/vpcpay.html",
        "VNPAY_SECRETS": f"{TERMINAL}={SECRET}",
    }
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    site = site_here({**changes, "PORT": str(free_copy_port(14_600))})
    return {**kept, **site.environment, **changes}


def inside(environment: dict[str, str], *arguments: str) -> Any:
    """Run the program that knows Django and read its last line."""
    said = run([PYTHON, "-m", "tasks.bench.inside.money", *arguments], environment)
    return json.loads(said.splitlines()[-1])


def settled(folder: Path, notices: int) -> list[Figure]:
    """Settle half of the notices in one process, the other half through the web server."""
    environment = environment_of(folder)
    run([PYTHON, "-m", "tasks", "prepare"], environment)
    told = inside(environment, "settle", str(notices))
    queries = (folder / "notices.txt").read_text("ascii").splitlines()
    site = site_here({**environment, "PORT": environment["PORT"]})
    with served(web(site).command, ROOT, environment, site.port, "/health/"):
        over_http = loaded("notices settled over HTTP", site.port, _requests(queries), 60.0)
    return [
        Figure("notices settled, one process", told["settled"], "/s"),
        Figure("bare INSERT + UPDATE, a transaction each", told["bare"], "/s"),
        Figure("statements of a settlement", told["statements"], ""),
        *over_http,
    ]


def _requests(queries: list[str]) -> Iterator[load.Request]:
    for query in queries:
        yield load.Request(f"{IPN}?{query}")


def reconciled(folder: Path, orders: int) -> list[Figure]:
    """Write a day of orders, then compare it with the bank's file."""
    environment = environment_of(folder)
    run([PYTHON, "-m", "django", "migrate", "--verbosity", "0"], environment)
    inside(environment, "fill", str(orders))
    told = inside(environment, "reconcile")
    return [
        Figure("orders reconciled with the bank's file", orders, ""),
        Figure("reconciling them", told["seconds"], "s"),
        Figure("differences found, of those planted", told["found"], "", f"planted: {told['planted']}"),
        Figure("memory of that process, at most", told["memory_mb"], "MB"),
        Figure("writing all of them as XLSX", told["xlsx_seconds"], "s"),
        Figure("memory afterwards, at most", told["xlsx_memory_mb"], "MB"),
    ]
