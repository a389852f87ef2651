"""Whom she keeps from her file, and what she refuses: does she read it wherever she reads?"""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest

from spheres.core import clock
from spheres.followup.restrictions import actions
from spheres.followup.restrictions.models import Refusal
from spheres.followup.restrictions.policy import Barred
from spheres.followup.restrictions.tests.factories import bar
from spheres.portal.my_say.tests.factories import her_notebook, past_pin
from spheres.portal.my_say.tests.test_paper import printed, text_of
from spheres.sharing.rules import NOTES
from tests.cast import MONDAY, Cast, acting
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
HER_WORDS = "C’est entre nous."
SAID = (
    "Ne voit rien de ton dossier.",
    "Ne voit pas : les notes, le juridique.",
    "Depuis le 2 mars 2026.",
    "Rien n’est dit à tes parents.",
    "Aucune recherche, quel qu’en soit le sujet",
)


def keeps_them_out(cast: Cast) -> None:
    bar(cast, Barred(user_id=cast.samir.user_id), at=MONDAY)
    there = Barred(organisation_id=cast.institute.pk)
    bar(cast, there, NOTES, of="the clinic", at=MONDAY)
    refused = [(Refusal.Kind.RELATIVES, "PARENTS"), (Refusal.Kind.RESEARCH, "any")]
    with acting(cast.ines):
        actions.refuse(
            cast.maya.file_id, uuid4(), refused, decider="HERSELF", decides_alone=True,
            by=cast.ines, at=MONDAY,
        )  # fmt: skip


def words_of(page: str) -> str:
    main = page[page.find("<main") : page.find("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def read_together(cast: Cast) -> str:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, at=MONDAY, language="fr")
        return words_of(
            ines.get(f"/files/{cast.maya.file_id}/reading/together/kept/").content.decode()
        )


def test_what_she_keeps_and_refuses_is_read_with_her_in_her_notebook_and_on_paper(
    cast: Cast,
) -> None:
    keeps_them_out(cast)

    together = read_together(cast)
    paper = text_of(printed(cast))
    notebook = words_of(past_pin(her_notebook(cast), "/n/41/").content.decode())

    read = {"together": together, "notebook": notebook, "paper": paper}
    plain = {where: said.replace("\xa0", " ") for where, said in read.items()}
    assert [(where, one) for where in plain for one in SAID if one not in plain[where]] == []
    # Somebody who works elsewhere has no name in her notebook.
    named = {where: "Samir" in said for where, said in plain.items()}
    assert named == {"together": True, "notebook": False, "paper": True}
    assert "Quelqu’un que tu as nommé" in plain["notebook"]
    # Her own words, beside her worker alone: in her notebook somebody could read over her shoulder.
    assert {where: HER_WORDS in said for where, said in plain.items()} == {
        "together": True, "notebook": False, "paper": False,
    }  # fmt: skip


def test_when_she_keeps_nobody_out_each_says_it(cast: Cast) -> None:
    nothing = "Tu n’empêches personne de voir ton dossier."

    assert nothing in read_together(cast)
    assert nothing in text_of(printed(cast))
    assert nothing in words_of(past_pin(her_notebook(cast), "/n/41/").content.decode())
