"""Do the public pages stand in both languages, without cookie, stranger or title that tells?"""

import re

import pytest
from django.conf import settings

from spheres.public.tests.conftest import Visitor
from spheres.public.tests.letters import main_of

PAGES = [
    "/", "/for-me/", "/ask/", "/answer/", "/referral/", "/relative/", "/advice/", "/training/",
    "/e/limites",
]  # fmt: skip
FORMS = ["/for-me/", "/ask/", "/referral/", "/relative/", "/advice/", "/training/"]


def body(response):
    return response.content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_stands_in_both_languages_and_sets_no_cookie(world, path, language):
    shown = Visitor(language).get(path)

    assert shown.status_code == 200
    assert f'<html lang="{language}-CA"' in body(shown)
    assert len(re.findall("<h1", body(shown))) == 1
    assert "Set-Cookie" not in shown.headers
    assert 'csrfmiddlewaretoken"' not in body(shown)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_the_title_of_the_tab_tells_nothing(world, path, language):
    title = re.search(r"<title>(.*?)</title>", body(Visitor(language).get(path)))[1]

    assert title in {"Accueil", "Formulaire", "Home", "Form"}


@pytest.mark.parametrize("path", FORMS)
def test_receipts_and_mistakes_set_no_cookie_and_have_neutral_titles(visitor, path):
    receipt, mistake = visitor.send(path), visitor.send(path, {"form_id": ""})

    assert [receipt.status_code, mistake.status_code] == [200, 422]
    assert not visitor.client.cookies
    assert "<title>Reçu</title>" in body(receipt)
    assert "<title>À corriger</title>" in body(mistake)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_for_three_files_of_ours_and_none_elsewhere(visitor, path):
    page = body(visitor.get(path))

    assert len(re.findall(r'<(?:link|script|img)[^>]*(?:src|href)="', page)) <= 3
    assert re.findall(r'<(?:link|script|img|form|iframe)[^>]*="(?:https?:)?//', page) == []
    assert [a for a in re.findall(r'<a [^>]*href="http[^>]*>', page) if "noreferrer" not in a] == []


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_tells_the_browser_what_to_refuse(visitor, path):
    headers = visitor.get(path).headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_first_page_says_the_limits_before_anything_else(visitor):
    said = main_of(visitor.get("/"))

    order = [
        "De l’aide, à ta façon",
        "si tu as moins de 18 ans",
        "Tu as entre 12 et 24 ans",
        "C’est pour toi si",
        "Je veux de l’aide pour moi",
        "Je suis un·e professionnel·le",
        "Je suis un parent",
        "Si quelqu’un regarde ton téléphone",
        "Ce n’est pas la police",
        "911",
    ]
    assert sorted(order, key=said.index) == order


def test_the_limits_come_before_what_we_can_do_together(visitor):
    said = main_of(visitor.get("/together/"))

    order = ["Ce qu’on peut faire ensemble", "si tu as moins de 18 ans", "Quelqu’un à côté de toi"]
    assert sorted(order, key=said.index) == order


def test_the_limits_come_before_the_first_question(visitor):
    said = main_of(visitor.get("/for-me/"))

    assert said.index("si tu as moins de 18 ans") < said.index("Comment veux-tu qu’on t’appelle?")


@pytest.mark.parametrize("path", ["/for-me/", "/referral/", "/relative/"])
def test_who_reads_and_what_happens_next_come_before_the_button(visitor, path):
    said = main_of(visitor.get(path))

    assert "coordination du programme" in said.split("Avant d", 1)[1]
    assert "trois jours ouvrables" in said or path == "/relative/"
    assert said.rstrip().endswith("Envoyer")


def test_a_number_can_be_dialled(visitor):
    page = body(visitor.get("/"))

    assert 'href="tel:911"' in page
    assert 'href="tel:+18339001010"' in page
    assert 'href="sms:686868"' in page


def test_the_exit_is_the_first_thing_the_keyboard_meets(visitor):
    for path in PAGES:
        first = re.search(r"<(?:a|button|input)\b[^>]*>", body(visitor.get(path)).split("<body")[1])
        assert first[0] == '<a class="exit-button" href="/e" data-spheres-exit>'


def test_the_bait_is_out_of_reach_of_people(visitor):
    page = body(visitor.get("/for-me/"))
    bait = page.split('aria-hidden="true"><label for="id_e2"')

    assert len(bait) == 2
    assert 'class="visually-hidden"' in bait[0][-40:]
    assert 'tabindex="-1" autocomplete="off"' in bait[1].split("</div>")[0]


def test_the_language_is_kept_only_when_she_changes_it(visitor):
    changed = visitor.send("/language/", {"language": "en", "next": "/for-me/"})

    assert changed.headers["Location"] == "/for-me/"
    cookie = changed.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["max-age"], cookie["samesite"]) == ("en", "", "Strict")
    assert 'lang="en-CA"' in body(visitor.get("/for-me/"))


def test_another_site_cannot_change_the_language(visitor):
    changed = visitor.send(
        "/language/", {"language": "en"}, headers={"sec-fetch-site": "cross-site"}
    )

    assert not changed.cookies


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/"])
def test_a_page_costs_the_same_few_queries(visitor, path, django_assert_num_queries):
    visitor.get(path)

    # A transaction begins and ends, a context is entered and left; the words are in memory.
    with django_assert_num_queries(4):
        visitor.get(path)


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_method_nobody_uses_is_refused(visitor, path, method):
    assert getattr(visitor.client, method)(path).status_code == 405


@pytest.mark.parametrize("path", PAGES)
def test_the_staff_site_has_none_of_these_pages(world, path):
    staff = Visitor()
    answer = staff.client.get(path, headers={"host": "staff.localhost"})

    assert "data-spheres-exit" not in body(answer) or path == "/e/limites"


# As browsers send it (measured: Chromium and Firefox ESR, without script and with it).
BY_BACK = {"sec-fetch-mode": "navigate", "sec-fetch-site": "same-origin"}
BY_A_PRESS = BY_BACK | {"sec-fetch-user": "?1"}
OF_THE_YOUNG = [
    "/", "/how/", "/together/", "/steps/", "/lines/", "/for-me/", "/ask/", "/answer/", "/e/limites",
]  # fmt: skip


@pytest.mark.parametrize("path", OF_THE_YOUNG)
def test_brought_back_a_page_for_young_people_shows_nothing_until_a_press(visitor, path):
    back, pressed = visitor.get(path, headers=BY_BACK), visitor.get(path, headers=BY_A_PRESS)

    assert [back.status_code, pressed.status_code] == [200, 200]
    assert "<title>Page</title>" in body(back)
    assert f'<p><a href="{path}">Continuer</a></p>' in body(back)
    assert "data-spheres-exit" not in body(back)
    assert "data-spheres-exit" in body(pressed)


@pytest.mark.parametrize("path", ["/referral/", "/professionals/"])
def test_a_page_for_professionals_comes_back_as_it_was(visitor, path):
    back, pressed = visitor.get(path, headers=BY_BACK), visitor.get(path, headers=BY_A_PRESS)

    assert main_of(back) == main_of(pressed)


@pytest.mark.parametrize("site", ["none", "cross-site", ""])
def test_whoever_comes_from_elsewhere_sees_the_page_at_once(visitor, site):
    said = BY_BACK | {"sec-fetch-site": site}

    assert "data-spheres-exit" in body(visitor.get("/how/", headers=said))
