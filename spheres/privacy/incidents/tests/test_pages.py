"""What does one see of an incident: two lines to tell it, the register, a notice, a person?"""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.privacy.incidents import actions
from spheres.privacy.incidents.models import Addition, Assessment, Step
from spheres.privacy.incidents.tests.factories import (
    INCIDENT,
    WORDS,
    add,
    assess,
    concerns_maya,
    give,
    tell,
)
from tests.cast import TUESDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in, untranslated

pytestmark = pytest.mark.django_db
Item, Kind = Addition.Item, Step.Kind
TELL, LIST = reverse("incidents:tell"), reverse("incidents:list")
DETAIL = reverse("incidents:detail", args=[INCIDENT])
SAID = {
    "words": "Un courriel est parti à la mauvaise adresse.",
    "happened": "SENT",
    "concerns": ["CONTACT", "STORY"],
    "happened_on_day": "1",
    "happened_on_month": "3",
    "happened_on_year": "2026",
}


def item_of(item: str) -> str:
    return f"{reverse('incidents:item', args=[INCIDENT])}?of={list(Item).index(Item(item)) + 1}"


def seen(
    actor: Actor, where: str, at: Any = TUESDAY, language: str = "en", status: int = 200
) -> str:
    with clock.at(at):
        answer = signed_in(actor, at=at, language=language).get(where)
    assert answer.status_code == status, where
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def sends(client: Client, where: str, at: Any = TUESDAY, to: str = "", **said: Any) -> Any:
    """Open the page, fill it in, send it."""
    with clock.at(at):
        fields = Page(client.get(where).content.decode()).fields
        kept = {name: fields[name] for name in ("form_id",) if name in fields}
        return client.post(to or where, kept | said)


def lines_of(page: str) -> list[str]:
    main = page[page.index("<main") : page.index("</main>")]
    return re.findall(r"<strong>([^<]*)</strong>", main)


def test_anybody_of_the_staff_tells_it_in_one_page_and_reads_it(cast: Cast) -> None:
    for who in (cast.ines, cast.roy, cast.louise):
        answer = sends(signed_in(who, at=TUESDAY, language="en"), TELL, **SAID)
        assert answer.status_code == 302
        page = seen(who, answer.url)
        assert SAID["words"] in page
        assert "The risk of serious injury" not in page
        assert lines_of(seen(who, LIST)) == [
            "Something was sent, handed or said to the wrong person"
        ]


def test_whoever_told_it_reads_in_whose_hands_it_is_and_nothing_of_what_is_judged(
    cast: Cast,
) -> None:
    tell(cast.ines)
    assess(cast.nadia, Assessment.Conclusion.NOT_SERIOUS)
    hands = "In the hands of the person in charge of privacy"

    for page in (seen(cast.ines, DETAIL), seen(cast.ines, LIST)):
        assert hands in page
        assert "To be assessed" not in page
    with acting(cast.nadia, TUESDAY):
        actions.close(INCIDENT, step_id=uuid_of("done"), by=cast.nadia, at=TUESDAY)
    assert "Done on March 3, 2026" in seen(cast.ines, DETAIL)
    assert hands not in seen(cast.ines, LIST)


def test_it_is_told_from_my_day_and_from_the_account(cast: Cast) -> None:
    assert f'href="{TELL}"' in seen(cast.ines, "/")
    assert f'href="{LIST}"' in seen(cast.ines, reverse("accounts:account"))


def test_whoever_reads_it_is_said_before_it_is_written(cast: Cast) -> None:
    assert "Read by Nadia, in charge of privacy, and by you." in seen(cast.ines, TELL)
    assert "Nobody holds the role of person in charge of privacy" in seen(cast.samir, TELL)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"words": ""}, "Il faut cette réponse pour continuer."),
        ({"concerns": []}, "Choisir au moins une réponse."),
        ({"happened_on_year": "2027"}, "Ce jour est encore à venir."),
        ({"words": "J’ai écrit au 514 555-0199."}, "À regarder de nouveau"),
    ],
)
def test_a_wrong_answer_is_said_and_nothing_typed_is_lost(
    cast: Cast, wrong: dict[str, Any], sentence: str
) -> None:
    client = signed_in(cast.ines, at=TUESDAY)
    said = SAID | wrong
    answer = sends(client, TELL, **said)

    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert said["words"] in page
    assert re.findall(r'name="happened" value="(\w+)"[^>]*checked', page) == ["SENT"]
    assert sentence in page
    if "514" in said["words"]:
        again = sends(client, TELL, looked_again="yes", **said)
        assert again.status_code == 302


def test_what_is_not_mine_does_not_exist(cast: Cast) -> None:
    tell(cast.ines)
    for who in (cast.yanick, cast.louise, cast.samir, cast.roy):
        client = signed_in(who, at=TUESDAY)
        with clock.at(TUESDAY):
            answers = [client.get(DETAIL), client.get(item_of(Item.MEASURES))]
            answers.append(client.post(reverse("incidents:paper", args=[INCIDENT])))
        assert [one.status_code for one in answers][:2] == [404, 404]
        assert answers[2].status_code in {403, 404}


def test_my_day_asks_the_person_in_charge_with_the_day_and_no_alarm(cast: Cast) -> None:
    assert "to be looked after" not in seen(cast.nadia, "/privacy/")
    tell(cast.ines)

    page = seen(cast.nadia, "/privacy/")
    assert "1 incident is to be looked after, known since March 2, 2026." in page
    assert WORDS not in page
    assert "to be looked after" not in seen(cast.ines, "/")


def test_the_register_is_filled_item_by_item(cast: Cast) -> None:
    tell(cast.ines)
    nadia = signed_in(cast.nadia, at=TUESDAY, language="en")
    day = {"from_on_day": "1", "from_on_month": "3", "from_on_year": "2026"}
    notice = {"given_on_day": "3", "given_on_month": "3", "given_on_year": "2026"}
    reasons = dict.fromkeys(("sensitivity", "uses", "consequences", "likelihood"), "Peu.")

    for item, said in (
        (Item.DESCRIPTION, {"words": "Une adresse courriel."}),
        (Item.WHEN, {**day, "is_approximate": "on"}),
        (Item.AWARE, day),
        (Item.PERSONS, {"persons": "2", "in_quebec": "2"}),
        (Item.RISK, {"conclusion": "SERIOUS", **reasons}),
        (Item.NOTICES, {"kind": "CAI", **notice}),
        (Item.NOTICES, {"kind": "PERSONS", "persons": "2", **notice}),
        (Item.MEASURES, {"words": "Le courriel a été rappelé."}),
        (Item.LETTER, {"words": "Un courriel à votre sujet est parti ailleurs."}),
    ):
        answer = sends(nadia, item_of(item), **said)
        assert (answer.status_code, answer.headers.get("Location")) == (302, DETAIL), item
    page = seen(cast.nadia, DETAIL)
    for words in (
        "Une adresse courriel.", "approximately", "2 persons", "of whom 2 live in Québec",
        "There is a risk of serious injury", "How likely it is: Peu.",
        "Notice to the Commission d’accès à l’information, on March 3, 2026",
        "2 persons told", "Le courriel a été rappelé.", "Known for 2 days, since March 1, 2026",
        "Nothing is left to do: say that it is done", "Kept until March 3, 2031 at least",
    ):  # fmt: skip
        assert words in page, words

    done = sends(nadia, DETAIL, to=reverse("incidents:close", args=[INCIDENT]))
    assert done.status_code == 302
    listed = seen(cast.nadia, LIST)
    assert "Done on March 3, 2026" in listed
    assert "Known since March 1, 2026" in listed  # over: its days are counted no more


@pytest.mark.parametrize(
    ("item", "said", "sentence"),
    [
        (Item.RISK, {"conclusion": "NOT_SERIOUS", "uses": "Aucune."}, "Dites pourquoi, sur"),
        (Item.NOTICES, {"kind": "WAIT", "given_on_day": "3", "given_on_month": "3",
                        "given_on_year": "2026"}, "Dites quel jour on y revient."),
        (Item.NOTICES, {"kind": "PUBLIC", "given_on_day": "3", "given_on_month": "3",
                        "given_on_year": "2026"}, "le registre garde la raison"),
        (Item.NOTICES, {"kind": "CAI", "given_on_day": "4", "given_on_month": "3",
                        "given_on_year": "2026"}, "Ce jour est encore à venir."),
        (Item.PERSONS, {"persons": "2", "in_quebec": "3"}, "dépasser le nombre total"),
        (Item.PERSONS, {"persons": "deux"}, "nombre"),
        (Item.WHEN, {"words": ""}, "Écrivez un jour"),
        (Item.WHEN, {"from_on_day": "2", "from_on_month": "3", "from_on_year": "2026",
                     "until_on_day": "1", "until_on_month": "3", "until_on_year": "2026"},
         "Le dernier jour vient après"),
        (Item.MEASURES, {"words": ""}, "Il faut cette réponse"),
    ],
)  # fmt: skip
def test_an_item_filled_wrongly_says_how_to_mend_it(
    cast: Cast, item: str, said: dict[str, str], sentence: str
) -> None:
    tell(cast.ines)

    answer = sends(signed_in(cast.nadia, at=TUESDAY), item_of(item), **said)

    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert sentence in page
    for words in said.values():
        assert words in page


def test_only_whoever_told_it_says_whom_it_concerns_among_their_own_people(cast: Cast) -> None:
    tell(cast.ines)
    where = reverse("incidents:concerned", args=[INCIDENT])

    assert "Maya" in seen(cast.ines, where)
    assert "Maya" not in seen(cast.nadia, where, status=403)
    answer = sends(signed_in(cast.ines, at=TUESDAY), where, persons=[str(cast.maya.file_id)])
    assert answer.status_code == 302
    for page in (seen(cast.nadia, DETAIL), seen(cast.nadia, LIST)):
        assert "Maya" not in page
        assert str(cast.maya.file_id) not in page
    assert "concerns 1 person they accompany" in seen(cast.nadia, DETAIL)


def test_a_file_of_nobody_s_of_mine_is_refused_by_the_form(cast: Cast) -> None:
    tell(cast.yanick)
    where = reverse("incidents:concerned", args=[INCIDENT])

    answer = sends(signed_in(cast.yanick, at=TUESDAY), where, persons=[str(cast.maya.file_id)])
    assert answer.status_code == 422


def test_her_worker_is_reminded_tells_her_and_it_is_in_her_register(cast: Cast) -> None:
    tell(cast.ines)
    concerns_maya(cast)
    add(cast.nadia, Item.LETTER, words="Une enveloppe a été oubliée.")
    where = reverse("incidents:beside", args=[cast.maya.file_id])
    register = reverse("disclosures:register", args=[cast.maya.file_id])

    assert "Maya: to be told of the incident noted on March 2, 2026" in seen(cast.ines, "/")
    assert f'href="{where}"' in seen(cast.ines, reverse("dossier:file", args=[cast.maya.file_id]))
    assert "Une enveloppe a été oubliée." in seen(cast.ines, where)
    assert "A device or a paper was lost." not in seen(cast.ines, register)
    wrong = sends(signed_in(cast.ines, at=TUESDAY), where, incident=str(INCIDENT), way="NOT_YET")
    assert wrong.status_code == 422
    assert "Dites quel jour vous essayez de nouveau." in unescape(wrong.content.decode())
    right = sends(signed_in(cast.ines, at=TUESDAY), where, incident=str(INCIDENT), way="TOLD")
    assert right.status_code == 302
    page = seen(cast.ines, register)
    assert "A device or a paper was lost." in page
    assert "Inès told you of it on March 3, 2026." in page
    assert "to be told of the incident" not in seen(cast.ines, "/")


def test_while_it_would_hamper_an_investigation_nothing_is_handed_to_her(cast: Cast) -> None:
    tell(cast.ines)
    concerns_maya(cast)
    add(cast.nadia, Item.LETTER, words="Une enveloppe a été oubliée.")
    assess(cast.nadia)
    day = clock.day_of(TUESDAY) + timedelta(days=5)
    give(cast.nadia, Kind.WAIT, look_again_on=day, why="Une enquête.")
    where = reverse("incidents:beside", args=[cast.maya.file_id])
    ines = signed_in(cast.ines, at=TUESDAY, language="en")

    assert "Not to be told before March 8, 2026" in seen(cast.ines, where)
    with clock.at(TUESDAY):
        paper = ines.post(reverse("incidents:letter", args=[cast.maya.file_id, INCIDENT]))
    assert paper.status_code == 409
    answer = sends(ines, where, incident=str(INCIDENT), way="TOLD")
    assert answer.status_code == 403


def test_a_stranger_finds_no_incident_beside_a_file(cast: Cast) -> None:
    tell(cast.ines)
    concerns_maya(cast)
    where = reverse("incidents:beside", args=[cast.maya.file_id])

    for who in (cast.yanick, cast.samir):
        seen(who, where, status=404)


def paper(actor: Actor, where: str, language: str, **said: str) -> bytes:
    client = signed_in(actor, at=TUESDAY, language=language)
    with clock.at(TUESDAY):
        answer = client.post(where, said)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    content: bytes = answer.content
    return content


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_register_and_the_notices_are_made_tagged_in_both_languages(
    cast: Cast, language: str
) -> None:
    tell(cast.ines)
    concerns_maya(cast)
    assess(cast.nadia)
    add(cast.nadia, Item.LETTER, words="Une enveloppe a été oubliée.")
    of_one = reverse("incidents:paper", args=[INCIDENT])
    beside = reverse("incidents:letter", args=[cast.maya.file_id, INCIDENT])

    for made in (
        paper(cast.nadia, reverse("incidents:register"), language),
        paper(cast.nadia, of_one, language, of="CAI"),
        paper(cast.nadia, of_one, language, of="LETTER"),
        paper(cast.ines, beside, language),
    ):
        assert made.startswith(b"%PDF")
        assert b"/StructTreeRoot" in made
        assert b"pdfuaid" in made


def test_elsewhere_than_under_the_health_regime_no_notice_to_the_minister_is_made(
    cast: Cast,
) -> None:
    tell(cast.ines)
    client = signed_in(cast.nadia, at=TUESDAY)
    with clock.at(TUESDAY):
        answer = client.post(reverse("incidents:paper", args=[INCIDENT]), {"of": "MINISTER"})
    assert answer.status_code == 404


def test_the_register_costs_the_same_with_one_and_three(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    nadia = signed_in(cast.nadia, at=TUESDAY)
    tell(cast.ines)
    with clock.at(TUESDAY):
        nadia.get(LIST)
        with django_assert_num_queries(COST):
            nadia.get(LIST)
    for number in range(2):
        tell(cast.yanick, uuid_of(f"more {number}"))
    with clock.at(TUESDAY), django_assert_num_queries(COST):
        nadia.get(LIST)


COST = 7  # five of the door and the frame, then two whatever the number of entries


def test_every_word_of_the_pages_is_in_both_languages(cast: Cast) -> None:
    tell(cast.ines)
    concerns_maya(cast)
    assess(cast.nadia, Assessment.Conclusion.SERIOUS)
    add(cast.nadia, Item.LETTER, words="Une enveloppe.")
    places = [(cast.nadia, LIST), (cast.nadia, DETAIL), (cast.ines, TELL), (cast.ines, DETAIL)]
    places += [(cast.nadia, item_of(item)) for item in Item]
    places.append((cast.ines, reverse("incidents:beside", args=[cast.maya.file_id])))

    with untranslated() as found:
        for who, where in places:
            seen(who, where, language="fr")
    assert found == set()
