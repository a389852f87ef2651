"""Before the age at which she agrees alone, does her paper hold no more than she reads?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from spheres.core import clock
from spheres.followup.danger.tests.factories import MORNING, call
from spheres.portal.my_say.tests.factories import born_on, her_notebook
from spheres.portal.notebook.tests.test_on_paper import printed, text_of
from tests.cast import Cast
from tests.pages import learn_french, signed_in

learn_french()
CALLED, READ_WITH = "a appelé", "tu peux le lire avec ton intervenant·e"
FOUR = [
    "Qui peut voir mon dossier",
    "Ce que je partage",
    "Ce qui a été dit de moi",
    "Qui l’a ouvert",
]


@pytest.mark.parametrize(
    ("born", "held"), [("2013-05-04", [FOUR[1]]), ("2009-05-04", FOUR)], ids=["under 14", "16"]
)
def test_before_14_it_holds_what_she_shares_alone(cast: Cast, born: str, held: list[str]) -> None:
    her_notebook(cast)
    born_on(cast, born)

    text = text_of(printed(cast))

    assert [title for title in FOUR if title in text] == held


def test_a_call_made_in_a_danger_is_on_no_paper(cast: Cast) -> None:
    call(cast, cast.ines)
    later = MORNING + timedelta(hours=1)

    text = text_of(printed(cast, at=later))
    with clock.at(later):
        beside = signed_in(cast.ines, at=later).get(f"/files/{cast.maya.file_id}/who/")

    assert READ_WITH in text
    assert CALLED in beside.content.decode()
    assert "Qui l’a ouvert" in text
    assert CALLED not in text
    assert "911" not in text
