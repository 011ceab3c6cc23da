import json
import types
from pathlib import Path

import pytest

from tasks.bench import command
from tasks.bench.figures import Figure, percentile
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
    assert not {"command", "figures"} & set(command.names())


def test_percentiles_by_nearest_rank() -> None:
    values = [float(number) for number in range(1, 101)]
    assert percentile(values, 0.5) == 51
    assert percentile(values, 0.99) == 100
    assert percentile([7.0], 0.99) == 7
