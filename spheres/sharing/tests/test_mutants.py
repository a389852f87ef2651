"""If a rule lied, would the matrix say so? Each small lie is told, and must be caught."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from spheres.core.actor import CUSTODY, NOTEBOOK, ORDINARY, SEAT
from spheres.sharing import rules
from tests.daily import DAILY, part_told, told_today
from tests.oracle import ACTS, FACES, KINDS, ROLES
from tests.proofs import mutants
from tests.proofs.databases import Connection, act
from tests.proofs.figures import tell
from tests.proofs.mutants import Mutant
from tests.proofs.spans import AT
from tests.proofs.stage import Stage
from tests.proofs.world import LIVES, Player

# Lies that change no answer, each with the reason why.
EQUIVALENT = {
    "therapist: + youth_worker": "her workers already read these sections (team)",
    "therapist: + professional_support": "her workers already read these sections (team)",
    "therapist: + therapy": "a therapist already reads her sealed notes (therapy)",
    "therapist: + journal": "a therapist already reads the journal (journal)",
    "journal: + identity": "workers and therapists already read it (team, therapist)",
    "journal: + contact": "workers and therapists already read it (team, therapist)",
    "journal: + summary": "workers and therapists already read it (team, therapist)",
    "journal: + relation": "workers and therapists already see it (team, therapist)",
}
# Of a person handed over, a row can only name what may pass: the database refuses any other face.
EQUIVALENT |= {
    f"{rule}: + {face}": "no row names this face (sharing_handedover_only_what_may_pass)"
    for rule in ("handed over", "taking over", "handed to a therapist")
    for face in rules.FACES
    if face not in rules.HANDED_FACES
}
# Workers read and write already what a therapist does of a person handed over, or begun with alone.
EQUIVALENT |= {
    f"{rule}: + {role}": f"her workers already may ({already})"
    for rule, already in (("handed to a therapist", "handed over"), ("begun with her", "team"))
    for role in rules.WORKERS
}
EQUIVALENT |= {
    "begun with her: + read": "a therapist reads it already (therapist)",
    "begun with her: + therapy": "a therapist already writes her sealed notes (therapy)",
}
# Nor can she share any other with a partner.
EQUIVALENT |= {
    f"agreed: + {face}": "no row names this face (sharing_consent_only_what_may_be_shared)"
    for face in rules.FACES
    if face not in rules.SHAREABLE
}
# Nor may a seat name what is never read from one.
EQUIVALENT |= {
    f"seat: + {face}": "no row names this face (sharing_seat_only_what_may_be_read)"
    for face in rules.FACES
    if face not in rules.SEATED
}
# And whoever sits must hold, since before the seat, a role of those who may sit.
EQUIVALENT |= {
    f"seat: + {role}": "the relation itself asks for a role of those who sit (IN_SEAT)"
    for role in ROLES
    if role not in rules.SITTERS
}
# Nor may a notebook name what it never shows; and nobody who works is the person of a file.
EQUIVALENT |= {
    f"{rule}: + {face}": "no row names this face (sharing_notebook_only_what_may_be_shown)"
    for rule in ("notebook", "writing there")
    for face in rules.FACES
    if face not in rules.IN_HER_NOTEBOOK
}
EQUIVALENT |= {
    f"{rule}: + {role}": "no identifier of a person of the house is that of a young person"
    for rule in ("notebook", "writing there")
    for role in ROLES
}
EQUIVALENT |= {"writing there: + read": "what she writes, she reads already (notebook)"}
# Whoever is given a file for a while reads who walks with the person already.
EQUIVALENT |= {
    "taking over: + read": "whoever a person is handed over to reads it already (handed over)",
    "welcome back: + read": "whoever heard the code word reads it already (code word)",
    "left to her: + read": "whoever answers for a colleague reads it already (cover)",
    "left to her: + notes": "whoever answers for a colleague writes it already (told meanwhile)",
    "left to her: + contact": "whoever answers for a colleague writes it already (told meanwhile)",
}
# In the look-up of a stay: whoever a grant can open something to accompanies people at the moment,
# and her own stay, still open, continues whatever began since.
EQUIVALENT_STAYS = {
    "since: of anybody": "what another began since continues her own stay",
    "since: anywhere": "what she began elsewhere since continues her stay here",
    "since: in any hat": "a hat put on since continues her stay",
}
# This world has one body, which asks, and everybody of its parts but those told apart was trained;
# a body that asks nothing, and a part asked with its body, are held in `config/tests`.
EQUIVALENT_CLEARANCES = {
    "stands_until: asked of nobody": "nobody shares with the one organisation that asks nothing",
    "stands_until: asked of each part apart": "in the other part of the body all were trained",
}


SITTING = ("privacy_officer, ", "counsel, ")


def cast_of(stage: Stage) -> list[Player]:
    """A reduced matrix: each role live, each state of one worker and one therapist, odd hats."""
    states = ("youth_worker, ", "psychotherapist, ", "coordinator, ")
    therapists = (states[1], "worker and therapist", "therapist there", "therapist, then worker")
    odd = ("two places, claiming youth_worker", "worker once", "worker of an org", "worker, and")
    others = ("worker and", *LIVES)
    return [
        player
        for player in stage.players
        if ", live, acting here" in player.name
        or player.name.startswith((states[0], *odd))
        # The notes of a colleague who is gone are read by psychotherapists, on pages made for it.
        or (player.actor.purpose == CUSTODY and player.name.startswith(therapists))
        # One matter of the law is read by privacy officers and counsel, on pages made for it.
        or (player.actor.purpose == SEAT and player.name.startswith(SITTING))
        # Her notebook is read by herself alone.
        or player.actor.purpose == NOTEBOOK
        # On the pages made for what is shared, or opened for an hour, these add nothing.
        or (
            player.actor.purpose == ORDINARY
            and (player.name.startswith((*states, *others)) or " of the " in player.name)
        )
    ]


def asked_first(players: list[Player], mutant: Mutant) -> list[Player]:
    return sorted(players, key=lambda player: not player.actor.roles & mutant.roles)


EVERY = [(act, face) for act in ACTS for face in FACES]


def reach_differs(
    gate: Connection, stage: Stage, players: Iterable[Player], asked: list[tuple[str, str]] = EVERY
) -> bool:
    acts, faces = [act for act, _ in asked], [face for _, face in asked]
    for player in players:
        expected, actor = stage.reach(player), player.actor
        for does, face, files in gate.execute(
            "select a, f, array(select access.reach(%s, %s, %s, %s, %s, a, f)) "
            "from unnest(%s::text[], %s::text[]) q(a, f)",
            [
                actor.user_id, actor.organisation_id, sorted(actor.roles), actor.purpose, AT,
                acts, faces,
            ],
        ):  # fmt: skip
            if set(files) != expected[does, face]:
                return True
    return False


def hands_differ(
    gate: Connection, stage: Stage, players: Iterable[Player], _asked: object = None
) -> bool:
    for player in players:
        act(gate, player.actor, AT)
        hands = stage.hands(player)
        for kind in KINDS:
            (answer,) = gate.execute("select access.handled(%s)", [[kind]]).fetchone()
            if set(answer) != {matter for matter, kinds in hands.items() if kind in kinds}:
                return True
    return False


def survivors(
    owner: Connection, stage: Stage, lies: Iterable[Mutant], made, differs, *, whole: bool
) -> tuple[list[str], list[str]]:
    """The lies that were told, and those that nobody noticed. Each is rolled back."""
    players = cast_of(stage)
    by_name = {}
    for mutant in lies:
        assert mutant.name not in by_name, f"two lies are called {mutant.name}"
        by_name[mutant.name] = mutant
    told = told_today(by_name, whole=whole)
    owner.execute("set local role gate")
    owner.execute("set local plan_cache_mode = force_generic_plan")  # each lie is planned once
    # Of the truth the matrix asks everybody, every day.
    assert not differs(owner, stage, players if whole else players[::5])
    alive = []
    for name in told:
        mutant = by_name[name]
        with owner.transaction(force_rollback=True):
            owner.execute(made(mutant))
            asked = mutants.questions_of(mutant)
            if not differs(owner, stage, asked_first(players, mutant), asked):
                alive.append(name)
    assert told
    return told, alive


@DAILY
def test_every_lie_of_the_rule_table_is_caught(
    stage: Stage, owner: Connection, whole: bool
) -> None:
    lies = mutants.of_the_table()
    made, differs = mutants.reach_as_told_by, reach_differs
    told, alive = survivors(owner, stage, lies, made, differs, whole=whole)

    same = [name for name in EQUIVALENT if whole or name in told]
    count = len(told)
    tell(
        f"mutants of the rule table: {count - len(alive)} caught of {count}, {len(same)} equivalent"
        f"{part_told(whole=whole)}"
    )
    assert set(alive) ^ set(same) == set()


@pytest.mark.parametrize(
    "of", [mutants.of_the_relations, mutants.of_other_files, mutants.of_the_roles_held]
)
@DAILY
def test_every_lie_of_a_relation_is_caught(
    stage: Stage, owner: Connection, of, whole: bool
) -> None:
    made, differs = mutants.reach_as_told_by, reach_differs
    told, alive = survivors(owner, stage, of(), made, differs, whole=whole)

    sort = of.__name__.replace("_", " ")
    tell(f"mutants {sort}: {len(told) - len(alive)} caught of {len(told)}{part_told(whole=whole)}")
    assert alive == []


def anything_differs(
    gate: Connection, stage: Stage, players: list[Player], _asked: object = None
) -> bool:
    return reach_differs(gate, stage, players) or hands_differ(gate, stage, players)


@pytest.mark.parametrize(
    ("of", "made", "equivalent"),
    [
        (mutants.of_the_stays, mutants.since_as_told_by, EQUIVALENT_STAYS),
        (mutants.of_the_wall, mutants.wall_as_told_by, {}),
        (mutants.of_clearances, mutants.clearing_as_told_by, EQUIVALENT_CLEARANCES),
        (mutants.of_notebooks, mutants.notebooks_as_told_by, {}),
    ],
)
@DAILY
def test_every_lie_about_a_stay_or_the_wall_is_caught(
    stage: Stage, owner: Connection, of, made, equivalent, whole: bool
) -> None:
    told, alive = survivors(owner, stage, of(), made, anything_differs, whole=whole)

    count, sort = len(told), of.__name__.replace("_", " ")
    same = [name for name in equivalent if whole or name in told]
    tell(
        f"mutants {sort}: {count - len(alive)} caught of {count}, {len(same)} equivalent"
        f"{part_told(whole=whole)}"
    )
    assert sorted(alive) == sorted(same)


@DAILY
def test_every_lie_about_whose_hands_a_matter_is_in_is_caught(
    stage: Stage, owner: Connection, whole: bool
) -> None:
    lies = mutants.of_the_hands()
    made, differs = mutants.handled_as_told_by, hands_differ
    told, alive = survivors(owner, stage, lies, made, differs, whole=whole)

    count = len(told)
    tell(f"mutants of the hands: {count - len(alive)} caught of {count}{part_told(whole=whole)}")
    assert alive == []
