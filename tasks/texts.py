"""``python -m tasks.texts``: tell whether the catalogues of texts are sound."""

from __future__ import annotations

from tasks.terminal import say
from tasks.up.catalogues import faults, sources


def main() -> int:
    """Print every fault."""
    found = [fault for source in sources() for fault in faults(source)]
    for fault in found:
        say(fault)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
