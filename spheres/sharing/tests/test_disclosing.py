"""How one stands to what is told of a person: does the database say what the oracle says, for
everybody, and would a lie of its function be seen?
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.conf import settings

from spheres.sharing import disclosing
from spheres.sharing.disclosing import (
    _KEPT_OUT,
    _SITS_THAT_DAY,
    GUARDS,
    OF_DANGER,
    OF_THERAPY,
)
from spheres.sharing.functions import _live_role
from spheres.sharing.rules import WORKERS
from tests import oracle_disclosed as oracle
from tests.daily import DAILY, part_told, told_today
from tests.oracle_world import World
from tests.proofs import mutants, of_disclosures
from tests.proofs.databases import Connection, act, copied, signed_in
from tests.proofs.figures import tell
from tests.proofs.spans import AT
from tests.proofs.world import Player

# Pieces of the function's text that several lies speak of.
DECIDED = "('APPROVED', 'REFUSED', 'WITHDRAWN')"
BY_ALL = "(d.to_user_id is null and d.purpose = 'SURVIVOR')"
SPAN = "(m.ends_at is null or m.ends_at > for_at)\n          --"
ONES_STAY = f"and m.starts_at <= for_at and {SPAN}"
HATS = "and m.role in ('professional_support', 'psychotherapist', 'youth_worker') end"
NOT_TAKEN_BACK = (
    "and not exists (select from sharing_disclosurestep s where s.disclosure_id = d.id "
    "and s.kind in ('WITHDRAWN') and s.done_at <= for_at)"
)
# Of whoever wrote what was done in a danger.
WORKS = _live_role(WORKERS)
HERS = (
    "and d.prepared_by = for_user and d.organisation_id = for_organisation and not is_police and "
)
# Of a psychotherapy: its author, as long as she may write there; whoever guards privacy.
THERAPY_THERE = "d.file_id = any((select access.appendable_therapy_files())::uuid[])"
HER_THERAPY = f"d.prepared_by = for_user and {THERAPY_THERE}"
GUARDING = _live_role(GUARDS)
# Every piece of the function that says something, and the lie that stands in its place.
CUTS = {
    "by whoever prepared it": ("d.prepared_by <> for_user", "true"),
    "what was refused": ("not d.is_refused", "true"),
    "decided again, once approved": (DECIDED, "('REFUSED', 'WITHDRAWN')"),
    "decided again, once refused": (DECIDED, "('APPROVED', 'WITHDRAWN')"),
    "decided once taken back": (DECIDED, "('APPROVED', 'REFUSED')"),
    "decided when it is over": ("(d.ends_at > for_at or d.made_at is not null)", "true"),
    "told by voice, until its day": ("or d.made_at is not null", ""),
    "looked at from elsewhere": ("d.organisation_id = for_organisation", "true"),
    "looked at by the police": ("and not is_police", ""),
    "a danger, by anybody": ("d.ground in ('DANGER', 'YOUTH_PROTECTION')", "false"),
    "a danger, but not a report": ("('DANGER', 'YOUTH_PROTECTION')", "('DANGER')"),
    "a report, but not a danger": ("('DANGER', 'YOUTH_PROTECTION')", "('YOUTH_PROTECTION')"),
    "an order, by anybody": ("when d.ground in ('REQUIRED', 'ORDER') then (", "when false then ("),
    "an order, as if it were said": ("d.ground in ('REQUIRED', 'ORDER')", "false"),
    "words of a danger to all": ("or d.prepared_by = for_user)", "or true)"),
    "words of a danger to nobody": ("or d.prepared_by = for_user)", ")"),
    "prepared by anybody": ("and d.prepared_by = for_user end", "end"),
    "whatever she restricted": ("unnest(d.sections || ", "unnest('{}'::varchar[] || "),
    "barred from who walks with her": ("'{relation,legal}'", "'{legal}'"),
    "barred from legal matters": ("'{relation,legal}'", "'{relation}'"),
    "kept out of nothing": ("where d.file_id in (with vetoed", "where null in (with vetoed"),
    "to any organisation": ("d.to_organisation_id = for_organisation", "true"),
    "to anybody there": ("d.to_user_id = for_user or (", "true or ("),
    "to all, for anything": (BY_ALL, "d.to_user_id is null"),
    "to nobody of the programme": (f"or {BY_ALL}", ""),
    "to an organisation, sitting or not": (_SITS_THAT_DAY, "true"),
    "to an organisation, for another day": ("t.held_on = d.meeting_on\n", "true\n"),
    "to an organisation, for one that is not held": ("and t.cancelled_at is null\n", "\n"),
    "to an organisation, at any committee": ("and k.kind = 'CLINICAL'", ""),
    "to an organisation, in another's seat": ("x.user_id = for_user and ", ""),
    "to an organisation, seated for another": ("and x.organisation_id = for_organisation", ""),
    "to an organisation, before the seat": ("x.starts_at <= for_at and ", ""),
    "to an organisation, after the seat": (" and (x.ended_at is null or x.ended_at > for_at)", ""),
    "to an organisation, at its last instant": ("x.ended_at > for_at", "x.ended_at >= for_at"),
    "to an organisation, for anything": ("'MEETING' = d.purpose and", ""),
    "to all the police who sit": ("= d.purpose and not is_police", "= d.purpose"),
    "with a closed account": ("and u.is_active and o.is_partner", "and o.is_partner"),
    "by a partner that left": ("and u.is_active and o.is_partner", "and u.is_active"),
    "in another hat": ("and m.role = any(for_roles)", ""),
    "before she came": (ONES_STAY, f"and {SPAN}"),
    "after she left": (ONES_STAY, "and m.starts_at <= for_at\n          --"),
    "given back to whoever comes back": ("m.starts_at <= d.prepared_at", "true"),
    "given from after she came": ("m.starts_at <= d.prepared_at", "m.starts_at < d.prepared_at"),
    "the programme of that day only": ("(d.to_user_id is null or m.starts_at", "(m.starts_at"),
    "any hat of the police": ("then m.role = 'police_member'\n", "then true\n"),
    "to the police without her word": ("and d.ground = 'CONSENT' and d.pur", "and d.pur"),
    "to the police for anything": ("and d.purpose in ('MEETING', 'SURVIVOR')", ""),
    "to the police for no meeting": ("('MEETING', 'SURVIVOR')", "('SURVIVOR')"),
    "to the police for no survivor": ("('MEETING', 'SURVIVOR')", "('MEETING')"),
    "survivors elsewhere": ("else d.purpose <> 'SURVIVOR'\n              and", "else"),
    "any hat of a partner": (HATS, "end"),
    "no wall": ("case when is_police", "case when false"),
    "before anybody approved": ("s.kind in ('APPROVED')", "true"),
    "from after it was done": ("s.done_at <= for_at", "s.done_at < for_at"),
    "before it was done": ("and s.done_at <= for_at", ""),
    "once taken back": (NOT_TAKEN_BACK, ""),
    "at its last instant": ("d.ends_at > for_at", "d.ends_at >= for_at"),
    "after its end": ("d.ends_at > for_at and", ""),
    "copies for ever": ("and d.ends_at > for_at - interval '90 days'", ""),
    "copies a day longer": ("interval '90 days'", "interval '91 days'"),
    "handed over to an account": ("and d.to_organisation_id is null and exists", "and exists"),
    "handed over, told by voice": ("and d.made_at is null and", "and"),
    "a danger read by all who work there": (HERS, HERS.replace("d.prepared_by = for_user", "true")),
    "a danger written elsewhere": (HERS, "and d.prepared_by = for_user and not is_police and "),
    "a danger written at the police": (HERS, HERS.replace("not is_police", "true")),
    "a danger, in any hat": (f"{HERS}{WORKS}", f"{HERS}true"),
    "a danger, though kept out": (f"{WORKS} and not {_KEPT_OUT}", WORKS),
    "all that one wrote": (f"{OF_DANGER} {HERS}", f"true {HERS}"),
    "a report, known with the file": ("d.ground <> 'YOUTH_PROTECTION' and d.file_id", "d.file_id"),
    "a report, and nothing else, unknown": (
        "d.ground <> 'YOUTH_PROTECTION' and d.file_id", "d.ground <> 'DANGER' and d.file_id",
    ),
    "on any page": ("c[4] <> 'ordinary'", "false"),
    "words of a psychotherapist to whoever reads the file": (
        f"case when {OF_THERAPY} then {HER_THERAPY} else d.ground", "case when false then true "
        "else d.ground",
    ),
    "words of any psychotherapist": (f"then {HER_THERAPY}", f"then {THERAPY_THERE}"),
    "of a psychotherapist, when it is over": (
        f"then {HER_THERAPY}", "then d.prepared_by = for_user",
    ),
    "taken back by no psychotherapist": (f" or ({OF_THERAPY} and {HER_THERAPY})", ""),
    "taken back, whatever one wrote": (
        f"or ({OF_THERAPY} and {HER_THERAPY})", f"or ({HER_THERAPY})",
    ),
    "words of a psychotherapist to those who look again": (f"and not {OF_THERAPY} ", ""),
    "a psychotherapy weighed elsewhere": (
        f"{OF_THERAPY} and d.organisation_id = for_organisation", OF_THERAPY,
    ),
    "a psychotherapy weighed at the police": (f"not is_police\n      and {GUARDING}", GUARDING),
    "a psychotherapy weighed in any hat": (f"not is_police\n      and {GUARDING}", "not is_police"),
    "a psychotherapy weighed, though kept out": (
        f"{GUARDING} and not {_KEPT_OUT}", GUARDING,
    ),
    "all weighed without their words": (
        f"{OF_THERAPY} and d.organisation_id = for_organisation",
        "d.organisation_id = for_organisation",
    ),
    "a psychotherapy decided as all else": (
        f"case when {OF_THERAPY} then {OF_THERAPY}", f"case when false then {OF_THERAPY}",
    ),
}  # fmt: skip
# Lies that change no answer, each with the reason why.
EQUIVALENT = {
    "what was refused": "nothing refused has an end, nor was told by voice: it never waits",
}


@dataclass(frozen=True)
class Told:
    owner_url: str
    app_url: str
    world: World
    players: list[Player]
    said: dict[str, dict[str, set[UUID]]]


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Told]:
    name = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock(), copied(f"{name}_told") as made:
        world, players = of_disclosures.build()
        with signed_in(made.owner_url) as owner:
            of_disclosures.settle(owner, world)
            owner.commit()
        said = {player.name: expected(world, player) for player in players}
        yield Told(made.owner_url, made.app_url, world, players, said)


def expected(world: World, player: Player) -> dict[str, set[UUID]]:
    """What the oracle says of one player: to which disclosures she stands, in each way."""
    found: dict[str, set[UUID]] = {way: set() for way in oracle.STANDINGS}
    for one in world.disclosures:
        for way in oracle.stands(world, player.who, one, AT):
            found[way].add(of_disclosures.id_of(one))
    return found


def answered(on: Connection, player: Player) -> dict[str, set[UUID]]:
    act(on, player.actor, AT)
    answers = on.execute(
        "select w, access.disclosed(array[w]) from unnest(%s::text[]) w", [[*oracle.STANDINGS]]
    )
    return {way: set(found) for way, found in answers}


def test_the_oracle_knows_every_way_to_stand_to_it() -> None:
    assert oracle.STANDINGS == disclosing.STANDINGS


def test_everybody_stands_to_each_as_the_oracle_says(told: Told) -> None:
    with signed_in(told.app_url) as app:
        different = [
            f"{player.name}: {way} {len(said[way] ^ found[way])}"
            for player in told.players
            for said, found in [(told.said[player.name], answered(app, player))]
            for way in oracle.STANDINGS
            if said[way] != found[way]
        ]

    cells = len(told.players) * len(oracle.STANDINGS) * len(told.world.disclosures)
    tell(f"what is told: {cells:,} cells, {len(different)} differences", "", "0 differences")
    assert different == []
    for way in oracle.STANDINGS:
        assert any(told.said[player.name][way] for player in told.players), way


def test_nobody_of_the_police_stands_to_anything_but_what_she_was_told(told: Told) -> None:
    with signed_in(told.app_url) as app:
        for player in told.players:
            if player.actor.organisation_id in told.world.police:
                ways = {way for way, found in answered(app, player).items() if found}
                assert ways <= {"RECEIVING", "RECEIVED"}, player.name


def test_what_hangs_on_it_is_read_as_one_stands_to_it(told: Told) -> None:
    """The rows themselves, by the policies: the disclosure, and what became of it."""
    with signed_in(told.app_url) as app:
        for player in told.players:
            said = told.said[player.name]
            act(app, player.actor, AT)
            rows = {row for (row,) in app.execute("select id from sharing_disclosure")}
            steps = {
                row for (row,) in app.execute("select disclosure_id from sharing_disclosurestep")
            }
            ways = ("KNOWING", "READING", "LOOKING", "RECEIVED", "WRITING", "WEIGHING", "HERS")
            known = set().union(*(said[way] for way in ways))
            with_steps = {of_disclosures.id_of(one) for one in told.world.disclosures if one.steps}
            assert rows == known, player.name
            assert steps == known & with_steps, player.name


@DAILY
def test_every_lie_of_the_function_is_caught(told: Told, whole: bool) -> None:
    true = mutants.statement("disclosed", disclosing.statements())
    alive, lies = [], told_today(CUTS, whole=whole)
    assert [name for name, (piece, _) in CUTS.items() if piece not in true] == []
    with signed_in(told.owner_url) as owner:
        owner.execute("set local role gate")
        for name in lies:
            piece, instead = CUTS[name]
            with owner.transaction(force_rollback=True):
                owner.execute(true.replace(piece, instead))
                if not any(
                    answered(owner, player) != told.said[player.name] for player in told.players
                ):
                    alive.append(name)

    caught = len(lies) - len(alive)
    tell(f"mutants of what is told: {caught} caught of {len(lies)}{part_told(whole=whole)}")
    assert lies
    assert sorted(alive) == sorted(name for name in EQUIVALENT if whole or name in lies)
