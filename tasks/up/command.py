"""``./run``: prepare, start every part, say where everything is, stop all of it together."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence

from tasks.places import PYTHON
from tasks.terminal import Refusal, problem, say
from tasks.up.checks import require_ports, require_room
from tasks.up.follow import Follower
from tasks.up.lock import InstanceLock
from tasks.up.parts import Part, parts_of
from tasks.up.prepare import ACCOUNTS
from tasks.up.process import Process, stop_all
from tasks.up.site import Site, site_here
from tasks.up.state import StateFile
from tasks.up.supervisor import LOOK, PartDiedError, Supervisor


def main(arguments: Sequence[str]) -> int:
    """Run until stopped; 0 never means that a part failed."""
    parser = argparse.ArgumentParser(prog="./run", description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="show everything that the parts write")
    given = parser.parse_args(arguments)
    began = time.monotonic()
    site = site_here()
    require_room(site)
    with InstanceLock(site.data_dir):
        if left := StateFile(site.run).end_leftovers():
            say(f"Ended {left} parts of an earlier start that was killed.")
        supervisor = Supervisor(site, parts_of(site))
        require_ports(site, list(supervisor.parts.values()))
        supervisor.listen()
        follower = Follower(site.logs)
        if given.verbose:
            follower.start()
        try:
            if prepare(site, supervisor):
                say("Starting the parts:")
                supervisor.start_all()
            if not supervisor.stopping.is_set():
                announce(site, supervisor, time.monotonic() - began)
                supervisor.watch()
        except (PartDiedError, Refusal) as trouble:
            problem(f"\n{trouble}")
            problem("Everything else is being stopped.")
            return 1
        finally:
            supervisor.stop()
            if given.verbose:
                follower.finish()
    say("Stopped.")
    return 128 + supervisor.signal


def prepare(site: Site, supervisor: Supervisor) -> bool:
    """Bring database, texts and files up to date in a process of its own; False when stopped meanwhile."""
    step = Part(name="prepare", label="the preparation", command=(PYTHON, "-m", "tasks", "prepare"))
    process = Process(step, site, shown=True)
    while process.exit_code is None:
        if supervisor.stopping.wait(LOOK):
            stop_all([process])
            return False
    if process.exit_code:
        raise PartDiedError(process)
    return True


def announce(site: Site, supervisor: Supervisor, seconds: float) -> None:
    """Print addresses and the demo's accounts."""
    say(f"\nReady after {seconds:.0f} s.")
    for part in supervisor.parts.values():
        if part.address:
            say(f"  {part.label:<24} {part.address}/")
    say(f"  {'administration':<24} {site.address}/quan-tri/")
    accounts = site.run / ACCOUNTS
    if accounts.exists():
        say("\nDemo accounts (made-up people):")
        for row in json.loads(accounts.read_text("utf-8")):
            say("  " + "  ".join(f"{cell:<24}" for cell in row).rstrip())
    say(f"\nData: {site.data_dir}   Logs: {site.logs}   Ctrl-C stops everything.")
