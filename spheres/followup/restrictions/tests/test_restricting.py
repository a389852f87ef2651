"""Does the file close at the next statement to whom she bars, whatever else is granted them?"""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.restrictions import actions, policy, queries
from spheres.followup.restrictions.models import ALL, Lifting, Notice, Refusal, SaidBy
from spheres.followup.restrictions.policy import Barred
from spheres.followup.restrictions.tests.factories import bar, said, sees, walk_beside
from spheres.participants.models import Assignment
from spheres.sharing import actions as sharing
from spheres.sharing.models import Cover, Handler, Restriction
from spheres.sharing.rules import HEALTH, IDENTITY, LEGAL, NOTES, SAFETY
from spheres.vault import actions as vault
from tests.cast import FRIDAY, LOADER, MONDAY, TUESDAY, Cast, acting, add_person

pytestmark = pytest.mark.django_db


def test_whom_she_bars_by_name_no_longer_sees_the_file_and_the_others_do(cast: Cast) -> None:
    walk_beside(cast, cast.yanick)

    bar(cast, Barred(user_id=cast.yanick.user_id))

    assert (sees(cast, cast.ines), sees(cast, cast.yanick)) == (True, False)


def test_it_beats_every_grant_given_before_or_after(cast: Cast) -> None:
    bar(cast, Barred(user_id=cast.yanick.user_id))
    walk_beside(cast, cast.yanick)
    with acting(cast.ines, TUESDAY):
        sharing.hand_over(
            uuid4(),
            file_id=cast.maya.file_id,
            user_id=cast.yanick.user_id,
            faces=[IDENTITY],
            by=cast.ines,
            at=TUESDAY,
        )

    assert not sees(cast, cast.yanick)


def test_some_of_the_file_is_closed_and_the_rest_is_not(cast: Cast) -> None:
    walk_beside(cast, cast.yanick)

    bar(cast, Barred(user_id=cast.yanick.user_id), SAFETY, NOTES)

    with acting(cast.ines, TUESDAY):
        asked = [IDENTITY, SAFETY, NOTES, HEALTH, LEGAL]
        seen = queries.seen_by(cast.maya.file_id, asked, actor=cast.ines)
    assert seen[cast.yanick.user_id] == [IDENTITY, HEALTH]
    assert seen[cast.ines.user_id] == asked


@pytest.mark.parametrize(
    ("of", "is_seen"),
    [
        ({"organisation": "la_maison"}, False),
        ({"organisation": "elsewhere"}, True),
        ({"organisation": "la_maison", "role": Role.YOUTH_WORKER}, False),
        ({"organisation": "la_maison", "role": Role.PROFESSIONAL_SUPPORT}, True),
        ({"role": Role.YOUTH_WORKER}, False),
        ({"role": Role.PSYCHOTHERAPIST}, True),
    ],
)
def test_a_category_bars_those_who_are_of_it(cast: Cast, of: dict[str, str], is_seen: bool) -> None:
    pia = add_pia(cast)
    walk_beside(cast, cast.yanick)
    walk_beside(cast, pia)
    there = getattr(cast, of["organisation"]).pk if "organisation" in of else None
    is_everybody = of == {"organisation": "la_maison"}

    bar(cast, Barred(organisation_id=there, role=of.get("role", "")))

    assert sees(cast, cast.yanick) == sees(cast, cast.ines) == is_seen
    # Somebody is left, except when everybody of the house is barred.
    assert sees(cast, pia) != (is_everybody or of.get("role") == Role.PROFESSIONAL_SUPPORT)


def add_pia(cast: Cast) -> Actor:
    with acting(LOADER):
        return add_person("Pia", cast.la_maison, Role.PROFESSIONAL_SUPPORT)


def test_two_restrictions_stand_beside_each_other_and_each_is_lifted_by_itself(cast: Cast) -> None:
    walk_beside(cast, cast.yanick)
    by_name = bar(cast, Barred(user_id=cast.yanick.user_id), of="by name")
    there = bar(cast, Barred(organisation_id=cast.elsewhere.pk), of="elsewhere")

    lift(cast, by_name)

    assert sees(cast, cast.yanick, FRIDAY)
    with acting(cast.ines, FRIDAY):
        ends = {
            row.pk: row.ends_at for row in queries.restrictions(cast.maya.file_id, actor=cast.ines)
        }
    assert ends == {by_name: FRIDAY, there: None}


def lift(cast: Cast, which: UUID, by: Actor | None = None) -> None:
    who = by or cast.ines
    with acting(who, FRIDAY):
        actions.lift(
            cast.maya.file_id,
            which,
            decider=SaidBy.HERSELF,
            her_words="C’est réglé.",
            decides_alone=True,
            by=who,
            at=FRIDAY,
        )


def test_lifted_it_opens_again_with_its_dates_and_her_words_kept(cast: Cast) -> None:
    walk_beside(cast, cast.yanick)
    which = bar(cast, Barred(user_id=cast.yanick.user_id))

    lift(cast, which)
    lift(cast, which)

    assert sees(cast, cast.yanick, FRIDAY)
    with acting(cast.ines, FRIDAY):
        row = Restriction.objects.get(pk=which)
        kept = [Notice.objects.get(pk=which), Lifting.objects.get(pk=which)]
        vault.open(kept, by=cast.ines)
        words = [one.opened.her_words for one in kept]
        acts = list(
            Event.objects.filter(chain_id=cast.maya.file_id, action__startswith="restriction.")
            .order_by("number")
            .values_list("action", flat=True)
        )
    assert (row.starts_at, row.ends_at, words) == (
        TUESDAY,
        FRIDAY,
        ["C’est entre nous.", "C’est réglé."],
    )
    assert acts == ["restriction.explained", "restriction.given", "restriction.lifted"]


def test_whoever_is_barred_from_a_part_does_not_lift_it(cast: Cast) -> None:
    walk_beside(cast, cast.yanick)
    which = bar(cast, Barred(user_id=cast.yanick.user_id), NOTES)

    with pytest.raises(NotAllowed):
        lift(cast, which, by=cast.yanick)


def test_whoever_writes_that_she_bars_them_says_first_who_goes_on_with_her(cast: Cast) -> None:
    me = Barred(user_id=cast.ines.user_id)
    with pytest.raises(NotAllowed):
        bar(cast, me)
    assert sees(cast, cast.ines)

    bar(cast, me, goes_on_with=cast.yanick.user_id)

    assert (sees(cast, cast.ines), sees(cast, cast.yanick)) == (False, True)
    with acting(cast.yanick, TUESDAY):
        [one] = queries.standing(cast.maya.file_id, actor=cast.yanick)
        acts = list(
            Event.objects.filter(chain_id=cast.maya.file_id, at=TUESDAY)
            .order_by("number")
            .values_list("action", flat=True)
        )
    assert (one.who, one.goes_on_with, one.explained_by) == ("Inès", "Yanick", "Karim")
    assert acts == ["worker.handed_on", "restriction.explained", "restriction.given"]


def test_with_somebody_beside_her_nobody_needs_to_be_named(cast: Cast) -> None:
    walk_beside(cast, cast.yanick)

    bar(cast, Barred(user_id=cast.ines.user_id))

    assert (sees(cast, cast.ines), sees(cast, cast.yanick)) == (False, True)


def test_when_everybody_here_is_barred_the_team_lead_is_told_that_somebody_waits(
    cast: Cast,
) -> None:
    bar(cast, Barred(organisation_id=cast.la_maison.pk))

    assert not sees(cast, cast.ines)
    assert waiting(cast) == 1


def test_nobody_waits_when_a_colleague_goes_on(cast: Cast) -> None:
    bar(cast, Barred(user_id=cast.ines.user_id), goes_on_with=cast.yanick.user_id)

    assert waiting(cast) == 0


def waiting(cast: Cast) -> int:
    with acting(cast.karim, TUESDAY), connection.cursor() as cursor:
        cursor.execute("select count(*) from access.nobody_beside()")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("who", ["samir", "ines", "karim", "nadia"])
def test_nobody_goes_on_who_is_elsewhere_barred_or_accompanies_nobody(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        bar(
            cast,
            Barred(user_id=cast.ines.user_id),
            goes_on_with=getattr(cast, who).user_id,
        )


def test_a_colleague_who_knows_her_does_not_go_on_with_her(cast: Cast) -> None:
    with acting(cast.yanick):
        sharing.declare_conflict(cast.maya.file_id, by=cast.yanick, at=MONDAY)

    with transaction.atomic(), pytest.raises(NotAllowed):
        bar(cast, Barred(user_id=cast.ines.user_id), goes_on_with=cast.yanick.user_id)
    assert sees(cast, cast.ines)


def test_sent_twice_it_is_one_restriction(cast: Cast) -> None:
    which = [bar(cast, Barred(user_id=cast.samir.user_id)) for _twice in range(2)]

    with acting(cast.ines, TUESDAY):
        assert list(Restriction.objects.values_list("pk", flat=True)) == which[:1]


def test_whoever_does_not_walk_with_her_restricts_nothing(cast: Cast) -> None:
    with pytest.raises(WrongState):
        bar(cast, Barred(user_id=cast.ines.user_id), by=cast.yanick)


def test_the_effects_are_explained_by_somebody_of_the_house(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        bar(cast, Barred(user_id=cast.samir.user_id), explained_by=cast.samir.user_id)


@pytest.mark.parametrize("role", Role)
def test_only_her_workers_write_it(role: Role) -> None:
    actor = Actor(uuid4(), uuid4(), frozenset({role}))

    may = role in {Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT}
    assert bool(policy.can_write(actor)) == may
    assert bool(policy.can_restrict(actor, ALL)) == may
    assert not policy.can_restrict(actor, [])
    assert bool(policy.can_lift(actor, Barred(user_id=uuid4()))) == may
    assert not policy.can_lift(actor, Barred(user_id=actor.user_id))
    assert not policy.can_lift(actor, Barred(organisation_id=actor.organisation_id))
    assert not policy.can_lift(actor, Barred(role=role))


@pytest.mark.parametrize(
    ("decider", "alone", "signed"),
    [
        (SaidBy.HERSELF, True, True),
        (SaidBy.HERSELF, False, False),
        (SaidBy.PARENT, True, False),
        (SaidBy.PARENT, False, True),
        (SaidBy.TUTOR, False, True),
        (SaidBy.EXCEPTION, False, True),
        (SaidBy.EXCEPTION, True, False),
    ],
)
def test_from_14_she_alone_decides_and_under_it_somebody_signs(
    decider: str, alone: bool, signed: bool
) -> None:
    assert bool(policy.can_sign(decider, decides_alone=alone)) == signed


def test_under_14_nothing_is_kept_that_nobody_signs(cast: Cast) -> None:
    words = said(Barred(user_id=cast.samir.user_id), cast.ines)

    with acting(cast.ines, TUESDAY), pytest.raises(NotAllowed):
        actions.restrict(cast.maya.file_id, words, decides_alone=False, by=cast.ines, at=TUESDAY)


def test_parts_close_the_legal_part_with_them_and_no_other() -> None:
    assert policy.faces_of([NOTES, SAFETY]) == sorted([LEGAL, NOTES, SAFETY])
    assert policy.faces_of([IDENTITY, "relation"]) == []


def test_the_words_are_locked_and_no_name_of_anybody_is_in_clear(cast: Cast) -> None:
    which = bar(
        cast,
        Barred(user_id=cast.samir.user_id),
        contact="au 555-0117",
        explained_on=date(2026, 3, 2),
    )

    with acting(cast.ines, TUESDAY):
        row = Notice.objects.filter(pk=which).values().get()
    assert not [
        name
        for name, value in row.items()
        if b"555" in bytes(str(value), "utf8") or b"entre" in bytes(str(value), "utf8")
    ]


def test_the_table_refuses_whoever_would_write_it_without_walking_with_her(cast: Cast) -> None:
    row = Restriction(
        id=uuid4(), file_id=cast.maya.file_id, user_id=cast.ines.user_id, faces=list(ALL),
        taken_by=cast.yanick.user_id, taken_at=TUESDAY, starts_at=TUESDAY,
    )  # fmt: skip

    with acting(cast.yanick, TUESDAY), pytest.raises(ProgrammingError), transaction.atomic():
        Restriction.objects.bulk_create([row])


def test_what_is_entrusted_goes_on_with_who_still_sees_the_file(cast: Cast) -> None:
    bar(cast, Barred(user_id=cast.ines.user_id), goes_on_with=cast.yanick.user_id)

    with acting(cast.yanick, TUESDAY):
        assert not Assignment.objects.filter(user_id=cast.samir.user_id).exists()
        entrusted = Handler.objects.filter(
            matter_id=cast.maya.file_id, kind="ENTRUSTED", ends_at=None
        )
        held = set(entrusted.values_list("user_id", flat=True))
    assert held <= {cast.yanick.user_id}


def test_the_address_of_a_page_of_it_is_only_hers(cast: Cast) -> None:
    assert reverse("restrictions:page", args=[cast.maya.file_id]).startswith("/files/")


def test_what_she_refuses_is_read_by_her_team_and_whoever_answers_for_it_and_ended_by_her_team(
    cast: Cast,
) -> None:
    """Whoever answers for her worker must know to whom nothing is said, and changes none of it."""
    wanted = [(Refusal.Kind.RELATIVES, Refusal.Relatives.PARENTS)]
    with acting(cast.ines):
        actions.refuse(
            cast.maya.file_id, uuid4(), wanted, decider=SaidBy.HERSELF, decides_alone=True,
            by=cast.ines, at=MONDAY,
        )  # fmt: skip
        sharing.cover(
            uuid4(), kind=Cover.Kind.STAND_IN, for_user_id=cast.ines.user_id,
            user_id=cast.yanick.user_id, starts_at=MONDAY, ends_at=FRIDAY, by=cast.ines, at=MONDAY,
        )  # fmt: skip

    def may(who: Actor) -> tuple[int, int]:
        """How many this person reads, and how many they end; undone at once."""
        with acting(who, TUESDAY), transaction.atomic():
            said = Refusal.objects.all()
            done = (said.count(), said.update(ended_at=TUESDAY, ended_by=who.user_id))
            transaction.set_rollback(True)
        return done

    strangers = (cast.samir, cast.louise, cast.karim, cast.roy, cast.amrani, cast.nadia)
    assert [may(who) for who in strangers] == [(0, 0)] * len(strangers)
    assert (may(cast.ines), may(cast.yanick)) == ((1, 1), (1, 0))


@pytest.mark.parametrize("who", ["yanick", "samir", "louise", "roy"])
def test_nobody_else_writes_what_she_refuses_nor_in_another_s_name(cast: Cast, who: str) -> None:
    actor = getattr(cast, who)
    for writer in (actor.user_id, cast.ines.user_id):
        row = Refusal(
            id=uuid4(), file_id=cast.maya.file_id, kind=Refusal.Kind.RESEARCH, code="health",
            decider=SaidBy.HERSELF, written_by=writer, written_at=TUESDAY,
        )  # fmt: skip
        with acting(actor, TUESDAY), pytest.raises(ProgrammingError), transaction.atomic():
            Refusal.objects.bulk_create([row])
