"""What do the pages to read say, to whom, and which of them may be found by a search?"""

import html
import math
import re
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import translation

from spheres.public import queries
from spheres.public.tests.conftest import Visitor
from spheres.public.tests.letters import main_of
from spheres.regions import queries as regions
from tests.cast import MONDAY

YOUTH = ["/", "/how/", "/together/", "/steps/", "/lines/"]
FOUND = [
    "/close/",
    "/close/steps/",
    "/professionals/",
    "/professionals/steps/",
    "/offer/",
    "/privacy/",
    "/privacy/rive/",
    "/accessibility/",
    "/about/",
    "/figures/",
]
READ = [*YOUTH, *FOUND, "/map/"]
FORMS = [
    "/for-me/",
    "/ask/",
    "/answer/",
    "/referral/",
    "/relative/",
    "/advice/",
    "/training/",
    "/receipt/",
    "/advice/answer/",
]
HIDDEN = '<meta name="robots" content="noindex, nofollow">'
PARTNERS = ["rive", "deux-rivages", "cheminantes", "ancolies", "la-maison", "arret-24"]


def body(response):
    return response.content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", READ)
def test_a_page_to_read_stands_in_both_languages_and_asks_the_database_nothing(
    world, path, language, django_assert_num_queries
):
    with django_assert_num_queries(0):
        shown = Visitor(language).get(path)

    assert shown.status_code == 200
    assert f'<html lang="{language}-CA"' in body(shown)
    assert len(re.findall("<h1", body(shown))) == 1
    assert "Set-Cookie" not in shown.headers
    assert shown.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in shown.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", READ)
def test_a_page_to_read_takes_nothing(visitor, path):
    assert visitor.client.post(path).status_code == 405


@pytest.mark.parametrize("path", [*YOUTH, "/map/", "/e/limites", *FORMS])
def test_what_is_for_young_people_is_not_to_be_found(visitor, path):
    page = body(visitor.get(path))

    assert HIDDEN in page
    assert "og:" not in page
    assert "description" not in page.split("</head>")[0]


@pytest.mark.parametrize("path", FOUND)
def test_what_is_for_the_others_may_be_found(visitor, path):
    page = body(visitor.get(path))

    assert "noindex" not in page
    assert "og:" not in page


@pytest.mark.parametrize("path", READ)
def test_no_title_names_the_programme_or_the_subject(visitor, path):
    title = re.search(r"<title>(.*?)</title>", body(visitor.get(path)))[1]

    assert title in {
        "Accueil", "Page", "Pour les proches", "Professionnel·les", "Vie privée", "Accessibilité",
        "À propos",
    }  # fmt: skip


def test_machines_may_read_everything_and_are_shown_what_may_be_found(visitor):
    robots, found = visitor.get("/robots.txt"), visitor.get("/sitemap.xml")

    assert body(robots) == (
        "User-agent: *\nAllow: /\nSitemap: http://youth.localhost/sitemap.xml\n"
    )
    assert robots.headers["Content-Type"].startswith("text/plain")
    listed = re.findall(r"<loc>http://youth\.localhost(.*?)</loc>", body(found))
    others = {f"/privacy/{slug}/" for slug in PARTNERS}
    assert set(listed) == {*FOUND, *others}
    assert len(listed) == len(set(listed))


def test_the_limits_come_first_where_it_is_said_who_reads_what(visitor):
    said = main_of(visitor.get("/how/"))

    order = ["Une vie est en danger", "Un juge l’ordonne", "Qui lit quoi", "La police partenaire"]
    assert sorted(order, key=said.index) == order


def test_every_step_of_the_region_is_there_for_each_reader(visitor):
    young, close = main_of(visitor.get("/steps/")), main_of(visitor.get("/close/steps/"))

    for word in regions.words(queries.STEPS):
        said = f"« {regions.text(f'steps.{word.code}.words')} »"
        assert said in young
        assert said in close
    assert "Tu n’as rien à décider aujourd’hui." in young
    assert "Tu n’as rien à décider aujourd’hui." not in close


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_professional_reads_at_each_step_what_helps_and_what_to_avoid_saying(world, language):
    page = main_of(Visitor(language).get("/professionals/steps/"))

    with translation.override(language):
        steps = queries.professional_steps()
    assert len(steps) == len(regions.words(queries.STEPS))
    for step in steps:
        said = [" ".join(line.split()) for line in (step.label, *step.helps, *step.avoid)]
        assert [line for line in said if line not in html.unescape(page)] == [], step.code
        assert (len(step.helps), len(step.avoid)) == (4, 3)


def test_a_form_is_one_tap_away_from_each_page_that_speaks_of_it(visitor):
    taps = {
        "/": ["/for-me/", "/ask/", "/referral/", "/relative/"],
        "/how/": ["/for-me/", "/ask/"],
        "/together/": ["/for-me/", "/ask/"],
        "/steps/": ["/for-me/", "/ask/"],
        "/lines/": ["/for-me/", "/ask/"],
        "/close/": ["/relative/"],
        "/professionals/steps/": ["/advice/", "/professionals/"],
        "/professionals/": [
            "/professionals/steps/",
            "/referral/",
            "/advice/",
            "/receipt/",
            "/training/",
            "/offer/",
        ],
        "/offer/": ["/training/"],
    }
    for path, forms in taps.items():
        page = body(visitor.get(path))
        assert [form for form in forms if f'href="{form}"' not in page] == [], path


def test_the_map_leads_to_every_page(visitor):
    page = body(visitor.get("/map/"))
    single = [path for path in [*READ, *FORMS, "/e/limites"] if path != "/privacy/rive/"]

    assert [path for path in single if f'href="{path}"' not in page and path != "/map/"] == []


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("fr", ["Histoire", "Remerciements", "Pour citer", "Licence et code source"]),
        ("en", ["History", "Credits", "To cite", "Licence and source code"]),
    ],
)
def test_the_page_about_us_gives_history_credits_licence_and_citation(world, language, headings):
    page = Visitor(language).get("/about/")
    said = " ".join(html.unescape(main_of(page)).split())

    with translation.override(language):
        texts = [regions.text(f"about.{key}") for key in ("history", "credits", "citation")]
    assert [one for one in headings if one not in re.findall("<h2>(.*?)</h2>", body(page))] == []
    assert [text for text in texts if " ".join(text.split()) not in said] == []
    assert "GNU Affero" in said
    assert "CITATION.cff" in said
    assert (settings.ROOT / "CITATION.cff").read_text().startswith("cff-version:")


# Numbers.


def lines_of(visitor, *, days):
    """The page of numbers, so many days after every one was verified."""
    on = MONDAY.date()
    kept = regions._photograph
    checked = tuple(
        replace(line, is_verified=days is not None, verified_on=days is not None and on - days)
        for line in kept.lines
    )
    with patch.object(regions, "_photograph", replace(kept, lines=checked, taken=math.inf)):
        return main_of(visitor.get("/lines/"))


def test_each_number_says_whether_it_was_verified(visitor):
    fresh = lines_of(visitor, days=timedelta(days=90))
    old = lines_of(visitor, days=timedelta(days=91))
    never = lines_of(visitor, days=None)

    count = len(regions.help_lines())
    assert (fresh.count("Vérifié le"), fresh.count("90 jours")) == (count, 0)
    assert old.count("il y a plus de 90 jours : le numéro a pu changer") == count
    assert never.count("Pas encore vérifié") == count


# Privacy, organisation by organisation.


@pytest.mark.parametrize("slug", PARTNERS)
def test_each_partner_says_who_answers_and_what_may_be_asked(visitor, slug):
    said = main_of(visitor.get(f"/privacy/{slug}/"))
    partner = queries.partner(slug)

    assert partner.officer in said
    assert partner.how_to_reach in said
    assert partner.how_to_reach
    assert f"L’organisme répond dans un délai de {partner.answer_days} jours." in said
    assert "Commission d’accès à l’information" in said
    kept = f"Un suivi : {partner.keep_years} ans après le dernier service"
    assert (kept in said) == partner.keeps_follow_ups


def test_the_police_partner_says_that_it_keeps_no_follow_up(visitor):
    police = [
        queries.partner(slug) for slug in PARTNERS if not queries.partner(slug).keeps_follow_ups
    ]

    said = main_of(visitor.get(f"/privacy/{police[0].slug}/"))

    assert len(police) == 1
    assert "ne garde aucun suivi et n’en lit aucun" in said
    assert "Ce qui n’est jamais demandé" not in said


@pytest.mark.parametrize("slug", ["unknown", "institut", "rive-2", "RIVE"])
def test_an_organisation_that_is_no_partner_has_the_page_of_what_does_not_exist(visitor, slug):
    unknown, nowhere = visitor.get(f"/privacy/{slug}/"), visitor.get("/nowhere/")

    def bare(response):
        return re.sub(r'nonce="[^"]+"', "", body(response))

    assert (unknown.status_code, bare(unknown)) == (404, bare(nowhere))


# Without the database.


def away(*args, **kwargs):
    raise OperationalError("the server is gone")


def test_pages_to_read_go_on_without_the_database(visitor, monkeypatch):
    """The region's last words are still good, however old: its numbers first of all."""
    monkeypatch.setattr(regions, "_photograph", replace(regions._photograph, taken=0.0))
    monkeypatch.setattr(regions, "_take", away)

    shown = {path: visitor.get(path) for path in READ}

    assert {path: page.status_code for path, page in shown.items()} == dict.fromkeys(READ, 200)
    assert 'href="tel:911"' in body(shown["/lines/"])


def test_a_process_that_never_saw_its_region_still_gives_a_number(visitor, monkeypatch):
    monkeypatch.setattr(regions, "_photograph", None)
    monkeypatch.setattr(regions, "_take", away)

    shown = visitor.get("/how/")

    assert shown.status_code == 503
    assert 'href="tel:911"' in body(shown)


def test_whoever_leaves_leaves_even_without_the_database(visitor, monkeypatch):
    with monkeypatch.context() as gone:
        gone.setattr(connection, "ensure_connection", away)
        gone.setattr(transaction, "atomic", away)
        left = visitor.get("/e")

    assert "http-equiv" in body(left)
    assert left.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "911" not in body(left)
