"""Do the pages say how she may be reached, prepare only what they may, and lose nothing typed?"""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import escape

from spheres.core import clock
from spheres.followup.reaching import actions, queries
from spheres.followup.reaching.forms import LineForm, OneStepForm, ReachingForm, UnsafeForm
from spheres.followup.reaching.models import Prepared
from tests.cast import acting, uuid_of
from tests.pages import signed_in, untranslated

from .factories import IN_HER_HOURS, OUTSIDE, agree

pytestmark = pytest.mark.django_db
UNSAFE = {
    "fr": "pas sécuritaire depuis le 4 mars",
    "en": "not safe since March 4: do not reach out",
}
AGREED = {
    "channel": "text",
    "when": "within",
    "days": ["1", "2"],
    "begins": "16 h 30",
    "ends": "18:00",
    "lines": ["coffee"],
    "words": "C’est pour le devoir",
    "sender": "Café",
    "never": "Jamais d’appel.",
    "code_word": "Érable",
    "confirmed_on": "2026-03-06",
}


def address(cast, name):
    return reverse(f"reaching:{name}", args=[cast.maya.file_id])


def ask(cast, name, data=None, at=IN_HER_HOURS, who="ines", language="fr"):
    client = signed_in(getattr(cast, who), at=at, language=language)
    with clock.at(at):
        where = address(cast, name) if ":" not in name else reverse(name, args=[cast.maya.file_id])
        return client.get(where) if data is None else client.post(where, data)


def seal(form, which="a form"):
    return {"form_id": form.signer().sign(uuid_of(which).hex)}


def standing(cast):
    with acting(cast.ines, IN_HER_HOURS):
        held = queries.newest(cast.maya.file_id, actor=cast.ines)
    assert held is not None
    return str(held.id)


def text_of(answer):
    return answer.content.decode()


def is_not_safe(cast):
    with acting(cast.ines, IN_HER_HOURS):
        actions.note_unsafe(
            cast.maya.file_id, uuid_of("u"), on=date(2026, 3, 4), by=cast.ines, at=IN_HER_HOURS
        )


def test_it_is_written_from_the_page_and_found_again_in_it(cast):
    sent = AGREED | seal(ReachingForm) | {"after": standing(cast)}

    answer = ask(cast, "change", sent)

    assert (answer.status_code, answer.headers["Location"]) == (302, address(cast, "detail"))
    assert "en semaine" not in text_of(ask(cast, "detail"))
    again = text_of(ask(cast, "change"))
    for words in ("C’est pour le devoir", "Café", "Érable", "16:30", "18:00"):
        assert words in again


def test_what_it_was_before_can_be_read(cast):
    agree(cast, never="Ne pas passer au dépanneur.")
    agree(cast, "later", never="Rien du tout.")

    page = text_of(ask(cast, "detail"))

    assert "Rien du tout." in page
    assert "Ne pas passer au dépanneur." in page


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"channel": ""}, "channel", "Choisir une réponse."),
        ({"days": []}, "days", "Dites-le, ou choisissez"),
        ({"ends": ""}, "ends", "Dites-le, ou choisissez"),
        ({"ends": "16:30"}, "ends", "Les deux heures sont les mêmes"),
        ({"words": "Pour ton suivi"}, "words", "Enlevez\u00a0: suivi."),
        ({"sender": "Inès, intervenante"}, "sender", "Enlevez\u00a0: intervenante."),
        ({"confirmed_on": "2026-04-01"}, "confirmed_on", "Ce jour n’est pas encore venu."),
    ],
)
def test_a_mistake_is_said_beside_its_place_and_nothing_typed_is_lost(cast, changes, field, says):
    sent = AGREED | changes | seal(ReachingForm) | {"after": standing(cast)}

    answer = ask(cast, "change", sent)

    page = text_of(answer)
    assert answer.status_code == 422
    assert page.count(escape(says)) == 2  # in the summary, and beside the field
    assert f"id_{field}" in page
    for words in (
        "Jamais d’appel.",
        "Érable",
        *(v for v in changes.values() if isinstance(v, str) and v != "2026-04-01"),
    ):
        assert escape(words) in page


def test_what_looks_like_an_address_is_looked_at_again_then_kept(cast):
    sent = AGREED | seal(ReachingForm) | {"after": standing(cast), "never": "Pas au 12 rue Morin"}

    first = ask(cast, "change", sent)
    second = ask(cast, "change", sent | {"looked_again": "yes"})

    assert (first.status_code, second.status_code) == (422, 302)
    assert "12 rue Morin" in text_of(first)


def test_somebody_elses_change_is_shown_and_what_was_typed_stays(cast):
    before = standing(cast)
    agree(cast)

    answer = ask(cast, "change", AGREED | seal(ReachingForm) | {"after": before})

    page = text_of(answer)
    assert answer.status_code == 422
    assert "Quelqu’un a écrit autre chose ici" in page
    assert "Érable" in page
    assert f'name="after" value="{standing(cast)}"' in page


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "name",
    [
        "dossier:people", "dossier:contact", "dossier:my_day", "dossier:file", "dossier:who",
        "notes:write", "notes:detail", "reaching:detail", "reaching:change", "reaching:text",
        "reaching:call_sheet",
    ],
)  # fmt: skip
def test_not_safe_is_said_whole_on_every_page_about_her(cast, name, language):
    agree(cast)
    is_not_safe(cast)
    alone = name in {"dossier:people", "dossier:contact", "dossier:my_day"}
    args = [] if alone else [cast.maya.file_id]
    if name == "notes:detail":
        args.append(uuid_of("first note of Maya"))
    client = signed_in(cast.ines, at=IN_HER_HOURS, language=language)

    with clock.at(IN_HER_HOURS):
        answer = client.get(reverse(name, args=args))

    (mark,) = re.findall(r'<p class="contact-safety [^>]*>.*?</p>', text_of(answer), re.DOTALL)
    assert UNSAFE[language] in mark
    assert 'class="contact-safety contact-stop"' in mark  # never quiet, even in a list
    assert "Texto" not in mark


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "Texto · après l’école"),
        ({"hours": ""}, "Texto · en semaine, de 16\u00a0h\u00a030 à 18\u00a0h\u00a000"),
        ({"confirmed_on": None}, "Texto · après l’école · à confirmer ensemble"),
        ({"confirmed_on": date(2026, 1, 4)}, "Texto · après l’école · à confirmer ensemble"),
        ({"confirmed_on": date(2026, 1, 5)}, "Texto · après l’école"),
        ({"channel": "wait"}, "Aucun contact avant un signe de sa part"),
    ],
)
def test_the_mark_says_the_way_the_hours_and_what_is_to_confirm(cast, changes, says):
    agree(cast, **changes)

    client = signed_in(cast.ines, at=IN_HER_HOURS)
    with clock.at(IN_HER_HOURS):
        page = text_of(client.get(reverse("dossier:people")))

    (mark,) = re.findall(r'<p class="contact-safety [^>]*>.*?</p>', page, re.DOTALL)
    assert mark.endswith(f"</span> {says}</span></p>")


def test_a_text_is_made_of_one_line_she_agreed_to_and_her_signature(cast):
    agree(cast)

    answer = ask(cast, "text", seal(LineForm) | {"line": "coffee"})

    assert answer.status_code == 200
    assert "<p>Un café bientôt? Café</p>" in text_of(answer)
    assert "Le logiciel n’a rien envoyé." in text_of(answer)
    assert "a préparé un texte pour toi" in text_of(ask(cast, "dossier:who"))
    assert "Un café bientôt?\nCafé" in text_of(ask(cast, "detail"))


def test_the_form_of_a_text_offers_nothing_she_did_not_agree_to(cast):
    agree(cast)

    page = text_of(ask(cast, "text"))
    refused = ask(cast, "text", seal(LineForm) | {"line": "walk"})

    assert re.findall(r'name="line" value="(\w+)"', page) == ["no_rush", "coffee", "own"]
    assert refused.status_code == 422


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_call_sheet_bears_her_lines_her_hours_her_signature_and_no_name(cast, language):
    agree(cast, channel="call")

    answer = ask(cast, "call_sheet", seal(OneStepForm), language=language)

    page = text_of(answer)
    assert answer.status_code == 200
    for words in ("Un café bientôt?", "Rien ne presse", "C’est pour le devoir", "Café", "Jamais"):
        assert words in page
    plain = re.sub(r"<[^>]+>", " ", page.split('<main id="content"')[1])
    for telling in ("Maya", "Éclaircie", "Sphères", "La Maison"):
        assert telling not in plain
    (title,) = re.findall(r"<title>(.*?)</title>", page)
    assert title in {"Feuille", "Sheet"}


@pytest.mark.parametrize(
    ("changes", "name", "at", "says"),
    [
        ({}, "text", OUTSIDE, "C’est en dehors de ses heures"),
        ({}, "call_sheet", IN_HER_HOURS, "Ce n’est pas le moyen choisi"),
        ({"window": ""}, "text", IN_HER_HOURS, "n’ont pas été convenus"),
        ({"confirmed_on": None}, "text", IN_HER_HOURS, "ne l’a pas encore confirmé elle-même"),
        ({"lines": (), "words": ""}, "text", IN_HER_HOURS, "Aucune phrase n’a encore été convenue"),
        ({"channel": "wait"}, "text", IN_HER_HOURS, "a demandé qu’on ne la contacte pas"),
    ],
)
def test_otherwise_the_page_says_why_and_makes_nothing(cast, changes, name, at, says):
    agree(cast, **changes)
    form = LineForm if name == "text" else OneStepForm

    shown = ask(cast, name, at=at)
    sent = ask(cast, name, seal(form) | {"line": "coffee"}, at=at)

    assert says in text_of(shown)
    assert "<button" not in text_of(shown).split('<main id="content"')[1].split("</main>")[0]
    assert sent.status_code in {403, 422}
    assert says in text_of(sent)
    assert "Un café bientôt? Café" not in text_of(sent)
    with acting(cast.ines):
        assert not Prepared.objects.exists()


@pytest.mark.parametrize("name", ["text", "call_sheet"])
def test_while_it_is_not_safe_the_page_says_only_that(cast, name):
    agree(cast)
    is_not_safe(cast)

    shown = text_of(ask(cast, name))

    assert "La joindre n’est pas sécuritaire en ce moment" in shown
    assert "Un café bientôt?" not in shown


def test_long_ago_confirmed_it_is_made_and_says_to_ask_again(cast):
    agree(cast, confirmed_on=date(2026, 1, 4))

    answer = ask(cast, "text", seal(LineForm) | {"line": "coffee"})

    assert "Demandez d’abord si c’est encore un bon moyen." in text_of(answer)


def test_not_safe_is_noted_and_lifted_in_one_step_each(cast):
    agree(cast)

    noted = ask(cast, "not_safe", seal(UnsafeForm, "u") | {"since": "2026-03-04"})
    page = text_of(ask(cast, "detail"))
    ask(cast, "safe", seal(OneStepForm, "s"))
    after = text_of(ask(cast, "detail"))
    ask(cast, "still_true", seal(OneStepForm, "c"))

    assert noted.status_code == 302
    assert "pas sécuritaire depuis le 4 mars" in page
    assert "à confirmer ensemble" in after
    assert "à confirmer ensemble" not in text_of(ask(cast, "detail"))


def test_a_day_to_come_is_refused_and_said(cast):
    answer = ask(cast, "not_safe", seal(UnsafeForm) | {"since": "2026-03-08"})

    assert answer.status_code == 422
    assert text_of(answer).count("Ce jour n’est pas encore venu.") == 2


@pytest.mark.parametrize("who", ["samir", "karim", "louise", "roy", "nadia", "yanick"])
@pytest.mark.parametrize("name", ["detail", "change", "text", "call_sheet"])
def test_for_everybody_else_it_does_not_exist(cast, who, name):
    agree(cast)

    assert ask(cast, name, who=who).status_code == 404


def test_every_page_is_complete_in_french(cast):
    agree(cast)

    with untranslated() as missing:
        for name in ("detail", "change", "text", "call_sheet", "dossier:file"):
            ask(cast, name)
        is_not_safe(cast)
        for name in ("detail", "text", "dossier:file"):
            ask(cast, name)

    assert missing == set()


def test_while_it_is_not_safe_the_file_says_what_never_to_do_and_nothing_to_say(cast):
    agree(cast)
    before = text_of(ask(cast, "dossier:file"))
    is_not_safe(cast)

    after = text_of(ask(cast, "dossier:file"))

    assert "C’est pour le devoir de maths" in before
    assert "Préparer un texte" in before
    assert "C’est pour le devoir de maths" not in after
    assert "Préparer un texte" not in after
    assert "Jamais d’appel." in after
