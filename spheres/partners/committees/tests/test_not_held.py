"""What becomes of a meeting that is not held: what it was to open, and what was brought?"""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.partners.committees import actions, policy, queries
from spheres.partners.committees.actions import Said
from spheres.regions.models import Committee
from spheres.sharing.models import CommitteeItem, CommitteeMeeting
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of
from tests.committees import (
    DAY,
    HELD,
    IDENTIFIED,
    MEETING,
    VIGNETTE,
    agenda_of,
    bring,
    bring_with_agreement,
    clinical,
    convene,
    disclosed,
    move,
)
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
NIGHT = HELD - timedelta(hours=12)


def cancel(cast: Cast, who: Actor | None = None) -> None:
    by = who or cast.louise
    with acting(by, NIGHT):
        actions.cancel_meeting(MEETING, by=by, at=NIGHT)


def items(who: Actor) -> list[UUID]:
    with acting(who, HELD):
        return list(CommitteeItem.objects.order_by("pk").values_list("pk", flat=True))


def test_it_opens_nothing_any_more_neither_a_vignette_nor_what_she_agreed_to(cast: Cast) -> None:
    meeting = convene(cast)
    bring(cast, meeting)
    bring_with_agreement(cast, meeting)
    assert len(items(cast.samir)) == 2

    cancel(cast)

    assert items(cast.samir) == items(cast.roy) == []
    assert agenda_of(cast.samir, meeting) == agenda_of(cast.louise, meeting) == []
    # Whoever brought it, and whoever chairs, still find it.
    assert items(cast.ines) == items(cast.louise) == sorted((VIGNETTE, IDENTIFIED))


def test_what_a_whole_organisation_was_told_for_it_is_closed(cast: Cast) -> None:
    """Her agreement was for those who sit that day: nobody sits."""
    convene(cast)
    told = disclosed.to_roy(
        cast, "told elsewhere", to_organisation_id=cast.elsewhere.pk, to_user_id=None
    )
    disclosed.told(cast, told)

    def received() -> bool:
        with acting(cast.samir, HELD), connection.cursor() as cursor:
            cursor.execute("select cardinality(access.disclosed('{RECEIVED}'))")
            return bool(cursor.fetchone()[0])

    assert received()
    cancel(cast)
    assert not received()


def test_nothing_is_brought_held_or_counted_there_any_more(cast: Cast) -> None:
    meeting = convene(cast)
    bring(cast, meeting)
    cancel(cast)
    with acting(cast.ines, NIGHT):
        known = CommitteeMeeting.objects.get(pk=MEETING)
        said = Said(uuid4(), "SUBJECT", "Et ensuite?")
        with pytest.raises(NotAllowed):
            actions.bring(known, clinical(), said, by=cast.ines, at=NIGHT)
        # The one who read the page before it was cancelled: the database refuses.
        with pytest.raises(ProgrammingError), transaction.atomic():
            actions.bring(meeting, clinical(), said, by=cast.ines, at=NIGHT)
    with acting(cast.louise, HELD):
        for verb in (
            lambda: actions.hold(VIGNETTE, known, present=set(), by=cast.louise, at=HELD),
            lambda: actions.note_roll(
                uuid4(), known, seats=[], minutes=60, by=cast.louise, at=HELD
            ),
        ):
            with pytest.raises(NotAllowed):
                verb()


def test_a_presentation_is_not_noted_for_a_meeting_that_was_not_held(cast: Cast) -> None:
    meeting = convene(cast)
    bring_with_agreement(cast, meeting)
    cancel(cast)
    # With a page that was shown before.
    with acting(cast.louise, HELD), pytest.raises(WrongState):
        actions.hold(IDENTIFIED, meeting, present=set(), by=cast.louise, at=HELD)


def test_only_whoever_chairs_says_so_once_and_for_good(cast: Cast) -> None:
    convene(cast)
    for who in (cast.ines, cast.roy):
        with pytest.raises((NotAllowed, WrongState)):
            cancel(cast, who)
    cancel(cast)
    cancel(cast)  # pressed twice

    with pytest.raises((NotAllowed, WrongState)):
        move(cast, DAY)
    with acting(cast.louise, HELD):
        row = CommitteeMeeting.objects.get(pk=MEETING)
        assert (row.cancelled_by, row.cancelled_at) == (cast.louise.user_id, NIGHT)
        again = CommitteeMeeting.objects.filter(pk=MEETING)
        assert again.update(cancelled_at=None, cancelled_by=None) == 0
        assert again.update(moved_at=HELD, moved_by=cast.louise.user_id) == 0


@pytest.mark.parametrize(
    ("chairs", "off", "hours", "may"),
    [
        (True, False, 0, True),
        (False, False, 0, False),
        (True, True, 0, False),
        (True, False, 3, False),
    ],
)
def test_a_meeting_is_changed_by_its_chair_until_it_is_over(
    cast: Cast, chairs: bool, off: bool, hours: int, may: bool
) -> None:
    meeting = convene(cast)
    meeting.cancelled_at = NIGHT if off else None
    at = HELD + timedelta(hours=hours)

    assert bool(policy.can_change(chairs, meeting, at=at)) is may


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_say_that_it_is_not_held(cast: Cast, language: str) -> None:
    bring(cast, convene(cast))
    here = f"/committees/meetings/{MEETING}/"
    chair, ines = (signed_in(who, language=language) for who in (cast.louise, cast.ines))
    with clock.at(MONDAY), untranslated() as missing:
        before = chair.get(here).content.decode()
        assert chair.post(f"{here}cancel/").status_code == 302
        after = chair.get(here).content.decode()
        hers = ines.get(here).content.decode()
        over = ines.get("/committees/").content.decode()

    assert missing == set()
    said = {"fr": "Cette rencontre n’a pas lieu", "en": "This meeting is not held"}[language]
    assert [said in unescape(page) for page in (before, after, hers)] == [False, True, True]
    assert {"fr": "n’a pas lieu", "en": "not held"}[language] in unescape(over)
    ways = re.compile(r'/(?:cancel|move|bring|roll)/"')
    assert [bool(ways.search(page)) for page in (before, after, hers)] == [True, False, False]
    # What was brought is still found by whoever brought it, and by whoever chairs.
    assert f"/committees/items/{VIGNETTE}/" in after
    assert f"/committees/items/{VIGNETTE}/" in hers


def test_somebody_who_only_steers_reads_no_item_of_anybody(cast: Cast) -> None:
    """The steering committee reads figures: a vignette or a person is brought to it by nobody, and
    what is brought to the clinical one is not there for whoever sits on the other."""
    meeting = convene(cast)
    bring(cast, meeting)
    bring_with_agreement(cast, meeting)
    with acting(cast.louise):
        steering = Committee.objects.get(slug="directeur")
    with acting(LOADER):
        helene = add_person("Hélène", cast.la_maison, Role.STEERING_MEMBER)
    with acting(cast.louise):
        actions.name_member(
            uuid_of("helene steers"), steering, user_id=helene.user_id,
            organisation_id=helene.organisation_id, is_chair=True, by=cast.louise, at=MONDAY,
        )  # fmt: skip

    assert items(helene) == []
    with acting(helene, HELD):
        assert queries.meeting(MEETING, actor=helene) is None
        assert policy.modes(helene, steering) == ["SUBJECT"]
    with clock.at(HELD):
        client = signed_in(helene, at=HELD)
        pages = [f"/committees/meetings/{MEETING}/", f"/committees/items/{VIGNETTE}/"]
        assert [client.get(page).status_code for page in pages] == [404, 404]
