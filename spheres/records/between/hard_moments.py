"""After what is somebody offered a moment for herself? Folders say it, unknown to well-being.

They say when, and nothing else: neither whom it concerned nor what was written.
"""

from __future__ import annotations

_asked: list[str] = []


def ask(query: str) -> None:
    """Register SQL that gives moments, `at`, of what %(user)s has just lived through at work."""
    _asked.append(query)


def of_whoever_acts() -> str:
    """All of it, as one list."""
    return " union all ".join(["select null::timestamptz as at where false", *_asked])
