import socket
from pathlib import Path

import pytest

from tasks.suite.servers import free_port
from tasks.terminal import Refusal
from tasks.up import checks
from tasks.up.catalogues import compile_all, faults
from tasks.up.lock import InstanceLock
from tasks.up.parts import parts_of, web
from tasks.up.site import site_here
from tests.tasks.support import tasks


def test_a_port_in_use_is_named_with_a_way_out(tmp_path: Path) -> None:
    port = free_port()
    site = site_here({"PORT": str(port), "DATA_DIR": str(tmp_path)})
    checks.require_ports(site, [web(site)])
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(Refusal, match=rf"Port {port}, which the portal needs, .*PORT=\d+ ./run"):
            checks.require_ports(site, [web(site)])


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "ROOM_NEEDED", 10**18)
    with pytest.raises(Refusal, match="nearly full"):
        checks.require_room(site_here({"DATA_DIR": str(tmp_path)}))


def test_ports_follow_from_one() -> None:
    site = site_here({"PORT": "8110", "INNER_PORT": "", "PROVIDER_PORT": "", "BANK_PORT": ""})
    assert (site.inner_port, site.provider_port, site.bank_port) == (8111, 8112, 8113)
    listening = [part.port for part in parts_of(site) if part.port]
    assert len(set(listening)) == len(listening)


def test_every_part_is_healthy_by_some_sign() -> None:
    parts = {part.name: part for part in parts_of(site_here())}
    assert {"web", "inner", "worker", "beat"} <= set(parts)
    assert [name for name, part in parts.items() if not part.health] == ["worker", "beat"]


def test_two_starts_on_the_same_data_do_not_meet(tmp_path: Path) -> None:
    with InstanceLock(tmp_path), pytest.raises(Refusal, match="already runs"), InstanceLock(tmp_path):
        pytest.fail("two instances share one folder")


def test_a_wrong_port_gets_a_sentence(tmp_path: Path) -> None:
    done = tasks(tmp_path, "all", PORT="eighty")
    assert done.returncode == 1
    assert "PORT must be a whole number" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_command_proposes_the_nearest(tmp_path: Path) -> None:
    done = tasks(tmp_path, "bakcup")
    assert done.returncode == 2
    assert "./run backup" in done.stderr


def test_help_lists_every_command(tmp_path: Path) -> None:
    done = tasks(tmp_path, "help")
    for name in ("test", "check", "bench", "backup", "restore", "reset", "manage", "help"):
        assert f"./run {name}" in done.stdout


def test_manage_is_djangos(tmp_path: Path) -> None:
    assert "migrate" in tasks(tmp_path, "manage", "help").stdout


def test_reset_asks_and_deletes_only_what_is_ours(tmp_path: Path) -> None:
    (tmp_path / "portal.sqlite3").touch()
    (tmp_path / "private").mkdir()
    (tmp_path / "my-notes.txt").touch()
    refused = tasks(tmp_path, "reset")
    assert refused.returncode == 1
    assert (tmp_path / "portal.sqlite3").exists()
    assert tasks(tmp_path, "reset", "--yes").returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {"my-notes.txt"}


def catalogue(root: Path, text: str) -> Path:
    source = root / "room" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    (root / "room" / "__init__.py").touch()
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n' + text, "utf-8")
    return source


def test_catalogues_are_compiled_once(tmp_path: Path) -> None:
    source = catalogue(tmp_path, 'msgid "Nộp hồ sơ"\nmsgstr "Submit"\n')
    assert compile_all(tmp_path) == 1
    assert b"Submit" in source.with_suffix(".mo").read_bytes()
    assert compile_all(tmp_path) == 0


def test_a_translation_with_another_placeholder_is_a_fault(tmp_path: Path) -> None:
    source = catalogue(tmp_path, '#, python-format\nmsgid "%(n)s hồ sơ"\nmsgstr "%(m)s dossiers"\n')
    assert list(faults(source))


def test_a_fuzzy_translation_is_a_fault(tmp_path: Path) -> None:
    source = catalogue(tmp_path, '#, fuzzy\nmsgid "Nộp"\nmsgstr "Pay"\n')
    assert "fuzzy" in " ".join(faults(source))
