"""Do her nations stay with those who walk with her, in the database and not by the page alone?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from spheres.core.actor import Actor
from spheres.followup.identity import actions
from spheres.followup.identity.models import Belonging
from spheres.participants.models import Identity
from spheres.sharing import actions as sharing
from spheres.sharing.models import Cover
from spheres.sharing.rules import HANDED_FACES
from tests.cast import FRIDAY, MONDAY, TUESDAY, Cast, acting, uuid_of


@pytest.fixture(autouse=True)
def _said(cast: Cast) -> None:
    with acting(cast.ines):
        actions.say_belonging(
            cast.maya.file_id, uuid_of("nations"), "Innue de Uashat", by=cast.ines, at=MONDAY
        )


def stand_in(cast: Cast) -> None:
    """Inès is away; Yanick answers for her people."""
    with acting(cast.ines):
        sharing.cover(
            uuid_of("away"),
            kind=Cover.Kind.STAND_IN,
            for_user_id=cast.ines.user_id,
            user_id=cast.yanick.user_id,
            starts_at=MONDAY,
            ends_at=FRIDAY,
            by=cast.ines,
            at=MONDAY,
        )


def receiver(cast: Cast) -> None:
    """Maya lets all that may pass go to Yanick, before they have met."""
    with acting(cast.ines):
        sharing.hand_over(
            uuid_of("handed"),
            file_id=cast.maya.file_id,
            user_id=cast.yanick.user_id,
            faces=HANDED_FACES,
            by=cast.ines,
            at=MONDAY,
        )


def seen(actor: Actor) -> tuple[int, int]:
    """How many rows of who she is, and of her nations, the database gives."""
    with acting(actor, TUESDAY):
        return Identity.objects.count(), Belonging.objects.count()


@pytest.mark.parametrize("become", [stand_in, receiver])
def test_whoever_answers_or_is_handed_to_reads_her_name_and_never_her_nations(
    cast: Cast, become
) -> None:
    become(cast)

    assert (seen(cast.yanick), seen(cast.ines)) == ((1, 0), (1, 1))


@pytest.mark.parametrize("become", [stand_in, receiver])
def test_nor_may_either_take_back_what_she_said(cast: Cast, become) -> None:
    become(cast)
    row = Belonging(
        id=uuid_of("taken back"),
        file_id=cast.maya.file_id,
        written_by=cast.yanick.user_id,
        written_at=TUESDAY + timedelta(hours=1),
    )

    with acting(cast.yanick, TUESDAY), pytest.raises(ProgrammingError), transaction.atomic():
        Belonging.objects.bulk_create([row])
