"""Does anything leave without her yes, beyond her lines, or after she took it back?"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.followup.accompaniments import actions, documents, queries
from spheres.followup.accompaniments.models import OutgoingReferral, OutgoingStatus, Reply
from spheres.followup.accompaniments.tests.test_accompaniments import CARD, begun
from spheres.participants.models import Identity
from spheres.vault import actions as vault
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in

Status, Yes = OutgoingStatus.Status, OutgoingReferral.Yes
LEAVES = uuid_of("what leaves")
LINES = "Une personne de 16 ans cherche une place.\nElle peut venir le mardi."

pytestmark = pytest.mark.django_db


def agreement(**said: Any) -> actions.Agreed:
    return actions.Agreed(
        **{
            "id": LEAVES,
            "agrees": True,
            "to_whom": "Halte du Coin",
            "lines": LINES,
            "whose_yes": Yes.HERSELF,
            "how": "SAID",
            "agreed_on": date(2026, 3, 2),
        }
        | said
    )


def agreed(cast: Cast, **said: Any) -> UUID:
    begun(cast)
    with acting(cast.ines):
        return actions.agree(cast.maya.file_id, CARD, agreement(**said), by=cast.ines, at=MONDAY)


def stands(cast: Cast) -> str:
    with acting(cast.ines):
        return OutgoingStatus.objects.get(pk=LEAVES).status


def page(cast: Cast, place: str, number: UUID = LEAVES) -> str:
    return reverse(f"accompaniments:{place}", args=[cast.maya.file_id, number])


def test_without_the_yes_no_action_keeps_anything(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="accord"):
        agreed(cast, agrees=False)


def test_without_the_yes_the_page_says_so_and_keeps_nothing(cast: Cast) -> None:
    begun(cast)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        form = Page(ines.get(page(cast, "agree", CARD)).content.decode())
        sent = {
            "form_id": form.fields["form_id"], "to_whom": "Halte", "lines": "Une place.",
            "whose_yes": "HERSELF", "how": "SAID", "agreed_on": "2026-03-02",
        }  # fmt: skip
        refused = ines.post(page(cast, "agree", CARD), sent)
        kept = ines.post(page(cast, "agree", CARD), sent | {"agrees": "on"})

    assert (refused.status_code, kept.status_code) == (422, 302)
    assert "Rien ne part sans l’accord de la personne." in refused.content.decode()
    with acting(cast.ines):
        assert OutgoingReferral.objects.filter(record_id=CARD).count() == 1


def test_exactly_these_lines_leave_as_words_and_as_a_sheet(cast: Cast) -> None:
    agreed(cast)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        words = ines.post(page(cast, "hand"), {"shape": "TEXT"})
        made = ines.post(page(cast, "hand"), {"shape": "PDF"})

    assert LINES in words.content.decode()
    assert made.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in made.content
    assert stands(cast) == Status.HANDED
    with acting(cast.ines):
        row = queries.referral(cast.maya.file_id, LEAVES, actor=cast.ines)
        assert row is not None
        vault.open([row], by=cast.ines)
        assert documents.as_words(row) == LINES + "\n"
        shapes = Event.objects.filter(action="outgoing.handed").order_by("basis")
        assert [(event.basis, event.record_ids) for event in shapes] == [
            ("PDF", [LEAVES]),
            ("TEXT", [LEAVES]),
        ]


def test_taken_back_before_it_leaves_it_never_leaves(cast: Cast) -> None:
    agreed(cast)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        taken = [ines.post(page(cast, "withdraw")).status_code for _ in (1, 2)]
        late = ines.post(page(cast, "hand"), {"shape": "TEXT"})

    assert (taken, late.status_code, stands(cast)) == ([302, 302], 403, Status.WITHDRAWN)
    assert LINES not in late.content.decode()


def test_what_has_left_is_not_taken_back(cast: Cast) -> None:
    agreed(cast)
    with acting(cast.ines):
        actions.hand_over(cast.maya.file_id, LEAVES, "TEXT", by=cast.ines, at=MONDAY)
        with pytest.raises(NotAllowed, match="déjà parti"):
            actions.withdraw(cast.maya.file_id, LEAVES, by=cast.ines, at=MONDAY)


def test_the_loop_is_closed_with_her_words_first(cast: Cast) -> None:
    agreed(cast)
    back = actions.CameBack(uuid_of("what came back"), "Ils ont été fins.", "Place le 12.")
    with acting(cast.ines, TUESDAY):
        actions.hand_over(cast.maya.file_id, LEAVES, "TEXT", by=cast.ines, at=TUESDAY)
        for _ in (1, 2):
            actions.reply(cast.maya.file_id, LEAVES, back, by=cast.ines, at=TUESDAY)
        assert Reply.objects.count() == 1
    with clock.at(TUESDAY):
        shown = Page(signed_in(cast.ines, at=TUESDAY).get(page(cast, "outgoing")).content.decode())

    assert stands(cast) == Status.ANSWERED
    assert shown.place_of("Ils ont été fins.")[0] < shown.place_of("Place le 12.")[0]


def test_nothing_comes_back_of_what_has_not_left(cast: Cast) -> None:
    agreed(cast)
    back = actions.CameBack(uuid_of("too early"))
    with acting(cast.ines), pytest.raises(NotAllowed):
        actions.reply(cast.maya.file_id, LEAVES, back, by=cast.ines, at=MONDAY)


@pytest.mark.parametrize(
    ("band", "whose", "may"),
    [
        ("12-13", Yes.HERSELF, False),
        ("12-13", Yes.WITH_TUTOR, True),
        ("12-13", Yes.EXCEPTION, True),
        ("14-17", Yes.HERSELF, True),
        ("18-24", Yes.HERSELF, True),
    ],
)
def test_under_fourteen_her_yes_alone_is_not_enough(
    cast: Cast, band: str, whose: str, may: bool
) -> None:
    begun(cast)
    with acting(cast.ines):
        newer = Identity(
            id=uuid_of(f"said of {band}"), file_id=cast.maya.file_id, age_band=band,
            language="fr", written_by=cast.ines.user_id, written_at=TUESDAY,
        )  # fmt: skip
        vault.lock(newer, chosen_name="Maya", pronouns="", birth_date="", interpreter="")
        Identity.objects.bulk_create([newer])
        said = agreement(whose_yes=whose)
        if may:
            actions.agree(cast.maya.file_id, CARD, said, by=cast.ines, at=MONDAY)
        else:
            with pytest.raises(NotAllowed, match="autorité parentale"):
                actions.agree(cast.maya.file_id, CARD, said, by=cast.ines, at=MONDAY)


def test_a_colleague_who_does_not_walk_with_her_finds_nothing(cast: Cast) -> None:
    agreed(cast)
    with clock.at(MONDAY):
        yanick = signed_in(cast.yanick)
        answers = [yanick.get(page(cast, "outgoing")), yanick.post(page(cast, "hand"))]
    assert [answer.status_code for answer in answers] == [404, 404]
