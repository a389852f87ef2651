"""Do the tables themselves obey: what is seen, added, changed, for real, row by row?"""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from spheres.core.actor import NOTEBOOK, PARTICIPANT, service
from spheres.sharing.tests.test_matrix import rights_of_each_membership
from tests.daily import CROWDS, crowd
from tests.proofs.attempts import added, matter_differences, seen, story_differences
from tests.proofs.databases import Connection, act
from tests.proofs.figures import compared
from tests.proofs.rows import row_of
from tests.proofs.spans import AT
from tests.proofs.stage import Stage
from tests.proofs.tables import (
    ELSEWHERE,
    MATTERS,
    STORIES,
    Matter,
    Story,
    first_of_each_word,
    of_a_section,
)
from tests.proofs.world import Player

ROOT = Path(__file__).parents[3]
# One table for each word at each run; all of them in a proof.
EACH_WORD = set(first_of_each_word(story.table for story in STORIES))


def test_every_table_of_a_section_is_compared_or_says_where_it_is() -> None:
    compared_here = {story.table for story in STORIES}

    assert of_a_section() == compared_here | {*ELSEWHERE}
    assert len(compared_here) == len(STORIES)
    assert [place for place in ELSEWHERE.values() if not (ROOT / place).exists()] == []


@CROWDS
@pytest.mark.parametrize(
    "story",
    [
        pytest.param(
            story, id=story.table, marks=() if story.table in EACH_WORD else pytest.mark.proof
        )
        for story in STORIES
    ],
)
def test_a_table_of_her_story_opens_as_its_section_does(
    stage: Stage, app: Connection, story: Story, step: int
) -> None:
    players = crowd(stage.players, step)

    assert list(story_differences(app, stage, story, players)) == []
    compared(len(players) * len(stage.world.holders) * (2 if story.changes else 1))


@CROWDS
@pytest.mark.parametrize("matter", MATTERS, ids=lambda matter: matter.table)
def test_a_table_of_a_referral_opens_to_the_hands_it_is_in(
    stage: Stage, app: Connection, matter: Matter, step: int
) -> None:
    players = crowd(stage.players, step)

    assert list(matter_differences(app, stage, matter, players)) == []
    compared(len(players) * len(stage.world.matters) * (2 if matter.changes else 1))


@pytest.mark.parametrize(
    ("table", "others"),
    [
        (
            "accounts_organisation",
            {"visitor", "participant", "service:doorkeeper", "service:loader"},
        ),
        ("accounts_user", {"service:doorkeeper", "service:loader"}),
        ("accounts_membership", {"service:doorkeeper", "service:loader"}),
        ("audit_checkpoint", {"service:sealer"}),
    ],
)
def test_who_works_where_is_known_to_those_who_work_here(
    stage: Stage, app: Connection, table: str, others: set[str]
) -> None:
    found = []
    everything = len(seen_as_loader(app, table)) if "service:loader" in others else 1
    allowing = 0  # notebooks that open who sees the file: in this world, nobody walks with them
    for player in stage.players:
        expected = everything if player.actor.is_staff or player.actor.roles & others else 0
        if table in BY_NAME and player.actor.roles == {PARTICIPANT}:
            column, names = BY_NAME[table], named_to_her(stage, player)
            allowing += bool(stage.reach(player)["read", "journal"])
            expected = sum(1 for one in column_as_loader(app, table, column) if one in names)
        act(app, player.actor, AT)
        if app.execute(f"select count(*) from {table}").fetchone()[0] != expected:
            found.append(player.name)

    assert found == []
    assert (allowing > 0) == (table in BY_NAME)


# In her notebook, once she allowed who opened it, she reads those names and no other.
BY_NAME = {"accounts_user": "id", "accounts_membership": "user_id"}


def named_to_her(stage: Stage, player: Player) -> set[UUID]:
    """Of the file whose journal she reads: whoever may read who she is, or who walks with her.
    Whoever claims to be her on another page is told nobody."""
    if player.actor.purpose != NOTEBOOK:
        return set()
    files = stage.reach(player)["read", "journal"]
    told = {one.file for one in stage.world.disclosures} | set(stage.world.consents)
    assert not told & files  # nothing of hers is shared or told: that is in `test_named.py`
    return {
        user
        for file in files
        for (user, *_role), rights in rights_of_each_membership(stage.world, file).items()
        if rights & {("read", "relation"), ("read", "identity")}
    }


def column_as_loader(app: Connection, table: str, column: str) -> list[UUID]:
    act(app, service("loader"), AT)
    return [one for (one,) in app.execute(f"select {column} from {table}").fetchall()]


def seen_as_loader(app: Connection, table: str) -> list[object]:
    act(app, service("loader"), AT)
    return app.execute(f"select 1 from {table}").fetchall()


@CROWDS
def test_a_person_is_known_by_her_files_alone(stage: Stage, app: Connection, step: int) -> None:
    found = []
    person = {
        file: stage.world.persons.get(file, row_of("person", file)) for file in stage.world.holders
    }
    for player in crowd(stage.players, step):
        expected = stage.reach(player)["read", "relation"] & set(stage.world.holders)
        act(app, player.actor, AT)
        rows = app.execute("select id from participants_participant").fetchall()
        if {key for (key,) in rows} != {person[file] for file in expected}:
            found.append(player.name)

    assert found == []


@CROWDS
def test_the_journal_opens_with_the_file_and_to_the_one_it_speaks_of(
    stage: Stage, app: Connection, step: int
) -> None:
    found = []
    for player in crowd(stage.players, step):
        chains = set(stage.reach(player)["read", "journal"])
        # Whoever holds a code reads a thread, not the journal of who opened it.
        if player.actor.user_id in stage.world.memberships and not player.actor.has("asker"):
            chains.add(player.actor.user_id)
        act(app, player.actor, AT)
        for table in ("audit_event", "audit_link", "audit_head"):
            whole = table == "audit_head" and "service:sealer" in player.actor.roles
            expected = chains | set(stage.world.matters) if whole else chains
            answered = set(seen(app, table, "chain_id"))
            if whole:
                expected, answered = set(stage.world.matters), answered & set(stage.world.matters)
            if answered != expected:
                found.append(f"{player.name} in {table}")

    assert found == []


@CROWDS
def test_a_draft_is_its_authors_alone_and_closes_with_the_file(
    stage: Stage, app: Connection, step: int
) -> None:
    found = []
    drafted = set(list(stage.world.holders)[:40])
    for player in stage.players[:: step * step]:
        expected = stage.reach(player)["append", "notes"] & drafted
        act(app, player.actor, AT)
        rows = app.execute("select author_id, file_id from records_draft").fetchall()
        if sorted(rows) != sorted((player.actor.user_id, file) for file in expected):
            found.append(f"{player.name} sees")
        with app.transaction(force_rollback=True):
            gone = app.execute("delete from records_draft returning author_id, file_id").fetchall()
        if sorted(gone) != sorted(rows):
            found.append(f"{player.name} discards")

    assert found == []


@CROWDS
def test_nobody_sees_or_declares_the_conflict_of_another(
    stage: Stage, app: Connection, step: int
) -> None:
    found = []
    for player in crowd(stage.players, step):
        own = player.actor.user_id
        mine = sorted(file for user, file in stage.world.conflicts if user == own)
        act(app, player.actor, AT)
        rows = app.execute("select user_id, file_id from sharing_conflict").fetchall()
        if sorted(rows) != [(own, file) for file in mine]:
            found.append(f"{player.name} sees")
        if added(app, "sharing_conflict", stage.world.matters[:2], user_id="f", file_id="f"):
            found.append(f"{player.name} declares for another")

    assert found == []
