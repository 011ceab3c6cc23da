"""The trained model: named by the digest of all that it is made of, made once, used until something changes."""

from __future__ import annotations

import hashlib
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tasks.assistant.environment import CHATBOT, python, settings
from tasks.places import ROOT
from tasks.terminal import Refusal, say

KEEP = 5  # models: rolling back is taking an older one
#: our modules that the bot imports
SHARED = (ROOT / "portal" / "common" / "text.py", ROOT / "portal" / "common" / "teencode.py")


@dataclass(frozen=True, slots=True)
class Ingredients:
    """``phrases`` is a folder of Rasa's training data; ``names`` the portal's list of schools and communes."""

    phrases: Path = CHATBOT / "data" / "nlu"
    names: Path | None = None
    config: Path = CHATBOT / "config.yml"

    def files(self) -> Iterator[Path]:
        """Yield all that a model depends on, in a fixed order."""
        yield from sorted(self.phrases.rglob("*.yml"))
        yield from sorted((CHATBOT / "bot").rglob("*.py"))
        yield from SHARED
        yield self.config
        yield CHATBOT / "requirements.txt"
        if self.names is not None and self.names.exists():
            yield self.names

    def digest(self) -> str:
        """Return 16 hexadecimal digits: letters and digits only, for Rasa cuts a model's name at a dot."""
        whole = hashlib.sha256()
        for file in self.files():
            whole.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
        return whole.hexdigest()[:16]


def trained(folder: Path, ingredients: Ingredients) -> tuple[Path, float]:
    """Return the model's file and the seconds that training took (0 where it was there already)."""
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / f"{ingredients.digest()}.tar.gz"
    if model.exists():
        model.touch()
        return model, 0.0
    began = time.monotonic()
    say("Training the assistant …")
    draft = folder / "draft"
    # fmt: off
    command = [
        str(python()), "-m", "rasa", "train", "nlu", "--config", str(ingredients.config),
        "--nlu", str(ingredients.phrases), "--out", str(draft), "--fixed-model-name", ingredients.digest(),
    ]
    # fmt: on
    environment = {**settings(), "RASA_CACHE_DIRECTORY": str(folder / "cache")}
    if ingredients.names is not None:
        environment["CHATBOT_NAMES"] = str(ingredients.names)
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    made = draft / model.name
    if done.returncode or not made.exists():
        raise Refusal(f"The training failed: {(done.stderr or done.stdout).strip()[-600:]}")
    made.replace(model)
    for old in sorted(folder.glob("*.tar.gz"), key=lambda file: -file.stat().st_mtime)[KEEP:]:
        old.unlink()
    seconds = time.monotonic() - began
    say(f"Trained in {seconds:.0f} s.")
    return model, seconds
