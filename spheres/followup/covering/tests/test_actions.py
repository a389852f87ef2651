"""Is being away said by whoever may, ended once, and told once in what the house keeps?"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction

from spheres.audit.models import Event
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.covering import actions, queries
from spheres.followup.covering.models import NoNeed
from spheres.sharing.models import Cover
from tests.cast import FRIDAY, MONDAY, TUESDAY, Cast, acting, uuid_of

pytestmark = pytest.mark.django_db
AWAY, TURN = uuid_of("Inès is away"), uuid_of("a turn on call")
WEDNESDAY = TUESDAY + timedelta(days=1)


def away(cast: Cast, number: UUID = AWAY) -> actions.Away:
    return actions.Away(number, cast.yanick.user_id, TUESDAY, FRIDAY)


def be_away(cast: Cast) -> None:
    with acting(cast.ines):
        actions.be_away(away(cast), by=cast.ines, at=MONDAY)


def covers(cast: Cast) -> list[tuple[UUID, UUID, datetime]]:
    """For whom, who answers, until when."""
    with acting(cast.karim):
        found = Cover.objects.values_list("for_user_id", "user_id", "ends_at")
        return list(found.order_by("named_at", "for_user_id"))


def told(who: Actor, action: str) -> int:
    with acting(who):
        return Event.objects.filter(chain_id=who.user_id, action=action).count()


def test_a_worker_says_it_once_however_often_it_is_sent(cast: Cast) -> None:
    be_away(cast)
    be_away(cast)

    assert covers(cast) == [(cast.ines.user_id, cast.yanick.user_id, FRIDAY)]
    assert told(cast.ines, "cover.named") == 1


def test_whoever_accompanies_nobody_is_not_away(cast: Cast) -> None:
    with acting(cast.karim), pytest.raises(NotAllowed, match="accompagnement"):
        actions.be_away(away(cast), by=cast.karim, at=MONDAY)

    assert covers(cast) == []


def test_a_worker_puts_nobody_on_call(cast: Cast) -> None:
    with acting(cast.ines), pytest.raises(NotAllowed, match="équipe"):
        actions.put_on_call(
            away(cast, TURN), for_users=[cast.ines.user_id], by=cast.ines, at=MONDAY
        )

    assert covers(cast) == []


def test_on_call_for_several_one_answers_for_each_but_never_for_oneself(cast: Cast) -> None:
    several = [cast.yanick.user_id, cast.ines.user_id, cast.ines.user_id]
    with acting(cast.karim):
        actions.put_on_call(away(cast, TURN), for_users=several, by=cast.karim, at=MONDAY)

    assert covers(cast) == [(cast.ines.user_id, cast.yanick.user_id, FRIDAY)]
    assert told(cast.karim, "cover.named") == 1


def test_back_earlier_it_ends_then_and_again_changes_nothing(cast: Cast) -> None:
    be_away(cast)
    for at in (WEDNESDAY, WEDNESDAY + timedelta(hours=1)):
        with acting(cast.ines, at):
            actions.end(AWAY, by=cast.ines, at=at)

    assert covers(cast) == [(cast.ines.user_id, cast.yanick.user_id, WEDNESDAY)]
    assert told(cast.ines, "cover.ended") == 1


def test_ended_before_it_begins_it_never_begins(cast: Cast) -> None:
    be_away(cast)
    with acting(cast.ines):
        actions.end(AWAY, by=cast.ines, at=MONDAY)

    assert covers(cast) == [(cast.ines.user_id, cast.yanick.user_id, TUESDAY)]


def test_whoever_answers_does_not_end_it(cast: Cast) -> None:
    be_away(cast)
    with acting(cast.yanick, WEDNESDAY), pytest.raises(NotAllowed), transaction.atomic():
        actions.end(AWAY, by=cast.yanick, at=WEDNESDAY)

    assert covers(cast) == [(cast.ines.user_id, cast.yanick.user_id, FRIDAY)]


def test_what_is_of_another_organisation_is_not_there_to_end(cast: Cast) -> None:
    be_away(cast)
    with acting(cast.samir, WEDNESDAY), pytest.raises(WrongState), transaction.atomic():
        actions.end(AWAY, by=cast.samir, at=WEDNESDAY)

    assert covers(cast) == [(cast.ines.user_id, cast.yanick.user_id, FRIDAY)]


def test_nobody_is_asked_when_a_colleague_answers(cast: Cast) -> None:
    be_away(cast)
    with acting(cast.ines):
        cover = queries.cover(AWAY, actor=cast.ines)
        assert cover is not None
        with pytest.raises(NotAllowed, match="collègue"):
            actions.say_no_need(cast.maya.file_id, cover, by=cast.ines, at=MONDAY)

        assert not NoNeed.objects.exists()
