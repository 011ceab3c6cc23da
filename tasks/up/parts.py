"""The parts of a running portal: one function each, listed in ``REGISTRY`` in the order of starting.

A new part is one function that returns a :class:`Part`, or None where it is
not to run, and one entry in the list. ``./run``, the containers and the tests start the same commands.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from portal.settings import banking, env, keys
from tasks.places import PYTHON, ROOT
from tasks.up.site import Site


@dataclass(frozen=True, slots=True)
class Part:
    """A process, how to start it and how to tell that it serves.

    ``health`` is an address that answers 200 when the part serves. A part without one (worker, beat)
    is judged by what the web's ``/health/`` reports under its name. ``host`` is the name to ask under: a
    site that allows only its public name still answers us. ``before`` runs to its end first.
    """

    name: str
    label: str
    command: tuple[str, ...]
    port: int | None = None
    health: str = ""
    host: str = ""
    address: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    patience: float = 90.0
    #: the portal is complete without it: nobody waits for it, and its end ends nothing
    optional: bool = False


def _granian(site: Site, application: str, port: int, *, workers: int) -> tuple[str, ...]:
    # fmt: off
    return (
        PYTHON, "-m", "granian", "--interface", "wsgi", "--no-ws", "--host", site.host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "4", "--respawn-failed-workers",
        "--workers-kill-timeout", "4", application,
    )
    # fmt: on


def web(site: Site) -> Part:
    """Serve citizens and officers."""
    workers = int(site.environment.get("WEB_WORKERS") or 2)
    return Part(
        name="web",
        label="the portal",
        command=_granian(site, "portal.wsgi:application", site.port, workers=workers),
        port=site.port,
        health=f"http://127.0.0.1:{site.port}/health/",
        host=urlsplit(site.address).netloc,
        address=site.address,
    )


def inner(site: Site) -> Part:
    """Answer our own parts' calls with threads of its own: a chat never waits on the pool that must answer it."""
    return Part(
        name="inner",
        label="the web process for inner calls",
        command=_granian(site, "portal.wsgi:application", site.inner_port, workers=1),
        port=site.inner_port,
        health=f"http://127.0.0.1:{site.inner_port}/health/",
        host=urlsplit(site.address).netloc,
        environment={"PORTAL_PROCESS": "inner"},
    )


def worker(site: Site) -> Part:
    """Carry out duties. Threads: with forks a TERM to the whole group leaves the master stuck on a polling broker."""
    threads = site.environment.get("WORKER_THREADS") or "4"
    # fmt: off
    command = (
        PYTHON, "-m", "celery", "-A", "portal.celery", "worker", "-P", "threads", "-c", threads,
        "--loglevel", "INFO", "--without-gossip", "--without-mingle", "--without-heartbeat",
    )
    # fmt: on
    return Part(name="worker", label="the worker", command=command)


def beat(site: Site) -> Part:
    """Wake what is due by the clock."""
    schedule = str(site.run / "beat-schedule")
    # fmt: off
    command = (
        PYTHON, "-m", "celery", "-A", "portal.celery", "beat", "--loglevel", "INFO", "--pidfile=",
        "--schedule", schedule,
    )
    # fmt: on
    return Part(name="beat", label="the clock of the worker", command=command)


def provider(site: Site) -> Part | None:
    """Play VNeID, in the demo only: an identity provider with settings and a database of its own."""
    demo = env.flag("DEMO", default=True)
    if not demo or not (ROOT / "portal" / "accounts" / "provider" / "wsgi.py").exists():
        return None
    return Part(
        name="provider",
        label="the identity provider",
        command=_granian(site, "portal.accounts.provider.wsgi:application", site.provider_port, workers=1),
        port=site.provider_port,
        health=f"http://127.0.0.1:{site.provider_port}/suc-khoe/",
        address=f"http://127.0.0.1:{site.provider_port}",
        environment={"DJANGO_SETTINGS_MODULE": "portal.accounts.provider.settings"},
        before=(PYTHON, "-m", "django", "prepare_provider"),
    )


def bank(site: Site) -> Part | None:
    """Play the bank, in the demo only: made-up money, books of its own, VNPAY's manners."""
    demo = env.flag("DEMO", default=True)
    if not demo or site.environment["DJANGO_SETTINGS_MODULE"].endswith("production"):
        return None
    secret_key = keys.load_or_create(site.data_dir / "keys" / "keys.json").secret_key
    terminals = [
        {
            "code": code,
            "secret": banking.sandbox_secret(secret_key, code),
            "ipn_url": f"http://127.0.0.1:{site.port}/thanh-toan/ipn/",
        }
        for code in banking.SANDBOX_TERMINALS
    ]
    return Part(
        name="bank",
        label="the sandbox bank",
        command=_granian(site, "payments.sandbox.wsgi:application", site.bank_port, workers=1),
        port=site.bank_port,
        health=f"http://127.0.0.1:{site.bank_port}/health/",
        address=f"http://127.0.0.1:{site.bank_port}",
        environment={
            "SANDBOX_BANK_FILE": str(site.data_dir / "bank.sqlite3"),
            # VNPAY waits five minutes; nobody who looks at a demo does
            "SANDBOX_BANK_RETRY_SECONDS": site.environment.get("SANDBOX_BANK_RETRY_SECONDS", "20"),
            "SANDBOX_BANK_TERMINALS": json.dumps(terminals),
        },
        before=(PYTHON, "-m", "django", "prepare_sandbox_bank"),
    )


def bot(site: Site) -> Part | None:
    """Understand questions: Rasa, in an environment of its own, which it makes and trains by itself first.

    ``ASSISTANT_BOT=off`` leaves it out: the assistant then answers from search.
    """
    if site.environment.get("ASSISTANT_BOT") == "off":
        return None
    return Part(
        name="bot",
        label="the assistant's bot",
        command=(PYTHON, "-m", "tasks.assistant.serve"),
        port=site.bot_port,
        health=f"http://127.0.0.1:{site.bot_port}/",
        optional=True,
    )


REGISTRY: tuple[Callable[[Site], Part | None], ...] = (web, inner, provider, bank, bot, worker, beat)


def parts_of(site: Site) -> list[Part]:
    """Return the parts that run on this site."""
    return [part for make in REGISTRY if (part := make(site)) is not None]
