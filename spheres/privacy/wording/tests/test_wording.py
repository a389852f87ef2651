"""Who words the paragraphs of a letter, which words are refused, and which letters change?"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.privacy.access_requests import documents as requested
from spheres.privacy.access_requests.tests.test_papers import head, words_of
from spheres.privacy.legal_demands import documents as demanded
from spheres.privacy.wording import actions, queries
from spheres.privacy.wording.actions import Said
from spheres.privacy.wording.models import RegionalWording, Wording
from spheres.records import wording
from spheres.regions import queries as regions
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_organisation, add_person, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
FR, EN = "Écrivez à {organisation} d’abord.", "Write to {organisation} first."
PAGE = reverse("wording:page")
RECOURSE = reverse("wording:one", args=["answer", "recourse"])
ALSO = reverse("wording:one", args=["answer", "also"])
DELAY = reverse("wording:one", args=["received", "delay"])


def said_of(letter: str, paragraph: str, *, actor, at=TUESDAY):
    found = wording.letter(letter)
    assert found is not None
    with acting(actor, at), translation.override("fr"):
        return wording.words(found, actor=actor, at=at).lines(paragraph, organisation="Ici")


def adopt(cast: Cast, fr: str = FR, en: str = EN, *, at=MONDAY, letter="answer", one="recourse"):
    with acting(cast.nadia, at):
        standing = queries.one(letter, one, actor=cast.nadia, on=clock.day_of(at))
        assert standing is not None
        said = Said(uuid_of(f"{letter} {one} {at}"), fr, en)
        assert actions.adopt(standing, said, by=cast.nadia, at=at)


def go_back(cast: Cast, *, at) -> None:
    with acting(cast.nadia, at):
        standing = queries.one("answer", "recourse", actor=cast.nadia, on=clock.day_of(at))
        assert standing is not None
        assert actions.go_back(standing, uuid_of(f"back {at}"), by=cast.nadia, at=at)


def regional(fr: str, en: str, *, at, counsel_on: date | None = None) -> None:
    row = RegionalWording(
        id=uuid_of(f"regional {at}"), letter="answer", paragraph="recourse", fr=fr, en=en,
        counsel_on=counsel_on, since_at=at,
    )  # fmt: skip
    with acting(LOADER, at):
        RegionalWording.objects.bulk_create([row])
    regions.forget()


def get(who, url: str, *, language: str = "fr", at=TUESDAY):
    with clock.at(at):
        return signed_in(who, at=at, language=language).get(url)


def post(who, url: str, *, at=TUESDAY, page: str = "", **said: str):
    """Fill in a form of a page as it came, and send it."""
    with clock.at(at):
        client = signed_in(who, at=at)
        shown = client.get(page or url).content.decode()
        part = shown[shown.index(f'action="{url if page else ""}"') :]
        hidden = dict(
            re.findall(r'name="(form_id|seen)" value="([^"]*)"', part.split("</form>")[0])
        )
        return client.post(url, {**hidden, **said})


# Which words stand.


def test_ours_then_the_region_s_then_the_organisation_s_own(cast: Cast) -> None:
    ours = said_of("answer", "recourse", actor=cast.nadia)
    regional("Dit la région.", "Says the region.", at=MONDAY)
    of_region = said_of("answer", "recourse", actor=cast.nadia)
    adopt(cast)
    own = said_of("answer", "recourse", actor=cast.ines)

    assert ours[0].startswith("Vous pouvez demander à la Commission")
    assert (of_region, own) == (["Dit la région."], ["Écrivez à Ici d’abord."])


def test_another_organisation_reads_none_of_it(cast: Cast) -> None:
    before = said_of("answer", "recourse", actor=cast.louise)
    adopt(cast)

    assert said_of("answer", "recourse", actor=cast.louise) == before
    with acting(cast.louise, TUESDAY):
        assert not Wording.objects.exists()
    with acting(cast.nadia, TUESDAY):
        assert Wording.objects.count() == 1


def test_a_letter_of_an_earlier_moment_keeps_the_words_it_had(cast: Cast) -> None:
    adopt(cast, "Les premiers mots.", "The first words.", at=MONDAY)
    adopt(cast, "Les suivants.", "The next.", at=TUESDAY)
    wednesday = TUESDAY + timedelta(days=1)
    go_back(cast, at=wednesday)
    days = (MONDAY - timedelta(seconds=1), MONDAY, TUESDAY, wednesday)

    read = [said_of("answer", "recourse", actor=cast.nadia, at=day)[0] for day in days]

    assert read[1:3] == ["Les premiers mots.", "Les suivants."]
    assert read[0] == read[3] != read[1]


def test_what_the_region_says_anew_changes_no_letter_of_an_earlier_day(cast: Cast) -> None:
    regional("Avant.", "Before.", at=MONDAY)
    regional("Depuis.", "Since.", at=TUESDAY)

    read = [said_of("answer", "recourse", actor=cast.nadia, at=day) for day in (MONDAY, TUESDAY)]

    assert read == [["Avant."], ["Depuis."]]


def test_an_acknowledgement_is_the_same_all_the_day_of_its_request(cast: Cast) -> None:
    adopt(cast, "Au plus tard le {until}, ici.", "By {until}.", letter="received", one="delay")
    on, after = clock.day_of(MONDAY), clock.day_of(TUESDAY)

    with acting(cast.nadia, TUESDAY), translation.override("fr"):
        read = [
            words_of(
                requested.acknowledgement(said, requested.received_words(said, actor=cast.nadia))
            )
            for said in (head(received_on=day, due_on=date(2026, 4, 1)) for day in (on, after))
        ]

    assert ["ici." in one for one in read] == [False, True]
    assert "Au plus tard le 1er avril 2026, ici." in read[1]


def test_an_answer_to_a_legal_demand_says_its_own_words_and_may_name_the_house(cast: Cast) -> None:
    url = reverse("wording:one", args=["demand", "follows"])
    said = {"fr": "La Maison attend l’ordre d’un juge.", "en": "La Maison waits for an order."}

    answer = post(cast.nadia, url, **said)

    with acting(cast.nadia, TUESDAY), translation.override("fr"):
        at = demanded.Letterhead(uuid_of("demand"), "ORDER", date(2026, 3, 2))
        words = demanded.answer_words(TUESDAY, actor=cast.nadia)
        letter = words_of(demanded.confirming_nothing(at, cast.la_maison, words))
    assert answer.status_code == 302
    assert "La suite La Maison attend l’ordre d’un juge." in letter
    assert "rien ne peut être communiqué" in letter


def test_with_a_neutral_look_the_organisation_is_not_named(cast: Cast) -> None:
    adopt(cast)
    with acting(cast.nadia, TUESDAY), translation.override("fr"):
        words = requested.answer_words(TUESDAY, actor=cast.nadia)
        neutral, named = (
            words_of(requested.confirming_nothing(head(is_neutral=one), words))
            for one in (True, False)
        )

    assert "Écrivez à l’organisme qui vous remet cette lettre d’abord." in neutral
    assert "Écrivez à La Maison d’abord." in named
    assert "La Maison" not in neutral


# Who may.


@pytest.mark.parametrize("who", ["ines", "karim", "louise", "samir", "roy", "amrani"])
def test_whoever_does_not_guard_privacy_is_refused(cast: Cast, who: str) -> None:
    sample = reverse("wording:sample", args=["answer", "fr"])
    answers = [get(getattr(cast, who), url).status_code for url in (PAGE, RECOURSE, sample)]

    assert answers == [403, 403, 403]


def test_nobody_else_words_it_even_in_the_database(cast: Cast) -> None:
    def row(by, at=MONDAY):
        return Wording(
            id=uuid_of("forged"), organisation_id=cast.la_maison.pk, letter="answer",
            paragraph="recourse", is_own=True, fr="x", en="x",
            adopted_by=by.user_id, adopted_at=at,
        )  # fmt: skip

    with acting(LOADER):
        elsewhere = add_person("Odette", cast.elsewhere, Role.PRIVACY_OFFICER)
    for who, said in (
        (cast.ines, row(cast.ines)),
        (elsewhere, row(elsewhere)),
        (cast.nadia, row(cast.ines)),
        (cast.nadia, row(cast.nadia, TUESDAY)),
    ):
        with acting(who, MONDAY), pytest.raises(DatabaseError), transaction.atomic():
            Wording.objects.bulk_create([said])
    with acting(cast.ines, MONDAY):
        standing = queries.one("answer", "recourse", actor=cast.ines, on=clock.day_of(MONDAY))
        assert standing is not None
        with pytest.raises(NotAllowed):
            actions.adopt(standing, Said(uuid_of("hers"), "x", "x"), by=cast.ines, at=MONDAY)


def test_it_is_written_in_the_journal_and_pressed_twice_it_is_kept_once(cast: Cast) -> None:
    said = {"fr": "Ici : {organisation}.", "en": "Here: {organisation}."}
    with clock.at(TUESDAY):
        client = signed_in(cast.nadia, at=TUESDAY)
        shown = client.get(RECOURSE).content.decode()
        hidden = dict(re.findall(r'name="(form_id|seen)" value="([^"]*)"', shown))
        answers = [client.post(RECOURSE, {**hidden, **said}).status_code for _twice in range(2)]

    with acting(cast.nadia, TUESDAY):
        row = Wording.objects.get()
        event = Event.objects.get(action="letter.worded")
    assert answers == [302, 302]
    assert (row.fr, row.en, row.is_own, row.adopted_by) == (
        said["fr"], said["en"], True, cast.nadia.user_id,
    )  # fmt: skip
    assert (event.actor_id, event.basis) == (cast.nadia.user_id, "answer.recourse")


# Bad input.

BAD = [
    (ALSO, {"fr": "Rien."}, "Écrivez-le dans les deux langues"),
    (RECOURSE, {"fr": "Rien."}, "ne peut pas rester vide"),
    (RECOURSE, {"fr": "", "en": ""}, "ne peut pas rester vide"),
    (RECOURSE, {"fr": "Le {jour}.", "en": "x"}, "{jour} ne représente rien ici"),
    (RECOURSE, {"fr": "Le {organisation.", "en": "x"}, "Une accolade est seule"),
    (DELAY, {"fr": "Bientôt.", "en": "By {until}."}, "Il manque {until}"),
    (RECOURSE, {"fr": "La cliente peut écrire.", "en": "x"}, "« cliente »"),
    (RECOURSE, {"fr": "Écrivez à La Maison.", "en": "x"}, "« La Maison » nomme votre organisme"),
    (RECOURSE, {"fr": "Écrivez à eclaircie.", "en": "x"}, "« eclaircie » nomme le programme"),
    (RECOURSE, {"fr": "Selon l’exploitation.", "en": "x"}, "« exploitation » dit de quoi"),
    (RECOURSE, {"fr": "À vie@lamaison.org", "en": "x"}, "« vie@lamaison.org » dit d’où"),
]


@pytest.mark.parametrize(("url", "said", "sentence"), BAD)
def test_what_a_letter_may_not_say_is_refused_and_nothing_is_lost(
    cast: Cast, url: str, said: dict[str, str], sentence: str
) -> None:
    answer = post(cast.nadia, url, **{"en": "", **said})

    page = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 422
    assert sentence in page.replace("\u00a0", " ")
    assert said["fr"] in page
    with acting(cast.nadia, TUESDAY):
        assert not Wording.objects.exists()


def test_words_adopted_meanwhile_are_never_covered_unseen(cast: Cast) -> None:
    said = {"fr": "Mes mots.", "en": "My words."}
    with clock.at(TUESDAY):
        client = signed_in(cast.nadia, at=TUESDAY)
        shown = client.get(RECOURSE).content.decode()
        hidden = dict(re.findall(r'name="(form_id|seen)" value="([^"]*)"', shown))
        adopt(cast, "Les siens.", "Theirs.", at=TUESDAY)

        refused = client.post(RECOURSE, {**hidden, **said})
        seen = dict(re.findall(r'name="(seen)" value="([^"]*)"', refused.content.decode()))
        done = client.post(RECOURSE, {**hidden, **seen, **said})

    page = refused.content.decode()
    assert (refused.status_code, done.status_code) == (422, 302)
    assert "Les siens." in page
    assert "Mes mots." in page


@pytest.mark.parametrize("path", ["answer/nowhere", "nowhere/recourse"])
def test_what_is_no_paragraph_is_not_there(cast: Cast, path: str) -> None:
    assert get(cast.nadia, f"{PAGE}{path}/").status_code == 404
    assert get(cast.nadia, f"{PAGE}nowhere/sample/fr/").status_code == 404


# Pages.


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_is_whole_in_both_languages(cast: Cast, language: str) -> None:
    regional("Avant.", "Before.", at=MONDAY, counsel_on=date(2026, 1, 1))
    adopt(cast, at=MONDAY)
    regional("Depuis.", "Since.", at=TUESDAY)
    with untranslated() as missing:
        answers = [
            get(cast.nadia, url, language=language).status_code for url in (PAGE, RECOURSE, DELAY)
        ]

    assert (answers, missing) == ([200, 200, 200], set())


def test_the_page_says_whose_words_stand_and_what_is_to_be_read_again(cast: Cast) -> None:
    regional("Avant.", "Before.", at=MONDAY, counsel_on=clock.day_of(MONDAY))
    read = get(cast.nadia, RECOURSE).content.decode()
    adopt(cast, at=MONDAY)
    own = get(cast.nadia, RECOURSE).content.decode()
    regional("Depuis.", "Since.", at=TUESDAY)
    moved = get(cast.nadia, RECOURSE).content.decode()

    assert "Les mots de la région" in read
    assert "Lu par une avocate ou un avocat le" in read
    assert "Vos propres mots" in own
    assert "Pas lu par une avocate ou un avocat." in own
    assert "La région l’a formulé autrement depuis" in moved


def test_one_press_goes_back_to_the_region_s_words(cast: Cast) -> None:
    regional("Dit la région.", "Says the region.", at=MONDAY)
    adopt(cast)
    back = reverse("wording:back", args=["answer", "recourse"])

    answers = [post(cast.nadia, back, page=RECOURSE).status_code]

    assert answers == [302]
    assert said_of("answer", "recourse", actor=cast.nadia) == ["Dit la région."]
    with acting(cast.nadia, TUESDAY):
        assert list(Wording.objects.order_by("adopted_at").values_list("is_own", flat=True)) == [
            True, False,
        ]  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
def test_to_see_it_shows_the_whole_letter_and_keeps_nothing(cast: Cast, language: str) -> None:
    said = {"fr": "Ici {organisation}.", "en": "Here {organisation}.", "look": language}

    answer = post(cast.nadia, RECOURSE, **said)

    expected = {"fr": "Ici L’organisme.", "en": "Here The organisation."}
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert expected[language] in words_of(answer.content)
    with acting(cast.nadia, TUESDAY):
        assert not Wording.objects.exists()


def test_every_letter_is_drawn_with_invented_days_in_both_languages(cast: Cast) -> None:
    for letter in wording.letters():
        for language in ("fr", "en"):
            answer = get(cast.nadia, reverse("wording:sample", args=[letter.code, language]))
            assert answer.content.startswith(b"%PDF")
            assert b"pdfuaid" in answer.content


@pytest.mark.parametrize("versions", [1, 3])
@pytest.mark.parametrize(("url", "cost"), [(PAGE, 3), (RECOURSE, 5)])
def test_pages_ask_as_much_at_one_version_and_at_three(
    cast: Cast, versions: int, url: str, cost: int
) -> None:
    for number in range(versions):
        adopt(cast, at=MONDAY + timedelta(minutes=number))
    client = signed_in(cast.nadia, at=TUESDAY)
    with clock.at(TUESDAY):
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200

    # A test's own transaction stands around the page: three of these are its own.
    assert len(asked) - 3 == cost


def test_an_officer_of_a_part_reads_what_the_whole_says_and_words_nothing(cast: Cast) -> None:
    with acting(LOADER):
        unit = add_organisation("la-maison-unite", "unit")
        type(unit).objects.filter(pk=unit.pk).update(parent_id=cast.la_maison.pk)
        officer = add_person("Paule", unit, Role.PRIVACY_OFFICER)
    adopt(cast)

    page = get(officer, RECOURSE)

    assert page.status_code == 200
    assert "pour tout l’organisme" in page.content.decode()
    assert 'name="fr"' not in page.content.decode()
    assert said_of("answer", "recourse", actor=officer) == ["Écrivez à Ici d’abord."]
