"""Does the database answer as the page of rights says, for everyone, every file, every act?"""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import product
from uuid import UUID

from spheres.accounts.models import Role
from spheres.core.actor import PURPOSES
from spheres.sharing import rules
from tests import oracle
from tests.daily import CROWDS, crowd
from tests.oracle import ACTS, FACES
from tests.oracle_world import Who, World
from tests.proofs.databases import Connection, act
from tests.proofs.figures import tell
from tests.proofs.spans import AT
from tests.proofs.stage import Stage
from tests.proofs.world import Player

QUESTIONS = tuple(product(ACTS, FACES))
SORTS = ("identity", "notes", "therapy", "private", "relation", "journal")
REACHED = [f"select access.{act}able_{face}_files()" for act, face in QUESTIONS]


def reached(app: Connection, player: Player) -> dict[tuple[str, str], set[object]]:
    """One question for each act and face, all asked before any is answered."""
    act(app, player.actor, AT)
    with app.pipeline():
        answers = [app.execute(question) for question in REACHED]
    return {
        question: set(answer.fetchone()[0])
        for question, answer in zip(QUESTIONS, answers, strict=True)
    }


def differences(app: Connection, stage: Stage) -> tuple[int, list[str]]:
    """The number of cells compared, and a sentence for each that differs."""
    cells, found = 0, []
    app.execute("set local plan_cache_mode = force_generic_plan")  # `reach` is planned once
    for player in stage.players:
        expected = stage.reach(player)
        answered = reached(app, player)
        cells += len(QUESTIONS) * len(stage.world.matters)
        for question in QUESTIONS:
            for file in expected[question] ^ answered[question]:
                said = "allowed" if file in answered[question] else "refused"
                found.append(f"{player.name}: {' '.join(question)} {said} on {file}")
    return cells, found


def test_the_oracle_knows_every_role_act_and_face() -> None:
    assert set(oracle.ROLES) == {role.value for role in Role}
    assert oracle.SECTIONS == rules.SECTIONS
    assert set(FACES) == set(rules.FACES)
    assert set(ACTS) == {act.value for act in rules.Act}


def test_the_world_holds_every_link_for_every_person(stage: Stage) -> None:
    met: dict[frozenset[str], set[tuple[bool, ...]]] = {}
    for player in stage.players:
        hat = oracle.roles_held(stage.world, player.who, AT)
        met.setdefault(hat, set()).update(
            links_of(stage.world, player.who, file) for file in stage.world.matters
        )

    # Whoever holds a role meets, in it, every relation that a file can have to her.
    for hat in [frozenset({role}) for role in oracle.ROLES]:
        assert met[hat] >= set(product((False, True), repeat=4))
    assert frozenset() in met


def test_the_world_holds_every_way_to_be_given_a_file_for_a_while(stage: Stage) -> None:
    # Each by itself, and together with a conflict.
    ways = ("covers", "bereft", "handed", "recognised", "alone", "joined")
    workers = [player for player in stage.players if " live, acting here" in player.name]
    links = [
        oracle.standing(stage.world, player.who, file, AT)
        for player in (*workers, stage.player("two places, claiming youth_worker, acting here"))
        for file in stage.world.matters
        if player.actor.roles & oracle.WORKERS
    ]

    met = {(way, link.conflict) for link in links for way in ways if getattr(link, way)}

    assert met == set(product(ways, (False, True)))


def links_of(world: World, who: Who, file: UUID) -> tuple[bool, ...]:
    """What is written of her and this file, whatever it is worth: no right is asked here."""
    return (
        any(span.holds(AT) for span in world.assignments.get((who.user, file), ())),
        world.holders.get(file) == who.organisation,
        any(h.span.holds(AT) for h in world.offers_to(who.user, file)),
        (who.user, file) in world.conflicts,
    )


def test_nobody_reaches_more_or_less_than_the_page_of_rights_says(
    stage: Stage, app: Connection
) -> None:
    began = time.monotonic()

    cells, found = differences(app, stage)

    seconds = time.monotonic() - began
    tell(f"matrix: {cells:,} cells, {len(found)} differences, {seconds:.1f} s")
    assert found == []
    assert cells >= 1_000_000


def test_who_can_names_exactly_those_whom_the_page_of_rights_lets_in(
    stage: Stage, app: Connection
) -> None:
    world = stage.world
    asker = stage.player("youth_worker, live, acting here")
    visible = stage.reach(asker)["read", "relation"]
    found = []
    for number, file in enumerate(world.matters):
        act(app, asker.actor, AT)  # a context lasts a minute
        let_in = rights_of_each_membership(world, file) if file in visible else {}
        # A file the asker sees is asked on two sorts of face, in turn; any other, on one.
        sorts = [SORTS[number % len(SORTS)], SORTS[(number + 3) % len(SORTS)]]
        for face in sorts if file in visible else [FACES[number % len(FACES)]]:
            expected = [whom for whom, rights in let_in.items() if ("read", face) in rights]
            answer = app.execute("select * from access.who_can(%s, %s)", [file, face]).fetchall()
            if sorted(answer) != sorted(expected):
                found.append((file, face))

    assert len(visible) >= 50
    assert found == []


def rights_of_each_membership(
    world: World, file: UUID
) -> dict[tuple[UUID, UUID, str, str], frozenset[tuple[str, str]]]:
    """What each role of each person allows on a file, taken alone, for each purpose."""
    return {
        (user, m.organisation, m.role, purpose): oracle.rights(replace(link, purpose=purpose))
        for user, held in world.memberships.items()
        for m in held
        for link in [
            oracle.standing(world, Who(user, m.organisation, frozenset({m.role})), file, AT)
        ]
        for purpose in PURPOSES
    }


@CROWDS
def test_who_can_answers_nothing_to_those_who_may_not_see_who_walks_with_her(
    stage: Stage, app: Connection, step: int
) -> None:
    answered = []
    for player in crowd(stage.players, step):
        visible = stage.reach(player)["read", "relation"]
        hidden = [file for file in stage.world.holders if file not in visible][:2]
        act(app, player.actor, AT)
        for file in hidden:
            answered += app.execute("select * from access.who_can(%s, 'notes')", [file]).fetchall()

    assert answered == []
