"""What leaves on paper: a card that says nothing of what it is, and each sheet?"""

from __future__ import annotations

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from spheres.audit.models import Event
from spheres.core import clock
from spheres.followup.safety_net import documents
from spheres.followup.safety_net.models import Part
from spheres.followup.safety_net.tests import factories
from spheres.followup.safety_net.tests.test_pages import COURSE, CRISIS, address, keep
from tests.cast import MONDAY, Cast, acting
from tests.pages import signed_in

pytestmark = pytest.mark.django_db


def pdf(client: Client, url: str) -> tuple[PdfReader, str]:
    with clock.at(MONDAY):
        answer = client.get(url)
    assert answer.status_code == 200, url
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="page.pdf"'
    made = PdfReader(io.BytesIO(answer.content))
    return made, "\n".join(one.extract_text() for one in made.pages).replace("\u200b", "")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_card_says_what_helps_and_nothing_of_what_it_is(cast: Cast, language: str) -> None:
    keep(cast, "net")
    keep(cast, "plan", Part.CRISIS, answers=CRISIS)

    made, text = pdf(signed_in(cast.ines), address(cast, f"card/?in={language}"))

    catalogue = made.trailer["/Root"]
    assert (catalogue["/Lang"], catalogue["/MarkInfo"]["/Marked"]) == (f"{language}-CA", True)
    assert (made.metadata or {})["/Title"] == {"fr": "Carte", "en": "Card"}[language]
    assert len(made.pages) == 1
    for words in ("Karine · par texto", "1 800 263-2266", "La tempête", "On mange des sushis?"):
        assert words in text
    for word in ("Maya", "Sphères", "La Maison", "sécurité", "safety", "crise", "crisis", "Inès"):
        assert word.lower() not in text.lower()


def test_a_card_that_is_full_goes_on_to_another_and_cuts_nothing(cast: Cast) -> None:
    long = {"helps_3": "\n".join(f"Ligne {n} de ce qui aide quand tout tourne" for n in range(200))}
    said = documents.Card({"knots": factories.KNOTS}, CRISIS | long)

    made = PdfReader(io.BytesIO(documents.card(said, "fr")))

    text = "\n".join(one.extract_text() for one in made.pages)
    assert len(made.pages) > 1
    assert [n for n in range(200) if f"Ligne {n} de" not in text] == []


@pytest.mark.parametrize("part", [part.lower() for part in Part])
def test_each_sheet_goes_on_paper_filled_or_blank(cast: Cast, part: str) -> None:
    answers = {"net": {"knots": factories.KNOTS}, "crisis": CRISIS, "course": COURSE}[part]
    keep(cast, part, part.upper(), answers=answers)
    ines = signed_in(cast.ines, language="en")

    filled = pdf(ines, address(cast, f"paper/?part={part.upper()}"))[1]
    blank = pdf(ines, address(cast, f"paper/?part={part.upper()}&blank=yes"))[1]

    told = {"net": "La halte", "crisis": "M’enfermer.", "course": "Marcher"}[part]
    assert (told in filled, told in blank, "Maya" in filled) == (True, False, False)


def test_paper_is_told_in_her_journal(cast: Cast) -> None:
    keep(cast, "net")
    pdf(signed_in(cast.ines), address(cast, "card/"))

    with acting(cast.ines):
        told = Event.objects.filter(action="safety.on_paper", chain_id=cast.maya.file_id)
        assert [event.sections for event in told] == [["safety"]]
