"""The containers' own start commands, against real PostgreSQL and Redis, without containers."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from tasks.up.ask import answer
from tasks.up.checks import free_copy_port
from tests.tasks.support import ROOT, environment, tasks

SECRETS = ("SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY", "INNER_TOKEN", "OIDC_CLIENT_SECRET")
HOST = "dichvu.example"


def settings(**changes: str) -> dict[str, str]:
    """Return a whole configuration of the production profile."""
    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        **dict.fromkeys(SECRETS, "made-up-and-long-enough-for-a-test-of-the-start-0123456789"),
        "FIELD_KEYS": Fernet.generate_key().decode(),
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "DEFAULT_FROM_EMAIL": f"khong-tra-loi@{HOST}",
        "PUBLIC_URL": f"https://{HOST}",
        "ALLOWED_HOSTS": HOST,
        **changes,
    }


@pytest.mark.parametrize("name", [*SECRETS, "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL"])
def test_it_refuses_to_start_without_a_setting_and_names_it(tmp_path: Path, name: str) -> None:
    without = {key: value for key, value in settings().items() if key != name}
    refused = tasks(tmp_path, "prepare", **without)
    assert refused.returncode == 1
    assert f"Set the environment variable {name}" in refused.stderr


@pytest.mark.processes
@pytest.mark.postgresql
@pytest.mark.redis
@pytest.mark.timeout(240)
class TestParts:
    """Started as compose.yaml starts them: prepare first, then one process each."""

    @pytest.fixture
    def configuration(self, tmp_path: Path, postgresql_url: str, redis_url: str) -> dict[str, str]:
        port = str(free_copy_port(13_000))
        # a Redis database of its own: the suite's other tests use the first
        own = settings(
            DATABASE_URL=postgresql_url, REDIS_URL=f"{redis_url.rpartition('/')[0]}/7", PORT=port
        )
        prepared = tasks(tmp_path, "prepare", **own)
        assert prepared.returncode == 0, prepared.stdout + prepared.stderr
        return own

    @pytest.fixture
    def port(self, tmp_path: Path, configuration: dict[str, str]) -> Iterator[int]:
        started = [
            subprocess.Popen(
                [sys.executable, "-m", "tasks", "part", name],
                cwd=ROOT,
                env=environment(tmp_path, **configuration),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for name in ("web", "inner", "worker", "beat")
        ]
        yield int(configuration["PORT"])
        for process in started:
            process.terminate()
        codes = [process.wait(30) for process in started]
        assert codes == [0, 0, 0, 0], "a part did not end cleanly on TERM"

    def test_all_serve(self, tmp_path: Path, configuration: dict[str, str], port: int) -> None:
        until = time.monotonic() + 90
        wanted = {"web", "database", "migrations", "worker", "beat"}
        up: set[str] = set()
        while not wanted <= up:
            assert time.monotonic() < until, f"not up: {wanted - up}"
            status, body = answer(f"http://127.0.0.1:{port}/health/", host=HOST)
            parts = json.loads(body)["parts"] if status == 200 else {}
            up = {name for name, part in parts.items() if part["state"] == "up"}
            time.sleep(0.3)
        for name in ("web", "inner"):
            asked = tasks(tmp_path, "healthy", name, **configuration)
            assert asked.returncode == 0, asked.stderr
        assert answer(f"http://127.0.0.1:{port}/health/")[0] == 400, (
            "a name that is not allowed was answered"
        )
