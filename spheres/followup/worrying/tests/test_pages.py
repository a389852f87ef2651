"""What does one see, from the questions to weigh to what is read with her; who meets nothing?"""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from spheres.accounts.models import Membership, Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.worrying.models import Situation
from spheres.followup.worrying.tests.factories import DAY, LATER, REPORT, SAID, WHY, report, weigh
from spheres.followup.worrying.tests.test_actions import walks_too
from spheres.records.models import Draft
from spheres.sharing.models import Disclosure
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, uuid_of, yanick_answers_for_ines
from tests.pages import Page, signed_in, untranslated
from tests.region import demo_words

pytestmark = pytest.mark.django_db
NEW = {"outcome": "REPORTED", "reached": "INTAKE", "said": SAID}


@pytest.fixture(autouse=True)
def region(db: None) -> Any:
    with demo_words():
        yield


def here(cast: Cast, place: str, *args: UUID) -> str:
    return reverse(f"worrying:{place}", args=[cast.maya.file_id, *args])


def registers(cast: Cast) -> list[str]:
    """Her register of what was told outside; and the same among what is read with her."""
    return [
        reverse("disclosures:register", args=[cast.maya.file_id]),
        reverse("reading:page", args=[cast.maya.file_id, "told"]),
    ]


def seen(actor: Actor, where: str, at: Any = DAY, language: str = "en", status: int = 200) -> str:
    with clock.at(at):
        answer = signed_in(actor, at=at, language=language).get(where)
    assert answer.status_code == status, where
    return unescape(answer.content.decode())


def sends(client: Client, where: str, at: Any = DAY, **said: str) -> Any:
    """Open the page, fill it in, send it."""
    with clock.at(at):
        fields = Page(client.get(where).content.decode()).fields
        asked = {
            "csrfmiddlewaretoken", "outcome", "reached", "told_her", "way", "ground", "category",
            "beside",
        }  # fmt: skip
        kept = {name: value for name, value in fields.items() if value and name not in asked}
        return client.post(where, kept | said)


def test_the_person_first_then_the_numbers_then_questions_and_nothing_to_tick(cast: Cast) -> None:
    page = seen(cast.ines, here(cast, "aid"))

    assert page.index("The person first") < page.index("tel:8195550138") < page.index("tel:911")
    assert "You must report sexual or physical abuse without delay" in page
    main = page[page.index("<main") : page.index("</main>")]
    assert [kind for kind in ('type="radio"', "checkbox", "<textarea") if kind in main] == []
    assert "not legal advice" in page
    assert "nothing is computed" in page


def test_what_the_law_asks_follows_what_was_said_of_oneself(cast: Cast) -> None:
    category = reverse("worrying:category")
    client = signed_in(cast.ines, at=DAY, language="en")
    wrong = sends(client, category)
    right = sends(client, category, category="must_all")
    page = seen(cast.ines, here(cast, "aid"))

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert page.index("on any ground, as soon as") < page.index("What it asks of others")
    assert page.index("What it asks of others") < page.index("sexual or physical abuse without")


def test_a_manager_says_it_of_those_who_work_there(cast: Cast) -> None:
    with acting(LOADER):
        Membership.objects.bulk_create(
            [
                Membership(
                    id=uuid_of("karim manages"), user_id=cast.karim.user_id,
                    organisation=cast.la_maison, role=Role.ORGANISATION_MANAGER,
                    job_title_fr="Titre", job_title_en="Title",
                    starts_at=MONDAY - timedelta(days=1),
                )
            ]
        )  # fmt: skip
    client = signed_in(cast.karim, at=DAY, language="en")
    of_ines = reverse("worrying:category_of", args=[cast.ines.user_id])
    with clock.at(DAY):
        everybody = unescape(client.get(reverse("worrying:category")).content.decode())
    sent = sends(client, of_ines, category="must_all")

    assert [name for name in ("Inès", "Yanick", "Samir") if name in everybody] == ["Inès", "Yanick"]
    assert sent.status_code == 302
    assert "on any ground, as soon as" in seen(cast.ines, here(cast, "aid")).split("others")[0]
    seen(cast.karim, reverse("worrying:category_of", args=[cast.samir.user_id]), status=404)
    seen(cast.ines, reverse("worrying:category_of", args=[cast.yanick.user_id]), status=403)


def test_what_is_prepared_together_begins_the_record_for_its_author_alone(cast: Cast) -> None:
    page = seen(cast.ines, here(cast, "together"))
    sent = sends(
        signed_in(cast.ines, at=DAY, language="en"), here(cast, "together"),
        said="Il me fait peur.", wishes="Pas chez ma tante.", beside="BESIDE",
    )  # fmt: skip
    form = seen(cast.ines, sent.headers["Location"])
    day = seen(cast.ines, "/")

    assert page.index("When I must speak") < page.index("<textarea")
    assert "Maya" not in page
    assert sent.status_code == 302
    assert "Il me fait peur." in form
    assert "Beside you, and I may speak\nPas chez ma tante." in form
    assert sent.headers["Location"] in day
    with acting(cast.ines, DAY):
        draft_id = Draft.objects.get().pk
    sends(
        signed_in(cast.ines, at=DAY), sent.headers["Location"], outcome="REPORTED",
        reached="ON_CALL", told_her="BEFORE", said="Il me fait peur.",
    )  # fmt: skip
    with acting(cast.ines, DAY):
        assert list(Situation.objects.values_list("pk", flat=True)) == [draft_id]
        assert not Draft.objects.exists()


def test_three_answers_keep_it_and_its_page_offers_what_follows(cast: Cast) -> None:
    answer = sends(signed_in(cast.ines, at=DAY), here(cast, "write"), **NEW)

    with acting(cast.ines, DAY):
        [row] = Disclosure.objects.filter(items=["REPORT"])
    page = seen(cast.ines, answer.headers["Location"])
    assert (answer.status_code, row.made_at) == (302, DAY)
    assert SAID in page
    assert "The person is not told yet." in page
    assert "Such a call weighs." in page
    assert reverse("safety_net:page", args=[cast.maya.file_id]) in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({**NEW, "outcome": ""}, "Choose an answer."),
        ({**NEW, "said": ""}, "This answer is needed to go on."),
        ({**NEW, "reached": ""}, "This answer is needed to go on."),
        ({"outcome": "NOT_REPORTED", "because": WHY}, "This answer is needed to go on."),
        ({"outcome": "NOT_REPORTED", "because": WHY, "consulted": "Karim", "said": SAID},
         "choose that you called, or take this away"),
        ({**NEW, "because": WHY}, "write this among what was said"),
        ({**NEW, "hour": "23:59"}, "This is still to come"),
        ({**NEW, "told_her": "NOT_NOW"}, "Say which harm it could do."),
        ({**NEW, "told_her": "NOT_NOW", "ground": "LIFE"}, "Choose the day on which to look"),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_told_beside_it_and_nothing_typed_is_lost(
    cast: Cast, said: dict[str, str], words: str
) -> None:
    client = signed_in(cast.ines, at=DAY, language="en")
    answer = sends(client, here(cast, "write"), wishes="Qu’on la croie.", **said)

    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert words in page
    assert [text for text in ("Qu’on la croie.", *said.values()) if text and text not in page] == []
    with acting(cast.ines, DAY):
        assert not Situation.objects.exists()


def test_what_was_not_reported_is_kept_with_its_reason(cast: Cast) -> None:
    answer = sends(
        signed_in(cast.ines, at=DAY, language="en"), here(cast, "write"),
        outcome="NOT_REPORTED", because=WHY, consulted="Karim, et la ligne",
    )  # fmt: skip
    page = seen(cast.ines, answer.headers["Location"])

    assert "Weighed, and nobody was called" in page
    assert WHY in page
    assert "Karim, et la ligne" in page


def test_whoever_supervises_is_told_of_it_and_says_what_was_learnt(cast: Cast) -> None:
    report(cast, cast.ines)
    day = seen(cast.karim, "/worrying/reviews/", LATER)
    late = seen(cast.karim, "/worrying/reviews/", DAY + timedelta(days=2))
    page = seen(cast.karim, reverse("worrying:review", args=[REPORT]), LATER)
    answer = sends(
        signed_in(cast.karim, at=LATER), reverse("worrying:review", args=[REPORT]), LATER,
        learnt="À deux.",
    )  # fmt: skip

    assert "Written by Inès" in day
    assert ("waits for more than a day" in day, "waits for more than a day" in late) == (
        False, True,
    )  # fmt: skip
    assert SAID in page
    assert "Maya" not in page
    assert answer.status_code == 302
    hers = seen(cast.ines, here(cast, "detail", REPORT), TUESDAY)
    assert "À deux." in hers
    assert "Karim looked at it again" in hers


def test_its_author_is_asked_first_of_all_to_tell_her_and_her_words_are_kept(cast: Cast) -> None:
    report(cast, cast.ines)
    day = seen(cast.ines, "/", LATER)
    sent = sends(
        signed_in(cast.ines, at=LATER, language="en"), here(cast, "tell", REPORT), LATER,
        way="AFTER", words="Je savais.",
    )  # fmt: skip

    assert "Maya: tell them of what you wrote on" in day
    assert "protection" not in day
    assert sent.status_code == 302
    assert here(cast, "tell", REPORT) not in seen(cast.ines, "/", LATER)
    assert "Je savais." in seen(cast.ines, here(cast, "detail", REPORT), LATER)
    seen(cast.ines, here(cast, "tell", REPORT), LATER, status=403)


def test_whoever_answered_for_a_colleague_goes_on_without_a_name_once_it_is_over(
    cast: Cast,
) -> None:
    yanick_answers_for_ines(cast, until=DAY + timedelta(hours=8))
    sent = sends(signed_in(cast.yanick, at=DAY, language="en"), here(cast, "write"), **NEW)
    over = MONDAY + timedelta(days=2)
    where = sent.headers["Location"]
    page, day, telling = (seen(cast.yanick, place, over) for place in (where, "/", f"{where}tell/"))

    assert SAID in page
    assert [text for text in (page, day, telling) if "Maya" in text] == []
    assert "Somebody you answered for" in day


def test_nobody_else_comes_to_any_of_its_pages(cast: Cast) -> None:
    walks_too(cast)
    report(cast, cast.ines)
    of_it = (here(cast, "detail", REPORT), here(cast, "tell", REPORT),
             reverse("worrying:review", args=[REPORT]))  # fmt: skip
    of_her = (here(cast, "aid"), here(cast, "write"), here(cast, "together"))

    for stranger in (cast.yanick, cast.samir, cast.louise, cast.roy, cast.nadia, cast.amrani):
        for page in of_it:
            seen(stranger, page, LATER, status=404)
    for stranger in (cast.samir, cast.louise, cast.roy, cast.nadia, cast.amrani):
        for page in of_her:
            seen(stranger, page, LATER, status=404)


def test_a_communication_on_that_ground_leads_to_this_page(cast: Cast) -> None:
    prepare = reverse("disclosures:prepare", args=[cast.maya.file_id])

    assert here(cast, "aid") in seen(cast.ines, prepare)
    assert here(cast, "aid") in seen(cast.ines, f"{prepare}?on=3")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_is_complete_in_both_languages(cast: Cast, language: str) -> None:
    report(cast, cast.ines, recipient="A", facts="B", consulted="C", wishes="D", support="E",
           told_her="BEFORE", her_words="F")  # fmt: skip
    weigh(cast, cast.ines, uuid_of("another one"))
    with untranslated() as missing:
        for where in (
            here(cast, "aid"), here(cast, "together"), here(cast, "write"),
            here(cast, "detail", REPORT), here(cast, "tell", uuid_of("another one")),
            reverse("worrying:category"), *registers(cast), "/",
        ):  # fmt: skip
            seen(cast.ines, where, LATER, language)
        for where in ("/worrying/reviews/", reverse("worrying:review", args=[REPORT])):
            seen(cast.karim, where, LATER, language)

    assert missing == set()
