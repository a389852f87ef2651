"""Who reads with her, hides and writes, by role?"""

from __future__ import annotations

from uuid import uuid4

import pytest

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.followup.reading import policy


@pytest.mark.parametrize("can", ["can_read_together", "can_hide", "can_write_comment"])
@pytest.mark.parametrize("role", Role.values)
def test_her_workers_alone_and_no_other_role(can: str, role: str) -> None:
    actor = Actor(uuid4(), uuid4(), frozenset({role}))

    assert bool(getattr(policy, can)(actor)) == (
        role in {Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT}
    )
