"""Puts the portal's style sheet together: many small sources, one file on the wire, no Node.

`python -m tasks.assets` writes `portal/static/portal/site.css`; `--check` only says whether it is fresh.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "portal" / "static_src" / "css"
BUNDLE = ROOT / "portal" / "static" / "portal" / "site.css"

# The order is the cascade: tokens first, what overrides everything (print, forced colours) last.
ORDER = (
    "tokens.css",
    "tokens-dark.css",
    "fonts.css",
    "base.css",
    "layout.css",
    "header.css",
    "footer.css",
    "components/button.css",
    "components/field.css",
    "components/notice.css",
    "components/tag.css",
    "components/progress.css",
    "components/summary-list.css",
    "components/table.css",
    "components/card.css",
    "components/home.css",
    "components/search.css",
    "components/desk.css",
    "components/dossier.css",
    "components/paper.css",
    "components/charge.css",
    "components/chat.css",
    "print.css",
    "forced.css",
)
DARK_BY_CHOICE = ':root[data-theme="dark"]'
DARK_BY_DEVICE = ':root:not([data-theme="light"])'


def bundle() -> str:
    """Return the whole style sheet, comments and needless blanks left out."""
    return "".join(f"/* {name} */\n{squeeze(_source(name))}\n" for name in ORDER)


def squeeze(css: str) -> str:
    """Drop comments and layout; every rule keeps a line of its own, so that a diff can be read."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};])\s*", r"\1", css)
    css = re.sub(r";}", "}", css)
    return css.replace("}", "}\n").strip()


def _source(name: str) -> str:
    css = (SOURCES / name).read_text(encoding="utf-8")
    if name == "tokens-dark.css":
        by_device = css.replace(DARK_BY_CHOICE, DARK_BY_DEVICE)
        css = f"@media (prefers-color-scheme: dark) {{ {by_device} }}\n{css}"
    return css


def main(arguments: list[str]) -> int:
    """Write the bundle, or with `--check` compare it; returns the exit status."""
    fresh = bundle()
    if "--check" in arguments:
        if BUNDLE.exists() and BUNDLE.read_text(encoding="utf-8") == fresh:
            return 0
        print("portal/static/portal/site.css is stale: run `python -m tasks.assets`.")
        return 1
    BUNDLE.write_text(fresh, encoding="utf-8")
    print(f"{BUNDLE.relative_to(ROOT)}: {len(fresh):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
