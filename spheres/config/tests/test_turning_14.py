"""Does what another agreed to for her end before she is 14, even when the day is learnt later?"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from spheres.audit.models import Event
from spheres.core.actor import Actor
from spheres.followup.consents.tests.factories import LATER, reading, share
from spheres.followup.disclosures.tests import factories as disclosed
from spheres.followup.identity import actions as identity
from spheres.followup.restrictions.policy import Barred
from spheres.followup.restrictions.tests.factories import bar, walk_beside
from spheres.participants import queries as participants
from spheres.sharing import actions as sharing
from spheres.sharing.models import Consent, DisclosureStep
from tests.cast import MONDAY, Cast, acting, uuid_of

pytestmark = pytest.mark.django_db
By = Consent.Giver
THIRTEEN = date(2012, 12, 1)  # 14 in nine months
UNTIL = date(2026, 9, 1)
A_MINUTE = timedelta(minutes=1)
SOON = MONDAY + timedelta(minutes=10)


def says_born_on(
    cast: Cast, born: date | None, *, which: str = "said", at: datetime, by: Actor | None = None
) -> None:
    who = by or cast.ines
    said = identity.Said(uuid_of(which), "Maya", "elle", "fr", "", "", "", born)
    with acting(who, at):
        identity.say(cast.maya.file_id, said, by=who, at=at)


def tutor_shares(cast: Cast) -> None:
    """Her tutor agrees, until September, to a partner; and that Roy is told of one meeting."""
    says_born_on(cast, THIRTEEN, at=SOON)
    share(cast, given_by=By.TUTOR, giver="Sa tante", ends_on=UNTIL, at=SOON)
    about = {**disclosed.SAID, "given_by": "TUTOR", "giver": "Sa tante"}
    told = disclosed.to_roy(cast, about=about)
    disclosed.decide(disclosed.prepare(cast, told, at=SOON), cast.karim, at=SOON)


def stands(cast: Cast) -> tuple[list[str], list[str]]:
    """How each consent was withdrawn, if it was; what became of the disclosure."""
    with acting(cast.ines, LATER):
        consents = Consent.objects.filter(file_id=cast.maya.file_id)
        steps = DisclosureStep.objects.filter(file_id=cast.maya.file_id).order_by("done_at")
        return [one.withdrawer for one in consents], [step.kind for step in steps]


@pytest.mark.parametrize(
    ("born", "consents", "steps"),
    [
        (date(2012, 2, 1), ["TEAM"], ["APPROVED", "WITHDRAWN"]),  # she is 14 already
        (date(2012, 3, 5), ["TEAM"], ["APPROVED", "WITHDRAWN"]),  # in three days: both go beyond
        (date(2012, 4, 1), ["TEAM"], ["APPROVED"]),  # after the meeting, before September
        (date(2012, 9, 1), ["TEAM"], ["APPROVED"]),  # the very last day
        (date(2012, 9, 2), [""], ["APPROVED"]),  # from the day after, she alone
        (None, [""], ["APPROVED"]),
    ],
)
def test_what_would_go_on_after_14_is_over_the_moment_her_day_of_birth_is_learnt(
    cast: Cast, born: date | None, consents: list[str], steps: list[str]
) -> None:
    tutor_shares(cast)

    says_born_on(cast, born, which="learnt", at=LATER)
    says_born_on(cast, born, which="learnt", at=LATER)  # sent twice

    assert stands(cast) == (consents, steps)


def test_it_is_over_too_when_whoever_learns_it_is_kept_from_what_is_told_of_her(
    cast: Cast,
) -> None:
    tutor_shares(cast)
    walk_beside(cast, cast.yanick)
    bar(cast, Barred(user_id=cast.yanick.user_id), "legal", at=SOON + A_MINUTE)

    says_born_on(cast, date(2012, 2, 1), which="learnt", by=cast.yanick, at=LATER)

    assert stands(cast) == (["TEAM"], ["APPROVED", "WITHDRAWN"])


def test_whoever_cannot_say_how_old_she_is_ends_nothing(cast: Cast) -> None:
    tutor_shares(cast)

    with acting(cast.karim, LATER):
        sharing.end_told_beyond(cast.maya.file_id, LATER)

    assert stands(cast) == ([""], ["APPROVED"])


def test_her_journal_says_who_ended_it_and_by_what_right_it_had_been_told(cast: Cast) -> None:
    tutor_shares(cast)

    says_born_on(cast, date(2012, 2, 1), which="learnt", at=LATER)

    with acting(cast.ines, LATER):
        events = Event.objects.filter(chain_id=cast.maya.file_id, action="disclosure.withdrawn")
        found = [(one.actor_id, one.at, one.basis, len(one.record_ids)) for one in events]
    assert found == [(cast.ines.user_id, LATER, "CONSENT", 1)]


def test_what_she_agreed_to_herself_goes_on(cast: Cast) -> None:
    share(cast, ends_on=UNTIL)

    says_born_on(cast, date(2012, 2, 1), at=LATER)

    assert stands(cast) == ([""], [])


def test_the_partner_reads_nothing_more_at_the_next_statement(cast: Cast) -> None:
    tutor_shares(cast)
    with reading(cast.samir, SOON) as samir:
        before = participants.is_visible(cast.maya.file_id, actor=samir)
    says_born_on(cast, date(2012, 2, 1), which="learnt", at=LATER - A_MINUTE)
    with reading(cast.samir) as samir:
        after = participants.is_visible(cast.maya.file_id, actor=samir)

    assert (before, after) == (True, False)
