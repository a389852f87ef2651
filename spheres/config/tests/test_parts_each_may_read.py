"""Who may see her file: what may each of them read of it, in plain words, and never alike?"""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from spheres.config.tests.test_page_costs import statements
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.consents.tests.factories import share
from spheres.followup.dossier import journal, seeing
from spheres.followup.dossier.seeing import Reads
from spheres.followup.therapy_notes.tests.office import open_office
from spheres.portal.my_say.tests.factories import her_notebook, past_pin
from spheres.sharing import actions as sharing
from spheres.sharing.models import Restriction
from spheres.sharing.rules import HEALTH, NOTES, SECTIONS
from tests.cast import MONDAY, Cast, acting, uuid_of, yanick_answers_for_ines
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
WHOLE = "Lit tout le dossier, sauf ce qui se dit en psychothérapie et tes pages privées"
BRIEF = "ton nom, comment te joindre, ton résumé"


def bar(cast: Cast, who: Actor, *faces: str) -> None:
    """At her word, from these parts alone."""
    with acting(cast.ines):
        sharing.restrict(
            Restriction(
                id=uuid_of("barred"), file_id=cast.maya.file_id, faces=list(faces),
                user_id=who.user_id, taken_by=cast.ines.user_id, taken_at=MONDAY,
                starts_at=MONDAY,
            ),
            by=cast.ines,
        )  # fmt: skip


def reads(cast: Cast, who: Actor) -> Reads | None:
    with acting(cast.ines):
        found = seeing.seers(cast.maya.file_id, actor=cast.ines, at=MONDAY)
    [one] = [one for one in found if one.user_id == who.user_id]
    return one.reads


def lines(page: str) -> dict[str, str]:
    """What the page says of each, by name."""
    listed = unescape(page).partition('<ul class="lines">')[2].partition("</ul>")[0]
    said = [re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", one)) for one in listed.split("</li>")]
    return {one.split("(")[0].split(" Titre")[0].strip(): one for one in said if one.strip()}


def page_of(client: Client, cast: Cast) -> str:
    with clock.at(MONDAY):
        return client.get(f"/files/{cast.maya.file_id}/who/").content.decode()


def test_whoever_accompanies_her_a_stand_in_and_somebody_barred_do_not_look_alike(
    cast: Cast,
) -> None:
    yanick_answers_for_ines(cast)

    assert reads(cast, cast.ines) == Reads(is_all=True)
    assert reads(cast, cast.yanick) == Reads(
        is_all=False,
        parts=BRIEF,
        not_parts="où tu es, tes plans, ton plan de sécurité, tes démarches, les notes, ta santé, "
        "le juridique",
    )

    bar(cast, cast.ines, NOTES, HEALTH)
    barred = reads(cast, cast.ines)

    assert barred is not None
    assert (barred.is_all, barred.not_parts) == (False, "les notes, ta santé")


def test_a_psychotherapist_is_not_taken_for_a_worker(cast: Cast) -> None:
    office = open_office(cast)

    with acting(office.amrani):
        found = seeing.seers(office.jade.file_id, actor=office.amrani, at=MONDAY)
    [own] = [one for one in found if one.is_me]

    assert own.reads is not None
    assert "les notes de psychothérapie" in own.reads.parts
    assert (own.reads.is_all, own.reads.not_parts) == (False, "")


def test_the_page_says_it_of_each_and_so_does_her_notebook(cast: Cast) -> None:
    yanick_answers_for_ines(cast)
    share(cast)

    staff = lines(page_of(signed_in(cast.ines), cast))
    hers = lines(past_pin(her_notebook(cast), "/n/41/").content.decode())

    for page in (staff, hers):
        assert WHOLE in page["Inès"]
        brief = f"Lit : {BRIEF}"
        assert (brief in page["Yanick"], WHOLE in page["Yanick"]) == (True, False)
        assert ("Lit" in page["Samir"], "ton plan de sécurité" in page["Samir"]) == (False, True)


def test_of_what_she_shares_a_part_from_which_somebody_is_barred_is_not_said(cast: Cast) -> None:
    share(cast)
    bar(cast, cast.samir, "safety")

    with acting(cast.ines):
        found = seeing.seers(cast.maya.file_id, actor=cast.ines, at=MONDAY)
    [samir] = [one for one in found if one.user_id == cast.samir.user_id]

    assert [one.parts for one in samir.shares] == ["ton nom, ton résumé"]


def test_it_costs_one_statement_however_many_there_are(cast: Cast) -> None:
    def cost() -> int:
        path = f"/files/{cast.maya.file_id}/who/"
        return statements(signed_in(cast.ines), lambda c: c.get(path).status_code, status=200)

    alone = cost()
    yanick_answers_for_ines(cast)

    assert cost() == alone


def test_every_part_that_may_be_read_has_its_words() -> None:
    assert set(SECTIONS) <= set(journal.SECTIONS)
