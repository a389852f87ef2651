"""La Maison leaves the programme: each of its people is asked, and nobody else's file moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from spheres.accounts.models import Membership, Organisation, Role
from spheres.core.actor import SHARED, Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.consents import queries as consents
from spheres.followup.consents.tests import factories as sharing_with
from spheres.followup.departure import actions, queries
from spheres.followup.departure.models import Say
from spheres.followup.departure.tests.factories import (
    A_DAY,
    APRIL,
    LAST,
    announced,
    counted,
    digest,
    ends,
    get,
    received,
    says,
    the_departure,
)
from spheres.followup.disclosures.tests import factories as disclosed
from spheres.followup.passages import actions as passages
from spheres.followup.therapy_requests.tests import test_asking as therapy
from spheres.followup.urgent_needs.tests import factories as urgent_needs
from spheres.participants.models import Assignment, FollowUpStatus, Identity
from spheres.sharing import actions as sharing
from spheres.sharing.models import Consent
from tests.cast import (
    LOADER,
    MONDAY,
    TUESDAY,
    Cast,
    Participant,
    acting,
    add_person,
    follow,
    uuid_of,
    yanick_answers_for_ines,
)
from tests.pages import signed_in

Way = Say.Way
Ended = FollowUpStatus.Status.ENDED


@pytest.fixture
def helene(cast: Cast) -> Actor:
    """Who manages La Maison."""
    with acting(LOADER):
        return add_person("Hélène", cast.la_maison, Role.ORGANISATION_MANAGER)


@pytest.fixture
def lou(cast: Cast) -> Participant:
    """Samir, elsewhere, walks with Lou."""
    return follow("Lou", desk=cast.institute.pk, louise=cast.louise, worker=cast.samir)


def parts(cast: Cast) -> None:
    with acting(cast.ines, APRIL - A_DAY):
        farewell = passages.Farewell(uuid_of("a letter"), "Merci pour la route.")
        passages.close(cast.maya.file_id, farewell, by=cast.ines, at=APRIL - A_DAY)


def test_it_takes_two_and_each_person_says_what_comes_next_before_anything_ends(
    cast: Cast, helene: Actor, lou: Participant
) -> None:
    sharing_with.share(cast)
    before = counted(helene, cast.la_maison)

    departure = announced(cast, helene)
    says(cast, Way.STAYS, her_words="Je reste avec Inès.")
    asked = counted(cast.louise, cast.la_maison)
    parts(cast)
    received(helene)
    ended = ends(cast)

    assert before == {"ACCOUNTS": 5, "SHARED_BY": 1, "TO_ASK": 1}
    assert (departure.asked_by, departure.confirmed_by) == (helene.user_id, cast.louise.user_id)
    assert asked == {"ACCOUNTS": 5, "SHARED_BY": 1, "STAYS": 1}
    assert (ended.ended_by, ended.ended_at, len(ended.digest)) == (cast.louise.user_id, APRIL, 64)
    assert counted(cast.louise, cast.la_maison, APRIL) == {"SETTLED": 1}


def test_accounts_and_what_is_shared_from_its_files_end_and_nothing_is_erased(
    cast: Cast, helene: Actor
) -> None:
    consent = sharing_with.share(cast)
    announced(cast, helene)
    says(cast, Way.CLOSES)
    parts(cast)
    received(helene)
    with acting(replace(cast.samir, purpose=SHARED), APRIL):
        read_before = Identity.objects.count()

    ends(cast)

    with acting(LOADER, APRIL):
        held = Membership.objects.filter(organisation_id=cast.la_maison.pk)
        assert set(held.values_list("ends_at", "is_ended_by_hand")) == {(APRIL, True)}
        left = Organisation.objects.get(pk=cast.la_maison.pk)
        assert (left.is_partner, left.left_at) == (False, APRIL)
    with acting(replace(cast.samir, purpose=SHARED), APRIL):
        assert (read_before, Identity.objects.count()) == (1, 0)
    with acting(cast.samir, APRIL):
        assert Consent.objects.get(pk=consent).withdrawn_at == APRIL
    for gone in (cast.ines, cast.yanick, cast.karim, cast.nadia):
        with acting(gone, APRIL):
            assert Identity.objects.count() == 0
    # What was written stands: with her worker's place given back, it is all there.
    with acting(LOADER, APRIL):
        Membership.objects.filter(user_id=cast.ines.user_id).update(ends_at=None)
    with acting(cast.ines, APRIL):
        assert Say.objects.get().way == Way.CLOSES
        assert Identity.objects.count() == 1


def test_the_files_of_the_others_are_compared_row_by_row(
    cast: Cast, helene: Actor, lou: Participant
) -> None:
    before = digest(cast)

    says_nothing = announced(cast, helene)
    says(cast, Way.CLOSES)
    parts(cast)
    of_la_maison = digest(cast)
    with acting(cast.samir, APRIL):
        Assignment.objects.filter(file_id=lou.file_id).update(ends_at=APRIL)
    after_one_row = digest(cast)

    assert says_nothing.digest == ""
    assert of_la_maison == before
    assert int(before[1]) > 10
    assert after_one_row[1] == before[1]
    assert after_one_row[0] != before[0]


def test_nothing_ends_when_a_row_of_another_organisation_moved_meanwhile(
    cast: Cast, helene: Actor, lou: Participant
) -> None:
    departure = announced(cast, helene)
    says(cast, Way.CLOSES)
    parts(cast)
    received(helene)
    stale = digest(cast)[0]
    with acting(cast.samir, APRIL):
        Assignment.objects.filter(file_id=lou.file_id).update(ends_at=APRIL)

    with (
        acting(cast.louise, APRIL),
        pytest.raises(DatabaseError, match="a row of another organisation moved"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("select access.end_departure(%s, %s)", [departure.pk, stale])

    with acting(cast.louise, APRIL):
        assert the_departure().ended_at is None
        assert Organisation.objects.get(pk=cast.la_maison.pk).is_partner
    # At a moment when nobody writes, it ends; and says over how many rows.
    assert ends(cast).rows_compared == int(digest(cast)[1])


def test_it_waits_for_an_urgent_need_an_unreviewed_access_and_whoever_was_not_asked(
    cast: Cast, helene: Actor
) -> None:
    night = MONDAY + timedelta(hours=9)
    with acting(cast.ines):
        urgent_needs.write(cast.maya.file_id, uuid_of("a bed"), by=cast.ines, at=MONDAY)
    yanick_answers_for_ines(cast)
    with acting(cast.yanick, night):
        sharing.open_exceptionally(
            uuid_of("tonight"), cast.maya.file_id, ground="LIFE", by=cast.yanick
        )
    announced(cast, helene)
    received(helene)

    at_night = counted(cast.louise, cast.la_maison, night)
    in_april = counted(cast.louise, cast.la_maison, APRIL)

    assert at_night == {"ACCOUNTS": 5, "OPEN_NOW": 1, "TO_ASK": 1, "TO_REVIEW": 1, "URGENT": 1}
    assert in_april == {"ACCOUNTS": 5, "TO_ASK": 1, "TO_REVIEW": 1, "URGENT": 1}
    with pytest.raises(NotAllowed, match="quelque chose à voir"):
        ends(cast)
    # The page does not decide it: the database refuses as well.
    with acting(cast.louise, APRIL):
        assert queries.end(the_departure(), actor=cast.louise) == "WAITS"


def test_it_waits_for_what_nobody_decided_to_tell_and_for_a_psychotherapist_who_has_not_answered(
    cast: Cast, helene: Actor
) -> None:
    told = disclosed.prepare(cast, disclosed.to_roy(cast))
    therapy.agree(cast)
    therapy.ask(cast)
    before = [counted(helene, cast.la_maison), counted(cast.louise, cast.foundation)]

    disclosed.decide(told, cast.karim, at=MONDAY)
    therapy.say(cast.amrani, "ACCEPTED", TUESDAY.date())

    assert before == [
        {"ACCOUNTS": 5, "SHARED_BY": 1, "THERAPY": 1, "TO_ASK": 1, "TO_DECIDE": 1},
        {"ACCOUNTS": 1, "SHARED_WITH": 1, "THERAPY": 1},
    ]
    assert counted(helene, cast.la_maison) == {"ACCOUNTS": 5, "SHARED_BY": 1, "TO_ASK": 1}


def test_it_waits_for_what_was_approved_and_never_handed_over_and_says_what_to_do(
    cast: Cast, helene: Actor
) -> None:
    one = disclosed.told(cast, disclosed.to_shelter(cast))
    _status, page = get(signed_in(helene, at=disclosed.SOON), "/partnership/", disclosed.SOON)
    before = counted(helene, cast.la_maison)

    disclosed.take_back(cast, one)

    assert before == {"ACCOUNTS": 5, "TO_ASK": 1, "TO_HAND": 1}
    assert counted(helene, cast.la_maison) == {"ACCOUNTS": 5, "TO_ASK": 1}
    assert (
        "1 communication est approuvée et n’a pas été remise : elle est remise, ou retirée avec "
        "la personne." in page.replace("\u00a0", " ")
    )


def test_somebody_who_cannot_be_reached_is_looked_for_on_three_days_and_stays_in_the_list(
    cast: Cast, helene: Actor
) -> None:
    announced(cast, helene)
    states = []

    for day in (0, 0, 1, 2):
        at = MONDAY + day * A_DAY + timedelta(hours=len(states))
        says(cast, Way.NOT_REACHED, f"try {len(states)}", at=at)
        states += [name for name in counted(cast.louise, cast.la_maison) if name != "ACCOUNTS"]
    received(helene)
    ends(cast)

    assert states == ["TO_TRY", "TO_TRY", "TO_TRY", "NOT_REACHED"]
    with acting(cast.louise, APRIL):
        lines = queries.lines(cast.la_maison.pk, actor=cast.louise)
    assert [(one.state, str(one.language), one.is_alone, one.number) for one in lines] == [
        ("NOT_REACHED", "Français", True, 1)
    ]
    _status, page = get(
        signed_in(cast.louise, at=APRIL), f"/partners-leaving/{uuid_of('departure')}/", APRIL
    )
    assert "Maya" not in page
    assert "1 personne n’a pas pu être jointe" in page


def test_whoever_works_elsewhere_too_goes_on_there(cast: Cast, helene: Actor) -> None:
    with acting(LOADER):
        Membership.objects.create(
            id=uuid_of("Yanick elsewhere"), user_id=cast.yanick.user_id,
            organisation=cast.elsewhere, role=Role.YOUTH_WORKER, job_title_fr="Titre",
            job_title_en="Title", starts_at=MONDAY - A_DAY,
        )  # fmt: skip
    announced(cast, helene)
    says(cast, Way.CLOSES)
    parts(cast)
    received(helene)
    yanick, ines = signed_in(cast.yanick, at=APRIL), signed_in(cast.ines, at=APRIL)
    before = counted(cast.louise, cast.la_maison)

    ends(cast)

    assert before["ELSEWHERE"] == 1
    assert get(ines, "/people/", APRIL)[0] == 302
    assert get(yanick, "/people/", APRIL)[0] == 200


def test_called_off_half_way_nothing_has_moved_but_her_words(cast: Cast, helene: Actor) -> None:
    announced(cast, helene)
    says(cast, Way.ANOTHER, to_organisation_id=cast.elsewhere.pk, her_words="Avec Samir.")

    for _twice in range(2):
        with acting(cast.louise):
            departure = the_departure()
            if departure.is_live:
                actions.call_off(departure, by=cast.louise)

    with acting(cast.ines):
        assert queries.announced(actor=cast.ines) is None
        assert (Say.objects.count(), Identity.objects.count()) == (1, 1)
        assert set(FollowUpStatus.objects.values_list("status", flat=True)) == {"ACTIVE"}
    with pytest.raises(NotAllowed):
        says(cast, Way.CLOSES, "afterwards")
    with acting(helene, APRIL):
        actions.ask(uuid_of("another time"), LAST + 60 * A_DAY, by=helene)
    with acting(cast.louise, APRIL):
        assert counted(cast.louise, cast.la_maison, APRIL)["TO_ASK"] == 1


def test_who_may_ask_confirm_and_see_the_numbers(cast: Cast, helene: Actor) -> None:
    with acting(LOADER):
        manon = add_person("Manon", cast.elsewhere, Role.ORGANISATION_MANAGER)
        desk = add_person("Sonia", cast.institute, Role.ORGANISATION_MANAGER)

    with acting(desk), pytest.raises(NotAllowed, match="du programme est ici"):
        actions.ask(uuid_of("the desk"), LAST, by=desk)
    with acting(helene):
        actions.ask(uuid_of("departure"), LAST, by=helene)
        actions.ask(uuid_of("departure"), LAST, by=helene)
    with acting(helene), pytest.raises(NotAllowed, match="déjà demandé"):
        actions.ask(uuid_of("again"), LAST, by=helene)
    for other in (cast.ines, cast.karim, helene, manon):
        with acting(other), pytest.raises((NotAllowed, WrongState)):
            actions.confirm(the_departure(), by=other)
        with acting(other):
            assert not queries.move("confirm", uuid_of("departure"), actor=other)
    for other in (cast.ines, cast.karim, manon, cast.roy, cast.samir):
        with acting(other), pytest.raises(DatabaseError), transaction.atomic():
            queries.numbers(cast.la_maison.pk, actor=other)
    with acting(cast.louise):
        actions.confirm(the_departure(), by=cast.louise)


def test_a_partner_that_left_receives_nothing_more_and_its_shares_are_shown_as_over(
    cast: Cast, helene: Actor, lou: Participant
) -> None:
    with acting(cast.samir):
        sharing.agree(
            Consent(
                id=uuid_of("Lou shares"), file_id=lou.file_id, organisation_id=cast.la_maison.pk,
                purpose="coordination", sections=["identity", "summary"], giver="HERSELF",
                form="ON_SCREEN", language="fr", text_version="2026-11",
                taken_by=cast.samir.user_id, taken_at=MONDAY, starts_at=MONDAY,
                ends_at=MONDAY + 90 * A_DAY,
            ),
            by=cast.samir,
        )  # fmt: skip
        [shown] = consents.of_file(lou.file_id, actor=cast.samir, at=MONDAY)
    announced(cast, helene)
    says(cast, Way.CLOSES)
    parts(cast)
    received(helene)

    ends(cast)

    with acting(cast.samir, APRIL):
        [over] = consents.of_file(lou.file_id, actor=cast.samir, at=APRIL)
        assert (shown.is_live, over.is_live, over.consent.withdrawn_at) == (True, False, None)
        names = {one.organisation for one in consents.recipients(actor=cast.samir)}
    assert "La Maison" not in names
