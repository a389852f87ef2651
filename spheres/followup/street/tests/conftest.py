"""What do these tests share? A Monday, in a region that has its words; and a committed world."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from spheres.core import clock
from tests.cast import MONDAY
from tests.proofs.committed_world import world
from tests.region import demo_words

__all__ = ["world"]


@pytest.fixture(autouse=True)
def _on_a_monday() -> Iterator[None]:
    with clock.at(MONDAY), demo_words():
        yield
