import os
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.support.browser_fixtures import PageAt

ROOT = Path(__file__).resolve().parents[2]


def pytest_run(folder: Path, test: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run pytest with the project's services plugin on one test file of its own."""
    (folder / "test_it.py").write_text(test, "utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_URL") and name != "CI"}
    kept.pop("PYTEST_XDIST_WORKER", None)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-c",
        "/dev/null",
        "-p",
        "tests.support.services",
        "-p",
        "no:django",
    ]
    return subprocess.run(
        [*command, "-p", "no:randomly", "-p", "no:cacheprovider", "--rootdir", str(folder), str(folder)],
        cwd=ROOT,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


NEEDS_REDIS = """
import pytest
@pytest.mark.redis
def test_queue(): assert 0, "must not run"
def test_plain(): assert 1
"""


def test_tests_of_a_missing_service_are_left_out_and_named(tmp_path: Path) -> None:
    done = pytest_run(tmp_path, NEEDS_REDIS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "LEFT OUT: 1 tests that need Redis" in done.stdout
    assert "1 passed, 1 deselected" in done.stdout


def test_they_are_named_when_xdist_runs_them_too(tmp_path: Path) -> None:
    done = pytest_run(tmp_path, NEEDS_REDIS, PYTEST_ADDOPTS="-n 1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "LEFT OUT: 1 tests that need Redis" in done.stdout


def test_in_ci_a_missing_service_fails_the_run(tmp_path: Path) -> None:
    done = pytest_run(tmp_path, NEEDS_REDIS, CI="true")
    assert done.returncode != 0
    assert "CI=true, and 1 tests lack their service: Redis" in done.stdout + done.stderr


@pytest.mark.redis
def test_redis_answers(redis_url: str) -> None:
    host, port = redis_url.split("/")[2].split(":")
    with socket.create_connection((host, int(port)), 2) as connection:
        connection.sendall(b"PING\r\n")
        assert connection.recv(7) == b"+PONG\r\n"


@pytest.mark.postgresql
def test_an_empty_postgresql_database_knows_vietnamese_letters(postgresql_url: str) -> None:
    with psycopg.connect(postgresql_url) as connection:
        assert connection.execute("SELECT upper('đặng')").fetchone() == ("ĐẶNG",)
        assert connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone() == (0,)


def test_the_world_outside_cannot_be_reached() -> None:
    with pytest.warns(UserWarning, match="connect"), pytest.raises(RuntimeError), socket.socket() as probe:
        probe.connect(("192.0.2.1", 80))


@pytest.mark.browser
def test_a_page_opens_at_the_width_of_a_phone(page_at: PageAt) -> None:
    page = page_at(360)
    page.set_content("<h1>Đặng Thị Hoà</h1>")
    assert page.evaluate("window.innerWidth") == 360
    assert page.get_by_role("heading").inner_text() == "Đặng Thị Hoà"


@pytest.mark.browser
def test_a_page_that_reports_an_error_fails_its_test(tmp_path: Path) -> None:
    test = """
import pytest
pytest_plugins = ["tests.support.browser_fixtures"]
def test_page(page_at): page_at().set_content("<script>throw new Error('hỏng rồi')</script>")
"""
    done = pytest_run(tmp_path, test)
    assert done.returncode == 1
    assert "hỏng rồi" in done.stdout
