"""What does Inès see of Maya's safety, write with her, put on paper and hide?"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.followup.safety_net import actions, asking, drawing, queries
from spheres.followup.safety_net.models import Look, Part, Rhythm, Sheet
from spheres.followup.safety_net.tests import factories
from spheres.participants import queries as participants
from spheres.participants.models import CodeWord
from spheres.vault import actions as vault
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in, untranslated

MESSAGE = "T’es revenue. C’est ça qui compte. Appelle Karine."
CRISIS = {
    "name_3": "La tempête",
    "signs_1": "Je dors.",
    "signs_3": "Je ne réponds plus.",
    "helps_3": "Karine vient.",
    "may_not": "M’enfermer.",
}
COURSE = {"change": "Dormir chez moi", "ten_minutes": "Marcher", "message": MESSAGE}

pytestmark = pytest.mark.django_db


def keep(cast: Cast, which: str, part: str = Part.NET, at: Any = MONDAY, **said: Any) -> Any:
    with acting(cast.ines, at):
        return factories.write(
            cast.maya.file_id, uuid_of(which), by=cast.ines, at=at, part=part, **said
        )


def address(cast: Cast, rest: str = "") -> str:
    return f"/files/{cast.maya.file_id}/safety_net/{rest}"


def read(client: Client, url: str, at: Any = MONDAY) -> str:
    with clock.at(at):
        answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def form_of(client: Client, cast: Cast, part: str = Part.NET) -> dict[str, str]:
    fields = Page(read(client, address(cast, f"new/?part={part}"))).fields
    typed = {"part": part, "day": "2026-03-02"}
    return typed | {name: fields[name] for name in ("form_id", "on")}


def send(client: Client, cast: Cast, said: dict[str, str], rest: str = "new/") -> tuple[int, str]:
    with clock.at(MONDAY):
        answer = client.post(address(cast, rest), said)
    return answer.status_code, answer.content.decode()


# The net.


def test_the_net_is_a_picture_and_a_list_that_say_the_same(cast: Cast) -> None:
    keep(cast, "net")

    page = read(signed_in(cast.ines, language="en"), address(cast))

    picture = re.search(r"<svg class=\"net-picture\".*?</svg>", page)
    assert picture is not None
    said = re.search(r'<desc id="net-said">(.*?)</desc>', picture[0])
    assert said is not None
    twin = page.replace(picture[0], "")
    for knot in factories.KNOTS:
        who = str(knot["who"])
        assert who in said[1]
        assert who in twin
        assert str(knot["reach"]) in twin
        assert f">{who[:14]}</text>" in picture[0]
    assert said[1] == (
        "Very close to me: Karine (people); Not far: La halte (places); "
        "If I need it: Tel-jeunes (numbers and services)"
    )
    assert "On mange des sushis?" in page


def test_no_name_of_a_small_net_lies_on_another() -> None:
    nets = (
        [("people", "Grand-maman", 1), ("places", "La halte", 2)],
        [("people", "Grand-maman", 1), ("people", "Béa", 1), ("people", "Inès", 2),
         ("places", "La halte", 2), ("places", "Bibliothèque", 2), ("people", "Prof de maths", 3),
         ("numbers", "Tel-jeunes", 3), ("numbers", "911", 3)],
    )  # fmt: skip
    for net in nets:
        dots = drawing.picture(
            [asking.Knot(kind=kind, who=who, reach="", circle=circle) for kind, who, circle in net]
        ).dots

        assert drawing._lying_on(list(dots), []) == 0


@pytest.mark.parametrize("number", [1, 8, 22])
def test_every_knot_is_in_the_picture_and_none_lies_on_another(number: int) -> None:
    knots = [asking.Knot("people", f"Personne {n}", circle=n % 3 + 1) for n in range(number)]

    picture = drawing.picture(knots)

    assert len(picture.dots) == number
    assert len({(dot.x, dot.y) for dot in picture.dots}) == number
    assert all(0 < dot.x < picture.size and 0 < dot.label_at < picture.size for dot in picture.dots)


def test_a_full_name_is_shown_again_and_kept_if_they_wish(cast: Cast) -> None:
    ines = signed_in(cast.ines, language="en")
    said = form_of(ines, cast) | {"people_0": "Karine Bolduc", "numbers_0_reach": "514 555-0123"}

    status, page = send(ines, cast, said)

    assert (status, "“Karine Bolduc” looks like a full name" in page) == (422, True)
    assert "phone number" not in page  # numbers are what a net is made of
    assert send(ines, cast, said | {"looked_again": "yes"})[0] == 302
    assert "Karine Bolduc" in read(ines, address(cast))


@pytest.mark.parametrize("sign", ["Chocolatine", "on dit  CHOCOLATINE, et tu viens"])
def test_the_sign_is_never_the_code_word(cast: Cast, sign: str) -> None:
    with acting(cast.ines):
        word = CodeWord(
            id=uuid_of("word"), file_id=cast.maya.file_id, key_file=settings.SPHERES_KEY_ID,
            digest=participants.code_word_digest("chocolatine"),
            written_by=cast.ines.user_id, written_at=MONDAY,
        )  # fmt: skip
        vault.lock(word, word="chocolatine")
        CodeWord.objects.bulk_create([word])
    ines = signed_in(cast.ines, language="en")
    said = form_of(ines, cast)

    status, page = send(ines, cast, said | {"sign": sign})

    assert (status, "This is the code word that opens the file" in page) == (422, True)
    assert send(ines, cast, said | {"sign": "On mange des sushis?"})[0] == 302


# Versions.


def test_the_newest_version_stands_and_the_ones_before_stay_readable(cast: Cast) -> None:
    first = keep(cast, "first")
    keep(cast, "second", at=TUESDAY, answers={"knots": [], "sign": "Un chandail rouge"})
    ines = signed_in(cast.ines, language="en", at=TUESDAY)

    page = read(ines, address(cast), TUESDAY)
    before = read(ines, address(cast, f"{first}/"), TUESDAY)

    assert "Un chandail rouge" in page
    assert "sushis" not in page
    assert "sushis" in before
    assert "This version stands no more" in before
    assert read(ines, address(cast, "versions/?part=NET"), TUESDAY).count('class="line"') == 2


def test_two_who_write_at_once_each_see_both_texts(cast: Cast) -> None:
    ines = signed_in(cast.ines, language="en")
    mine = form_of(ines, cast) | {"people_0": "Béa"}
    keep(cast, "meanwhile")

    status, page = send(ines, cast, mine)

    assert status == 409
    assert "Somebody else wrote this sheet meanwhile" in page
    assert "Béa" in page
    assert "Karine" in page
    again = mine | {"on": Page(page).fields["on"]}
    assert (again["on"], send(ines, cast, again)[0]) == ("1", 302)


def test_what_is_kept_is_locked_and_what_is_computed_on_is_a_code(cast: Cast) -> None:
    keep(cast, "course", Part.COURSE, answers=COURSE, rhythm=Rhythm.MONTH,
         agreed_on=date(2026, 3, 1))  # fmt: skip

    with acting(cast.ines):
        row = Sheet.objects.values().get(part=Part.COURSE)
    clear = {name: value for name, value in row.items() if not isinstance(value, bytes)}
    assert {name for name, value in row.items() if isinstance(value, bytes)} == {
        "her_words", "observation", "support", "answers",
    }  # fmt: skip
    assert (clear["part"], clear["rhythm"], clear["pen"]) == ("COURSE", "MONTH", "TOGETHER")
    assert b"Karine" not in row["answers"]


def test_spaced_contacts_are_kept_with_her_agreement_only(cast: Cast) -> None:
    ines = signed_in(cast.ines, language="en")
    said = form_of(ines, cast, Part.COURSE) | {"rhythm": "MONTH"}

    status, page = send(ines, cast, said)

    assert (status, "Write the day they agreed" in page) == (422, True)
    assert send(ines, cast, said | {"agreed_on": "2026-03-01"})[0] == 302
    course = read(ines, address(cast, "course/"))
    assert "Once a month. Agreed on March 1, 2026." in course


def test_every_sheet_may_be_kept_empty(cast: Cast) -> None:
    ines = signed_in(cast.ines, language="en")

    kept = [send(ines, cast, form_of(ines, cast, part))[0] for part in Part]

    assert kept == [302, 302, 302]


def test_a_draft_of_any_sheet_is_taken_up_again_whole(cast: Cast) -> None:
    ines = signed_in(cast.ines, language="en")
    said = form_of(ines, cast, Part.COURSE) | {
        "message": MESSAGE, "rhythm": "MONTH", "agreed_on_day": "1", "agreed_on_month": "3",
    }  # fmt: skip
    assert send(ines, cast, said, "draft/")[0] == 204

    number = UUID(said["form_id"].split(":")[0])
    again = read(ines, address(cast, f"new/?draft={number}"))

    fields = Page(again).fields
    assert (fields["part"], fields["agreed_on_month"], MESSAGE in again) == ("COURSE", "3", True)


def test_a_correction_of_her_plan_begins_from_all_it_says(cast: Cast) -> None:
    plan = keep(cast, "plan", Part.CRISIS, answers=CRISIS)
    ines = signed_in(cast.ines, language="en")

    form = read(ines, address(cast, f"{plan}/correct/"))
    said = form_of(ines, cast, Part.CRISIS) | {"name_3": "Le grand vent"}
    said["form_id"], said["on"] = (Page(form).fields[name] for name in ("form_id", "on"))

    assert all(words in form for words in CRISIS.values())
    assert send(ines, cast, said, f"{plan}/correct/")[0] == 302
    assert "Le grand vent" in read(ines, address(cast))
    assert "This was corrected by a later one" in read(ines, address(cast, f"{plan}/"))


# When it gets heavy, and staying on course.


def test_levels_bear_her_own_names_and_no_alarm(cast: Cast) -> None:
    keep(cast, "plan", Part.CRISIS, answers=CRISIS)

    page = read(signed_in(cast.ines, language="en"), address(cast))

    calm, storm = page.index("It is all right"), page.index("La tempête")
    assert calm < storm < page.index("M’enfermer.")
    assert "destroy" not in page.partition("<main")[2]


def test_her_message_to_herself_comes_first(cast: Cast) -> None:
    keep(cast, "course", Part.COURSE, answers=COURSE)

    page = read(signed_in(cast.ines, language="en"), address(cast, "course/")).partition("<main")[2]

    assert page.index(MESSAGE) < page.index("Marcher")


# When to look again.


def looks(cast: Cast, why: str, at: Any) -> None:
    with acting(cast.ines, at):
        actions.look_again(cast.maya.file_id, uuid_of(f"{why} {at}"), why, by=cast.ines, at=at)


def day(cast: Cast, at: Any) -> str:
    return read(signed_in(cast.ines, at=at, language="en"), "/", at)


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (Look.Why.ASKED, "Maya asks to look again at what keeps them safe."),
        (Look.Why.CRISIS, "After a heavy moment, Maya may want to look again"),
        (Look.Why.MOVED, "After a move, Maya may want to look again"),
        (Look.Why.AWAY, "After some time away, Maya may want to look again"),
    ],
)
def test_what_calls_for_looking_again_is_said_gently_until_it_was_looked_at(
    cast: Cast, why: str, words: str
) -> None:
    looks(cast, why, MONDAY)
    assert words not in day(cast, MONDAY)  # there is nothing to look at yet
    keep(cast, "net", at=MONDAY + timedelta(hours=1))
    looks(cast, why, TUESDAY)
    later = TUESDAY + timedelta(hours=1)

    assert words in day(cast, later)
    said = day(cast, later).partition("<main")[2]
    assert re.findall(r"\b(late|overdue)\b", said) == []
    assert words in read(signed_in(cast.ines, at=later, language="en"), address(cast), later)
    looks(cast, Look.Why.FITS, later)
    assert words not in day(cast, later + timedelta(hours=1))


def test_a_new_version_answers_it_too(cast: Cast) -> None:
    keep(cast, "net")
    looks(cast, Look.Why.ASKED, TUESDAY)
    keep(cast, "again", Part.CRISIS, at=TUESDAY + timedelta(hours=1), answers=CRISIS)

    assert "asks to look again" not in day(cast, TUESDAY + timedelta(hours=2))


# Paper, and hiding.


def test_the_page_is_hidden_in_one_press_by_a_link_and_opens_nothing(cast: Cast) -> None:
    keep(cast, "net")
    ines = signed_in(cast.ines, language="en")
    assert 'href="/b"' in read(ines, address(cast))
    with acting(cast.ines):
        before = Event.objects.count()

    with clock.at(MONDAY):
        came_from = f"http://{settings.STAFF_HOST}{address(cast, 'course/')}"
        page = ines.get("/b", headers={"referer": came_from}).content.decode()

    assert not [w for w in ("Maya", "Karine", "Safety", "Sphères", "Urgent") if w in page]
    assert f'<a href="{address(cast, "course/")}">Go on</a>' in page
    with acting(cast.ines):
        assert Event.objects.count() == before


@pytest.mark.parametrize(
    "came_from", ["", "https://example.org/a/", "http://staff.localhost//example.org", "x"]
)
def test_the_way_back_leads_nowhere_else(cast: Cast, came_from: str) -> None:
    with clock.at(MONDAY):
        page = signed_in(cast.ines).get("/b", headers={"referer": came_from}).content.decode()

    assert re.findall(r'<a href="(?!#)([^"]*)"', page) == ["/"]


# In both languages.


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_is_complete_in_both_languages(cast: Cast, language: str) -> None:
    keep(cast, "net")
    keep(cast, "plan", Part.CRISIS, answers=CRISIS)
    keep(cast, "course", Part.COURSE, answers=COURSE)
    looks(cast, Look.Why.ASKED, MONDAY + timedelta(seconds=1))
    ines, at = signed_in(cast.ines, language=language), MONDAY + timedelta(minutes=5)

    with untranslated() as missing:
        for rest in (
            "", "course/", "urgent/", "versions/?part=CRISIS", "new/?part=CRISIS",
            "new/?part=COURSE", "card/", "paper/?part=COURSE",
        ):  # fmt: skip
            with clock.at(at):
                assert ines.get(address(cast, rest)).status_code == 200, rest

    assert missing == set()


def test_nobody_says_to_look_again_who_does_not_walk_with_her(cast: Cast) -> None:
    with acting(cast.louise), pytest.raises(NotAllowed):
        actions.look_again(
            cast.maya.file_id, uuid_of("look"), Look.Why.ASKED, by=cast.louise, at=MONDAY
        )
    with acting(cast.ines):
        assert list(queries.looks(cast.maya.file_id, actor=cast.ines)) == []
