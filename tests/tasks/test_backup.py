import io
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from portal.settings import keys
from tasks.backup.archive import is_ours, unpack
from tasks.backup.keys import fingerprint, opens
from tasks.terminal import Refusal
from tasks.up.lock import InstanceLock
from tests.tasks.support import tasks


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return an installation's folder: a database, keys, uploads."""
    folder = tmp_path / "data"
    for name in ("media/poster.png", "private/2026/giay-khai-sinh.pdf", "private/Đơn xin.pdf"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    keys.load_or_create(folder / "keys" / "keys.json")
    with closing(sqlite3.connect(folder / "portal.sqlite3", autocommit=True)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE dossier (code TEXT)")
        database.execute("INSERT INTO dossier VALUES ('H99-1')")
    return folder


def codes(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "portal.sqlite3")) as database:
        return [row[0] for row in database.execute("SELECT code FROM dossier")]


def test_what_was_saved_comes_back(data: Path, tmp_path: Path) -> None:
    archive, saved_keys = tmp_path / "a.tar.gz", tmp_path / "keys.json"
    saved = tasks(data, "backup", archive, "--keys", saved_keys)
    assert saved.returncode == 0, saved.stderr
    other = tmp_path / "other"
    loaded = tasks(other, "restore", archive, "--keys", saved_keys)
    assert loaded.returncode == 0, loaded.stderr
    assert codes(other) == ["H99-1"]
    for name in ("media/poster.png", "private/2026/giay-khai-sinh.pdf", "private/Đơn xin.pdf"):
        assert (other / name).read_bytes() == name.encode()
    assert keys.read(other / "keys" / "keys.json") == keys.read(data / "keys" / "keys.json")


def test_a_backup_is_one_moment_though_somebody_writes(data: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(data / "portal.sqlite3", autocommit=True)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO dossier VALUES ('H99-2')")
        saved = tasks(data, "backup", tmp_path / "a.tar.gz")
        writer.execute("COMMIT")
    assert saved.returncode == 0, saved.stderr
    assert tasks(data, "restore", tmp_path / "a.tar.gz", "--yes").returncode == 0
    assert codes(data) == ["H99-1"]


def test_keys_are_never_in_the_archive(data: Path, tmp_path: Path) -> None:
    saved_keys = tmp_path / "keys.json"
    tasks(data, "backup", tmp_path / "a.tar.gz", "--keys", saved_keys)
    secret = keys.read(data / "keys" / "keys.json")
    with tarfile.open(tmp_path / "a.tar.gz") as tar:
        content = b"".join(stored.read() for entry in tar if (stored := tar.extractfile(entry)))
    assert secret.field_keys[0].encode() not in content
    assert secret.secret_key.encode() not in content
    assert saved_keys.stat().st_mode & 0o077 == 0
    assert (tmp_path / "a.tar.gz").stat().st_mode & 0o077 == 0


def test_nothing_is_replaced_without_consent(data: Path, tmp_path: Path) -> None:
    tasks(data, "backup", tmp_path / "a.tar.gz")
    (data / "media" / "new.png").touch()
    refused = tasks(data, "restore", tmp_path / "a.tar.gz")
    assert refused.returncode == 1
    assert "--yes" in refused.stderr
    assert (data / "media" / "new.png").exists()
    assert tasks(data, "restore", tmp_path / "a.tar.gz", "--yes").returncode == 0
    assert not (data / "media" / "new.png").exists()


def test_a_running_portal_is_not_restored_over(data: Path, tmp_path: Path) -> None:
    tasks(data, "backup", tmp_path / "a.tar.gz")
    with InstanceLock(data):
        refused = tasks(data, "restore", tmp_path / "a.tar.gz", "--yes")
    assert refused.returncode == 1
    assert "already runs" in refused.stderr


def test_keys_that_do_not_open_the_data_are_refused(data: Path, tmp_path: Path) -> None:
    tasks(data, "backup", tmp_path / "a.tar.gz")
    refused = tasks(tmp_path / "other", "restore", tmp_path / "a.tar.gz")
    assert refused.returncode == 1
    assert "--keys" in refused.stderr
    assert not (tmp_path / "other" / "portal.sqlite3").exists()


def test_after_a_rotation_older_backups_still_open() -> None:
    assert opens(["new", "old"], ["old"])
    assert not opens(["old"], ["new", "old"])
    assert fingerprint("a") != fingerprint("b")


def test_a_backup_replaces_no_file(data: Path, tmp_path: Path) -> None:
    (tmp_path / "a.tar.gz").write_text("precious")
    refused = tasks(data, "backup", tmp_path / "a.tar.gz")
    assert refused.returncode == 1
    assert (tmp_path / "a.tar.gz").read_text() == "precious"


def test_paths_are_meant_from_where_run_was_called(data: Path, tmp_path: Path) -> None:
    assert tasks(data, "backup", "here.tar.gz", RUN_FROM=str(tmp_path)).returncode == 0
    assert (tmp_path / "here.tar.gz").exists()


def test_an_archive_cut_short_is_refused_whole(data: Path, tmp_path: Path) -> None:
    archive = tmp_path / "a.tar.gz"
    tasks(data, "backup", archive)
    archive.write_bytes(archive.read_bytes()[:-500])
    refused = tasks(data, "restore", archive, "--yes")
    assert refused.returncode == 1
    assert str(archive) in refused.stderr
    assert codes(data) == ["H99-1"]


def test_no_changed_byte_gets_through(data: Path, tmp_path: Path) -> None:
    archive, changed = tmp_path / "a.tar.gz", tmp_path / "changed.tar.gz"
    tasks(data, "backup", archive)
    whole = archive.read_bytes()
    expected = unpack(archive, tmp_path / "whole")
    refused = 0
    for position in range(20, len(whole), max(1, len(whole) // 60)):
        damaged = bytearray(whole)
        damaged[position] ^= 0x5A
        changed.write_bytes(damaged)
        try:
            # a byte of padding may change; then every file is still what was saved
            assert unpack(changed, tmp_path / str(position)).files == expected.files
        except Refusal:
            refused += 1
    assert refused > 30


def packed(path: Path, entries: list[tarfile.TarInfo]) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for entry in entries:
            entry.size = 1 if entry.isreg() else 0
            tar.addfile(entry, io.BytesIO(b"x"))
    return path


def hostile() -> Iterator[tarfile.TarInfo]:
    for name in ("../evil", "/tmp/evil", "media/../../evil", "keys/keys.json", "media/./x", "run"):  # noqa: S108 - that is the attack
        yield tarfile.TarInfo(name)
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE):
        entry = tarfile.TarInfo("media/link")
        entry.type, entry.linkname = kind, "/etc/passwd"
        yield entry


@pytest.mark.parametrize("entry", list(hostile()), ids=lambda entry: f"{entry.name}-{entry.type!r}")
def test_an_archive_cannot_write_elsewhere(tmp_path: Path, entry: tarfile.TarInfo) -> None:
    folder = tmp_path / "inside"
    folder.mkdir()
    with pytest.raises(Refusal, match="no backup of ours"):
        unpack(packed(tmp_path / "a.tar.gz", [entry]), folder)
    assert list(folder.rglob("*")) == []
    assert not (tmp_path / "evil").exists()


def test_the_same_name_twice_is_refused(tmp_path: Path) -> None:
    twice = [tarfile.TarInfo("media/x"), tarfile.TarInfo("media/x")]
    with pytest.raises(Refusal, match="no backup of ours"):
        unpack(packed(tmp_path / "a.tar.gz", twice), tmp_path / "inside")


def test_names_that_backups_use_are_ours() -> None:
    assert all(map(is_ours, ("manifest.json", "database.dump", "media/a/b.png", "private/Đơn.pdf")))


@pytest.mark.postgresql
def test_postgresql_is_saved_and_comes_back(postgresql_url: str, data: Path, tmp_path: Path) -> None:
    with psycopg.connect(postgresql_url) as connection:
        connection.execute("CREATE TABLE dossier (code text)")
        connection.execute("INSERT INTO dossier VALUES ('H99-đ')")
    archive = tmp_path / "a.tar.gz"
    saved = tasks(data, "backup", archive, DATABASE_URL=postgresql_url)
    assert saved.returncode == 0, saved.stderr
    with psycopg.connect(postgresql_url) as connection:
        connection.execute("DELETE FROM dossier")
    refused = tasks(data, "restore", archive, DATABASE_URL=postgresql_url)
    assert refused.returncode == 1
    loaded = tasks(data, "restore", archive, "--yes", DATABASE_URL=postgresql_url)
    assert loaded.returncode == 0, loaded.stderr
    with psycopg.connect(postgresql_url) as connection:
        assert connection.execute("SELECT code FROM dossier").fetchall() == [("H99-đ",)]


@pytest.mark.postgresql
def test_a_database_in_use_is_not_restored_over(postgresql_url: str, data: Path, tmp_path: Path) -> None:
    tasks(data, "backup", tmp_path / "a.tar.gz", DATABASE_URL=postgresql_url)
    with psycopg.connect(postgresql_url):
        refused = tasks(data, "restore", tmp_path / "a.tar.gz", "--yes", DATABASE_URL=postgresql_url)
    assert refused.returncode == 1
    assert "connected" in refused.stderr


def test_a_backup_of_another_kind_of_database_is_refused(data: Path, tmp_path: Path) -> None:
    tasks(data, "backup", tmp_path / "a.tar.gz")
    refused = tasks(
        data, "restore", tmp_path / "a.tar.gz", "--yes", DATABASE_URL="postgres://u@127.0.0.1:1/x"
    )
    assert refused.returncode == 1
    assert "DATABASE_URL" in refused.stderr
