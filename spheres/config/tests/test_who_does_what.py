"""Does she see, with her team, who does what for her; and does nobody else learn who is around?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError
from django.test import Client

from spheres.audit.models import Event
from spheres.config.tests.test_page_costs import MOST, statements
from spheres.core import clock
from spheres.core.actor import SHARED
from spheres.core.errors import NotAllowed
from spheres.followup.accompaniments.tests import factories as accompaniments
from spheres.followup.consents.tests.factories import share, take_back
from spheres.followup.parts import actions, queries
from spheres.followup.parts.forms import PartForm
from spheres.followup.parts.models import Part
from spheres.followup.parts.tests.factories import NEXT, WHAT, said, say
from spheres.sharing.models import Restriction
from tests.cast import (
    FRIDAY,
    MONDAY,
    TUESDAY,
    Cast,
    acting,
    follow,
    uuid_of,
    yanick_answers_for_ines,
)
from tests.pages import Page, signed_in, untranslated

pytestmark = pytest.mark.django_db
WHY = "Elle m’écrit qu’elle ne veut plus être là demain, et ne répond plus depuis une heure."
ALL_SHAREABLE = ("contact", "summary", "plan", "safety", "steps")


def place(cast: Cast, rest: str = "") -> str:
    return f"/files/{cast.maya.file_id}/parts/{rest}"


def main(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    shown = response.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))


def see(
    cast: Cast, rest: str = "", *, at: datetime = MONDAY, language: str = "en", who: str = "ines"
) -> str:
    with clock.at(at):
        client = signed_in(getattr(cast, who), language=language, at=at)
        return main(client.get(place(cast, rest)))


def send(client: Client, path: str, at: datetime = MONDAY, **typed: Any) -> Any:
    sent = {"form_id": PartForm.signer().sign(uuid_of("sent").hex), "on": "0", **typed}
    with clock.at(at):
        return client.post(path, sent)


@pytest.mark.parametrize("rest", ["", "together/"])
def test_the_page_says_who_does_what_since_when_and_what_comes_next(cast: Cast, rest: str) -> None:
    say(cast)
    with acting(cast.ines):
        accompaniments.write(cast.maya.file_id, uuid_of("papers"), by=cast.ines, at=MONDAY)

    page = see(cast, rest)

    for words in (
        "La Maison", "Inès", "Ailleurs", WHAT, "Samir, hébergement", "since January 12, 2026", NEXT,
        "March 9, 2026",
    ):  # fmt: skip
        assert words in page, words
    assert ("Elsewhere, and we go with you" if rest else "Elsewhere, with your help") in page


def test_what_her_own_team_does_stands_with_it_and_needs_no_agreement(cast: Cast) -> None:
    say(cast, organisation_id=cast.la_maison.pk)

    page, hers = see(cast), see(cast, "together/")

    assert page.count("La Maison") == hers.count("La Maison") == 1
    assert page.index("La Maison") < page.index(WHAT) < page.index("it needs no agreement")
    assert "Nobody else is written here yet" not in page
    assert "Nothing is shared" not in page + hers


def test_it_says_beside_each_what_she_shares_with_it(cast: Cast) -> None:
    say(cast)
    assert "Nothing is shared with them." in see(cast)
    say(cast, "asked", of=uuid_of("a part"), on=1, asked_on=MONDAY.date())
    assert "Sharing asked on March 2, 2026; they are thinking about it." in see(cast)
    consent = share(cast, at=TUESDAY, ends_on=date(2026, 9, 1))
    assert "Sharing agreed until September 1, 2026." in see(cast, at=TUESDAY)
    take_back(cast, consent, at=FRIDAY)
    assert "Sharing ended on March 6, 2026." in see(cast, at=FRIDAY)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Tu as accepté de partager avec eux jusqu’au 1 septembre 2026."),
        ("en", "You agreed to share with them until September 1, 2026."),
    ],
)
def test_to_her_it_is_said_in_the_words_one_says_to_her(
    cast: Cast, language: str, words: str
) -> None:
    say(cast)
    share(cast, ends_on=date(2026, 9, 1))

    page = see(cast, "together/", language=language)

    assert words.replace("1 septembre", "1er septembre") in page or words in page
    assert [words for words in ("la personne", "the person") if words in page] == []


def test_what_lasts_longest_is_said_and_over_is_over(cast: Cast) -> None:
    share(cast, "one", at=MONDAY, ends_on=date(2026, 4, 1))
    share(cast, "two", at=MONDAY, ends_on=date(2026, 8, 1), sections=("plan",))

    assert "Sharing agreed until August 1, 2026." in see(cast)
    assert "What they do is not written yet." in see(cast)
    assert "Sharing" not in see(cast, at=datetime(2026, 8, 3, 12, tzinfo=MONDAY.tzinfo))


def test_nothing_is_said_of_the_police_unless_she_named_them(cast: Cast) -> None:
    say(cast)
    assert "Police" not in see(cast) + see(cast, "together/")

    say(cast, "of the police", organisation_id=cast.police.pk, is_named_by_her=True)

    assert "The police never read the file." in see(cast)
    assert "The police never read your file." in see(cast, "together/")


def test_a_part_that_is_over_is_folded_away_and_not_shown_to_her_as_hers(cast: Cast) -> None:
    part = say(cast)
    say(cast, "over", of=part, on=1, ended_on=MONDAY.date(), at=TUESDAY)

    assert "What is over" in see(cast, at=TUESDAY)
    assert WHAT not in see(cast, "together/", at=TUESDAY)


def test_who_opened_it_for_an_hour_is_named(cast: Cast) -> None:
    yanick_answers_for_ines(cast)
    client, path = signed_in(cast.yanick), f"/files/{cast.maya.file_id}/exceptional/"
    with clock.at(MONDAY):
        fields = Page(client.get(path).content.decode()).fields
        told = {"form_id": fields["form_id"], "ground": "LIFE", "reason": WHY}
        assert client.post(path, told).status_code == 302

    assert "Yanick Opened exceptionally, until" in see(cast)
    assert "Yanick : opened what may protect you, until" in see(cast, "together/")
    assert "Yanick" not in see(cast, at=MONDAY + timedelta(hours=2))


# Nobody else.


def everything_is_shared(cast: Cast) -> None:
    share(cast, sections=ALL_SHAREABLE)


@pytest.mark.parametrize("who", ["yanick", "karim", "louise", "samir", "roy", "amrani", "nadia"])
@pytest.mark.parametrize("purpose", ["ordinary", SHARED])
def test_nobody_but_her_team_learns_which_partners_are_around_her(
    cast: Cast, who: str, purpose: str
) -> None:
    """Whatever she shares: a partner reads what she agreed to, never which others there are."""
    part = say(cast)
    everything_is_shared(cast)
    actor = replace(getattr(cast, who), purpose=purpose)

    with acting(actor):
        assert list(Part.objects.all()) == []
        assert queries.versions(cast.maya.file_id, part, actor=actor) == []


@pytest.mark.parametrize("rest", ["", "together/", "new/", "a part"])
@pytest.mark.parametrize("who", ["yanick", "karim", "louise", "samir", "roy", "amrani", "nadia"])
def test_for_anybody_else_there_is_no_page(cast: Cast, who: str, rest: str) -> None:
    part = say(cast)
    everything_is_shared(cast)
    path = place(cast, f"{part}/" if rest == "a part" else rest)
    unknown = path.replace(str(cast.maya.file_id), str(uuid_of("nobody")))

    with clock.at(MONDAY):
        client = signed_in(getattr(cast, who))
        answer, nothing = client.get(path), client.get(unknown)

    assert answer.status_code == nothing.status_code == 404


def test_a_partner_writes_nothing_in_her_file(cast: Cast) -> None:
    everything_is_shared(cast)
    samir = replace(cast.samir, purpose=SHARED)

    with acting(samir), pytest.raises((NotAllowed, ProgrammingError)):
        actions.say(cast.maya.file_id, said(cast), by=samir, at=MONDAY)


def test_what_she_hides_is_not_told_as_nothing(cast: Cast) -> None:
    """Barred from the notes, one is told nothing at all, rather than that nobody does anything."""
    say(cast)
    with acting(cast.ines):
        Restriction.objects.bulk_create(
            [
                Restriction(
                    id=uuid_of("barred"), file_id=cast.maya.file_id, user_id=cast.ines.user_id,
                    faces=["notes"], taken_by=cast.ines.user_id, taken_at=MONDAY, starts_at=MONDAY,
                )
            ]
        )  # fmt: skip
    with clock.at(MONDAY + timedelta(minutes=1)):
        answer = signed_in(cast.ines).get(place(cast))

    assert answer.status_code == 404


# Writing.


def test_it_is_written_together_and_said_anew(cast: Cast) -> None:
    client = signed_in(cast.ines, language="en")
    typed = {"organisation": str(cast.elsewhere.pk), "what": WHAT, "next_step": NEXT}

    first = send(client, place(cast, "new/"), **typed)
    again = send(client, place(cast, "new/"), **typed)

    assert (first.status_code, again.status_code) == (302, 302)
    with acting(cast.ines):
        [part] = Part.objects.all()
    anew = {"form_id": PartForm.signer().sign(uuid_of("anew").hex), "on": "1", "is_over": "on"}
    answer = send(client, place(cast, f"{part.part_id}/"), **typed | anew)
    assert answer.status_code == 302
    with acting(cast.ines):
        assert [one.ended_on for one in Part.objects.order_by("number")] == [None, MONDAY.date()]


def test_whoever_comes_second_sees_both_texts(cast: Cast) -> None:
    part = say(cast)
    say(cast, "of another", of=part, on=1, next_step="Appeler jeudi.")
    client = signed_in(cast.ines, language="en")
    typed = {"organisation": str(cast.elsewhere.pk), "what": "Autre chose.", "on": "1"}

    answer = send(client, place(cast, f"{part}/"), **typed)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Appeler jeudi." in page
    assert "Autre chose." in page
    assert 'name="on" value="2"' in page


def test_what_is_mistyped_is_said_and_nothing_is_lost(cast: Cast) -> None:
    client = signed_in(cast.ines, language="en")
    typed = {"organisation": str(cast.police.pk), "what": WHAT, "since": "2026-05-01"}

    answer = send(client, place(cast, "new/"), **typed)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The police are written here only if the person named them: say so below." in page
    assert "This day is to come: what comes next is below." in page
    assert WHAT in page
    with acting(cast.ines):
        assert not Part.objects.exists()


def test_a_name_is_looked_at_once_more(cast: Cast) -> None:
    client = signed_in(cast.ines, language="en")
    typed = {
        "organisation": str(cast.elsewhere.pk),
        "what": "Elle voit Jean Tremblay au 514 555-0199.",
    }

    answer = send(client, place(cast, "new/"), **typed)

    assert answer.status_code == 422
    assert "I have looked again" in answer.content.decode()


def test_each_reading_is_one_event_that_says_which_parts_were_open(cast: Cast) -> None:
    def opened() -> list[list[str]]:
        with acting(cast.ines):
            events = Event.objects.filter(chain_id=cast.maya.file_id, action="open")
            return [one.sections for one in events.order_by("number")]

    say(cast)
    before = opened()
    see(cast)
    see(cast, "together/")

    assert opened() == before + [["contact", "identity", "notes", "relation", "steps"]] * 2


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("rest", ["", "together/"])
def test_the_page_costs_the_same(cast: Cast, rows: int, rest: str) -> None:
    for name in ("Lou", "Zoé")[: rows - 1]:
        follow(name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    for number in range(rows):
        say(cast, f"part {number}")
        with acting(cast.ines):
            accompaniments.write(
                cast.maya.file_id, uuid_of(f"papers {number}"), by=cast.ines, at=MONDAY
            )

    asked = statements(
        signed_in(cast.ines), lambda c: c.get(place(cast, rest)).status_code, status=200
    )

    assert asked == 7 <= MOST


def test_every_page_is_complete_in_french(cast: Cast) -> None:
    part = say(cast)
    say(cast, "over", organisation_id=cast.foundation.pk, ended_on=MONDAY.date())
    share(cast)
    with acting(cast.ines):
        accompaniments.write(cast.maya.file_id, uuid_of("papers"), by=cast.ines, at=MONDAY)
    with untranslated() as missing, clock.at(MONDAY):
        ines = signed_in(cast.ines)
        pages = [ines.get(place(cast, rest)) for rest in ("", "together/", "new/", f"{part}/")]
        pages.append(ines.post(place(cast, "new/"), {"organisation": ""}))

    assert [page.status_code for page in pages] == [200, 200, 200, 200, 422]
    assert missing == set()
