"""``python -m tasks.assistant.serve``: make the environment, train if something changed, become Rasa."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from portal.settings.assistant import rasa_token
from tasks.assistant.environment import NoPythonError, python, settings
from tasks.assistant.model import Ingredients, trained
from tasks.places import PYTHON, ROOT
from tasks.terminal import Refusal, problem
from tasks.up.site import Site, site_here
from tasks.up.supervisor import CANNOT_RUN


def command(model: Path, port: int) -> list[str]:
    """Return Rasa's command line; the token comes by a file that the owner alone reads, not by an argument."""
    # fmt: off
    return [
        str(python()), "-m", "chatbot.bot.server", "--model", str(model), "--port", str(port),
    ]
    # fmt: on


def token(site: Site) -> str:
    """Derive what the portal derives, too."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", site.environment["DJANGO_SETTINGS_MODULE"])
    from django.conf import settings as django

    return rasa_token(django.SECRET_KEY)


def models_folder(site: Site) -> Path:
    """Return where models lie; ``ASSISTANT_MODELS`` lets several copies of a portal share them."""
    folder = site.environment.get("ASSISTANT_MODELS")
    return Path(folder) if folder else site.data_dir / "assistant" / "models"


def names_file(site: Site) -> Path | None:
    """Let the portal write its schools and communes; without them the bot only knows what has a form."""
    path = site.data_dir / "assistant" / "names.json"
    done = subprocess.run(
        [PYTHON, "-m", "django", "assistant_names", str(path)],
        cwd=ROOT, env=dict(site.environment), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        problem(f"The names of schools could not be read: {done.stderr.strip()[-300:]}")
    return path if path.exists() else None


def main() -> int:
    """Never return where all went well: this process becomes Rasa's."""
    site = site_here()
    try:
        python()
        model, _ = trained(models_folder(site), Ingredients(names=names_file(site)))
    except NoPythonError as missing:
        problem(str(missing))
        return CANNOT_RUN
    except Refusal as refusal:
        problem(str(refusal))
        return 1
    arguments = command(model, site.bot_port)
    os.chdir(site.data_dir / "assistant")
    return become(arguments, {**settings(), "RASA_TOKEN": token(site)})


def become(arguments: list[str], environment: dict[str, str]) -> NoReturn:
    """Replace this process, so that the supervisor's signals reach Rasa."""
    os.execve(arguments[0], arguments, environment)


if __name__ == "__main__":
    logging.disable(logging.INFO)
    sys.exit(main())
