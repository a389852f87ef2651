"""Before what steps, and to whom, does the database itself refuse a production? Every way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from uuid import UUID

import pytest
from django.db import Error, transaction

from spheres.accounts.models import Membership, Role
from spheres.core.actor import SEAT, Actor
from spheres.privacy.legal_demands import actions, policy, queries
from spheres.privacy.legal_demands.models import (
    Asker,
    Informing,
    Kind,
    Matter,
    MatterStatus,
    Production,
    Step,
    Verdict,
)
from spheres.privacy.legal_demands.policy import Facts
from spheres.privacy.legal_demands.tests.factories import (
    LATER,
    counsel,
    decide,
    found,
    give_seat,
    link,
    other_officer,
    prepare,
    ready,
    receive,
    released,
    seated,
    weigh,
)
from spheres.privacy.legal_demands.views.arriving import matter_of
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of

pytestmark = pytest.mark.django_db
DEMANDED = [
    (Kind.PROTECTION, Asker.PROTECTION), (Kind.SUBPOENA, Asker.DEFENCE),
    (Kind.SUBPOENA, Asker.PROSECUTION), (Kind.ORDER, Asker.POLICE), (Kind.ORDER, Asker.DEFENCE),
    (Kind.CORONER, Asker.CORONER),
]  # fmt: skip

ONE_DAY = timedelta(days=1)


class Undone(Exception):
    """To come back to before."""


def is_refused(row: object) -> bool:
    """Whether the database refuses this row; nothing of it stays."""
    try:
        with transaction.atomic():
            type(row).objects.bulk_create([row])  # type: ignore[attr-defined]
            raise Undone
    except Undone:
        return False
    except Error as refusal:
        return "row-level security" in str(refusal)


def production(matter_id: UUID, file_id: UUID, by: Actor, number: int = 1) -> Production:
    return Production(
        id=uuid_of(f"a production {number}"), file_id=file_id, matter_id=matter_id, number=number,
        records=[uuid_of("a text")], digest="0" * 64, written_by=by.user_id, written_at=LATER,
    )  # fmt: skip


def every_way(kind: str, asker: str) -> Iterator[Facts]:
    for identity, law, report, accused, scope, secrecy, informed in product(
        ("", "SEEN", "UNSURE"), ("", "COMPELS", "CONSENT", "ASKS"), ("", "ACCEPTED", "NOT_YET"),
        ("", "NO_ACCUSED", "UNLISTED", "DECIDED", "UNDECIDED"), ("", "MINIMUM"),
        ("", "NONE", "LIFTED", "APPLIES"), (False, True),
    ):  # fmt: skip
        # One or two of them wrong, with all others right; and the report alone.
        right = (identity == "SEEN", law == "COMPELS", scope != "", secrecy == "NONE", informed)
        if sum(right) < 3 or (report != "ACCEPTED" and sum(right) < 5):
            continue
        codes = {
            "IDENTITY": identity, "LAW": law, "REPORT": report, "ACCUSED": accused,
            "SCOPE": scope, "SECRECY": secrecy,
        }  # fmt: skip
        yield Facts(kind, asker, "FROZEN", tuple((k, c) for k, c in codes.items() if c), informed)


@pytest.mark.parametrize(("kind", "asker"), DEMANDED)
def test_the_database_refuses_what_the_policy_says_is_missing_and_nothing_else(
    cast: Cast, kind: str, asker: str
) -> None:
    matter_id = link(cast, kind=kind, asker=asker)
    nadia, file_id = seated(cast.nadia), cast.maya.file_id
    differs, ways = [], list(every_way(kind, asker))
    with acting(nadia, LATER):
        for facts in ways:
            with transaction.atomic():
                Step.objects.bulk_create(
                    Step(
                        id=uuid_of(f"step {step}"), file_id=file_id, matter_id=matter_id,
                        kind=step, code=code, written_by=nadia.user_id, written_at=LATER,
                    )
                    for step, code in facts.codes
                )  # fmt: skip
                if facts.is_informed:
                    Informing.objects.bulk_create(
                        [
                            Informing(
                                id=uuid_of("told"), file_id=file_id, matter_id=matter_id,
                                way="GONE", written_by=nadia.user_id, written_at=LATER,
                            )
                        ]
                    )  # fmt: skip
                refused = is_refused(production(matter_id, file_id, nadia))
                if refused != bool(policy.missing(facts)):
                    differs.append((facts, refused))
                transaction.set_rollback(True)
    assert len(ways) > 100
    assert differs == []


def test_a_worker_cannot_make_a_demand_of_an_accused_pass_for_another(cast: Cast) -> None:
    demand = receive(cast.ines, kind=Kind.SUBPOENA, asker=Asker.DEFENCE)
    matter_id = matter_of(demand.id, cast.maya.file_id)
    said = replace(demand, kind=Kind.CORONER, asker=Asker.CORONER)
    with acting(cast.ines, LATER):
        file_id, officer = cast.maya.file_id, cast.nadia.user_id
        actions.link(file_id, matter_id, said, officer, by=cast.ines, at=LATER)
    nadia = ready(cast, matter_id)

    with acting(nadia, LATER):
        assert is_refused(production(matter_id, file_id, nadia))


def test_only_the_newest_of_each_step_counts(cast: Cast) -> None:
    matter_id = link(cast)
    nadia = ready(cast, matter_id)
    with acting(nadia, LATER):
        assert not is_refused(production(matter_id, cast.maya.file_id, nadia))
    later = LATER + timedelta(minutes=5)
    weigh(matter_id, "REPORT", "NOT_YET", by=nadia, at=later)

    with acting(nadia, later):
        assert is_refused(production(matter_id, cast.maya.file_id, nadia))


def test_nobody_without_a_seat_writes_reads_or_produces_anything(cast: Cast) -> None:
    matter_id = link(cast, officer=cast.nadia)
    ready(cast, matter_id)
    lawyer, farah, file_id = counsel(cast), other_officer(cast), cast.maya.file_id
    everybody = [lawyer, farah, cast.nadia, cast.yanick, cast.karim, cast.louise, cast.roy]
    for actor in [*everybody, *(replace(one, purpose=SEAT) for one in everybody)]:
        if actor == seated(cast.nadia):
            continue
        with acting(actor, LATER):
            assert list(Step.objects.all()) == []
            assert list(Production.objects.all()) == []
            assert is_refused(production(matter_id, file_id, actor))
            step = Step(
                id=uuid_of("stray"), file_id=file_id, matter_id=matter_id, kind="LAW",
                code="COMPELS", written_by=actor.user_id, written_at=LATER,
            )  # fmt: skip
            assert is_refused(step)


def test_her_worker_reads_it_all_and_neither_weighs_nor_produces(cast: Cast) -> None:
    matter_id = link(cast)
    nadia = ready(cast, matter_id)
    production_id = prepare(matter_id, by=nadia)

    with acting(cast.ines, LATER):
        assert [one.pk for one in Production.objects.all()] == [production_id]
        assert is_refused(production(matter_id, cast.maya.file_id, cast.ines, number=2))
        step = Step(
            id=uuid_of("hers"), file_id=cast.maya.file_id, matter_id=matter_id, kind="SECRECY",
            code="NONE", written_by=cast.ines.user_id, written_at=LATER,
        )  # fmt: skip
        assert is_refused(step)
        verdict = Verdict(
            id=uuid_of("hers"), file_id=cast.maya.file_id, matter_id=matter_id,
            production_id=production_id, outcome="RELEASED", written_by=cast.ines.user_id,
            written_at=LATER,
        )  # fmt: skip
        assert is_refused(verdict)


def test_whoever_prepared_it_never_releases_it_whatever_their_hats(cast: Cast) -> None:
    matter_id = link(cast)
    nadia = ready(cast, matter_id)
    production_id = prepare(matter_id, by=nadia)
    for roles in (nadia.roles, nadia.roles | {"counsel"}):
        actor = replace(nadia, roles=roles)
        verdict = Verdict(
            id=uuid_of("alone"), file_id=cast.maya.file_id, matter_id=matter_id,
            production_id=production_id, outcome="RELEASED", written_by=actor.user_id,
            written_at=LATER,
        )  # fmt: skip
        with acting(actor, LATER):
            assert is_refused(verdict)


@pytest.mark.parametrize("second", [counsel, other_officer])
def test_counsel_or_another_officer_releases_it(cast: Cast, second) -> None:
    matter_id = link(cast)
    nadia = ready(cast, matter_id)
    prepare(matter_id, by=nadia)
    other = give_seat(matter_id, second(cast), by=nadia)

    assert decide(matter_id, by=other)
    with acting(nadia, LATER):
        assert MatterStatus.objects.get(pk=matter_id).status == "RELEASED"


def test_counsel_reads_what_was_given_writes_their_opinion_and_nothing_else(cast: Cast) -> None:
    matter_id = link(cast)
    nadia = ready(cast, matter_id)
    lawyer = give_seat(matter_id, counsel(cast), by=nadia)
    file_id = cast.maya.file_id

    with acting(lawyer, LATER):
        assert len(Step.objects.all()) == 6
        assert is_refused(production(matter_id, file_id, lawyer))
        for kind, code, refused in (("OPINION", "OBJECT", False), ("LAW", "COMPELS", True)):
            step = Step(
                id=uuid_of("of counsel"), file_id=file_id, matter_id=matter_id, kind=kind,
                code=code, written_by=lawyer.user_id, written_at=LATER,
            )  # fmt: skip
            assert is_refused(step) is refused
    with acting(replace(lawyer, purpose="ordinary"), LATER):
        assert list(Matter.objects.all()) == []
        assert list(Step.objects.all()) == []


def test_nothing_moves_before_what_moves_it_is_written(cast: Cast) -> None:
    matter_id = link(cast)
    nadia = ready(cast, matter_id)
    lawyer = give_seat(matter_id, counsel(cast), by=nadia)

    for actor, status in product((cast.ines, nadia, lawyer), MatterStatus.Status):
        with acting(actor, LATER), transaction.atomic():
            rows = MatterStatus.objects.filter(pk=matter_id)
            if actor == cast.ines:
                assert rows.update(status=status) == 0
            else:
                with pytest.raises(Error, match="row-level"), transaction.atomic():
                    rows.update(status=status)


def test_once_it_is_over_nobody_reads_it_from_a_seat(cast: Cast) -> None:
    matter_id = link(cast)
    nadia = released(cast, matter_id)
    weigh(matter_id, "DELIVERED", "HAND", by=nadia)
    weigh(matter_id, "CLOSED", "GOES_ON", by=nadia)

    lawyer = seated(counsel_again(cast))
    for actor in (nadia, lawyer):
        with acting(actor, LATER + timedelta(seconds=1)):
            assert list(Step.objects.all()) == []


def counsel_again(cast: Cast) -> Actor:
    return Actor(uuid_of("maître-côté"), cast.la_maison.pk, frozenset({"counsel"}))


def test_alone_the_officer_can_object_and_a_partner_s_officer_named_here_releases(
    cast: Cast,
) -> None:
    matter_id = link(cast)
    nadia = ready(cast, matter_id)
    prepare(matter_id, by=nadia)
    with acting(nadia, LATER):
        assert policy.can_object(nadia, found(matter_id, nadia).facts)
        assert queries.sitters(actor=nadia) == []
    # Samir’s organisation lends somebody, who keeps their own hat there.
    with acting(LOADER):
        lent = add_person("Odile", cast.elsewhere, Role.PRIVACY_OFFICER)
    there = replace(lent, purpose=SEAT)
    with acting(there, LATER):
        assert queries.one(matter_id, actor=there) is None

    with acting(LOADER):
        Membership.objects.create(
            id=uuid_of("counsel for this"), user_id=lent.user_id, role=Role.COUNSEL,
            organisation_id=cast.la_maison.pk, starts_at=MONDAY, ends_at=LATER + ONE_DAY,
        )  # fmt: skip
    here = replace(lent, organisation_id=cast.la_maison.pk, roles=frozenset({Role.COUNSEL}))
    give_seat(matter_id, here, by=nadia)

    assert decide(matter_id, by=seated(here))
    # At their own desk they read nothing of it; and nothing here once their day is over.
    with acting(there, LATER):
        assert queries.one(matter_id, actor=there) is None
    with acting(seated(here), LATER + ONE_DAY):
        assert queries.one(matter_id, actor=seated(here)) is None
