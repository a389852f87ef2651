"""Does anybody's own reach grow so large that pages become slow, or a person sees a crowd?"""

from __future__ import annotations

from itertools import product

from django.db import connection

from spheres.core.actor import VISITOR
from spheres.sharing import rules
from tests.cast import LOADER, Cast, acting
from tests.oracle import ACTS, FACES, KINDS


def test_nobody_of_the_cast_reaches_more_files_than_the_cap(cast: Cast) -> None:
    people = [value for value in vars(cast).values() if hasattr(value, "user_id")]
    sizes = {}
    for actor in (*people, VISITOR, LOADER):
        with acting(actor), connection.cursor() as cursor:
            for act, face in product(ACTS, FACES):
                cursor.execute(f"select cardinality(access.{act}able_{face}_files())")
                sizes[actor, act, face] = cursor.fetchone()[0]
            cursor.execute("select cardinality(access.handled(%s))", [list(KINDS)])
            sizes[actor, "handle", "matter"] = cursor.fetchone()[0]
            cursor.execute("select cardinality(access.readable_chains())")
            sizes[actor, "read", "chains"] = cursor.fetchone()[0]

    assert rules.REACH_CAP == 500
    assert max(sizes.values()) <= rules.REACH_CAP
    assert len(people) >= 8
