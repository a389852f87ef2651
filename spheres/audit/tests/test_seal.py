"""Does a checkpoint hold what it photographs, and does any spoiling of the journal show?"""

from __future__ import annotations

import pytest

from spheres.audit import actions as audit
from spheres.audit import export, verify
from spheres.audit.tests.world import World, world  # noqa: F401


def report(world: World, *held: str) -> verify.Report:
    return verify.verify(export.lines(world.backup_url), audit.public_keys(), held)


def test_an_untouched_journal_is_confirmed_by_the_checkpoint_held(world):
    note = world.seal().note

    found = report(world, note)

    assert found.anomalies == []
    assert found.sure.number == 1
