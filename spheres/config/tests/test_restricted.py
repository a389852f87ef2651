"""On which pages might somebody she bars still meet her? On none: each is looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from spheres.core import clock
from spheres.followup.admission import actions as admission
from spheres.followup.admission import queries as offers
from spheres.followup.meetings import actions as meetings
from spheres.followup.restrictions.policy import Barred
from spheres.followup.restrictions.tests.factories import (
    at_the_desk,
    bar,
    get,
    walk_beside,
)
from spheres.interop.ical import actions as calendar
from spheres.interop.ical.tests.asked import hours, say
from spheres.participants import queries as participants
from spheres.records.between import places
from spheres.records.models import Draft
from spheres.sharing import actions as sharing
from tests.cast import MONDAY, TUESDAY, Cast, acting, refer, uuid_of
from tests.pages import Page

pytestmark = pytest.mark.django_db
LATER = TUESDAY.replace(hour=18)


@pytest.fixture
def client(cast: Cast) -> Client:
    """Yanick walks with Maya too, and Maya bars him from all of her file."""
    walk_beside(cast, cast.yanick)
    client = at_the_desk(cast.yanick)
    assert "Maya" in main(get(client, "/people/"))
    return client


def bars_yanick(cast: Cast) -> None:
    bar(cast, Barred(user_id=cast.yanick.user_id))


def main(answer: Any) -> str:
    text = str(answer.content.decode())
    return text[text.index("<main") :]


def test_the_file_answers_as_one_that_does_not_exist(cast: Cast, client: Client) -> None:
    bars_yanick(cast)

    hers = get(client, reverse("dossier:file", args=[cast.maya.file_id]))
    nobodys = get(client, reverse("dossier:file", args=[uuid4()]))
    assert (hers.status_code, main(hers)) == (404, main(nobodys))


@pytest.mark.parametrize(
    "page",
    ["dossier:who", "plan:page", "notes:write", "reaching:detail", "restrictions:page",
     "restrictions:choose", "restrictions:anywhere", "restrictions:refuse", "withdrawals:withdraw"],
)  # fmt: skip
def test_so_does_every_page_under_it(cast: Cast, client: Client, page: str) -> None:
    bars_yanick(cast)

    hers = get(client, reverse(page, args=[cast.maya.file_id]))
    nobodys = get(client, reverse(page, args=[uuid4()]))
    assert (hers.status_code, main(hers)) == (404, main(nobodys))


def test_lists_counts_my_day_and_the_search_are_as_if_she_did_not_exist(
    cast: Cast, client: Client
) -> None:
    def look(where: str) -> str:
        return main(get(client, where))

    def search() -> str:
        with clock.at(TUESDAY):
            token = Page(client.get("/people/").content.decode()).fields
            return main(client.post("/people/", {**token, "q": "Maya"}))

    bars_yanick(cast)

    pages = [look("/"), look("/people/"), look("/contact/"), look("/week/"), search()]
    assert [str(cast.maya.file_id) in page for page in pages] == [False] * 5
    # What was looked for stands in its box; no line answers.
    assert ["Maya" in page for page in pages[:4]] == [False] * 4
    with acting(cast.yanick, TUESDAY):
        assert participants.all_mine(actor=cast.yanick) == []


def test_a_draft_begun_before_is_not_shown_again_and_is_not_lost(
    cast: Cast, client: Client
) -> None:
    with clock.at(TUESDAY):
        where = reverse("notes:write", args=[cast.maya.file_id])
        number = Page(client.get(where).content.decode()).fields["form_id"]
        kept = client.post(
            reverse("notes:draft", args=[cast.maya.file_id]),
            {"form_id": number, "observation": "Un brouillon."},
        )
    assert kept.status_code in {200, 204}
    with acting(cast.yanick, TUESDAY):
        before = Draft.objects.count()

    bars_yanick(cast)

    with acting(cast.yanick, TUESDAY):
        assert (before, Draft.objects.count()) == (1, 0)


def test_a_meeting_with_her_leaves_the_calendar_and_the_day(cast: Cast, client: Client) -> None:
    say(cast)
    with acting(cast.yanick):
        token = calendar.make(uuid4(), by=cast.yanick, at=MONDAY)
        tea = meetings.Planned(uuid_of("tea"), "accompaniment", LATER, "", "Un thé.")
        meetings.plan(cast.maya.file_id, tea, by=cast.yanick, at=MONDAY)
    before = len(hours(token, TUESDAY))

    bars_yanick(cast)

    assert (before, hours(token, TUESDAY)) == (1, [])


def test_what_was_handed_to_them_is_not_on_their_day(cast: Cast) -> None:
    with acting(cast.ines):
        sharing.hand_over(
            uuid4(),
            file_id=cast.maya.file_id,
            user_id=cast.yanick.user_id,
            faces=["identity"],
            by=cast.ines,
            at=MONDAY,
        )

    bars_yanick(cast)

    with acting(cast.yanick, TUESDAY):
        handed = places.handed_to(cast.yanick)
        assert participants.names([cast.maya.file_id], actor=cast.yanick) == []
    assert [line for line in handed if "Maya" in line.sentence] == []


def test_a_category_bars_the_desk_from_what_it_followed(cast: Cast) -> None:
    bar(cast, Barred(role="coordinator"))

    with acting(cast.louise, TUESDAY), connection.cursor() as cursor:
        cursor.execute("select access.handled('{DESK,WATCH}')")
        assert cast.maya.file_id not in cursor.fetchone()[0]


def test_a_worker_who_was_accompanied_here_once_does_not_find_her_own_file(cast: Cast) -> None:
    """She says so to whoever walked with her: barred by name, her own file is nobody's to her."""
    bar(cast, Barred(user_id=cast.yanick.user_id))
    walk_beside(cast, cast.yanick)

    answer = get(at_the_desk(cast.yanick), reverse("dossier:file", args=[cast.maya.file_id]))

    assert answer.status_code == 404


@pytest.mark.parametrize("way", ["recused", "barred"])
def test_a_recusal_follows_the_person_as_a_restriction_does(cast: Cast, way: str) -> None:
    walk_beside(cast, cast.yanick)
    barred: dict[str, Callable[[], object]] = {"barred": lambda: bars_yanick(cast)}

    def recuse() -> None:
        with acting(cast.yanick, TUESDAY):
            sharing.declare_conflict(cast.maya.file_id, by=cast.yanick, at=TUESDAY)

    barred.get(way, recuse)()

    with acting(cast.yanick, TUESDAY), connection.cursor() as cursor:
        cursor.execute(
            "select access.handled('{DESK,WATCH,OFFERED,ENTRUSTED}'), access.yielded(), "
            "access.readable_identity_files(), access.readable_relation_files(), "
            "access.appendable_notes_files(), access.agreed_with_me()"
        )
        assert cursor.fetchone() == ([], [], [], [], [], [])
        assert participants.all_mine(actor=cast.yanick) == []


def test_a_referral_of_somebody_whom_a_worker_knows_is_closed_to_them_from_the_offer_on(
    cast: Cast,
) -> None:
    lea = refer("Léa", desk=cast.institute.pk)
    with acting(cast.yanick):
        sharing.declare_conflict(lea, by=cast.yanick, at=MONDAY)
    with acting(cast.louise):
        admission.offer(
            lea, to=cast.yanick.user_id, offer_id=uuid_of("an offer"), by=cast.louise, at=MONDAY
        )

    with acting(cast.yanick):
        assert offers.open_offers(actor=cast.yanick) == []
