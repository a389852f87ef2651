"""What does one read of the theory of change, and in which words?"""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.evaluation.theory import drawing, queries
from spheres.evaluation.theory.models import Theory
from tests.cast import LOADER, MONDAY, Cast, acting, add_person
from tests.pages import learn_french, signed_in, untranslated

pytestmark = pytest.mark.django_db
learn_french()


def page(
    cast: Cast, who: str = "ines", language: str = "fr", path: str = "/figures/theory/"
) -> str:
    client = signed_in(getattr(cast, who), language=language)
    with clock.at(MONDAY):
        answer = client.get(path)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_it_goes_from_what_is_done_to_what_lasts(cast: Cast) -> None:
    html = page(cast)

    assert re.findall(r"<h2[^>]*>(?:<[^>]+>|\s)*([^<]+)", html)[:5] == [
        "De ce que nous faisons à ce qui dure", "Ce que nous faisons", "À court terme",
        "À moyen terme", "À long terme",
    ]  # fmt: skip
    assert [int(number) for number in re.findall(r'<li class="line"[^>]* value="(\d+)"', html)] == [
        *range(1, 23)
    ]


def test_each_step_says_what_shows_it_and_what_it_leads_to(cast: Cast) -> None:
    with acting(cast.ines), translation.override("fr"):
        chain = queries.chain(actor=cast.ines)
    assert chain is not None
    accompany = next(step for step in chain.steps if step.code == "accompany")

    assert [label for label, _way in accompany.figures] == [
        "Jeunes en contact avec l’équipe", "Contacts avec chaque jeune", "Suivis ouverts",
        "Premiers suivis et personnes qui reviennent", "Contacts notés, par forme",
        "Suites données aux démarches",
    ]  # fmt: skip
    assert [code for _number, code, _words in accompany.leads_to] == [
        "body", "mind", "safer", "own_reasons", "urgent_needs",
    ]  # fmt: skip
    assert [step.code for step in chain.steps if not (step.figures or step.shown_by)] == []


def test_the_picture_has_a_dot_for_each_step_and_a_line_for_each_link(cast: Cast) -> None:
    with acting(cast.ines):
        chain = queries.chain(actor=cast.ines)
    assert chain is not None
    picture = drawing.picture(chain)

    assert [dot.number for dot in picture.dots] == [step.number for step in chain.steps]
    assert len(picture.lines) == sum(len(step.leads_to) for step in chain.steps)
    assert all(one.x < other.x for one, other in picture.lines)
    assert len({(dot.x, dot.y) for dot in picture.dots}) == len(picture.dots)
    assert all(0 < dot.y < picture.height and 0 < dot.x < picture.width for dot in picture.dots)


def test_everybody_of_the_programme_reads_it_and_comes_to_it_from_the_figures(cast: Cast) -> None:
    assert {page(cast, who).count("<h1") for who in ("louise", "roy", "karim", "amrani")} == {1}
    assert 'href="/figures/theory/"' in page(cast, "louise", path="/figures/")


def test_whoever_does_not_read_the_figures_reads_their_names_and_is_led_to_no_closed_door(
    cast: Cast,
) -> None:
    with acting(LOADER):
        theo = add_person("Théo", cast.la_maison, Role.TRAINER)
    with clock.at(MONDAY):
        does_not = unescape(signed_in(theo).get("/figures/theory/").content.decode())
    reads = page(cast, "ines")

    assert 'href="/figures/"' in reads
    assert "Suivis ouverts" in does_not
    assert 'href="/figures/"' not in does_not


def test_it_is_whole_in_both_languages(cast: Cast) -> None:
    with untranslated() as missing:
        page(cast)
    english = page(cast, language="en")

    assert missing == set()
    assert "Walk" not in english
    assert "An individual, voluntary follow-up, as long as it takes" in english


def test_without_a_file_it_says_what_belongs_here(cast: Cast) -> None:
    with acting(LOADER):
        Theory.objects.update(is_offered=False)

    assert "La région n’a pas encore écrit sa théorie du changement" in page(cast)


def test_it_asks_the_same_of_the_database_however_long_the_chain(cast: Cast) -> None:
    client = signed_in(cast.ines)
    with clock.at(MONDAY):
        client.get("/figures/theory/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/figures/theory/")

    assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) == 3
