"""What does one see, minute by minute, from the numbers to the morning after?"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.danger import actions
from spheres.followup.danger.models import Danger
from spheres.followup.danger.tests.factories import CALL, MORNING, NIGHT, SAID, call
from spheres.records.models import Draft
from spheres.sharing.models import Disclosure
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of, yanick_answers_for_ines
from tests.pages import Page, signed_in, untranslated
from tests.region import demo_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def region(db: None) -> Any:
    with demo_words():
        yield


def here(cast: Cast, place: str, *args: UUID) -> str:
    return reverse(f"danger:{place}", args=[cast.maya.file_id, *args])


def seen(
    actor: Actor, where: str, at: datetime = NIGHT, language: str = "en", status: int = 200
) -> str:
    with clock.at(at):
        answer = signed_in(actor, at=at, language=language).get(where)
    assert answer.status_code == status, where
    return unescape(answer.content.decode())


def sends(client: Client, where: str, at: datetime = NIGHT, **said: str) -> Any:
    """Open the page, fill it in, send it."""
    with clock.at(at):
        fields = Page(client.get(where).content.decode()).fields
        # Of the choices nothing is chosen yet, but what is chosen here.
        asked = {"csrfmiddlewaretoken", "called", "told_her", "way", "ground", "imminence"}
        kept = {name: value for name, value in fields.items() if value and name not in asked}
        return client.post(where, kept | said)


def at_hand(page: str) -> list[str]:
    return re.findall(
        r'<a href="([^"]+)"', "".join(re.findall(r'<nav class="staff-file".*?</nav>', page, re.S))
    )


def test_the_numbers_are_one_press_away_from_every_page_of_a_file_and_from_my_day(
    cast: Cast,
) -> None:
    file = f"/files/{cast.maya.file_id}/"
    pages = (file, f"{file}who/", f"{file}communications/", f"{file}notes/new/", f"{file}reaching/")

    assert {at_hand(seen(cast.ines, page))[0] for page in pages} == {here(cast, "call_for")}
    assert at_hand(seen(cast.ines, "/"))[0] == reverse("danger:call")


def test_one_calls_first_and_nothing_is_asked_before(cast: Cast) -> None:
    page = seen(cast.ines, here(cast, "call_for"))
    among_all = seen(cast.ines, reverse("danger:call"))

    for one in (page, among_all):
        assert one.index("tel:911") < one.index("Then, write it in two minutes")
        assert re.findall(r'href="tel:([^"]*)"', one)[0] == "911"
        assert "It is not legal advice" in one
        assert "<textarea" not in one
    assert "Maya" in page
    assert "Maya" not in among_all
    assert here(cast, "write") in page
    assert here(cast, "write") not in among_all


def test_a_number_nobody_verified_for_three_months_says_so(cast: Cast) -> None:
    lately = seen(
        cast.ines, reverse("danger:call"), datetime(2026, 11, 1, 14, tzinfo=MONDAY.tzinfo)
    )
    long_ago = seen(
        cast.ines, reverse("danger:call"), datetime(2027, 3, 1, 14, tzinfo=MONDAY.tzinfo)
    )

    said = "Not verified lately"
    assert (lately.count("Verified on October 15, 2026"), long_ago.count("Verified on")) == (3, 0)
    assert long_ago.count(said) - lately.count(said) == 3


def test_what_the_organisation_says_stands_there_and_beside_exceptional_access(cast: Cast) -> None:
    with acting(cast.karim):
        manager = Actor(cast.karim.user_id, cast.la_maison.pk, frozenset({"organisation_manager"}))
    as_manager(cast, manager)
    page = seen(cast.ines, here(cast, "call_for"))
    exceptional = seen(cast.ines, reverse("exceptional:ask", args=[cast.maya.file_id]))

    assert "514 555-0100" in page
    assert "Call Karim." in page
    assert "It is not legal advice" not in page
    assert "514 555-0100" in exceptional


def as_manager(cast: Cast, manager: Actor) -> None:
    from spheres.accounts.models import Membership, Role
    from tests.cast import LOADER

    with acting(LOADER):
        Membership.objects.bulk_create(
            [
                Membership(
                    id=uuid_of("karim manages"), user_id=manager.user_id,
                    organisation=cast.la_maison, role=Role.ORGANISATION_MANAGER,
                    job_title_fr="Titre", job_title_en="Title",
                    starts_at=MONDAY - timedelta(days=1),
                )
            ]
        )  # fmt: skip
    client = signed_in(manager, language="en")
    wrong = sends(client, reverse("danger:directive"), MONDAY, on_call="call me", en="Call Karim.")
    right = sends(
        client, reverse("danger:directive"), MONDAY, on_call="514 555-0100", en="Call Karim."
    )
    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "Call Karim." in wrong.content.decode()


def test_three_answers_are_enough_and_the_hour_is_already_there(cast: Cast) -> None:
    answer = sends(
        signed_in(cast.ines, at=NIGHT), here(cast, "write"), called="EMERGENCY", said=SAID
    )

    with acting(cast.ines, NIGHT):
        [row] = Disclosure.objects.filter(items=["CALL"])
    assert (answer.status_code, row.made_at) == (302, NIGHT)
    page = seen(cast.ines, here(cast, "detail", row.pk))
    assert SAID in page
    assert "The person is not told yet." in page
    assert "A night like that weighs." in page
    assert reverse("safety_net:page", args=[cast.maya.file_id]) in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"called": "EMERGENCY", "said": ""}, "This answer is needed to go on."),
        ({"called": "", "said": SAID}, "Choose an answer."),
        ({"called": "EMERGENCY", "said": SAID, "hour": "23:59"}, "This is still to come"),
        (
            {"called": "EMERGENCY", "said": SAID, "hour": "bientôt"},
            "Write the hour and the minutes.",
        ),
    ],
)
def test_a_wrong_answer_is_told_beside_it_and_nothing_typed_is_lost(
    cast: Cast, said: dict[str, str], words: str
) -> None:
    client = signed_in(cast.ines, at=NIGHT, language="en")
    answer = sends(client, here(cast, "write"), act="Un geste suicidaire.", **said)

    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert words in page
    assert "Un geste suicidaire." in page
    assert said["said"] in page


def test_a_name_in_it_stops_nobody_at_night(cast: Cast) -> None:
    said = "J’ai donné le nom de Jean Tremblay, 514 555-0123, 12 rue des Érables."

    answer = sends(
        signed_in(cast.ines, at=NIGHT), here(cast, "write"), called="EMERGENCY", said=said
    )

    assert answer.status_code == 302


def test_what_was_typed_survives_a_session_that_ends(cast: Cast) -> None:
    client = signed_in(cast.ines, at=NIGHT)
    with clock.at(NIGHT):
        number = Page(client.get(here(cast, "write")).content.decode()).fields["form_id"]
        begun = {"form_id": number, "said": SAID, "act": "Un geste."}
        kept = client.post(here(cast, "draft"), begun)
    draft_id = UUID(number.split(":")[0])
    day = seen(cast.ines, "/", MORNING)
    back = seen(cast.ines, f"{here(cast, 'write')}?draft={draft_id}", MORNING)

    assert kept.status_code == 204
    assert f"{here(cast, 'write')}?draft={draft_id}" in day
    assert SAID in back
    assert "Un geste." in back
    where = f"{here(cast, 'write')}?draft={draft_id}"
    now = {"day_day": "2", "day_month": "3", "day_year": "2026", "hour": "19:00"}
    sends(signed_in(cast.ines, at=MORNING), where, MORNING, called="HEALTH", said=SAID, **now)
    with acting(cast.ines, MORNING):
        assert list(Danger.objects.values_list("pk", flat=True)) == [draft_id]
        assert not Draft.objects.exists()


def test_an_hour_that_comes_twice_is_the_first_one(cast: Cast) -> None:
    after = datetime(2026, 11, 1, 6, 45, tzinfo=MONDAY.tzinfo)  # 1:45, the second time
    sends(
        signed_in(cast.ines, at=after), here(cast, "write"), after,
        called="EMERGENCY", said=SAID, hour="1:30",
    )  # fmt: skip

    with acting(cast.ines, after):
        [row] = Disclosure.objects.filter(items=["CALL"])
    assert row.made_at == datetime(2026, 11, 1, 5, 30, tzinfo=MONDAY.tzinfo)


def test_sent_twice_from_the_same_page_it_is_one(cast: Cast) -> None:
    client = signed_in(cast.ines, at=NIGHT)
    with clock.at(NIGHT):
        fields = Page(client.get(here(cast, "write")).content.decode()).fields
        said = fields | {"called": "EMERGENCY", "said": SAID}
        answers = [client.post(here(cast, "write"), said) for _ in range(2)]

    assert {one.headers["Location"] for one in answers} == {answers[0].headers["Location"]}
    with acting(cast.ines, NIGHT):
        assert Disclosure.objects.filter(items=["CALL"]).count() == 1


def test_whoever_supervises_is_told_of_it_and_says_what_was_learnt(cast: Cast) -> None:
    call(cast, cast.ines)
    team = seen(cast.karim, "/danger/reviews/", MORNING)
    late = seen(cast.karim, "/danger/reviews/", NIGHT + timedelta(days=2))
    page = seen(cast.karim, reverse("danger:review", args=[CALL]), MORNING)

    assert "Written by Inès" in team
    assert "waits for more than a day" not in team
    assert "waits for more than a day" in late
    assert SAID in page
    assert [name for name in ("Maya", "Texto") if name in page] == []
    answer = sends(
        signed_in(cast.karim, at=MORNING), reverse("danger:review", args=[CALL]), MORNING,
        learnt="Appeler à deux.",
    )  # fmt: skip
    assert answer.status_code == 302
    assert "Nothing waits to be looked at again." in seen(cast.karim, "/danger/reviews/", TUESDAY)
    hers = seen(cast.ines, here(cast, "detail", CALL), TUESDAY)
    assert "Appeler à deux." in hers
    assert "Karim looked at it again" in hers


def test_whoever_answers_that_night_phones_writes_and_completes_it_in_the_morning(
    cast: Cast,
) -> None:
    yanick_answers_for_ines(cast, until=NIGHT + timedelta(hours=8))
    phoning = seen(cast.yanick, here(cast, "call_for"))
    client = signed_in(cast.yanick, at=NIGHT, language="en")
    with clock.at(NIGHT):
        number = Page(client.get(here(cast, "write")).content.decode()).fields["form_id"]
        kept = client.post(here(cast, "draft"), {"form_id": number, "said": SAID})
    sent = sends(client, here(cast, "write"), called="EMERGENCY", said=SAID)
    over = MONDAY + timedelta(days=2)
    later = seen(cast.yanick, sent.headers["Location"], over)
    added = sends(
        signed_in(cast.yanick, at=over), sent.headers["Location"], over, about="SINCE", text="Ok."
    )

    assert here(cast, "write") in phoning
    assert (kept.status_code, sent.status_code, added.status_code) == (204, 302, 302)
    assert SAID in later
    assert "Maya" not in later
    seen(cast.yanick, here(cast, "write"), over, status=404)


def test_nobody_else_comes_to_any_of_its_pages(cast: Cast) -> None:
    call(cast, cast.ines)
    pages = (here(cast, "detail", CALL), here(cast, "tell", CALL), here(cast, "write"),
             here(cast, "call_for"), reverse("danger:review", args=[CALL]))  # fmt: skip

    for stranger in (cast.yanick, cast.samir, cast.louise, cast.roy, cast.nadia, cast.amrani):
        for page in pages:
            seen(stranger, page, MORNING, status=404)


def test_her_register_holds_it_in_plain_words_unless_it_could_harm_her(cast: Cast) -> None:
    call(cast, cast.ines, act="Un geste suicidaire.")
    register = reverse("disclosures:register", args=[cast.maya.file_id])
    before = seen(cast.ines, register, MORNING)
    client = signed_in(cast.ines, at=MORNING, language="en")
    wrong = sends(client, here(cast, "tell", CALL), MORNING, way="NOT_NOW")
    not_now = {"way": "NOT_NOW", "ground": "LIFE", "look_again_on_day": "5",
               "look_again_on_month": "3", "look_again_on_year": "2026"}  # fmt: skip
    right = sends(client, here(cast, "tell", CALL), MORNING, **not_now)
    during = seen(cast.ines, register, MORNING)
    day = seen(cast.ines, "/", MONDAY + timedelta(days=3))

    assert "Inès called 911." in before
    assert f"What was said: {SAID}" in before
    assert "What was feared: Un geste suicidaire." in before
    assert "You have not been told of it yet." in before
    assert (wrong.status_code, right.status_code) == (422, 302)
    assert SAID not in during
    assert "look again whether to tell them" in day


def test_she_is_told_from_my_day_and_what_she_said_is_kept(cast: Cast) -> None:
    yanick_answers_for_ines(cast)
    call(cast, cast.yanick)
    day = seen(cast.ines, "/", MORNING)
    sent = sends(
        signed_in(cast.ines, at=MORNING, language="en"), here(cast, "tell", CALL), MORNING,
        way="AFTER", words="Correct. Merci.",
    )  # fmt: skip

    assert "Maya: to be told of the call of" in day
    assert sent.status_code == 302
    assert "to be told of the call" not in seen(cast.ines, "/", MORNING)
    assert "Correct. Merci." in seen(cast.yanick, here(cast, "detail", CALL), MORNING)
    page = seen(cast.ines, here(cast, "detail", CALL), MORNING)
    assert SAID not in page
    assert "Written by Yanick: read it together" in page


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_is_complete_in_both_languages(cast: Cast, language: str) -> None:
    call(cast, cast.ines, act="A", danger="B", urgency="C", exposed="D", consulted="E",
         recipient="F", imminence="NOW", told_her="BEFORE", her_words="G")  # fmt: skip
    with acting(cast.ines, MORNING):
        actions.add(
            cast.maya.file_id, CALL, addition_id=uuid_of("h"), about="SINCE", text="H",
            by=cast.ines, at=MORNING,
        )  # fmt: skip
    with untranslated() as missing:
        for where in (
            here(cast, "call_for"), here(cast, "write"), here(cast, "detail", CALL),
            reverse("danger:call"), reverse("disclosures:register", args=[cast.maya.file_id]), "/",
        ):  # fmt: skip
            seen(cast.ines, where, MORNING, language)
        for where in ("/danger/reviews/", reverse("danger:review", args=[CALL])):
            seen(cast.karim, where, MORNING, language)

    assert missing == set()
