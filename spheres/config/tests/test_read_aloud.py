"""What is read aloud: is it on the page in the language that is noted, and on paper whole?"""

from __future__ import annotations

import io
import re

import pytest
from django.utils import translation
from pypdf import PdfReader

from spheres.core import clock
from spheres.followup.admission import actions as admission
from spheres.followup.admission import queries
from spheres.followup.admission.forms import AdmissionForm
from spheres.followup.admission.models import Admission
from spheres.regions import queries as regions
from spheres.sharing.models import Consent
from tests.cast import MONDAY, Cast, acting, refer, uuid_of
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db
# What law.md §3.3, item 14 asks to be told at the start, and a word of it in each language.
ASKED = {
    "who collects": ("card.who", "mon organisme", "My organisation"),
    "what for": ("card.why", "ce qui sert à t’aider", "what helps"),
    "by which means": ("card.how", "à l’écran ou sur papier", "on screen or on paper"),
    "who reads it": ("card.who_sees", "remplace si je suis", "stands in for me"),
    "access and rectification": ("card.rights", "voir ce qui est écrit", "see what is written"),
    "restriction": ("card.rights", "fermer l’accès", "close it to someone"),
    "refusal": ("card.rights", "refuser la recherche", "refuse research"),
    "how long it is kept": ("card.how_long", "cinq ans", "five years"),
    "where to complain": ("card.complaint", "Commission d’accès", "Commission d’accès"),
}


def plain(text: str) -> str:
    return re.sub(r"[\s\u200b]+", " ", text)


def text(language: str, key: str = "consent.text") -> str:
    with translation.override(language):
        return regions.text(key)


def give_page(cast: Cast, interface: str, **said: str) -> str:
    client, path = signed_in(cast.ines, language=interface), "/sharing/new/"
    path = f"/files/{cast.maya.file_id}{path}"
    with clock.at(MONDAY):
        page = client.get(path).content.decode()
        if said:
            form_id = Page(page).fields["form_id"]
            page = client.post(path, {"form_id": form_id, **said}).content.decode()
    return page


def aloud(page: str) -> list[str]:
    """The languages in which the text stands on the page, in order, each whole and marked."""
    found = []
    for match in re.finditer(r'<div lang="(fr|en)">(.*?)</div>', page, re.DOTALL):
        words = plain(re.sub("<[^>]+>", " ", match[2])).strip()
        assert words == plain(text(match[1])).strip()
        found.append(match[1])
    return found


@pytest.mark.parametrize("interface", ["fr", "en"])
def test_the_text_is_there_in_both_languages_hers_first_whatever_the_worker_reads(
    cast: Cast, interface: str
) -> None:
    assert aloud(give_page(cast, interface)) == ["fr", "en"]  # Maya speaks French


@pytest.mark.parametrize("read", ["fr", "en"])
def test_the_language_that_is_noted_as_read_comes_first_when_the_page_comes_back(
    cast: Cast, read: str
) -> None:
    page = give_page(cast, "fr", language=read)

    assert aloud(page) == [read, {"fr": "en", "en": "fr"}[read]]
    with acting(cast.ines):
        assert not Consent.objects.exists()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("interface", ["fr", "en"])
def test_the_card_on_paper_says_all_that_the_law_asks_in_the_language_she_chose(
    cast: Cast, interface: str, language: str
) -> None:
    with clock.at(MONDAY):
        answer = signed_in(cast.ines, language=interface).get(f"/sharing/card/?in={language}")
    paper = PdfReader(io.BytesIO(answer.content))
    said = plain("\n".join(one.extract_text() for one in paper.pages))

    assert answer["Content-Disposition"] == 'attachment; filename="information.pdf"'
    for key, *words in ASKED.values():
        expected = words[("fr", "en").index(language)]
        assert expected in plain(text(language, key))
        assert expected in said
    assert "Maya" not in said


@pytest.fixture
def met(cast: Cast):
    """Léa was met; her follow-up is about to begin."""
    lea, offer = refer("Léa", desk=cast.institute.id), uuid_of("offer of Léa")
    with acting(cast.louise):
        admission.offer(lea, to=cast.ines.user_id, offer_id=offer, by=cast.louise, at=MONDAY)
    with acting(cast.ines):
        admission.accept(offer, desk=cast.institute.id, by=cast.ines, at=MONDAY)
        admission.meet(lea, by=cast.ines, at=MONDAY)
    return lea


@pytest.mark.parametrize("card", ["", *Admission.Card])
def test_at_admission_one_says_whether_the_card_was_read_to_her(cast: Cast, met, card: str) -> None:
    client, path = signed_in(cast.ines), f"/files/{met}/admission/"
    said = {
        "form_id": AdmissionForm(age_band="14-17").signed_id,
        "recognition": "now",
        "agreed_by": "herself",
        "agreement_form": "oral",
        "card": card,
    }
    with clock.at(MONDAY):
        page = client.get(path).content.decode()
        answer = client.post(path, said)

    assert [f"/sharing/card/?in={code}" in page for code in ("fr", "en")] == [True, True]
    with acting(cast.ines):
        kept = [one.card for one in Admission.objects.filter(file_id=met)]
        waits = [one.status for one in queries.standing(met, actor=cast.ines)]
    assert (answer.status_code, kept) == ((302, [card]) if card else (422, []))
    assert waits == ([] if card else ["IN_CONTACT"])


def test_saying_that_it_waits_for_another_day_refuses_nothing() -> None:
    assert Admission.Card.LATER in dict(AdmissionForm(age_band="14-17").fields["card"].choices)
