"""What does each see of research, and what is said when it cannot be?"""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.evaluation.research import actions, queries
from spheres.evaluation.research.models import Answer, Extract, Protocol, Taken
from spheres.evaluation.research.tests.factories import (
    APRIL,
    LATER,
    SERVICE,
    SOON,
    Team,
    asked,
    card,
    of_age,
    refuse,
    study,
)
from tests.cast import Cast, acting
from tests.pages import Page, learn_french, signed_in

pytestmark = pytest.mark.django_db
learn_french()
TOLD = {
    "title_fr": "Ce qui aide", "title_en": "What helps",
    "told_fr": "On veut savoir ce qui aide.", "told_en": "We want to know what helps.",
    "theme": "services", "ethics": "CER-2026-14", "assessment": "EFVP-7",
    "agreement": "ENT-2026-3", "parts": ["age", "met"],
    "starts_on": "2026-03-01",
    "ends_on": "2027-02-28",
}  # fmt: skip


def at(who: Actor, when: datetime = SOON, language: str = "fr") -> Client:
    return signed_in(who, at=when, language=language)


def got(client: Client, path: str, when: datetime = SOON) -> Any:
    with clock.at(when):
        return client.get(path)


def sent(client: Client, path: str, to: str, when: datetime = SOON, **said: Any) -> Any:
    """What is typed, in the form of that page."""
    with clock.at(when):
        html = client.get(path).content.decode()
        inside = html[html.index(f'action="{to}"') :] if f'action="{to}"' in html else html
        number = re.search(r'name="form_id" value="([^"]+)"', inside)
        return client.post(to, {"form_id": number.group(1) if number else "", **said})


def words(response: Any) -> str:
    html = re.sub(r"<(style|script|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    said = unescape(re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " ")
    return " ".join(said.split())


def test_the_coordination_writes_a_study_down_and_everybody_concerned_reads_it(here: Team) -> None:
    louise = at(here.cast.louise)
    said = {**TOLD, "researcher": str(here.researcher.user_id)}

    answer = sent(louise, "/research/new/", "/research/new/", **said)

    assert answer.status_code == 302
    for who in (here.cast.louise, here.researcher, here.officer, here.privacy):
        told = words(got(at(who), answer["Location"]))
        assert "CER-2026-14" in told
        assert "Rose" in told
        assert "La tranche d’âge notée en dernier." in told


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_on": "2025-02-28"}, "Le dernier jour vient après le premier, dans les cinq ans."),
        ({"ends_on": "2039-02-28"}, "Le dernier jour vient après le premier, dans les cinq ans."),
        ({"ethics": ""}, "Numéro de l’approbation du comité d’éthique"),
        ({"parts": []}, "Ce qu’elle peut prendre"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    here: Team, changes: dict[str, Any], sentence: str
) -> None:
    said = {**TOLD, "researcher": str(here.researcher.user_id), **changes}

    answer = sent(at(here.cast.louise), "/research/new/", "/research/new/", **said)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert Page(answer.content.decode()).fields["title_fr"] == "Ce qui aide"


def test_without_a_researcher_it_says_whom_to_ask(cast: Cast) -> None:
    assert "Personne à qui remettre un tableau" in words(got(at(cast.louise), "/research/new/"))


def test_her_worker_hands_a_card_over_once_and_is_told_no_answer(here: Team) -> None:
    cast, protocol = here.cast, study(here)
    of_age(cast.maya.file_id, "14-17", by=cast.ines)
    page, ines = f"/files/{cast.maya.file_id}/research/", at(cast.ines)
    to = f"{page}{protocol.pk}/card/"

    shown = sent(ines, page, to)
    code = re.search(r"data-spheres-code>([^<]+)<", shown.content.decode()).group(1)  # type: ignore[union-attr]
    with acting(here.officer, SOON):
        assert queries.carded(code, actor=here.officer).stands == "new"  # type: ignore[union-attr]
        actions.answer_of(
            protocol.pk, code, agrees=True, giver=Answer.Giver.HERSELF, by=here.officer, at=SOON
        )

    told = words(got(ines, page))
    assert "Une carte a été remise" in told
    assert code not in told
    assert " oui" not in told.lower()


def test_a_study_she_refused_has_no_card(here: Team) -> None:
    study(here)
    refuse(here.cast.ines, here.cast.maya.file_id, "services", at=SOON)

    page = f"/files/{here.cast.maya.file_id}/research/"
    told = words(got(at(here.cast.ines, LATER), page, LATER))
    assert "Elle a refusé la recherche sur ce thème : rien à demander, et pas de carte." in told
    assert "Remettre une carte" not in told


def test_whoever_asks_opens_a_card_reads_and_writes_what_is_said(here: Team) -> None:
    cast, protocol = here.cast, study(here)
    of_age(cast.maya.file_id, "14-17", by=cast.ines)
    code, officer = card(protocol, cast.maya.file_id, by=cast.ines, at=SOON), at(here.officer)

    opened = sent(officer, "/research/", "/research/card/", code=code.lower())
    told = words(opened)
    assert opened.status_code == 200
    assert "On veut savoir ce qui aide." in told
    assert "Maya" not in told
    assert "La Maison" not in told
    number = Page(opened.content.decode()).fields["form_id"]
    with clock.at(SOON):
        answer = officer.post(
            "/research/answer/", {"form_id": number, "code": code, "agrees": "yes"}
        )

    assert answer["Location"] == f"/research/{protocol.pk}/said/"
    assert "C’est inscrit" in words(got(officer, answer["Location"]))
    with acting(here.officer, LATER):
        assert queries.carded(code, actor=here.officer).stands == "yes"  # type: ignore[union-attr]


def test_under_14_a_yes_wants_a_parent_and_a_study_that_takes_them(here: Team) -> None:
    cast, protocol = here.cast, study(here)
    of_age(cast.maya.file_id, "12-13", by=cast.ines)
    code, officer = card(protocol, cast.maya.file_id, by=cast.ines, at=SOON), at(here.officer)

    opened = sent(officer, "/research/", "/research/card/", code=code)
    number = Page(opened.content.decode()).fields["form_id"]
    with clock.at(SOON):
        answer = officer.post(
            "/research/answer/", {"form_id": number, "code": code, "agrees": "yes"}
        )

    assert answer.status_code == 422
    assert "Cette étude ne prend personne de moins de 14 ans" in words(answer)


def test_a_code_that_opens_nothing_says_so_and_keeps_what_was_typed(here: Team) -> None:
    study(here)

    answer = sent(at(here.officer), "/research/", "/research/card/", code="ABCD-2345-EFGH")

    assert answer.status_code == 422
    assert "Ce code n’ouvre aucune carte ici." in words(answer)
    assert Page(answer.content.decode()).fields["code"] == "ABCD-2345-EFGH"


def test_a_table_is_answered_made_taken_and_in_the_register(here: Team) -> None:
    protocol = study(here)
    extract_id = asked(here, protocol)
    page, louise = f"/research/{protocol.pk}/", at(here.cast.louise, APRIL)
    no = sent(louise, page, f"{page}{extract_id}/answer/", APRIL, approves="no", words="")
    assert no.status_code == 422
    assert "Dites pourquoi : la personne qui l’a demandé le lit." in words(no)
    yes = sent(louise, page, f"{page}{extract_id}/answer/", APRIL, approves="yes", words="")
    assert yes.status_code == 302
    with acting(SERVICE, APRIL):
        actions.make(by=SERVICE, at=APRIL)

    rose = at(here.researcher, LATER)
    told = words(got(rose, page, LATER))
    assert "L’emporter (ZIP)" in told
    with clock.at(LATER):
        taken = rose.post(f"{page}{extract_id}/take/")
    assert taken["Content-Type"] == "application/zip"
    assert "Emporté : Rose" in words(got(louise, page, LATER))
    with acting(here.cast.louise, LATER):
        assert [one.taken_by for one in Taken.objects.all()] == [here.researcher.user_id]
        assert Extract.objects.get().people == 0
    assert "L’emporter (ZIP)" not in words(got(louise, page, LATER))


def test_the_twin_is_there_before_anything_is_asked(here: Team) -> None:
    protocol = study(here)

    answer = got(at(here.researcher), f"/research/{protocol.pk}/twin/")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")


@pytest.mark.parametrize("who", ["ines", "karim", "roy", "amrani"])
def test_whoever_has_no_part_in_research_is_told_so(here: Team, who: str) -> None:
    protocol = study(here)
    client = at(getattr(here.cast, who))

    for path in ("/research/", f"/research/{protocol.pk}/"):
        answer = got(client, path)
        assert answer.status_code == 403
        assert "La recherche est suivie par les personnes qui coordonnent" in words(answer)


def test_no_study_says_what_will_stand_there(here: Team) -> None:
    assert "Aucune étude n’est inscrite." in words(got(at(here.cast.louise), "/research/"))
    page = f"/files/{here.cast.maya.file_id}/research/"
    assert "Aucune étude en cours" in words(got(at(here.cast.ines), page))


def test_a_study_that_is_over_says_since_when(here: Team) -> None:
    protocol, louise = study(here), at(here.cast.louise)
    with clock.at(SOON):
        answer = louise.post(f"/research/{protocol.pk}/end/")

    assert answer.status_code == 302
    assert "Terminé" in words(got(louise, f"/research/{protocol.pk}/"))
    with acting(here.cast.louise):
        assert Protocol.objects.get().ended_by == here.cast.louise.user_id
