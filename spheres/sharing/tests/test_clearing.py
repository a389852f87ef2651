"""Does one question for a whole list say of each person what is said of that one alone?"""

from __future__ import annotations

from spheres.core import context
from tests.oracle_clearance import is_cleared
from tests.proofs.databases import Connection
from tests.proofs.spans import AT, HERE
from tests.proofs.stage import Stage


def test_whom_the_list_leaves_out_is_whom_the_database_would_refuse(
    stage: Stage, app: Connection
) -> None:
    world, worker = stage.world, stage.player("youth_worker, live, acting here")
    present = {
        user
        for user, held in world.memberships.items()
        if any(one.organisation == HERE and one.span.holds(AT) for one in held)
    }

    with app.transaction():
        app.execute(
            "select set_config(%s, %s, true)", [context.SETTING, context.sign(worker.actor, AT)]
        )
        rows = app.execute(
            "select of_user from access.who_is_clear((select access.organisation()))"
        ).fetchall()

    expected = {user for user in present if is_cleared(world, user, HERE, AT)}
    assert {user for (user,) in rows} == expected
    assert 0 < len(expected) < len(present)
