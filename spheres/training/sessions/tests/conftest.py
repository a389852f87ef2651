"""What these tests share: who teaches; and a world whose acts are committed, for two who want one
place."""

from __future__ import annotations

import pytest

from spheres.core.actor import Actor
from spheres.training.sessions.tests.factories import plan, teach
from tests.cast import Cast
from tests.proofs.committed_world import world

__all__ = ["world"]


@pytest.fixture
def odile(cast: Cast) -> Actor:
    """She teaches, in the session that Louise planned."""
    found = teach(cast)
    plan(cast.louise, found)
    return found
