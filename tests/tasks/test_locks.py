from pathlib import Path

import pytest

from tasks import locks

PYPROJECT = """
[project]
dependencies = ["django==6.1.3", "tzdata"]
[project.optional-dependencies]
prod = ["redis==8.1.0"]
[dependency-groups]
dev = ["pytest>=9"]
"""
HASH = " \\\n    --hash=sha256:00\n"
MAIN = f"django==6.1.3{HASH}tzdata==2026.1{HASH}"


def clone(root: Path, **locks_changed: str) -> Path:
    texts = {
        "main": MAIN,
        "prod": f"{MAIN}redis==8.1.0{HASH}",
        "dev": f"{MAIN}redis==8.1.0{HASH}pytest==9.2.0{HASH}",
    }
    (root / "requirements").mkdir()
    (root / "pyproject.toml").write_text(PYPROJECT)
    for name, text in {**texts, **locks_changed}.items():
        (root / "requirements" / f"{name}.txt").write_text(text)
    return root


def test_locks_that_agree(tmp_path: Path) -> None:
    assert locks.main(clone(tmp_path)) == 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"main": f"django==6.1.3{HASH}"}, "lacks tzdata"),
        ({"dev": f"{MAIN}redis==8.1.0{HASH}pytest==8.0{HASH}"}, "pins pytest 8.0"),
        ({"prod": f"{MAIN.replace('2026.1', '2025.9')}redis==8.1.0{HASH}"}, "tzdata: main.txt pins 2026.1"),
        ({"main": f"{MAIN}--index-url https://index.example/\n"}, "records an address"),
        ({"main": "django==6.1.3\ntzdata==2026.1\n"}, "has no hashes"),
    ],
)
def test_a_disagreement_is_named(
    tmp_path: Path, changed: dict[str, str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert locks.main(clone(tmp_path, **changed)) == 1
    assert said in capsys.readouterr().out
