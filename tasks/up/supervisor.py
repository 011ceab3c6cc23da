"""Start the parts, wait until they serve, watch them, stop them all."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Sequence

from tasks.terminal import Refusal, problem, say
from tasks.up.ask import reported, serves
from tasks.up.parts import Part
from tasks.up.process import Process, stop_all
from tasks.up.site import Site
from tasks.up.state import StateFile

LOOK = 0.2  # seconds between looks at the processes
CHECK = 10.0  # seconds between questions whether they still serve
SILENT = 30.0  # seconds without an answer after which the person is told
AGAIN = 15.0  # seconds after which an optional part that ended is started again
CANNOT_RUN = 78  # sysexits' EX_CONFIG: an optional part says that this machine lacks what it needs


class PartDiedError(Exception):
    """A part ended though nobody asked it to."""

    def __init__(self, process: Process) -> None:
        """Put together what a person needs: which part, how it ended, its last words, where to read on."""
        code = process.exit_code
        how = f"was ended by signal {-code}" if code is not None and code < 0 else f"ended with code {code}"
        words = "\n".join(f"    {line}" for line in process.last_lines()) or "    (it wrote nothing)"
        super().__init__(
            f"{process.part.label.capitalize()} ({process.part.name}) {how}. "
            f"Its last lines:\n{words}\nThe whole log: {process.log}"
        )


class Supervisor:
    """The parts of one site. Signals only set a flag; every wait here looks at it."""

    def __init__(self, site: Site, parts: Sequence[Part], *, quiet: bool = False) -> None:
        """``quiet`` leaves out the lines of progress (the tests' portal)."""
        self.site = site
        self.parts = {part.name: part for part in parts}
        self.processes: dict[str, Process] = {}
        self.stopping = threading.Event()
        self.signal = 0
        self._state = StateFile(site.run)
        self._quiet = quiet
        self._answered: dict[str, float] = {}
        self._ended: dict[str, float] = {}

    def listen(self) -> None:
        """Let Ctrl-C, TERM and a closed terminal stop everything; a second Ctrl-C does not wait."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, _frame: object) -> None:
        if self.stopping.is_set():
            for process in self.processes.values():
                process.send(signal.SIGKILL)
        self.signal = number
        self.stopping.set()

    def start(self, name: str) -> Process:
        """Start one part, running what must come before it."""
        part = self.parts[name]
        if part.before:
            self.run_first(part)
        self.processes[name] = Process(part, self.site)
        self._answered[name] = time.monotonic()
        self.note()
        return self.processes[name]

    def run_first(self, part: Part) -> None:
        """Run a part's ``before`` to its end."""
        first = Part(
            name=f"{part.name}-before",
            label=f"the preparation of {part.label}",
            command=part.before,
            environment=part.environment,
        )
        process = Process(first, self.site)
        while process.exit_code is None:
            if self.stopping.wait(LOOK):
                stop_all([process])
                return
        if process.exit_code:
            raise PartDiedError(process)

    def start_all(self) -> None:
        """Start every part, then wait for each."""
        self._state.end_leftovers()
        for name in self.parts:
            if self.stopping.is_set():
                return
            self.start(name)
        for name, part in self.parts.items():
            if not part.optional:
                self.await_health(name)

    def await_health(self, name: str) -> None:
        """Wait until a part serves; a death meanwhile or running out of patience ends the start."""
        process = self.processes[name]
        until = time.monotonic() + process.part.patience
        while not self.is_healthy(process.part):
            self.raise_for_dead()
            if time.monotonic() > until:
                words = "\n".join(f"    {line}" for line in process.last_lines())
                raise Refusal(
                    f"{process.part.label.capitalize()} ({name}) started but did not become ready within "
                    f"{process.part.patience:.0f} s. Its last lines:\n{words}\nThe whole log: {process.log}"
                )
            if self.stopping.wait(LOOK):
                return
        process.become("up")
        self.note()
        if not self._quiet:
            say(f"  {name:<10} ready")

    def is_healthy(self, part: Part) -> bool:
        """Ask the part itself, or the web what it last heard of it."""
        if part.health:
            return serves(part)
        web = self.parts.get("web")
        return web is not None and reported(web).get(part.name, {}).get("state") == "up"

    def raise_for_dead(self) -> None:
        """Complain about the first part that ended."""
        for process in list(self.processes.values()):
            if process.exit_code is not None:
                if not process.part.optional:
                    raise PartDiedError(process)
                self.do_without(process)

    def do_without(self, process: Process) -> None:
        """Go on without an optional part: start it again after a while, unless it said that it cannot run."""
        name = process.part.name
        if process.state != "stopped":
            process.become("stopped")
            words = next(iter(process.last_lines(1)), "")
            again = "" if process.exit_code == CANNOT_RUN else f" It is started again in {AGAIN:.0f} s."
            problem(f"{process.part.label.capitalize()} ({name}) is not running: {words}{again}")
            self._ended[name] = time.monotonic()
            self.note()
        elif process.exit_code != CANNOT_RUN and time.monotonic() - self._ended[name] > AGAIN:
            self.start(name)

    def watch(self) -> None:
        """Stay until somebody stops us or a part dies."""
        checked = time.monotonic()
        while not self.stopping.wait(LOOK):
            self.raise_for_dead()
            if time.monotonic() - checked >= CHECK:
                self.check_all()
                checked = time.monotonic()

    def check_all(self) -> None:
        """Ask every part whether it still serves, and tell the person when one stays silent, or is back."""
        for name, process in self.processes.items():
            if self.stopping.is_set():
                return
            if process.exit_code is not None:
                continue
            if self.is_healthy(process.part):
                if process.part.optional and process.state == "starting":
                    say(f"{process.part.label.capitalize()} ({name}) is ready.")
                self._answered[name] = time.monotonic()
                if process.state == "silent":
                    say(f"{process.part.label.capitalize()} ({name}) answers again.")
                process.become("up")
            elif process.state == "up" and time.monotonic() - self._answered[name] > SILENT:
                process.become("silent")
                problem(
                    f"{process.part.label.capitalize()} ({name}) does not answer. Its log: {process.log}"
                )
        self.note()

    def note(self) -> None:
        """Write down the state of all parts."""
        self._state.write(self.processes.values())

    def stop(self) -> None:
        """Stop everything and leave nothing behind."""
        stop_all(list(self.processes.values()))
        self.processes.clear()
        self._state.remove()
