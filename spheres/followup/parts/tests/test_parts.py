"""Is it kept, read by her team alone, and never lost, who does what for a person?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.parts import actions, policy, queries
from spheres.followup.parts.models import Part
from spheres.followup.parts.tests.factories import NEXT, WHAT, say
from spheres.participants.models import Assignment
from spheres.vault import actions as vault
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of

pytestmark = pytest.mark.django_db


def standing(cast: Cast) -> list[tuple[str, str, int]]:
    with acting(cast.ines):
        found = queries.current(cast.maya.file_id, actor=cast.ines)
        vault.open(found, by=cast.ines)
        return sorted((one.opened.what, one.opened.next_step, one.number) for one in found)


def test_a_part_is_kept_with_who_since_when_and_what_comes_next(cast: Cast) -> None:
    part = say(cast)

    with acting(cast.ines):
        [kept] = queries.current(cast.maya.file_id, actor=cast.ines)
        vault.open([kept], by=cast.ines)
        told = Event.objects.filter(chain_id=cast.maya.file_id, action="part.said")
        assert [(one.actor_id, one.sections) for one in told] == [(cast.ines.user_id, ["notes"])]
    assert (kept.part_id, kept.number, kept.organisation_id) == (part, 1, cast.elsewhere.pk)
    assert (kept.since_on, kept.next_on) == (date(2026, 1, 12), date(2026, 3, 9))
    assert (kept.opened.what, kept.opened.person, kept.opened.next_step) == (
        WHAT, "Samir, hébergement", NEXT,
    )  # fmt: skip


def test_sent_twice_it_is_one_part(cast: Cast) -> None:
    assert say(cast) == say(cast)

    with acting(cast.ines):
        assert Part.objects.count() == 1
        assert Event.objects.filter(action="part.said").count() == 1


def test_said_anew_what_was_said_before_stays(cast: Cast) -> None:
    part = say(cast)
    say(cast, "anew", of=part, on=1, next_step="Rien pour l’instant.", at=TUESDAY)

    assert standing(cast) == [(WHAT, "Rien pour l’instant.", 2)]
    with acting(cast.ines):
        texts = queries.versions(cast.maya.file_id, part, actor=cast.ines)
        assert [one.number for one in texts] == [2, 1]
        assert Event.objects.filter(action="part.changed").count() == 1


def test_whoever_comes_second_writes_nothing_and_is_told(cast: Cast) -> None:
    part = say(cast)
    say(cast, "first", of=part, on=1, next_step="L’une.")

    with pytest.raises(actions.Overtaken):
        say(cast, "second", of=part, on=1, next_step="L’autre.")

    assert standing(cast) == [(WHAT, "L’une.", 2)]


def test_nothing_is_written_of_the_police_unless_she_named_them(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        say(cast, organisation_id=cast.police.pk)
    say(cast, organisation_id=cast.police.pk, is_named_by_her=True)

    with acting(cast.ines):
        [kept] = Part.objects.all()
    assert (kept.organisation_id, kept.is_named_by_her) == (cast.police.pk, True)


def test_the_organisation_is_one_of_the_programme(cast: Cast) -> None:
    with pytest.raises(WrongState):
        say(cast, organisation_id=uuid_of("nobody's organisation"))


@pytest.mark.parametrize(
    ("role", "may"),
    [(role, role in {Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT}) for role in Role],
)
def test_her_workers_alone_write_it(cast: Cast, role: Role, may: bool) -> None:
    actor = replace(cast.ines, roles=frozenset({role.value}))
    assert bool(policy.can_write(actor)) is may


@pytest.mark.parametrize("is_police", [True, False])
@pytest.mark.parametrize("is_named", [True, False])
def test_who_may_be_named(is_police: bool, is_named: bool) -> None:
    decision = policy.can_name(is_police=is_police, is_named_by_her=is_named)
    assert bool(decision) is (is_named or not is_police)


def test_one_s_own_comes_first_among_organisations_and_the_police_last(cast: Cast) -> None:
    with acting(cast.ines):
        names = [(one.name, one.is_police) for one in queries.organisations(actor=cast.ines)]

    assert names[0] == ("La Maison", False)
    assert names[-1] == ("Police", True)
    assert [is_police for _name, is_police in names].count(True) == 1


def test_whoever_joins_the_team_reads_it(cast: Cast) -> None:
    say(cast)
    with acting(LOADER):
        rose = add_person("Rose", cast.la_maison, Role.YOUTH_WORKER)
    with acting(cast.ines):
        Assignment.objects.bulk_create(
            [
                Assignment(
                    id=uuid_of("rose walks"), file_id=cast.maya.file_id, user_id=rose.user_id,
                    part=Assignment.Part.SUPPORT, starts_at=MONDAY,
                )
            ]
        )  # fmt: skip
    with acting(rose):
        assert [one.what != b"" for one in queries.current(cast.maya.file_id, actor=rose)] == [True]
