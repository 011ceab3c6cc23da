"""``python -m tasks.templates``: lint every HTML template; a clone without templates passes."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tasks.places import PYTHON, ROOT

#: tests have none; below chatbot lies an environment full of other people's
NOT_OURS = {"tests", "chatbot"}


def main() -> int:
    """Hand the folders over to djLint, which would fail on none at all."""
    packages = [
        path for path in ROOT.iterdir() if (path / "__init__.py").exists() and path.name not in NOT_OURS
    ]
    folders = sorted(
        {str(path.relative_to(ROOT)) for package in packages for path in package.glob("**/templates")}
    )
    if not folders:
        return 0
    return subprocess.run(
        [Path(PYTHON).parent / "djlint", "--lint", "--quiet", *folders], cwd=ROOT, check=False
    ).returncode


if __name__ == "__main__":
    raise SystemExit(main())
