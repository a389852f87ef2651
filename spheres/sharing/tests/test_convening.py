"""How one stands to a committee and to what is brought there: does the database say what the oracle
says, for everybody, and would a lie of its functions be seen?
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.conf import settings

from spheres.sharing import convening
from tests import oracle_convened as oracle
from tests.oracle_world import Who, World
from tests.proofs import mutants, of_committees
from tests.proofs.databases import Connection, act, copied, signed_in
from tests.proofs.figures import tell
from tests.proofs.of_committees import CLINICAL, TODAY, id_of, meeting_of
from tests.proofs.spans import AT
from tests.proofs.world import Player

# Every piece of the functions that says something, and the lie that stands in its place.
CUTS = {
    "committees": {
        "on any page": ("c[4] <> 'ordinary'", "false"),
        "in another's seat": ("s.user_id = for_user and ", ""),
        "for another place": ("and s.organisation_id = for_organisation\n", "\n"),
        "of one that left": (
            "and access.is_of_partner(for_organisation)\n          and s", "and s",
        ),
        "before it begins": ("and s.starts_at <= for_at ", ""),
        "after its end": (" and (s.ended_at is null or s.ended_at > for_at)", ""),
        "at its last instant": ("s.ended_at > for_at", "s.ended_at >= for_at"),
        "who left": ("m.organisation_id = for_organisation and u.is_active", "u.is_active"),
        "with a closed account": (" and u.is_active", ""),
        "unclaimed": ("and m.role = any(for_roles)", ""),
        "all chair": ("and s.is_chair", ""),
        "the police chairs": (
            "and not access.is_walled_off(for_organisation)) t where 'CHAIRING'",
            ") t where 'CHAIRING'",
        ),
        "brought to any": ("k.kind = 'CLINICAL'", "true"),
        "brought from the police": ("and not access.is_walled_off(for_organisation)", ""),
        "brought from one that left": (
            "and access.is_of_partner(for_organisation) and not", "and not",
        ),
    },
    "items": {
        "on any page": ("c[4] <> 'ordinary'", "false"),
        "chaired by all": ("and s.is_chair", ""),
        "chaired once taken off": ("and i.status <> 'TAKEN_BACK' ", ""),
        "chaired, words of somebody": ("and i.mode <> 'CONSENT'", ""),
        "chaired, though kept out": (
            "and i.id <> all(barred)\n      and i.committee", "and i.committee",
        ),
        "brought by anybody": ("i.written_by = for_user", "true"),
        "brought from anywhere": ("and i.organisation_id = for_organisation ", ""),
        "brought, though kept out": ("and i.id <> all(barred) and exists", "and exists"),
        "barred by nobody": (
            "'UNBARRED' = any(as_what) and i.id <> all(barred)", "'UNBARRED' = any(as_what)",
        ),
        "led, of somebody named": (
            "'LED' = any(as_what) and i.mode <> 'CONSENT'", "'LED' = any(as_what)",
        ),
        "led, though kept out": (
            "i.mode <> 'CONSENT' and i.id <> all(barred)\n      and exists",
            "i.mode <> 'CONSENT'\n      and exists",
        ),
        "led by whoever works there": (
            "m.role in ('clinical_director', 'organisation_manager', 'team_lead')", "true",
        ),
    },
    "open_items": {
        "where nobody sits": ("i.committee_id in (", "i.committee_id is not null or null in ("),
        "only asked for": ("and i.status in ('PLACED', 'HELD')", ""),
        "of one that is not held": ("and g.cancelled_at is null", ""),
        "held no more": ("('PLACED', 'HELD')", "('PLACED')"),
        "though kept out": ("and i.id <> all(barred)", ""),
        "of somebody, to all": ("i.mode <> 'CONSENT' or", "true or"),
        "of somebody else": ("on d.file_id = b.file_id", "on true"),
        "told for something else": ("and d.purpose = 'MEETING' ", ""),
        "told for another day": ("and d.meeting_on = g.held_on", ""),
        "told, and over": ("d.ends_at > for_at and not exists", "not exists"),
    },
    "barred_items": {
        "nothing is kept": ("b.file_id = any(array(", "false and b.file_id = any(array("),
        "but from health": ("'health', ", ""),
    },
}  # fmt: skip
EQUIVALENT: dict[str, str] = {}


@dataclass(frozen=True)
class Convened:
    owner_url: str
    app_url: str
    world: World
    players: list[Player]
    said: dict[str, tuple[dict[str, set[UUID]], dict[str, set[UUID]]]]


@pytest.fixture(scope="module")
def convened(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Convened]:
    name = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock(), copied(f"{name}_convened") as made:
        world, players = of_committees.build()
        with signed_in(made.owner_url) as owner:
            of_committees.settle(owner, world)
            owner.commit()
        said = {player.name: expected(world, player.who) for player in players}
        yield Convened(made.owner_url, made.app_url, world, players, said)


def expected(world: World, who: Who) -> tuple[dict[str, set[UUID]], dict[str, set[UUID]]]:
    """What the oracle says: to which committees, and to which items, in each way."""
    found: dict[str, set[UUID]] = {way: set() for way in oracle.STANDINGS}
    for one in world.brought:
        for way in oracle.stands(world, who, one, AT):
            found[way].add(id_of(one))
    return oracle.to_committees(world, who, AT), found


def answered(on: Connection, player: Player) -> tuple[dict[str, set[UUID]], dict[str, set[UUID]]]:
    act(on, player.actor, AT)
    seats = on.execute(
        "select w, access.committees(array[w]) from unnest(%s::text[]) w", [[*oracle.SEATS]]
    ).fetchall()
    items = on.execute(
        "select w, access.items(array[w]) from unnest(%s::text[]) w", [[*oracle.STANDINGS]]
    ).fetchall()
    return {w: set(found) for w, found in seats}, {w: set(found) for w, found in items}


def test_the_oracle_knows_every_way() -> None:
    assert (oracle.SEATS, oracle.STANDINGS) == (convening.SEATS, convening.STANDINGS)


def test_everybody_stands_to_each_as_the_oracle_says(convened: Convened) -> None:
    with signed_in(convened.app_url) as app:
        different = [
            f"{player.name}: {way} {len(said[way] ^ found[way])}"
            for player in convened.players
            for one, other in zip(convened.said[player.name], answered(app, player), strict=True)
            for said, found in [(one, other)]
            for way in said
            if said[way] != found[way]
        ]

    ways = len(oracle.STANDINGS) * len(convened.world.brought)
    cells = len(convened.players) * (ways + 3 * len(convened.world.committees))
    tell(f"committees: {cells:,} cells, {len(different)} differences", "", "0 differences")
    assert different == []
    for way in oracle.STANDINGS:
        assert any(convened.said[player.name][1][way] for player in convened.players), way


def test_rows_are_read_as_one_stands_to_them(convened: Convened) -> None:
    """By the policies: the items, whom they are about, and who sits."""
    world = convened.world
    about = {id_of(one): one for one in world.brought if one.file}
    with signed_in(convened.app_url) as app:
        for player in convened.players:
            seats, items = convened.said[player.name]
            act(app, player.actor, AT)
            rows = {row for (row,) in app.execute("select id from sharing_committeeitem")}
            marked = {row for (row,) in app.execute("select id from sharing_itemabout")}
            assert rows == items["OPEN"] | items["CHAIRING"] | items["BROUGHT"], player.name
            # Nobody walks with anybody in this world: no mark of anybody is read.
            assert marked == set(), player.name
            meetings = {
                m
                for (m,) in app.execute(
                    "select distinct committee_id from sharing_committeemeeting"
                )
            }
            assert meetings == seats["BRINGING"], player.name
    assert about


def test_the_agenda_says_in_its_place_that_something_is_closed_and_nothing_more(
    convened: Convened,
) -> None:
    """As many lines for all who sit there; nothing for anybody else."""
    on_agenda = [
        id_of(one)
        for one in convened.world.brought
        if (one.committee, one.day) == (CLINICAL, TODAY) and one.status in {"PLACED", "HELD"}
    ]
    with signed_in(convened.app_url) as app:
        for player in convened.players:
            seats, items = convened.said[player.name]
            act(app, player.actor, AT)
            lines = [
                line
                for (line,) in app.execute(
                    "select item from access.agenda(%s)", [meeting_of(CLINICAL, TODAY)]
                )
            ]
            mine = items["OPEN"] | items["CHAIRING"] | items["BROUGHT"]
            assert len(lines) == (len(on_agenda) if CLINICAL in seats["SITTING"] else 0), (
                player.name
            )
            assert {line for line in lines if line} == (
                mine & {*on_agenda} if CLINICAL in seats["SITTING"] else set()
            ), player.name


def test_whoever_chairs_sees_who_steps_out_as_the_oracle_says(convened: Convened) -> None:
    world = convened.world
    told = 0
    chairs = [player for player in convened.players if convened.said[player.name][0]["CHAIRING"]]
    others = [player for player in convened.players if player not in chairs]
    with signed_in(convened.app_url) as app:
        for player in chairs[:6] + others[:6]:
            _seats, items = convened.said[player.name]
            act(app, player.actor, AT)
            rows = app.execute(
                "select item, person, organisation, stays from access.at_the_table(%s)",
                [meeting_of(CLINICAL, TODAY)],
            ).fetchall()
            assert {item for item, *_who in rows} <= items["CHAIRING"], player.name
            for item, person, organisation, stays in rows:
                roles = frozenset(
                    m.role
                    for m in world.memberships[person]
                    if m.organisation == organisation and m.span.holds(AT)
                )
                ways = expected_of(world, Who(person, organisation, roles))
                assert stays is bool(ways[item] & {"OPEN", "CHAIRING", "BROUGHT"}), player.name
                told += 1
    assert told > 100


_KNOWN: dict[Who, dict[UUID, frozenset[str]]] = {}


def expected_of(world: World, who: Who) -> dict[UUID, frozenset[str]]:
    if who not in _KNOWN:
        _KNOWN[who] = {id_of(one): oracle.stands(world, who, one, AT) for one in world.brought}
    return _KNOWN[who]


def test_every_lie_of_the_functions_is_caught(convened: Convened) -> None:
    alive, number = [], 0
    with signed_in(convened.owner_url) as owner:
        owner.execute("set local role gate")
        for function, cuts in CUTS.items():
            true = mutants.statement(function, convening.statements())
            for name, (piece, instead) in cuts.items():
                assert piece in true, f"«{piece}» is no longer there: {function}, {name}"
                number += 1
                with owner.transaction(force_rollback=True):
                    owner.execute(true.replace(piece, instead))
                    if not any(
                        answered(owner, player) != convened.said[player.name]
                        for player in convened.players
                    ):
                        alive.append(f"{function}: {name}")

    tell(f"mutants of committees: {number - len(alive)} caught of {number}")
    assert sorted(alive) == sorted(EQUIVALENT)
