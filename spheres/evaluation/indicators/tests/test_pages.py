"""What does the page of figures say, to whom, and at what cost?"""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from spheres.core import clock
from spheres.evaluation.indicators import queries
from spheres.evaluation.indicators.tests.factories import APRIL, JULY, OCTOBER, count, lived
from spheres.followup.notes.tests import factories as notes
from tests.cast import MONDAY, acting, uuid_of
from tests.pages import learn_french, signed_in

pytestmark = pytest.mark.django_db
learn_french()
JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
COMPONENTS = [
    "Concertation et mobilisation", "Formation des partenaires", "Sensibilisation et promotion",
    "Soutien aux intervenant·es", "Suivi psychosocial",
]  # fmt: skip
MANY = [(JANUARY, 6), (FEBRUARY, 7), (MARCH, 11)]


def page(actor, path="/figures/", at=APRIL, language="fr"):
    client = signed_in(actor, at=at, language=language)
    with clock.at(at):
        return client.get(path)


def main(response) -> str:
    """The words of <main>, without their marks, one thing a line."""
    html = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL).group()
    html = re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL)
    words = re.sub(r"<[^>]+>", "\n", html)
    return "\n".join(line.strip() for line in words.splitlines() if line.strip())


def test_before_the_first_quarter_is_over_it_says_what_will_come(cast):
    response = page(cast.louise)

    assert response.status_code == 200
    assert main(response).splitlines() == [
        "Chiffres",
        "Les premiers chiffres s’en viennent",
        "Chaque trimestre est publié la nuit qui suit sa fin, compté à partir du travail "
        "ordinaire. Il n’y a rien à remplir.",
        "Théorie du changement",
        "Ce que nous faisons, ce que nous en attendons, et à quoi nous le voyons.",
        "Nos propres chiffres",
        "Ce qui a été compté de notre organisme, à côté de l’ensemble du programme.",
        "Rapports",
        "Une année terminée\xa0: ses chiffres, et ce qu’ils ne disent pas.",
        "Recherche",
        "Les études approuvées\xa0: à qui on demande, et ce qui sort pour elles.",
    ]


def test_a_quarter_reads_as_a_sentence_then_pictures_with_their_tables(cast):
    lived(cast.institute, MANY, "meeting")
    count()

    response = page(cast.louise)

    assert "<title>Chiffres</title>" in response.content.decode()
    said = main(response).splitlines()
    assert said[:6] == [
        "Janvier à mars 2026",
        "Chiffres",
        "Moins de 5 jeunes ont été en contact avec l’équipe ce trimestre.",
        "Qui est compté ici",
        "Chaque jeune avec qui au moins un contact a été noté pendant le trimestre, autre qu’un "
        "rendez-vous manqué. Une personne que deux organismes accompagnent est comptée par chacun.",
        "Unité de compte",
    ]
    titles = [words for words in said if words in COMPONENTS]
    assert titles == [*COMPONENTS, *COMPONENTS]  # the ways to them, then each
    follow_up = said.index("Suivi psychosocial", said.index("Références reçues") - 12)
    assert said[follow_up : follow_up + 12] == [
        "Suivi psychosocial", "Combien", "Suivi psychosocial : combien", "Ce qui est compté",
        "Trimestre", "janvier", "février", "mars",
        "Références reçues", "24", "6", "7",
    ]  # fmt: skip
    # What there was none of is said in one line, not drawn.
    assert (
        said.count(
            "Rien à compter ce trimestre : Délai du contact après un retour en arrière · Petits "
            "pas faits, par partie de la vie · Suites données aux besoins urgents · "
            "Suites données aux démarches · Attente d’une psychothérapie."
        )
        == 1
    )


def test_in_english_too(cast):
    lived(cast.institute, MANY, "meeting")
    count()

    said = main(page(cast.louise, language="en")).splitlines()

    assert said[:3] == [
        "January to March 2026",
        "Figures",
        "Fewer than 5 young people were in contact with the team this quarter.",
    ]


def test_a_picture_says_what_it_draws_and_draws_nothing_of_what_is_hidden(cast):
    lived(cast.institute, [(JANUARY, 2), (FEBRUARY, 0), (MARCH, 1)], "meeting")
    count()

    html = page(cast.louise).content.decode()
    pictures = re.findall(r"<svg class=\"bars\".*?</svg>", html, re.DOTALL)

    told = {
        re.search(r"<title[^>]*>(.*?)</title>", svg).group(1): re.search(
            r"<desc[^>]*>(.*?)</desc>", svg
        ).group(1)
        for svg in pictures[-5:]
    }
    assert told == {
        "Suivi psychosocial : combien": "Références reçues : masqué, Suivis ouverts : 0, "
        "Références restées sans suivi : 0",
        "Contacts avec chaque jeune": "Un contact noté : masqué, De deux à cinq contacts : "
        "masqué, De six à douze contacts : masqué, Treize contacts ou plus : masqué",
        "Attente du premier contact": "Moins de trois jours : masqué, De trois jours à une "
        "semaine : masqué, Plus d’une semaine, moins d’un mois : masqué, "
        "Un mois ou plus : masqué",
        "Premiers suivis et personnes qui reviennent": "Un premier suivi : masqué, "
        "Une personne qui revient : masqué",
        "Contacts notés, par forme": "Rencontre : masqué",
    }
    assert set(re.findall(r'<rect class="([^"]+)"[^>]* width="(\d+)"', "".join(pictures))) == {
        ("bar bar-open", "24")
    }
    assert "style=" not in "".join(pictures)
    assert "<script" not in "".join(pictures)


def test_quarters_follow_each_other_and_no_other_window_opens(cast):
    lived(cast.institute, MANY)
    count(OCTOBER)

    here = page(cast.louise, "/figures/?quarter=2026-04", at=OCTOBER)
    links = re.findall(r'href="(\?quarter=[^"]+)"', here.content.decode())

    assert links == ["?quarter=2026-01", "?quarter=2026-07"]
    last = page(cast.louise, "/figures/", at=OCTOBER).content.decode()
    assert last.count('href="?quarter=') == 1
    assert [
        page(cast.louise, f"/figures/?quarter={words}", at=OCTOBER).status_code
        for words in (
            "2026-01",
            "2026-07",
            "2026-10",
            "2025-10",
            "2026-02",
            "0000-01",
            "x",
            "２026-01",
        )
    ] == [200, 200, 404, 404, 404, 404, 404, 404]


def test_it_is_in_the_rail_of_whoever_may_look(cast):
    shown = {
        name: 'href="/figures/"' in page(getattr(cast, name), "/account/").content.decode()
        for name in ("louise", "ines", "karim", "roy", "amrani", "nadia")
    }

    assert all(shown.values())


def test_nobody_begins_here(cast):
    first = {
        name: page(getattr(cast, name), "/").get("Location")
        for name in ("louise", "karim", "roy", "nadia")
    }

    assert first == {
        "louise": "/desk/", "karim": "/team/", "roy": "/received/", "nadia": "/privacy/",
    }  # fmt: skip


def test_whoever_looks_after_machines_is_told_why_not(cast):
    from spheres.accounts.models import Role
    from tests.cast import LOADER, acting, add_person

    with acting(LOADER):
        theo = add_person("Theo", cast.la_maison, Role.TECHNICAL_ADMINISTRATOR)

    response = page(theo)

    assert response.status_code == 403
    assert "Les chiffres s’adressent à qui accompagne" in response.content.decode()
    assert 'href="/figures/"' not in response.content.decode()


def test_no_word_of_anybody_and_no_small_number_is_on_the_page(cast):
    count()

    html = page(cast.louise).content.decode()

    assert [word for word in ("Maya", "Inès", "%</", "J’ai dormi") if word in html] == []
    assert not re.search(r"<td[^>]*>[1-4]</td>", html)


def test_it_costs_the_same_after_one_quarter_and_after_three(cast):
    lived(cast.institute, MANY[:1])
    costs = []
    for at in (APRIL, JULY, OCTOBER):
        count(at)
        client = signed_in(cast.louise, at=at)
        with clock.at(at):
            client.get("/figures/")  # the region's words are fresh
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get("/figures/")
        costs.append(len([q for q in asked if "SAVEPOINT" not in q["sql"]]))

    assert len(set(costs)) == 1
    assert costs[0] <= 8


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_quarter_leaves_as_a_table_with_the_numbers_of_the_page(cast, kind):
    lived(cast.institute, MANY, "meeting")
    count()
    client = signed_in(cast.louise, at=APRIL, language="fr")

    with clock.at(APRIL):
        sheet = client.get("/figures/sheet/", {"kind": kind, "quarter": "2026-01"})
        rows = read_sheet(sheet.content, kind)

    assert sheet["Content-Disposition"] == f'attachment; filename="chiffres-2026-01.{kind}"'
    assert rows[0] == [
        "Composante", "Ce qui est compté", "Sorte", "Version de la définition", "Trimestre",
        "janvier", "février", "mars",
    ]  # fmt: skip
    with acting(cast.louise):
        quarter = queries.quarter(JANUARY, queries.published(actor=cast.louise), actor=cast.louise)
    assert len(rows) == 1 + sum(len(told) for told in quarter.rows.values())
    names = {"Références reçues", "Jeunes en contact avec l’équipe"}
    assert [row[1:] for row in rows if row[1] in names] == [
        ["Jeunes en contact avec l’équipe", "", "1", "masqué", "", "", ""],
        ["Références reçues", "", "1", "24", "6", "7", "11"],
    ]  # fmt: skip


def read_sheet(content: bytes, kind: str) -> list[list[str]]:
    if kind == "csv":
        return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    sheet = load_workbook(BytesIO(content)).active
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.values]


def test_no_table_leaves_before_a_quarter_is_published_or_of_another_window(cast):
    client = signed_in(cast.louise, at=APRIL)

    with clock.at(APRIL):
        before = client.get("/figures/sheet/?kind=csv").status_code
        count()
        asked = (
            "?kind=csv",
            "?quarter=2026-01",
            "?kind=csv&quarter=2026-02",
            "?kind=csv&quarter=2026-04",
        )
        then = [client.get(f"/figures/sheet/{words}").status_code for words in asked]

    assert (before, then) == (404, [200, 404, 404, 404])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ["Contacts notés plus d’une semaine après", "masqué", "0", "0", "masqué"]),
        ("en", ["Contacts noted more than a week later", "hidden", "0", "0", "hidden"]),
    ],
)
def test_what_the_figures_miss_stands_apart_and_names_nobody(cast, language, said):
    late = replace(notes.written(uuid_of("late"), MONDAY), occurred_at=MONDAY - timedelta(days=9))
    with acting(cast.ines):
        notes.actions.sign(cast.maya.file_id, late, by=cast.ines, at=MONDAY)
    count()

    lines = main(page(cast.louise, "/figures/quality/", language=language)).splitlines()
    place = lines.index(said[0])
    assert lines[place : place + 5] == said
    assert "Inès" not in "".join(lines)
    # And not among what was done.
    assert said[0] not in main(page(cast.louise, language=language))
