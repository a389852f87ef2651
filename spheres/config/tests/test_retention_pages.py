"""What do those who keep the files see, what does her worker, and what is on paper?"""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from spheres.core import clock
from spheres.core.clock import day_of
from spheres.privacy.retention import actions, documents, queries
from spheres.sharing.models import Ending, ErasureRequest, Hold
from spheres.sharing.models.keeping import Sort
from tests.cast import MONDAY, TUESDAY, acting, uuid_of
from tests.deciding import House
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
QUEUE, RULES, HOLDS, ASKED = (
    reverse(f"retention:{name}") for name in ("queue", "rules", "holds", "asked")
)
A_YEAR_ON = day_of(MONDAY + timedelta(days=366))


def get(house: House, who: str, url: str, *, language: str = "fr", at=TUESDAY):
    with clock.at(at):
        return signed_in(house[who], at=at, language=language).get(url)


def post(house: House, who: str, url: str, page: str = "", *, at=TUESDAY, **said):
    """Fill in the form of a page, as it came, and send it."""
    with clock.at(at):
        client = signed_in(house[who], at=at)
        shown = client.get(page or url).content.decode()
        action = f'action="{url}"' if page else ""
        part = shown[shown.index(action) :] if action else shown
        form_id = re.search(r'name="form_id" value="([^"]+)"', part)
        assert form_id
        return client.post(url, {"form_id": form_id[1], **said})


def main_of(page: str) -> str:
    found = re.search(r"<main.*</main>", page, re.DOTALL)
    assert found
    return found[0]


def day(name: str, on) -> dict[str, str]:
    return {name: on.isoformat()}


PAGES = {"queue": QUEUE, "rules": RULES, "holds": HOLDS, "asked": ASKED}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["ines", "karim", "louise", "samir", "roy", "amrani"])
def test_whoever_keeps_no_file_is_refused(house: House, name: str, who: str) -> None:
    assert get(house, who, PAGES[name]).status_code == 403


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("at", ["empty", "full"])
def test_every_page_is_whole_in_both_languages(house: House, language: str, at: str) -> None:
    urls = [QUEUE, RULES, HOLDS, ASKED]
    if at == "full":
        sealed = house.decide(exit="SEALED", until_on=A_YEAR_ON)
        with acting(house["lucie"]):
            actions.ask_to_lift(house.row(sealed), "DEMAND", by=house["lucie"])
        house.propose("registers", sorts=[Sort.REGISTER], by="lucie")
        with acting(house["nadia"]):
            actions.place_hold(
                uuid_of("hold"),
                house.file_id,
                ground="CLAIM",
                words="No 1",
                by=house["nadia"],
                at=MONDAY,
            )
        urls += [reverse("retention:one", args=[uuid_of(w)]) for w in ("proposed", "registers")]
        urls.append(reverse("retention:file", args=[house.file_id]))
    with untranslated() as missing:
        answers = [get(house, "nadia", url, language=language).status_code for url in urls]

    assert set(answers) == {200}
    assert missing == set()


def test_no_page_of_those_who_keep_the_files_names_her(house: House) -> None:
    house.decide()
    for who in ("nadia", "lucie", "odile"):
        for url in (
            QUEUE,
            reverse("retention:file", args=[house.file_id]),
            reverse("retention:one", args=[uuid_of("proposed")]),
        ):
            said = get(house, who, url).content.decode()
            assert "Maya" not in said
            assert ("Je veux que tout parte." in said) == (who == "nadia" and "files" in url)


@pytest.mark.parametrize("who", ["ines", "karim", "louise", "samir", "roy"])
def test_what_is_there_and_what_is_not_answer_the_same_to_others(house: House, who: str) -> None:
    house.decide()
    for name, real in (("file", house.file_id), ("one", uuid_of("proposed"))):
        there = get(house, who, reverse(f"retention:{name}", args=[real]))
        nowhere = get(house, who, reverse(f"retention:{name}", args=[uuid_of("nothing")]))
        assert there.status_code == nowhere.status_code == 403


def test_on_their_day_they_read_how_many_wait(house: House) -> None:
    house.close()
    house.ask()
    house.propose()

    for who, sentence in (
        ("odile", "1 décision sur ce qui est gardé attend une deuxième personne."),
        ("ines", ""),
    ):
        said = get(house, who, reverse("dossier:my_day")).content.decode()
        assert ("ce qui est gardé attend" in said) == bool(sentence), who
        assert sentence in said


def test_from_her_request_to_a_letter_and_a_certificate(house: House) -> None:
    """Written by Inès, proposed by Nadia, confirmed by Odile, destroyed, put on paper."""
    hers = reverse("retention:hers", args=[house.file_id])
    asked = post(
        house, "ines", hers, asker="HERSELF", her_words="Que tout parte.", answer="Par Inès.",
        **day("said_on", day_of(TUESDAY)),
    )  # fmt: skip
    assert asked.status_code == 302
    house.close(TUESDAY)
    file = reverse("retention:file", args=[house.file_id])
    proposed = post(
        house, "nadia", file, sorts=["FOLLOW_UP", "REGISTER"], why="REQUEST", exit="DESTROYED"
    )
    assert proposed.status_code == 302
    ending_id = UUID(proposed.url.rstrip("/").rpartition("/")[2])
    confirm = reverse("retention:confirm", args=[ending_id])

    done = post(house, "odile", confirm, proposed.url, read="on")

    assert (done.status_code, done.url) == (302, proposed.url)
    assert house.carry_out(ending_id, TUESDAY)
    assert get(house, "ines", hers).status_code == 404
    for kind in documents.KINDS:
        url = reverse("retention:paper", args=[ending_id, kind])
        paper = post(house, "nadia", url, proposed.url, language="en")
        assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")
        assert paper.content.startswith(b"%PDF")
        assert "Maya" not in paper["Content-Disposition"]


# Bad input.


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"exit": "SEALED"}, "Dites jusqu’à quel jour c’est scellé."),
        ({"exit": "KEPT"}, "Pourquoi c’est gardé va avec"),
        ({"why": "LAW"}, "Pourquoi c’est gardé va avec"),
        ({"exit": "DESTROYED", **day("until_on", A_YEAR_ON)}, "Laissez vide"),
        ({"sorts": []}, "sorts"),
    ],
)
def test_what_does_not_go_together_is_said_and_nothing_is_lost(
    house: House, said: dict, sentence: str
) -> None:
    house.close()
    house.ask()
    file = reverse("retention:file", args=[house.file_id])
    whole = {"sorts": ["FOLLOW_UP"], "why": "REQUEST", "exit": "DESTROYED"} | said

    answer = post(house, "nadia", file, **whole)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with acting(house["nadia"]):
        assert not Ending.objects.exists()


def test_erasing_a_held_file_is_refused_to_whoever_may_know_in_plain_words(house: House) -> None:
    house.close()
    house.ask()
    with acting(house["nadia"]):
        actions.place_hold(
            uuid_of("hold"), house.file_id, ground="CLAIM", words="x", by=house["nadia"], at=MONDAY
        )
    file = reverse("retention:file", args=[house.file_id])
    said = {"sorts": ["FOLLOW_UP"], "why": "REQUEST", "exit": "DESTROYED"}

    to_officer = post(house, "nadia", file, **said)
    to_records = post(house, "lucie", file, **said)

    assert to_officer.status_code == 422
    assert "Un gel juridique est en vigueur sur ce dossier" in to_officer.content.decode()
    assert to_records.status_code == 302
    page = get(house, "lucie", to_records.url).content.decode()
    assert "à l’étude" in page
    assert "gel" not in main_of(page).lower()


def test_the_file_answers_its_worker_as_without_a_hold(house: House) -> None:
    house.ask()
    urls = [
        reverse("retention:hers", args=[house.file_id]),
        reverse("dossier:file", args=[house.file_id]),
    ]

    def seen():
        pages = [main_of(get(house, "ines", url).content.decode()) for url in urls]
        return [re.sub(r'value="[^"]+"', "", page) for page in pages]

    before = seen()
    with acting(house["nadia"]):
        actions.place_hold(
            uuid_of("hold"), house.file_id, ground="CLAIM", words="x", by=house["nadia"], at=MONDAY
        )

    assert seen() == before


def test_a_reference_that_is_not_one_is_said(house: House) -> None:
    for url, more in (
        (HOLDS, {"ground": "CLAIM", "words": "Un numéro"}),
        (ASKED, {"asker": "HERSELF", "her_words": "Tout.", **day("said_on", day_of(MONDAY))}),
    ):
        answer = post(house, "nadia", url, reference="ZZZZ 0000", **more)
        said = answer.content.decode()
        assert answer.status_code == 422
        assert "Aucun dossier de votre organisme n’a cette référence." in said
        assert (more.get("words") or more["her_words"]) in said
    with acting(house["nadia"]):
        assert not Hold.objects.exists()
        assert not ErasureRequest.objects.exists()


def test_the_officer_names_a_file_by_its_reference(house: House) -> None:
    reference = str(house.file_id)[:4].upper() + " " + str(house.file_id)[4:8].upper()

    held = post(house, "nadia", HOLDS, reference=reference, ground="WARRANT", words="No 12")
    asked = post(
        house, "nadia", ASKED, reference=reference, asker="HERSELF", her_words="Tout.",
        **day("said_on", day_of(MONDAY)),
    )  # fmt: skip

    assert (held.status_code, asked.status_code) == (302, 302)
    with acting(house["nadia"]):
        assert [hold.file_id for hold in Hold.objects.all()] == [house.file_id]
        assert [one.row.file_id for one in queries.unanswered(actor=house["nadia"])] == [
            house.file_id
        ]


def test_registers_are_not_kept_less_than_the_follow_up(house: House) -> None:
    answer = post(house, "nadia", RULES, sort="REGISTER", years="2", basis="Décision")

    assert answer.status_code == 422
    assert "au moins aussi longtemps que le suivi" in answer.content.decode()
    assert post(
        house, "nadia", RULES, sort="FOLLOW_UP", years="7", basis="Calendrier"
    ).status_code == 302  # fmt: skip
    with acting(house["nadia"], TUESDAY):
        (rule, *_others) = queries.rules(actor=house["nadia"])
    assert (rule.sort, rule.years, rule.basis, rule.said_by) == (
        Sort.FOLLOW_UP, 7, "Calendrier", "Nadia",
    )  # fmt: skip
    assert 'name="years"' not in get(house, "lucie", RULES).content.decode()


# Paper.


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("exit", ["DESTROYED", "SEALED", "KEPT"])
def test_a_letter_says_what_it_means_and_how_to_have_it_looked_at_again(
    house: House, language: str, exit: str
) -> None:
    ending_id = house.decide(
        exit=exit,
        until_on=A_YEAR_ON if exit == "SEALED" else None,
        why="LAW" if exit == "KEPT" else "REQUEST",
    )
    with acting(house["nadia"], TUESDAY):
        line = queries.ending(ending_id, actor=house["nadia"])
        assert line is not None
        made = {
            neutral: documents.make(
                documents.LETTER,
                line,
                documents.words_of(documents.LETTER, line, actor=house["nadia"]),
                language=language,
                is_neutral=neutral,
            )
            for neutral in (False, True)
        }

    assert all(paper.startswith(b"%PDF") for paper in made.values())
    assert all(b"pdfuaid" in paper for paper in made.values())


def test_with_a_neutral_look_no_organisation_and_no_colleague_is_named(house: House) -> None:
    ending_id = house.decide()
    with acting(house["nadia"], TUESDAY):
        line = queries.ending(ending_id, actor=house["nadia"])
        assert line is not None
        words = documents.words_of(documents.LETTER, line, actor=house["nadia"])
        here = house.cast.la_maison
        neutral, named = (documents.letter(line, words, here, one) for one in (True, False))

    said = {which: repr(paper) for which, paper in (("neutral", neutral), ("named", named))}
    for name in ("La Maison", "Odile", "Nadia"):
        assert name not in said["neutral"]
        assert name in said["named"]
