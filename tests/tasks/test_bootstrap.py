import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks import bootstrap

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a bare clone: the shell script, the bootstrap, locks; no environment yet."""
    for name in ("run", "tasks/bootstrap.py", "requirements/uv.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("main", "prod", "dev"):
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"# {name}")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "TOOLS", tmp_path / ".tools")
    monkeypatch.setattr(bootstrap, "REQUIREMENTS", tmp_path / "requirements")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "installed.json")
    return tmp_path


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def stamp(clone: Path, name: str) -> None:
    program(clone / ".venv" / "bin" / "python", "exit 0")
    digest = bootstrap.lock_digest(name)
    (clone / ".venv" / "installed.json").write_text(f'{{"set": "{name}", "digest": "{digest}"}}')


def test_it_is_read_by_python_3_8() -> None:
    text = (ROOT / "tasks" / "bootstrap.py").read_text("utf-8")
    assert ast.parse(text, feature_version=(3, 8)).body


def test_it_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse((ROOT / "tasks" / "bootstrap.py").read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names


def shells() -> Iterator[str]:
    yield from (path for name in ("sh", "dash", "bash") if (path := shutil.which(name)))


@pytest.mark.parametrize("shell", list(shells()))
def test_stand_ins_that_answer_127_are_passed_over(clone: Path, tmp_path: Path, shell: str) -> None:
    """As pyenv's are: the name is there, the Python is not."""
    program(tmp_path / "shims" / "python3", "exit 127")
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "python3.12").symlink_to(sys.executable)
    (clone / "tasks" / "bootstrap.py").write_text("import sys; print('started', sys.argv[1:])")
    path = f"{tmp_path / 'shims'}:{tmp_path / 'real'}:/bin"
    done = subprocess.run(
        [shell, str(clone / "run"), "a b", "c"],
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "started ['a b', 'c']\n", done.stderr


def test_the_script_fits_on_a_screen() -> None:
    assert len((ROOT / "run").read_text("utf-8").splitlines()) <= 24


def test_the_interpreter_is_one_that_really_runs(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(clone / "shims" / "python3.13", "exit 127")
    real = program(
        clone / "pyenv" / "versions" / "3.13.9" / "bin" / "python3.13", "echo 3.13; echo /real/python"
    )
    monkeypatch.setenv("PATH", str(clone / "shims"))
    monkeypatch.setenv("PYENV_ROOT", str(clone / "pyenv"))
    assert real in list(bootstrap.candidates("3.13"))
    assert bootstrap.find_python() == "/real/python"


def test_a_python_of_the_wrong_series_is_not_taken(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = program(clone / "bin" / "python3.13", "echo 3.11; echo /wrong/python")
    monkeypatch.setattr(bootstrap, "candidates", lambda _series: [wrong])
    assert bootstrap.find_python() is None


def test_a_second_start_installs_nothing(clone: Path) -> None:
    stamp(clone, "main")
    assert bootstrap.is_fresh("main")
    assert not bootstrap.is_fresh("dev")


def test_the_tools_for_tests_include_what_running_needs(clone: Path) -> None:
    stamp(clone, "dev")
    assert bootstrap.is_fresh("main")
    assert bootstrap.wanted_set([]) == "dev"


def test_a_changed_lock_is_installed_again(clone: Path) -> None:
    stamp(clone, "main")
    (clone / "requirements" / "main.txt").write_text("# other")
    assert not bootstrap.is_fresh("main")


@pytest.mark.parametrize(("command", "needed"), [("test", "dev"), ("check", "dev"), ("backup", "main")])
def test_which_lock_a_command_needs(clone: Path, command: str, needed: str) -> None:
    assert not (clone / ".venv").exists()
    assert bootstrap.wanted_set([command]) == needed


def test_an_environment_made_by_hand_keeps_its_tools(clone: Path) -> None:
    program(clone / ".venv" / "bin" / "pytest", "exit 0")
    assert bootstrap.wanted_set([]) == "dev"


def test_postgresql_needs_its_driver(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp(clone, "main")
    monkeypatch.setenv("DATABASE_URL", "postgres://portal@127.0.0.1/portal")
    assert bootstrap.wanted_set([]) == "prod"
    assert not bootstrap.is_fresh("prod")


def test_a_linked_environment_is_left_as_it_is(
    clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "shared" / "bin" / "python", "exit 0")
    (clone / ".venv").symlink_to(tmp_path / "shared")
    became: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _path, arguments: became.append(arguments))
    monkeypatch.setattr(
        bootstrap, "install", lambda _wanted: pytest.fail("a shared environment was changed")
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RUN_FROM", raising=False)
    bootstrap.main(["test", "-k", "x"])
    assert became == [[str(clone / ".venv" / "bin" / "python"), "-m", "tasks", "test", "-k", "x"]]
    monkeypatch.delenv("RUN_FROM")


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("error: failed to lookup address information: dns error", "network"),
        ("ERROR: No matching distribution found for uv==0.13.9", "network"),
        ("error: No space left on device (os error 28)", "disk is full"),
        ("error: hash mismatch", "hash mismatch"),
    ],
)
def test_a_failed_installer_becomes_a_sentence(output: str, sentence: str) -> None:
    assert sentence in bootstrap.reason(output)


def test_no_python_and_none_to_fetch_is_said(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    uv = program(clone / "uv", "echo 'error: dns error' >&2; exit 2")
    with pytest.raises(SystemExit):
        bootstrap.fetch_python(str(uv))
    said = capsys.readouterr().err
    assert "3.13 or 3.12 is needed" in said
    assert "network" in said


def test_a_full_disk_is_said_before_anything_is_fetched(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "ROOM_NEEDED", 10**18)
    with pytest.raises(SystemExit):
        bootstrap.install("main")
    assert "nearly full" in capsys.readouterr().err
    assert not (clone / ".tools").exists()


def test_a_leaked_python_setting_does_not_reach_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_PYTHON", "3.10")
    environment = bootstrap.environment()
    assert "UV_PYTHON" not in environment
    assert environment["UV_SYSTEM_CERTS"] == environment["UV_COMPILE_BYTECODE"] == "1"
