"""Away, with a worker of a partner who answers: does that person read only those who agreed?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from spheres.accounts.models import Membership, Organisation, Role
from spheres.core import clock
from spheres.core.actor import SHARED, Actor
from spheres.core.errors import WrongState
from spheres.followup.consents import actions as consents
from spheres.followup.consents import queries
from spheres.followup.consents.actions import Given
from spheres.followup.covering import actions as covering
from spheres.followup.covering import queries as covers
from spheres.followup.handing_over import queries as handing_over
from spheres.participants import queries as participants
from spheres.participants.models import Assignment, Identity, SafeContact
from spheres.records import registry
from spheres.sharing import actions as sharing
from spheres.sharing.models import Consent, Cover, Restriction
from spheres.worker_support.outings import queries as outings
from spheres.worker_support.outings.tests.factories import goes_out
from tests.cast import (
    FRIDAY,
    LOADER,
    MONDAY,
    TUESDAY,
    Cast,
    Participant,
    acting,
    add_person,
    follow,
    uuid_of,
)
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
AWAY, AGREED = uuid_of("Inès is away"), uuid_of("Maya agrees")
WEDNESDAY = TUESDAY + timedelta(days=1)
INSTANT = timedelta(microseconds=1)
BRIEF = ("contact", "summary")


def be_away(cast: Cast, *, number: UUID = AWAY, starts: datetime = TUESDAY) -> UUID:
    """Inès is away until Friday; Samir answers, in the name of Ailleurs."""
    with acting(cast.ines):
        away = covering.Away(number, cast.samir.user_id, starts, FRIDAY, cast.elsewhere.pk)
        covering.be_away(away, by=cast.ines, at=MONDAY)
    return number


def given(cast: Cast, **other: Any) -> Given:
    said = Given(
        id=AGREED, organisation_id=cast.elsewhere.pk, sections=BRIEF, purpose="absence",
        given_by=Consent.Giver.HERSELF, form="ON_SCREEN", language="fr", text_version="2026-11",
        ends_on=clock.day_of(FRIDAY), user_id=cast.samir.user_id, cover_id=AWAY,
        starts_at=TUESDAY, ends_at=FRIDAY,
    )  # fmt: skip
    return replace(said, **other)


def agree(
    cast: Cast, who: Participant | None = None, *, at: datetime = MONDAY, **other: Any
) -> bool:
    file_id = (who or cast.maya).file_id
    with acting(cast.ines, at), transaction.atomic():
        person = participants.header(file_id, actor=cast.ines)
        assert person is not None
        said = given(cast, **other)
        return consents.give(file_id, said, person=person, by=cast.ines, at=at)


def shared(actor: Actor) -> Actor:
    return replace(actor, purpose=SHARED)


def reads(actor: Actor, at: datetime = WEDNESDAY) -> tuple[int, int, int]:
    """How many names, ways to reach and notes this person reads on the pages of what is shared."""
    with acting(shared(actor), at):
        notes = registry.get("notes").model._default_manager.count()
        return Identity.objects.count(), SafeContact.objects.count(), notes


def page_of(actor: Actor, address: str, *, at: datetime = WEDNESDAY, language: str = "en") -> str:
    client = signed_in(actor, at=at, language=language)
    with clock.at(at):
        answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode().split("<main")[1].replace("\u00a0", " ")


def status(actor: Actor, address: str, at: datetime = WEDNESDAY) -> int:
    client = signed_in(actor, at=at)
    with clock.at(at):
        return client.get(address).status_code


def test_named_it_opens_nothing_and_agreed_it_opens_that_person_alone(cast: Cast) -> None:
    be_away(cast)
    follow("Lou", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    before = reads(cast.samir)
    agree(cast)

    assert (before, reads(cast.samir)) == ((0, 0, 0), (1, 1, 0))
    with acting(cast.samir, WEDNESDAY):
        assert not Identity.objects.exists()  # on an ordinary page, nothing


@pytest.mark.parametrize(
    ("at", "found"),
    [(TUESDAY - INSTANT, 0), (TUESDAY, 1), (FRIDAY - INSTANT, 1), (FRIDAY, 0)],
)
def test_neither_before_it_begins_nor_after_its_end(cast: Cast, at: datetime, found: int) -> None:
    be_away(cast)
    agree(cast)

    assert reads(cast.samir, at)[0] == found


def test_back_earlier_it_closes_for_everybody_at_the_next_statement(cast: Cast) -> None:
    be_away(cast)
    agree(cast)
    with acting(shared(cast.samir), WEDNESDAY):
        before = Identity.objects.count()
        with acting(cast.ines, WEDNESDAY):
            covering.end(AWAY, by=cast.ines, at=WEDNESDAY)

        assert (before, Identity.objects.count()) == (1, 0)
    with acting(cast.ines, WEDNESDAY):
        [told] = queries.of_file(cast.maya.file_id, actor=cast.ines, at=WEDNESDAY)
        assert (told.is_live, told.is_to_come, told.until) == (
            False, False, clock.day_of(WEDNESDAY),
        )  # fmt: skip


def test_taken_back_by_her_it_closes_while_the_absence_goes_on(cast: Cast) -> None:
    be_away(cast)
    agree(cast)
    with acting(cast.ines, WEDNESDAY):
        ended = consents.take_back(
            cast.maya.file_id, [], said_by=Consent.Withdrawer.HERSELF, form="ORAL",
            by=cast.ines, at=WEDNESDAY,
        )  # fmt: skip

    assert ended == [AGREED]
    assert reads(cast.samir) == (0, 0, 0)


def test_once_her_worker_no_longer_walks_with_her_nobody_answers_in_that_name(cast: Cast) -> None:
    be_away(cast)
    agree(cast)
    with acting(cast.ines, WEDNESDAY):
        Assignment.objects.filter(user_id=cast.ines.user_id).update(ends_at=WEDNESDAY)

    assert reads(cast.samir) == (0, 0, 0)


def test_whom_she_bars_and_who_knows_her_read_nothing(cast: Cast) -> None:
    be_away(cast)
    agree(cast)
    with acting(cast.ines):
        bars = Restriction(
            id=uuid4(), file_id=cast.maya.file_id, user_id=cast.samir.user_id,
            faces=["identity", "contact"], taken_by=cast.ines.user_id, taken_at=MONDAY,
            starts_at=MONDAY,
        )  # fmt: skip
        sharing.restrict(bars, by=cast.ines)

    assert reads(cast.samir) == (0, 0, 0)


def test_who_left_that_partner_or_a_partner_that_left_reads_nothing(cast: Cast) -> None:
    be_away(cast)
    agree(cast)
    with acting(LOADER):
        Membership.objects.filter(user_id=cast.samir.user_id).update(ends_at=TUESDAY)
    gone = reads(cast.samir)
    with acting(LOADER):
        Membership.objects.filter(user_id=cast.samir.user_id).update(ends_at=None)
        back = reads(cast.samir)
        Organisation.objects.filter(pk=cast.elsewhere.pk).update(is_partner=False)

    assert (gone, back, reads(cast.samir)) == ((0, 0, 0), (1, 1, 0), (0, 0, 0))


def works_here_too(cast: Cast) -> Actor:
    """Samir also accompanies people at La Maison; this is Samir, acting there."""
    with acting(LOADER):
        Membership.objects.bulk_create(
            [
                Membership(
                    id=uuid4(), user_id=cast.samir.user_id, organisation=cast.la_maison,
                    role=Role.YOUTH_WORKER, starts_at=MONDAY - timedelta(days=3),
                )
            ]
        )  # fmt: skip
    return replace(cast.samir, organisation_id=cast.la_maison.pk)


def test_a_colleague_of_both_is_given_nothing_here_by_answering_elsewhere(cast: Cast) -> None:
    here = works_here_too(cast)
    be_away(cast)
    agree(cast)

    with acting(here, WEDNESDAY):
        assert not Identity.objects.exists()
        assert covers.mine_now(actor=here, at=WEDNESDAY) == []
    assert reads(cast.samir) == (1, 1, 0)


@pytest.mark.parametrize("whom", ["roy", "louise", "amrani", "yanick", "one that left"])
def test_the_table_refuses_whoever_may_not_answer(cast: Cast, whom: str) -> None:
    """The police, whoever accompanies nobody, one's own organisation, a partner that left."""
    if whom == "one that left":
        with acting(LOADER):
            Organisation.objects.filter(pk=cast.elsewhere.pk).update(is_partner=False)
    user: Actor = cast.samir if whom == "one that left" else getattr(cast, whom)

    with acting(cast.ines), pytest.raises(ProgrammingError), transaction.atomic():
        covering.be_away(
            covering.Away(uuid4(), user.user_id, TUESDAY, FRIDAY, user.organisation_id),
            by=cast.ines,
            at=MONDAY,
        )


def test_nobody_names_somebody_there_for_another(cast: Cast) -> None:
    for by in (cast.yanick, cast.nadia):
        with acting(by), pytest.raises(ProgrammingError), transaction.atomic():
            sharing.cover(
                uuid4(), kind=Cover.Kind.ON_CALL, for_user_id=cast.ines.user_id,
                user_id=cast.samir.user_id, elsewhere_id=cast.elsewhere.pk, starts_at=TUESDAY,
                ends_at=FRIDAY, by=by, at=MONDAY,
            )  # fmt: skip


def other_sayings(cast: Cast) -> Iterator[dict[str, Any]]:
    with acting(LOADER):
        rose = add_person("Rose", cast.elsewhere, Role.YOUTH_WORKER)
    yield {"user_id": rose.user_id}
    yield {"organisation_id": cast.foundation.pk}
    yield {"cover_id": uuid_of("no absence")}


def test_it_rests_on_that_very_absence_answered_by_that_very_person(cast: Cast) -> None:
    be_away(cast)
    for said in other_sayings(cast):
        with pytest.raises(ProgrammingError):
            agree(cast, id=uuid4(), **said)

    with acting(cast.ines):
        assert not Consent.objects.exists()


def test_it_is_for_whom_she_who_is_away_walks_with(cast: Cast) -> None:
    """Lou is accompanied by Yanick: nobody is to answer for Inès beside her."""
    lou = follow("Lou", desk=cast.institute.pk, louise=cast.louise, worker=cast.yanick)
    be_away(cast)

    with acting(cast.yanick), transaction.atomic():
        person = participants.header(lou.file_id, actor=cast.yanick)
        assert person is not None
        with pytest.raises(ProgrammingError):
            consents.give(lou.file_id, given(cast), person=person, by=cast.yanick, at=MONDAY)
    assert status(cast.yanick, f"/files/{lou.file_id}/sharing/absences/{AWAY}/") == 404


@pytest.mark.parametrize("said", [{"sections": ("plan",)}, {"user_id": None}])
def test_the_table_lets_the_brief_faces_pass_to_one_person_and_no_other(
    cast: Cast, said: dict[str, Any]
) -> None:
    be_away(cast)

    with pytest.raises((IntegrityError, ProgrammingError)):
        agree(cast, **said)


def test_agreed_twice_it_stands_once(cast: Cast) -> None:
    be_away(cast)

    assert [agree(cast), agree(cast), agree(cast, id=uuid4())] == [True, False, False]


def consent_of(cast: Cast, **other: Any) -> Consent:
    """The row that a form writes: another form, sent at the same instant, has not seen it."""
    said = {"taken_at": MONDAY, "starts_at": TUESDAY, "ends_at": FRIDAY} | other
    return Consent(
        id=uuid4(), file_id=cast.maya.file_id, organisation_id=cast.elsewhere.pk,
        user_id=cast.samir.user_id, cover_id=AWAY, purpose="absence",
        sections=["contact", "identity"], giver=Consent.Giver.HERSELF, form="ON_SCREEN",
        language="fr", text_version="2026-11", taken_by=cast.ines.user_id, **said,
    )  # fmt: skip


def test_of_two_forms_sent_at_one_instant_one_stands(cast: Cast) -> None:
    be_away(cast)

    with acting(cast.ines), transaction.atomic():
        said = [sharing.agree(consent_of(cast), by=cast.ines) for _form in range(2)]
        assert (said, Consent.objects.count()) == ([True, False], 1)


def test_taken_back_or_over_it_may_be_said_anew_for_the_same_absence(cast: Cast) -> None:
    """What a parent said ends the day before she is 14; from that day she says it alone."""
    be_away(cast)
    agree(cast)
    with acting(cast.ines, WEDNESDAY), transaction.atomic():
        consents.take_back(
            cast.maya.file_id, [], said_by=Consent.Withdrawer.HERSELF, form="ORAL",
            by=cast.ines, at=WEDNESDAY,
        )  # fmt: skip

        now = {"taken_at": WEDNESDAY, "starts_at": WEDNESDAY}
        until = consent_of(cast, **now | {"ends_at": WEDNESDAY + INSTANT})
        anew = consent_of(cast, **now | {"starts_at": WEDNESDAY + INSTANT})
        said = [sharing.agree(one, by=cast.ines) for one in (until, anew)]
        assert said == [True, True]


def test_once_it_is_over_nobody_agrees_to_it(cast: Cast) -> None:
    be_away(cast)

    with pytest.raises(WrongState):
        agree(cast, at=FRIDAY)
    assert status(cast.ines, f"/files/{cast.maya.file_id}/sharing/absences/{AWAY}/", FRIDAY) == 404
    assert status(cast.ines, f"/absences/{AWAY}/ask/", FRIDAY) == 404


def test_called_off_before_it_began_nothing_was_shared_and_nobody_is_told(cast: Cast) -> None:
    be_away(cast)
    agree(cast)
    with acting(cast.ines, MONDAY + timedelta(hours=1)):
        covering.end(AWAY, by=cast.ines, at=MONDAY + timedelta(hours=1))

    assert reads(cast.samir) == (0, 0, 0)
    with acting(shared(cast.samir), WEDNESDAY) as who:
        found = queries.with_us(actor=who, at=WEDNESDAY)
        assert (found.open, found.ended) == ([], [])
    hers = page_of(cast.ines, f"/files/{cast.maya.file_id}/sharing/")
    assert "It never began: the absence was called off." in hers


def test_here_and_elsewhere_one_person_answers_at_a_time(cast: Cast) -> None:
    be_away(cast)

    away = covering.Away(uuid4(), cast.yanick.user_id, WEDNESDAY, FRIDAY)
    with acting(cast.ines), pytest.raises(sharing.Overlaps):
        covering.be_away(away, by=cast.ines, at=MONDAY)


def test_who_is_gone_is_answered_for_by_nobody_here(cast: Cast) -> None:
    """A worker of both, named elsewhere, is no stand-in: the lead is asked for one."""
    here = works_here_too(cast)
    be_away(cast)
    with acting(LOADER):
        Membership.objects.filter(user_id=cast.ines.user_id).update(ends_at=TUESDAY)

    with acting(cast.karim, WEDNESDAY):
        [gone] = handing_over.left_behind(actor=cast.karim, at=WEDNESDAY)
    assert (gone.name, gone.number, gone.stand_in) == ("Inès", 1, "")
    with acting(here, WEDNESDAY):
        assert handing_over.day(actor=here, at=WEDNESDAY).left == {}


def test_on_call_elsewhere_is_not_on_call_here(cast: Cast) -> None:
    """Whoever works in both, named elsewhere, is not told of who is late here."""
    works_here_too(cast)
    with acting(cast.ines):
        sharing.cover(
            uuid4(), kind=Cover.Kind.ON_CALL, for_user_id=cast.ines.user_id,
            user_id=cast.samir.user_id, elsewhere_id=cast.elsewhere.pk, starts_at=MONDAY,
            ends_at=FRIDAY, by=cast.ines, at=MONDAY,
        )  # fmt: skip
    goes_out(cast)

    with acting(cast.ines):
        outing = outings.mine(actor=cast.ines)
        assert outing is not None
        assert outings.whom_to_tell_next(outing, actor=cast.ines, at=MONDAY) == ["Karim"]
