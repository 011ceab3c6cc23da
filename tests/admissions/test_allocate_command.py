"""``./run manage allocate``: one file in, one file out, or a refusal that names the place."""

import json
import random
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from admissions.allocation import allocate, parse
from tests.admissions.instances import raw_instance


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    raw = raw_instance(random.Random(3), schools=4, children=20, choices=3)  # noqa: S311  repeatable on purpose
    path = tmp_path / "instance.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    return path


def test_the_result_is_written_byte_by_byte_alike(instance: Path, tmp_path: Path) -> None:
    first, second, out = tmp_path / "first.json", tmp_path / "second.json", StringIO()
    call_command("allocate", str(instance), "--output", str(first), stdout=out)
    call_command("allocate", str(instance), output=second, stdout=out)
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes() == allocate(parse(json.loads(instance.read_text()))).to_bytes()
    assert json.loads(first.read_bytes())["digest"] in out.getvalue()


def test_a_bad_instance_writes_nothing(tmp_path: Path) -> None:
    bad, target = tmp_path / "bad.json", tmp_path / "result.json"
    bad.write_text('{"season": "s", "seed": "", "schools": [], "children": []}', encoding="utf-8")
    with pytest.raises(CommandError, match="Hạt giống"):
        call_command("allocate", str(bad), "--output", str(target))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.json"]


def test_files_that_cannot_be_read_or_written_are_said(instance: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Không đọc được"):
        call_command("allocate", str(tmp_path / "none.json"), "--output", str(tmp_path / "r.json"))
    with pytest.raises(CommandError, match="Không ghi được"):
        call_command("allocate", str(instance), "--output", str(tmp_path / "no" / "folder" / "r.json"))
