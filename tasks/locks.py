"""``python -m tasks.locks``: tell whether the locks agree with pyproject.toml. Works offline.

Compares what pyproject.toml asks for with the locks' pins; it does not resolve anything.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tasks.places import ROOT
from tasks.terminal import say

PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)
ADDRESS = re.compile(r"^(?!\s*#).*\b[a-z+]+://", re.MULTILINE)  # a download address, or an index
HOW = "Run requirements/README.md's commands and commit the locks."


def pins(text: str) -> dict[str, str]:
    """Return ``{name: version}`` of a lock."""
    return {str(canonicalize_name(name)): version for name, version in PIN.findall(text)}


def asked(pyproject: Mapping[str, Any]) -> dict[str, list[Requirement]]:
    """Return what each lock must hold: main; prod adds the extra; dev adds that and the group."""
    project = pyproject["project"]
    groups = pyproject["dependency-groups"]
    main = [Requirement(text) for text in project["dependencies"]]
    prod = [*main, *(Requirement(text) for text in project["optional-dependencies"]["prod"])]
    dev = [*prod, *(Requirement(text) for text in groups["dev"])]
    return {"main": main, "prod": prod, "dev": dev}


def disagreements(wanted: Iterable[Requirement], lock: str, name: str) -> Iterator[str]:
    """Yield a sentence for everything in which one lock differs from what is asked for."""
    found = pins(lock)
    for requirement in wanted:
        version = found.get(str(canonicalize_name(requirement.name)))
        if version is None:
            yield f"requirements/{name}.txt lacks {requirement.name}. {HOW}"
        elif not requirement.specifier.contains(version, prereleases=True):
            yield f"requirements/{name}.txt pins {requirement.name} {version}, pyproject.toml asks {requirement}. {HOW}"
    for address in ADDRESS.findall(lock):
        yield f"requirements/{name}.txt records an address: {address.strip()}"
    if lock.count("==") and "--hash=" not in lock:
        yield f"requirements/{name}.txt has no hashes."


def strangers(locks: Mapping[str, dict[str, str]]) -> Iterator[str]:
    """Yield packages that two locks pin differently: main must be a part of prod, prod of dev."""
    for smaller, larger in (("main", "prod"), ("prod", "dev")):
        for package, version in locks[smaller].items():
            other = locks[larger].get(package)
            if other != version:
                yield f"{package}: {smaller}.txt pins {version}, {larger}.txt {other or 'nothing'}. {HOW}"


def main(root: Path = ROOT) -> int:
    """Print every disagreement."""
    pyproject = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    texts = {
        name: (root / "requirements" / f"{name}.txt").read_text("utf-8") for name in ("main", "prod", "dev")
    }
    wanted = asked(pyproject)
    troubles = [
        trouble for name, text in texts.items() for trouble in disagreements(wanted[name], text, name)
    ]
    troubles += strangers({name: pins(text) for name, text in texts.items()})
    for trouble in troubles:
        say(trouble)
    return 1 if troubles else 0


if __name__ == "__main__":
    raise SystemExit(main())
