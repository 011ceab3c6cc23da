"""Rasa's HTTP server on loopback, for the portal alone; the token comes by the environment.

On a command line every user of the machine could read it.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from rasa.core.run import serve_application
from rasa.utils.common import configure_logging_and_warnings


def main() -> None:
    """Serve until ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    given = parser.parse_args()
    token = os.environ.pop("RASA_TOKEN")
    configure_logging_and_warnings(log_level=30)
    serve_application(
        model_path=given.model,
        credentials=str(Path(__file__).resolve().parents[1] / "credentials.yml"),
        interface=given.host,
        port=given.port,
        enable_api=True,
        auth_token=token,
    )


if __name__ == "__main__":
    main()
