"""One running portal: its ports, its data, the environment that all of its parts share."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.settings import env
from tasks.places import ROOT, SETTINGS


@dataclass(frozen=True, slots=True)
class Site:
    """``host`` is where the parts listen: loopback, but all addresses inside a container."""

    port: int
    data_dir: Path
    host: str
    environment: Mapping[str, str]

    @property
    def inner_port(self) -> int:
        """Port of the second web process, for calls from our own parts."""
        return int(self.environment.get("INNER_PORT") or self.port + 1)

    @property
    def provider_port(self) -> int:
        """Port of the identity provider that plays VNeID."""
        return int(self.environment.get("PROVIDER_PORT") or self.port + 2)

    @property
    def bank_port(self) -> int:
        """Port of the sandbox bank."""
        return int(self.environment.get("BANK_PORT") or self.port + 3)

    @property
    def bot_port(self) -> int:
        """Port of the assistant's bot."""
        return int(self.environment.get("RASA_PORT") or self.port + 4)

    @property
    def address(self) -> str:
        """Where people reach the portal."""
        return self.environment.get("PUBLIC_URL") or f"http://127.0.0.1:{self.port}"

    @property
    def logs(self) -> Path:
        """Folder of the parts' logs."""
        return self.data_dir / "logs"

    @property
    def run(self) -> Path:
        """Folder of what only matters while the portal runs."""
        return self.data_dir / "run"


def site_here(changes: Mapping[str, str] | None = None) -> Site:
    """Read the site from the environment (``PORT``, ``DATA_DIR`` …), with ``changes`` on top."""
    # the settings' own reader is used for the numbers, so that a wrong PORT gets the same sentence everywhere
    port = int((changes or {}).get("PORT") or env.number("PORT", 8000))
    folder = (changes or {}).get("DATA_DIR")
    data_dir = Path(folder) if folder else env.folder("DATA_DIR", ROOT / "var")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", SETTINGS),
        "PYTHONUNBUFFERED": "1",
        **(changes or {}),
        "PORT": str(port),
        "DATA_DIR": str(data_dir),
    }
    return Site(
        port=port, data_dir=data_dir, host=os.environ.get("BIND_HOST", "127.0.0.1"), environment=environment
    )
