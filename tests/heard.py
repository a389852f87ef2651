"""What does whoever listens to a page hear of what is pressed there?"""

from __future__ import annotations

import re
from collections import Counter

PRESSED = re.compile(
    r'<(?:button\b|a\b(?=[^>]*class="button))(?P<marks>[^>]*)>(?P<words>.*?)</(?:button|a)>',
    re.DOTALL,
)


def alike(page: str) -> list[str]:
    """What stands twice on this page under the same name, said of nothing, and leads elsewhere."""
    told: Counter[tuple[str, str]] = Counter()
    leads: set[tuple[str, str, str]] = set()
    for one in PRESSED.finditer(page):
        name = " ".join(re.sub(r"<[^>]+>", " ", one["words"]).split())
        about = _said(one["marks"], "aria-describedby") or _said(one["marks"], "aria-label")
        address = _said(one["marks"], "href")
        if address and (name, about, address) in leads:
            continue  # the same way, offered again
        leads.add((name, about, address))
        told[name, about] += 1
    return sorted(name for (name, _about), number in told.items() if number > 1)


def _said(marks: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', marks)
    return found[1] if found else ""
