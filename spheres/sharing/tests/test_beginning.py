"""In whose file may a psychotherapist begin: does the database say what the oracle says, for
everybody, and would a lie of its functions be seen?
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from spheres.sharing import beginning
from spheres.sharing.functions import _live_role, _vetoes
from spheres.sharing.rules import THERAPISTS
from tests import oracle_begun as oracle
from tests.oracle_world import Consent
from tests.proofs import mutants, of_beginnings
from tests.proofs.databases import Connection, act
from tests.proofs.figures import tell
from tests.proofs.spans import AT
from tests.proofs.stage import Stage
from tests.proofs.world import Player

# Of thousands of consents, one in so many; each is asked some, and all by which one begins.
ONE_IN, EACH = 5, 31
# Every piece of `begun` that says something, and the lie that stands in its place.
KEPT = {
    "on any page": ("c[4] <> 'ordinary' or", ""),
    "in any hat": (f"or not {_live_role(THERAPISTS)} then", "then"),
    "by anybody": ("a.user_id = for_user and", ""),
    "of another house": ("and f.holder_id = for_organisation", ""),
    "whoever came second": ("and a.starts_at = f.opened_at", ""),
    "given before they came": ("and a.starts_at >= for_since", ""),
    "given from after they came": ("a.starts_at >= for_since", "a.starts_at > for_since"),
    "before it began": ("and a.starts_at <= for_at", ""),
    "from after its beginning": ("a.starts_at <= for_at", "a.starts_at < for_at"),
    "once it is over": ("and (a.ends_at is null or a.ends_at > for_at)", ""),
    "at its last instant": ("a.ends_at > for_at", "a.ends_at >= for_at"),
    "without an end": ("a.ends_at is null or", ""),
    **{
        f"whatever is barred of {face}": (f"and a.file_id not in {_vetoes(repr(face))}", "")
        for face in beginning.KEEPS
    },
    "whoever knows her": ("where c.user_id = for_user", "where false"),
    "whatever is sealed": ("any(z.faces)", "any(z.faces) and false"),
}
# And of `begin_therapy`.
BEGUN = {
    "on any page": ("c[4] <> 'ordinary' or not", "not"),
    "by anything she shared": ("of_consent = any(access.agreed_now())", "true"),
    "without her word": ("and r.opens_there", ""),
    "without a request": ("r.id = of_consent and", ""),
    "without the ways to reach her": ("and 'contact' = any(s.sections)", ""),
    "by whoever is kept from how to reach her": (
        "and s.file_id in (select access.reach(for_user, for_organisation, for_roles,\n"
        "        'shared', for_at, 'read', 'contact'))",
        "",
    ),
    "by whoever is kept from who she is": (
        "and s.file_id in (select access.reach(for_user, for_organisation, for_roles,\n"
        "        'shared', for_at, 'read', 'identity'))",
        "",
    ),
}


def kept(stage: Stage, player: Player) -> set[UUID]:
    return {file for file in stage.world.holders if oracle.keeps(stage.world, player.who, file, AT)}


def answered(on: Connection, player: Player) -> set[UUID]:
    act(on, player.actor, AT)
    (found,) = on.execute("select access.begun()").fetchone()
    return set(found)


def asked(stage: Stage) -> list[tuple[UUID, int, Consent]]:
    """One in so many of the things that are shared, in the order of the world."""
    shared = [
        (file, number, consent)
        for file, consents in stage.world.consents.items()
        if file in stage.world.holders
        for number, consent in enumerate(consents)
    ]
    return shared[::ONE_IN]


def expected(stage: Stage, player: Player) -> set[UUID]:
    return {
        of_beginnings.consent_of(file, number)
        for file, number, consent in asked(stage)
        if of_beginnings.may_begin(file, number)
        and oracle.begins(stage.world, player.who, file, consent, AT)
    }


def begun(on: Connection, player: Player, consents: list[UUID]) -> set[UUID]:
    """The consents by which one begins; nothing of it stays."""
    found = set()
    for consent in consents:
        with on.transaction(force_rollback=True):
            act(on, player.actor, AT)
            answer = on.execute("select says from access.begin_therapy(%s)", [consent])
            if answer.fetchone() != (beginning.CLOSED,):
                found.add(consent)
    return found


def therapists(stage: Stage) -> list[Player]:
    return [one for one in stage.players if one.actor.roles & THERAPISTS]


def test_everybody_keeps_the_files_that_the_oracle_says(stage: Stage, app: Connection) -> None:
    said = {player.name: kept(stage, player) for player in stage.players}
    different = [one.name for one in stage.players if answered(app, one) != said[one.name]]

    cells = len(stage.players) * len(stage.world.holders)
    keeping = sum(bool(found) for found in said.values())
    tell(f"files begun: {cells:,} cells, {keeping} keep some, {len(different)} differences")
    assert different == []
    assert keeping >= 10


def test_only_whom_the_oracle_says_begins_by_what_she_shares(stage: Stage, app: Connection) -> None:
    consents = [of_beginnings.consent_of(file, number) for file, number, _one in asked(stage)]
    players = therapists(stage)
    said = {player.name: expected(stage, player) for player in players}
    different = []
    for number, player in enumerate(players):
        # All that one begins by; of what one does not, a part, another one for each.
        mine = sorted(said[player.name]) + consents[number % EACH :: EACH]
        if begun(app, player, mine) != said[player.name]:
            different.append(player.name)

    tell(
        f"beginnings: {len(players)} psychotherapists, {len(consents):,} consents, "
        f"{sum(map(len, said.values()))} begin, {len(different)} differences"
    )
    assert different == []
    assert sum(map(bool, said.values())) >= 3


def test_nobody_of_the_police_keeps_or_begins_one(stage: Stage, app: Connection) -> None:
    theirs = [p for p in stage.players if p.actor.organisation_id in stage.world.police]

    assert theirs
    assert [answered(app, player) for player in theirs] == [set()] * len(theirs)


def test_every_lie_about_what_is_kept_is_caught(stage: Stage, owner: Connection) -> None:
    said = {player.name: kept(stage, player) for player in stage.players}
    players = sorted(stage.players, key=lambda player: -len(said[player.name]))

    def caught(on: Connection) -> bool:
        return any(answered(on, player) != said[player.name] for player in players)

    assert lies_alive(owner, "begun", KEPT, caught) == []


def test_every_lie_about_who_begins_is_caught(stage: Stage, owner: Connection) -> None:
    said = {player.name: expected(stage, player) for player in therapists(stage)}
    begin = {one.actor.user_id for one in therapists(stage) if said[one.name]}
    players = [one for one in therapists(stage) if one.actor.user_id in begin]
    consents = [of_beginnings.consent_of(file, number) for file, number, _one in asked(stage)]
    some = sorted({*consents[::11], *(one for each in said.values() for one in each)})

    def caught(on: Connection) -> bool:
        return any(
            (consent in said[player.name]) != bool(begun(on, player, [consent]))
            for player in players
            for consent in some
        )

    assert lies_alive(owner, "begin_therapy", BEGUN, caught) == []


def lies_alive(
    owner: Connection,
    name: str,
    lies: dict[str, tuple[str, str]],
    caught: Callable[[Connection], bool],
) -> list[str]:
    true = mutants.statement(name, beginning.statements())
    alive = []
    owner.execute("set local role gate")
    for lie, (piece, instead) in lies.items():
        assert piece in true, f"«{piece}» is no longer there: {lie}"
        with owner.transaction(force_rollback=True):
            owner.execute(true.replace(piece, instead))
            if not caught(owner):
                alive.append(lie)

    tell(f"mutants of {name}: {len(lies) - len(alive)} caught of {len(lies)}")
    return alive
