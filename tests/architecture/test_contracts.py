"""The contracts hold, and each of them bites: a planted violation is found and named."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {item["id"]: item for item in PYPROJECT["tool"]["importlinter"]["contracts"]}

#: contract → (module to plant in, line to plant)
PLANTS = {
    "layers": ("portal/pupils/selectors.py", "import portal.procedures.selectors"),
    "doors": ("portal/desk/views/queue.py", "import portal.procedures.workflow"),
    "kit": ("portal/transfers/definitions/school_transfer.py", "import portal.procedures.services"),
    "pure": ("portal/common/text.py", "import django.conf"),
    "gateways": ("payments/gateways/vnpay/gateway.py", "import portal.outbox.services"),
    "sandbox": ("payments/sandbox/books.py", "import portal.outbox.models"),
    "allocation": ("admissions/allocation/deferred.py", "import portal.common.text"),
    "chatbot": ("portal/assistant/gateway.py", "import chatbot.bot.topics"),
    "definition": ("portal/procedures/definition/texts.py", "import portal.common.text"),
}


def _lint(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=root,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the packages and their rules, to plant in."""
    root = tmp_path_factory.mktemp("house")
    for package in [*PYPROJECT["tool"]["importlinter"]["root_packages"], "tasks"]:
        shutil.copytree(
            ROOT / package, root / package, ignore=shutil.ignore_patterns("__pycache__", "static")
        )
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


def test_the_house_keeps_its_contracts(copy: Path) -> None:
    result = _lint(copy)
    assert result.returncode == 0, result.stdout


def test_every_contract_has_its_planted_violation() -> None:
    assert set(PLANTS) == set(CONTRACTS)


@pytest.mark.parametrize("contract", sorted(PLANTS))
def test_a_planted_violation_is_found(copy: Path, contract: str) -> None:
    name, line = PLANTS[contract]
    module = copy / name
    sound = module.read_text(encoding="utf-8")
    module.write_text(f"{sound}\n{line}\n", encoding="utf-8")
    try:
        result = _lint(copy)
    finally:
        module.write_text(sound, encoding="utf-8")
    assert result.returncode == 1, result.stdout
    title = " ".join(CONTRACTS[contract]["name"].split())
    assert f"{title} BROKEN" in " ".join(result.stdout.split())


def test_the_layers_name_every_room_on_disk() -> None:
    listed = {
        name.strip().strip("()"): name.strip().startswith("(")
        for line in CONTRACTS["layers"]["layers"]
        for name in line.split("|")
    }
    on_disk = {
        f"portal.{path.stem}"
        for path in (ROOT / "portal").iterdir()
        if (path / "__init__.py").exists() or (path.suffix == ".py" and path.stem != "__init__")
    } | {
        path.name
        for path in ROOT.iterdir()
        if path.name in {"cms", "payments", "admissions"} and (path / "__init__.py").exists()
    }
    # settings assemble, formats are data of Django's: neither is a room
    on_disk -= {"portal.settings", "portal.formats"}
    assert {name for name, missing in listed.items() if not missing} == on_disk
    assert not {name for name, missing in listed.items() if missing} & on_disk


def test_nothing_imports_the_chatbot() -> None:
    found = [
        str(path.relative_to(ROOT))
        for package in ("portal", "cms", "admissions", "payments", "tasks")
        for path in (ROOT / package).rglob("*.py")
        if any(
            line.startswith(("import chatbot", "from chatbot"))
            for line in path.read_text(encoding="utf-8").splitlines()
        )
    ]
    assert found == []
