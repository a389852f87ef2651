"""Her parent may be the one who exploits her: whose yes is refused, who reads why, who ends it?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.accompaniments import policy as accompaniments
from spheres.followup.activities import policy as activities
from spheres.followup.admission import policy as admission
from spheres.followup.consents import actions as consents
from spheres.followup.consents.tests.factories import share, take_back
from spheres.followup.disclosures.tests import factories as disclosed
from spheres.followup.identity import actions as identity
from spheres.followup.representatives import actions
from spheres.followup.representatives.actions import Said
from spheres.followup.restrictions import policy as restrictions
from spheres.participants import queries as participants
from spheres.participants.models import Suspension, SuspensionReason, SuspensionReview
from spheres.sharing.models import Consent, Disclosure, DisclosureStep
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of, yanick_answers_for_ines
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
Who, By = Suspension.Who, Consent.Giver
WHY = "Son père l’attend devant l’école avec un homme qu’elle craint, et prend son téléphone."
BORN = date(2013, 12, 1)
SOON = MONDAY + timedelta(minutes=10)
THEN = SOON + timedelta(minutes=1)
LATER = MONDAY + timedelta(hours=1)
UNTIL = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def she_is_twelve(cast: Cast) -> None:
    is_twelve(cast)


def is_twelve(cast: Cast) -> None:
    said = identity.Said(uuid_of("twelve"), "Maya", "elle", "fr", "", "", "", BORN)
    with acting(cast.ines, MONDAY):
        identity.say(cast.maya.file_id, said, by=cast.ines, at=MONDAY + timedelta(minutes=5))


def suspend(
    cast: Cast,
    who: str = Who.PARENT,
    which: str = "suspended",
    *,
    ends: bool = False,
    by: Actor | None = None,
    at: datetime = SOON,
) -> UUID:
    actor = by or cast.ines
    said = Said(uuid_of(which), who, Suspension.Ground.DANGER, WHY, ends)
    with acting(actor, at):
        actions.suspend(cast.maya.file_id, said, by=actor, at=at)
    return said.id


def suspended(cast: Cast, actor: Actor | None = None, at: datetime = LATER) -> frozenset[str]:
    who = actor or cast.ines
    with acting(who, at):
        person = participants.header(cast.maya.file_id, actor=who)
        return person.suspended if person else frozenset({"nobody is seen"})


def looks(cast: Cast, which: UUID, outcome: str, by: Actor | None = None) -> None:
    actor = by or cast.nadia
    with acting(actor, LATER):
        actions.review(which, outcome, by=actor, at=LATER)


def parent_shares(cast: Cast, at: datetime, **other: Any) -> UUID:
    return share(cast, given_by=By.PARENT, giver="Son père", ends_on=UNTIL, at=at, **other)


def parent_says_yes(cast: Cast, at: datetime, which: str = "a yes of his") -> Disclosure:
    about = {**disclosed.SAID, "given_by": "PARENT", "giver": "Son père"}
    return disclosed.prepare(cast, disclosed.to_roy(cast, which, about=about), at=at)


def answers(client: Client, path: str, at: datetime = LATER, **sent: Any) -> tuple[int, str]:
    with clock.at(at):
        answer = client.post(path, sent) if sent else client.get(path)
    return answer.status_code, answer.headers.get("Location", "") or answer.content.decode()


# In force.


def test_it_is_in_force_at_once_and_for_whom_it_says(cast: Cast) -> None:
    assert suspended(cast) == frozenset()

    suspend(cast)
    assert suspended(cast, at=SOON) == {"PARENT"}

    suspend(cast, Who.TUTOR, "the tutor too", at=THEN)
    assert suspended(cast) == {"PARENT", "TUTOR"}


def test_sent_twice_it_is_one_and_what_stands_is_not_written_again(cast: Cast) -> None:
    suspend(cast)
    suspend(cast)
    with pytest.raises(NotAllowed, match="déjà suspendus"):
        suspend(cast, which="again", at=THEN)

    with acting(cast.ines, LATER):
        assert Suspension.objects.count() == 1
        assert Event.objects.filter(action=actions.NOTED).count() == 1


def test_the_suspended_parent_is_refused_and_the_tutor_and_an_exception_are_not(cast: Cast) -> None:
    suspend(cast)

    with pytest.raises(NotAllowed, match="Les droits de cette personne sont suspendus"):
        parent_shares(cast, THEN)
    with pytest.raises(NotAllowed, match="Les droits de cette personne sont suspendus"):
        parent_says_yes(cast, THEN)
    share(cast, given_by=By.TUTOR, giver="Sa tante", ends_on=UNTIL, at=THEN)
    share(
        cast, "by exception", given_by=By.EXCEPTION, ground="danger_from_parent",
        reason="Son père est un danger.", ends_on=UNTIL, at=THEN,
    )  # fmt: skip


@pytest.mark.parametrize(("who", "may"), [(By.PARENT, False), (By.TUTOR, True)])
def test_what_the_parent_does_not_sign_any_more(who: str, may: bool) -> None:
    held = {Who.PARENT}

    assert bool(restrictions.can_sign(who, decides_alone=False, suspended=held)) == may
    assert restrictions.can_sign(By.EXCEPTION, decides_alone=False, suspended=held)
    assert restrictions.can_sign(By.HERSELF, decides_alone=True, suspended=held)


@pytest.mark.parametrize(("held", "may"), [(set(), True), ({"PARENT"}, False), ({"TUTOR"}, False)])
def test_where_it_is_not_kept_which_of_them_agreed_nobody_does(
    cast: Cast, held: set[str], may: bool
) -> None:
    ages = admission.Ages(12, 25, 14)
    told = {"decides_alone": False, "suspended": held}

    assert [
        bool(accompaniments.can_agree(cast.ines, True, "WITH_TUTOR", **told)),
        bool(activities.can_authorise(cast.ines, "BY_PARENT", **told)),
        bool(admission.agreement_fits(12, "tutor", "", ages, suspended=held)),
    ] == [may] * 3
    assert [
        bool(accompaniments.can_agree(cast.ines, True, "EXCEPTION", **told)),
        bool(activities.can_authorise(cast.ines, "EXCEPTION", **told)),
        bool(admission.agreement_fits(12, "exception", "danger_from_parent", ages, suspended=held)),
    ] == [True] * 3


def test_a_suspended_representative_takes_nothing_back_and_she_and_the_team_do(cast: Cast) -> None:
    one = share(cast, given_by=By.TUTOR, giver="Sa tante", ends_on=UNTIL, at=SOON)
    suspend(cast, at=THEN)
    with acting(cast.ines, LATER), pytest.raises(NotAllowed, match="ne dit pas qui accepte"):
        consents.take_back(
            cast.maya.file_id, [one], said_by=Consent.Withdrawer.REPRESENTATIVE, form="ORAL",
            suspended={"PARENT"}, by=cast.ines, at=LATER,
        )  # fmt: skip

    assert take_back(cast, one, at=LATER) == [one]


# What they had agreed to.


@pytest.mark.parametrize(("ends", "left"), [(False, ["", ""]), (True, ["TEAM", ""])])
def test_what_they_had_agreed_to_ends_only_when_it_is_asked(
    cast: Cast, ends: bool, left: list[str]
) -> None:
    of_parent = parent_shares(cast, SOON)
    of_tutor = share(cast, "hers", given_by=By.TUTOR, giver="Sa tante", ends_on=UNTIL, at=SOON)
    told, waits = parent_says_yes(cast, SOON), parent_says_yes(cast, SOON, "not decided yet")
    disclosed.decide(told, cast.karim, at=SOON)

    suspend(cast, ends=ends, at=THEN)

    with acting(cast.ines, LATER):
        kept = {one.pk: one.withdrawer for one in Consent.objects.all()}
        steps = {
            one.pk: [
                step.kind
                for step in DisclosureStep.objects.filter(disclosure_id=one.pk).order_by("done_at")
            ]
            for one in (told, waits)
        }
    assert [kept[of_parent], kept[of_tutor]] == left
    assert steps[told.pk] == (["APPROVED", "WITHDRAWN"] if ends else ["APPROVED"])
    assert steps[waits.pk] == ["WITHDRAWN"]  # nothing new is told on their yes


@pytest.mark.parametrize("page", ["consents:hers", "disclosures:page"])
def test_what_is_left_is_marked_to_be_looked_at_again(cast: Cast, page: str) -> None:
    parent_shares(cast, SOON)
    disclosed.decide(parent_says_yes(cast, SOON), cast.karim, at=SOON)
    page = reverse(page, args=[cast.maya.file_id])
    before = answers(signed_in(cast.ines, at=LATER), page)[1]
    suspend(cast)
    after = answers(signed_in(cast.ines, at=LATER), page)[1]

    assert ["À revoir" in one for one in (before, after)] == [False, True]


# Who reads it.


def test_whoever_answers_for_her_worker_and_all_others_read_nothing_of_it(cast: Cast) -> None:
    suspend(cast)
    yanick_answers_for_ines(cast)
    share(cast, given_by=By.TUTOR, giver="Sa tante", ends_on=UNTIL, at=THEN)
    manager = add_manager(cast)

    assert suspended(cast, cast.yanick) == frozenset()
    for who in (cast.yanick, cast.karim, cast.samir, cast.roy, cast.amrani, cast.louise, manager):
        with acting(who, LATER):
            seen = [
                list(model._default_manager.all())
                for model in (Suspension, SuspensionReason, SuspensionReview)
            ]
        assert seen == [[], [], []]
    path = reverse("representatives:page", args=[cast.maya.file_id])
    for who in (cast.yanick, cast.samir, cast.roy):
        assert answers(signed_in(who, at=LATER), path)[0] == 404


def add_manager(cast: Cast) -> Actor:
    with acting(LOADER):
        return add_person("Odile", cast.la_maison, Role.ORGANISATION_MANAGER)


def test_nobody_writes_one_elsewhere_nor_in_another_name_nor_ended_before_it_begins(
    cast: Cast,
) -> None:
    def row(**other: Any) -> Suspension:
        return Suspension(**{
            "id": uuid_of("forged"), "file_id": cast.maya.file_id, "who": "PARENT",
            "ground": "OTHER", "written_by": cast.ines.user_id, "written_at": SOON,
        } | other)  # fmt: skip

    ended = {"ended_at": SOON, "ended_by": cast.ines.user_id}
    for who, wrong in (
        (cast.yanick, {"written_by": cast.yanick.user_id}),
        (cast.nadia, {"written_by": cast.nadia.user_id}),
        (cast.ines, {"written_by": cast.yanick.user_id}),
        (cast.ines, ended),
        (cast.ines, {"ended_at": SOON}),
    ):
        with acting(who, SOON), pytest.raises(Error), transaction.atomic():
            Suspension.objects.bulk_create([row(**wrong)])
    with acting(cast.ines, SOON):
        assert Suspension.objects.count() == 0


def test_only_its_end_is_ever_changed_and_in_ones_own_name(cast: Cast) -> None:
    one = suspend(cast)
    for wrong in (
        {"who": "TUTOR"},
        {"ended_at": LATER, "ended_by": cast.yanick.user_id},
        {"ended_at": LATER + timedelta(days=1), "ended_by": cast.ines.user_id},
    ):
        with acting(cast.ines, LATER), pytest.raises(Error), transaction.atomic():
            Suspension.objects.filter(pk=one).update(**wrong)

    with acting(cast.ines, LATER):
        actions.end(cast.maya.file_id, one, by=cast.ines, at=LATER)
        actions.end(cast.maya.file_id, one, by=cast.ines, at=LATER)
        assert Event.objects.filter(action=actions.NOTED).count() == 2
    assert suspended(cast) == frozenset()


# Looked at again.


def test_the_privacy_officer_reads_why_and_not_of_whom(cast: Cast) -> None:
    one = suspend(cast)
    nadia = signed_in(cast.nadia, at=LATER)
    first = answers(nadia, "/privacy/")[1]
    page = answers(nadia, reverse("representatives:reviews"))[1]

    assert "Une suspension de droits attend d’être revue" in first
    assert [words in page for words in ("Inès", WHY, "Maya", str(cast.maya.file_id))] == [
        True, True, False, False,
    ]  # fmt: skip
    with acting(cast.nadia, LATER):
        assert list(Suspension.objects.all()) == []
        [read] = Event.objects.filter(action="list", record_ids__contains=[one])
        assert (read.chain_id, read.sections) == (cast.nadia.user_id, [])


@pytest.mark.parametrize(("outcome", "left"), [("KEPT", {"PARENT"}), ("ENDED", set())])
def test_a_second_person_keeps_it_or_ends_it_once(cast: Cast, outcome: str, left: set[str]) -> None:
    one = suspend(cast)
    looks(cast, one, outcome)
    with pytest.raises(WrongState):
        looks(cast, one, "KEPT")

    assert suspended(cast) == left
    nadia = signed_in(cast.nadia, at=LATER)
    assert "attend d’être revue" not in answers(nadia, "/privacy/")[1]
    with acting(cast.nadia, LATER):
        [told] = Event.objects.filter(action=actions.REVIEWED)
        assert (told.chain_id, told.record_ids) == (cast.nadia.user_id, [one])


def test_ended_by_the_second_person_her_worker_reads_it_and_may_write_another(cast: Cast) -> None:
    looks(cast, suspend(cast), "ENDED")
    page = answers(
        signed_in(cast.ines, at=LATER), reverse("representatives:page", args=[cast.maya.file_id])
    )[1]
    suspend(cast, which="with more to say", at=LATER + timedelta(minutes=1))

    assert "La personne responsable des renseignements y a mis fin" in page
    assert suspended(cast, at=LATER + timedelta(hours=1)) == {"PARENT"}


def test_nobody_looks_again_at_what_they_wrote_nor_at_another_organisation_s(cast: Cast) -> None:
    one = suspend(cast)
    both = Actor(
        cast.ines.user_id, cast.ines.organisation_id, cast.ines.roles | {Role.PRIVACY_OFFICER}
    )
    with acting(LOADER):
        elsewhere = add_person("Rémi", cast.elsewhere, Role.PRIVACY_OFFICER)
    for who in (both, elsewhere, cast.louise):
        with pytest.raises(WrongState):
            looks(cast, one, "ENDED", by=who)
        forged = SuspensionReview(
            id=one, organisation_id=who.organisation_id, outcome="ENDED",
            reviewed_by=who.user_id, reviewed_at=LATER,
        )  # fmt: skip
        with acting(who, LATER), pytest.raises(Error), transaction.atomic():
            SuspensionReview.objects.bulk_create([forged])
    for who in (cast.ines, cast.karim):
        with pytest.raises(NotAllowed):
            looks(cast, one, "ENDED", by=who)

    assert suspended(cast) == {"PARENT"}
