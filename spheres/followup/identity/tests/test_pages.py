"""Does Maya say who she is in her own words, and is nothing of what she said before lost?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from spheres.audit.models import Event
from spheres.core import clock
from spheres.followup.identity import queries
from spheres.followup.identity.forms import BelongingForm, IdentityForm
from spheres.followup.identity.models import SuggestedTraining
from spheres.regions import loading
from spheres.regions.reading import Refused
from spheres.vault import actions as vault
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in, untranslated

SAID = {
    "chosen_name": "May",
    "pronouns": "elle ou iel",
    "gender": "fille, des fois",
    "language": "fr",
    "languages": "français, créole à la maison",
    "interpreter": "",
}


def form_id() -> str:
    return IdentityForm(record_id=uuid_of("said anew")).signed_id


def test_she_says_it_anew_and_what_was_said_before_stays(cast: Cast) -> None:
    page = f"/files/{cast.maya.file_id}/identity/"
    with clock.at(TUESDAY):
        client = signed_in(cast.ines, at=TUESDAY)
        answers = [client.post(page, {"form_id": form_id(), **SAID}) for _ in range(2)]
        file = client.get(f"/files/{cast.maya.file_id}/").content.decode()

    assert [answer.status_code for answer in answers] == [302, 302]
    with acting(cast.ines, TUESDAY):
        rows = list(queries.identities(cast.maya.file_id, actor=cast.ines))
        vault.open(rows, by=cast.ines)
        [event] = Event.objects.filter(action="identity.said")
    assert [row.opened.chosen_name for row in rows] == ["May", "Maya"]
    assert IdentityForm.values_of(rows[0]) == SAID | {"birth_date": ""}
    assert (event.record_ids, event.sections) == ([rows[0].pk], ["identity"])
    for words in ("elle ou iel", "fille, des fois", "créole à la maison"):
        assert words in file


def test_without_a_name_it_is_said_beside_and_nothing_typed_is_lost(cast: Cast) -> None:
    with clock.at(MONDAY):
        answer = signed_in(cast.ines).post(
            f"/files/{cast.maya.file_id}/identity/",
            {"form_id": form_id(), **SAID, "chosen_name": ""},
        )

    page = answer.content.decode()
    assert (answer.status_code, "error-summary" in page) == (422, True)
    assert "fille, des fois" in page


def test_her_nations_stay_closed_until_she_wants_them_opened(cast: Cast) -> None:
    page = f"/files/{cast.maya.file_id}/identity/nations/"
    words = "Innue de Uashat, et Atikamekw par ma mère"
    number = BelongingForm(record_id=uuid_of("nations")).signed_id
    with clock.at(MONDAY):
        client = signed_in(cast.ines)
        sent = [client.post(page, {"form_id": number, "nations": words}) for _ in range(2)]
        closed = [
            client.get(path).content.decode()
            for path in (
                page,
                f"/files/{cast.maya.file_id}/identity/",
                f"/files/{cast.maya.file_id}/",
            )
        ]
        with acting(cast.ines):
            before = Event.objects.filter(action="belonging.opened").count()
        opened = client.post(f"{page}open/").content.decode()
        stranger = signed_in(cast.samir).post(f"{page}open/")
        who = client.get(f"/files/{cast.maya.file_id}/who/").content.decode()

    with acting(cast.ines):
        [event] = Event.objects.filter(action="belonging.opened")
        [row] = queries.belongings(cast.maya.file_id, actor=cast.ines)
    assert [answer.status_code for answer in sent] == [302, 302]
    assert [words in text for text in closed] == [False, False, False]
    assert (before, words in opened, event.record_ids) == (0, True, [row.pk])
    assert (stranger.status_code, words in stranger.content.decode()) == (404, False)
    assert "a ouvert ce que tu as dit de tes nations" in who
    assert "de tes nations\u00a0:" not in who
    assert event.sections == ["legal"]


def test_what_was_said_of_her_nations_is_taken_back_with_nothing(cast: Cast) -> None:
    page = f"/files/{cast.maya.file_id}/identity/nations/"
    for at, which, words in ((MONDAY, "said", "Crie"), (TUESDAY, "taken back", "")):
        with clock.at(at):
            client = signed_in(cast.ines, at=at)
            number = BelongingForm(record_id=uuid_of(which)).signed_id
            assert client.post(page, {"form_id": number, "nations": words}).status_code == 302
    with clock.at(TUESDAY):
        opened = client.post(f"{page}open/").content.decode()

    assert ("Crie" in opened, "L’a retiré" in opened) == (False, True)


def test_opening_it_suggests_the_training_of_the_region_once_a_day_and_blocks_nothing(
    cast: Cast,
) -> None:
    page = f"/files/{cast.maya.file_id}/identity/nations/"
    words, training = "Innue de Uashat", "Accompanying First Nations and Inuit youth"
    number = BelongingForm(record_id=uuid_of("nations")).signed_id
    with clock.at(MONDAY):
        client = signed_in(cast.ines, language="en")
        client.post(page, {"form_id": number, "nations": words})
        pages = [client.get(page), client.post(f"{page}open/"), client.post(f"{page}open/")]
    with clock.at(TUESDAY):
        client = signed_in(cast.ines, at=TUESDAY, language="en")
        pages.append(client.post(f"{page}open/"))

    shown = [answer.content.decode() for answer in pages]
    assert [words in each for each in shown] == [False, True, True, True]
    assert [training in each for each in shown] == [False, True, False, True]
    assert "ask the coordination" in shown[1]


def test_nothing_tells_that_it_was_suggested(cast: Cast) -> None:
    columns = {field.column for field in SuggestedTraining._meta.concrete_fields}

    assert not {name for name in columns if name.endswith(("_by", "_at")) or "user" in name}


WHERE = "where: {ask: coordination}"
MISTAKES = (
    (WHERE, "where: {}", "say one of the two: an address (web)"),
    (WHERE, "where: {ask: somebody}", "«somebody» is not known here"),
    ("verified_on: 2026-10-15", 'verified_on: ""', "says which day it was verified."),
    (", en: half a day", "", "en"),
)


@pytest.mark.parametrize(("before", "after", "sentence"), MISTAKES)
def test_a_training_that_is_not_whole_is_refused(
    before: str, after: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(settings.ROOT / "regions" / "demo", tmp_path / "demo")
    file = tmp_path / "demo" / "trainings.yaml"
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")
    monkeypatch.chdir(tmp_path)

    with translation.override("en"), pytest.raises(Refused) as refusal:
        loading.check(Path("demo"))

    assert "trainings.yaml" in str(refusal.value)
    assert sentence in str(refusal.value)


@pytest.mark.parametrize("region", ["demo", "montreal"])
def test_each_region_suggests_one_in_both_languages(region: str) -> None:
    said = loading.check(settings.ROOT / "regions" / region).said["trainings"]

    assert [(bool(one.title_fr), bool(one.title_en)) for one in said] == [(True, True)]


@pytest.mark.parametrize(("who", "status"), [("samir", 404), ("karim", 404), ("louise", 404)])
def test_nobody_else_says_it_for_her(cast: Cast, who: str, status: int) -> None:
    with clock.at(MONDAY):
        answer = signed_in(getattr(cast, who)).post(
            f"/files/{cast.maya.file_id}/identity/", {"form_id": form_id(), **SAID}
        )

    with acting(cast.ines):
        rows = list(queries.identities(cast.maya.file_id, actor=cast.ines))
    assert (answer.status_code, len(rows)) == (status, 1)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_is_complete_in_both_languages(cast: Cast, language: str) -> None:
    with clock.at(MONDAY), untranslated() as missing:
        client = signed_in(cast.ines, language=language)
        assert client.get(f"/files/{cast.maya.file_id}/identity/").status_code == 200
        assert client.get(f"/files/{cast.maya.file_id}/identity/nations/").status_code == 200
        assert client.post(f"/files/{cast.maya.file_id}/identity/nations/open/").status_code == 200
        assert client.get(f"/files/{cast.maya.file_id}/").status_code == 200
    assert missing == set()


@pytest.mark.parametrize(
    ("born", "status", "sentence"),
    [
        ("2008-05-02", 302, ""),
        ("", 302, ""),
        ("2030-01-01", 422, "Ce jour n’est pas encore venu."),
        ("1926-01-01", 422, "Ce jour est très ancien."),
    ],
)
def test_her_day_of_birth_is_hers_to_give_and_to_take_back(
    cast: Cast, born: str, status: int, sentence: str
) -> None:
    page = f"/files/{cast.maya.file_id}/identity/"
    client = signed_in(cast.ines, at=TUESDAY)
    with clock.at(TUESDAY):
        answer = client.post(page, {"form_id": form_id(), **SAID, "birth_date": born})
        shown = client.get(page).content.decode()

    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert Page(shown).fields["birth_date_year"] == (born[:4] if status == 302 else "")
