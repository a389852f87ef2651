"""The words of the demo region, for tests that draw pages: read once, then lent to each test."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

from django.db import transaction

from spheres.regions import lexicon, queries
from spheres.regions.reading import Proof, read
from spheres.regions.registry import Loading, sections
from tests.cast import LOADER, MONDAY, acting
from tests.open_works import ROOT

# The sections that name nobody: the cast brings its own people and organisations.
# What lives in it: people's days, played after it is loaded.
LIVING = "spheres.config."
WORDS = ("spheres.regions.", "spheres.followup.exercises.", "spheres.followup.instruments.")


def lives() -> list[str]:
    """The files and folders of the demo in which somebody lives."""
    living = (one for one in sections() if one.apply.__module__.startswith(LIVING))
    return [one.file.partition("/")[0] for one in living]


@cache
def photograph() -> queries.Photograph:
    """What the demo's files say, as the house reads it; nothing of it stays in the database."""
    folder, proof = ROOT / "regions" / "demo", Proof(lexicon.read())
    said: dict[str, Any] = {}
    with transaction.atomic(), acting(LOADER):
        loading = Loading("demo", said, LOADER, MONDAY, MONDAY)
        for section in sections():
            if section.check.__module__.startswith(WORDS):
                parts = [read(file, file.name, proof) for file in folder.glob(section.file)]
                said[section.name] = section.check([part for part in parts if part], said)
                section.apply(loading)
        assert proof.faults == []
        queries.forget()
        queries.region()
        taken = queries._photograph
        transaction.set_rollback(True)
    assert taken is not None
    return taken


@contextmanager
def demo_words() -> Iterator[None]:
    """Let the house speak the demo region's words, without a row in the database."""
    queries._photograph = replace(photograph(), taken=time.monotonic() + 3600)
    try:
        yield
    finally:
        queries.forget()
