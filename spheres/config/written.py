"""How is a page of reference written: its title, what it says of itself, its tables?"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table; what a cell says never breaks it."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    cells = (" | ".join(str(cell).replace("|", "\\|") or "–" for cell in line) for line in lines)
    return "".join(f"| {line} |\n" for line in cells)


def page(title: str, lead: str, *parts: str) -> str:
    made = _("Made from the code by `python3 run.py docs`; do not edit.")
    return "\n".join([f"# {title}\n", f"{lead} {made}\n", *parts])


def head(title: str, number: int = 0) -> str:
    """The title of a part, with its number if it has one."""
    return f"## {number}. {title}\n" if number else f"## {title}\n"
