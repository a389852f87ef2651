"""What is done with a file, by whom, and in which state? Each right of `policy.py`, in plain words.

What the rule table opens says nothing of what may be done today: each folder's policy does. Every
one of them that speaks of persons is said here, under its name; a new one is said, or a test stops.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from django.apps import apps

from spheres.evaluation.rights import (
    asked_by_law,
    coming_and_going,
    convened,
    made_together,
    supported,
)

# Of these nothing is said here: they open no file and speak of no person (docs/reference/rights.md
# lists their rules).
OF_THE_HOUSE: Final = (
    "accounts",
    "directory",
    "worker_support.appreciation",
    "worker_support.competencies",
    "worker_support.informal_support",
    "worker_support.outings",
    "worker_support.own_notes",
    "worker_support.peers",
    "worker_support.practice_groups",
    "worker_support.wellbeing",
    "outreach.events",
    "evaluation.reports",
    "evaluation.rights",
    "evaluation.texts_due",
    "evaluation.theory",
    "privacy.office",
    "privacy.access_reviews",
    "privacy.wording",
)

WORDS: Final = {
    **coming_and_going.WORDS, **made_together.WORDS, **asked_by_law.WORDS, **convened.WORDS,
    **supported.WORDS,
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """What a folder allows, in one sentence."""

    rights: tuple[str, ...]
    said: Any


@dataclass(frozen=True)
class Folder:
    """One thing that is done, and who may."""

    name: str
    title: Any
    lines: tuple[Line, ...]


def names() -> Iterator[str]:
    """The packages that have rules of their own and speak of persons, as this page names them."""
    for config in apps.get_app_configs():
        name = config.name.removeprefix("spheres.")
        if config.name != name and name not in OF_THE_HOUSE and find_spec(f"{config.name}.policy"):
            yield name


def rights_of(name: str) -> dict[str, str]:
    """The rights of one folder, as its policy says them itself."""
    policy = import_module(f"spheres.{name}.policy")
    return {
        right: inspect.getdoc(function) or ""
        for right, function in inspect.getmembers(policy, inspect.isfunction)
        if right.startswith("can_") and function.__module__ == policy.__name__
    }


def all_rights() -> dict[str, dict[str, str]]:
    """Every right that speaks of persons: part of the version of the page."""
    return {name: rights for name in names() if (rights := rights_of(name))}


def folders() -> list[Folder]:
    """What stands in the house, and in this order; a right that no policy has is not said."""
    standing = all_rights()
    found = []
    for name, (title, said) in WORDS.items():
        lines = (
            Line(tuple(right for right in rights.split() if right in standing.get(name, ())), words)
            for rights, words in said
        )
        if kept := tuple(line for line in lines if line.rights):
            found.append(Folder(name, title, kept))
    return found


def unsaid() -> list[str]:
    """The rights that this page does not say yet."""
    said = {
        (name, r) for name, (_t, lines) in WORDS.items() for rs, _w in lines for r in rs.split()
    }
    return sorted(
        f"{name}.{right}"
        for name, rights in all_rights().items()
        for right in rights
        if (name, right) not in said
    )
