import json
import threading
import types
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from tasks.bench import command, imports
from tasks.bench.figures import Figure, percentile
from tasks.bench.inside import load
from tasks.terminal import Refusal


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a bench of the test's own into the place of the real ones."""
    module = types.ModuleType("tasks.bench.stones", "How far a stone flies.\n\nMore words.")
    module.measure = lambda: [Figure("distance", 12.5, "m", "aim: 10")]  # type: ignore[attr-defined]  # a made-up module
    monkeypatch.setattr("importlib.import_module", lambda _name: module)
    monkeypatch.setattr(command, "names", lambda: ["stones"])


@pytest.mark.usefixtures("measured")
def test_figures_are_printed_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["stones", "--json", str(tmp_path / "f.json")]) == 0
    said = capsys.readouterr().out
    assert "stones: How far a stone flies." in said
    assert "12.50 m" in said
    written = json.loads((tmp_path / "f.json").read_text())
    assert written["benches"]["stones"] == [
        {"name": "distance", "value": 12.5, "unit": "m", "aim": "aim: 10"}
    ]
    assert written["machine"]["cores"]


def test_an_unknown_bench_names_the_others() -> None:
    with pytest.raises(Refusal, match="start"):
        command.main(["strat"])


def test_the_frame_is_no_bench() -> None:
    assert "start" in command.names()
    assert not {"command", "figures", "inside"} & set(command.names())


def test_percentiles_by_nearest_rank() -> None:
    values = [float(number) for number in range(1, 101)]
    assert percentile(values, 0.5) == 51
    assert percentile(values, 0.99) == 100
    assert percentile([7.0], 0.99) == 7


class _Counter(BaseHTTPRequestHandler):
    """Answers 200, and 404 below /missing; counts."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(404 if self.path == "/missing" else 200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Counter)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _Counter.asked.clear()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def test_every_request_is_sent_once_and_timed(port: int) -> None:
    wanted = [load.Request(f"/{number}") for number in range(50)]
    found = load.put(port, iter(wanted), connections=4, seconds=30)
    assert sorted(_Counter.asked) == sorted(request.path for request in wanted)
    assert (len(found.answers), found.wrong) == (50, [])
    assert found.seconds < 30


def test_time_ends_an_endless_load(port: int) -> None:
    found = load.put(port, load.endless(load.Request("/")), connections=2, seconds=0.3)
    assert found.answers
    assert found.seconds < 5


def test_an_answer_of_another_kind_is_told_and_ends_the_load(port: int) -> None:
    found = load.put(port, load.endless(load.Request("/missing")), connections=1, seconds=30)
    assert found.wrong == ["/missing: 404 instead of 200"]


def test_the_figures_of_imports_name_a_submission_that_failed() -> None:
    phase = {"submissions": [0.1], "pages": [0.2], "locks": [0.01], "errors": [], "seconds": 1.0}
    importer = {"state": "applied", "check_seconds": 1.0, "apply_seconds": 2.0, "memory_mb": 100.0}
    told = {"importer": importer, "alone": phase, "meanwhile": phase}
    assert {figure.name: figure.value for figure in imports.figures(told, 10, 1_000_000)}[
        "longest wait of a citizen for a page or receipt"
    ] == 200
    with pytest.raises(Refusal, match="database is locked"):
        imports.figures(
            {**told, "meanwhile": {**phase, "errors": ["OperationalError: database is locked"]}}, 10, 1
        )
