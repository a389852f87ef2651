"""Does one press of her worker write what she asked in its register, as of the day she asked?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from spheres.core import clock
from spheres.followup.disclosures.tests.factories import prepare, to_roy
from spheres.participants import queries as participants
from spheres.portal.my_say.models import Answer, Ask
from spheres.portal.my_say.tests.factories import born_on, get, her_notebook
from spheres.portal.my_say.tests.test_asking import ask, asked_page
from spheres.privacy.access_requests.models import AccessRequest
from spheres.sharing.models import DisclosureStep, ErasureRequest, ErasureWords
from spheres.vault import actions as vault
from tests.cast import MONDAY, Cast, acting
from tests.pages import learn_french, signed_in

learn_french()
Kind = Ask.Kind
LATER = MONDAY + timedelta(days=3)
BEGUN = [
    (Kind.BAR, "restrictions/new/"),
    (Kind.CORRECT, "requests/"),
    (Kind.SURVIVOR, "communications/meeting/"),
]


def line_of(cast: Cast, ines: Client, kind: Kind, *, at: Any = LATER) -> Any:
    lines = get(ines, asked_page(cast), at=at).context["lines"]
    return next(one for one in lines if one.asked.row.kind == kind)


def press(cast: Cast, ines: Client, kind: Kind, **typed: str) -> HttpResponse:
    """Inès presses, three days after it was asked."""
    line = line_of(cast, ines, kind)
    where = f"{asked_page(cast)}{line.asked.row.pk}/register/"
    with clock.at(LATER):
        return ines.post(where, {"form_id": line.register_form.signed_id, **typed})  # type: ignore[return-value]


def stands(cast: Cast) -> list[str]:
    with acting(cast.ines, LATER):
        return list(Answer.objects.values_list("stands", flat=True))


def test_an_erasure_is_in_its_register_as_of_the_day_she_asked(cast: Cast) -> None:
    client, ines = her_notebook(cast), signed_in(cast.ines, at=LATER)
    ask(client, Kind.ERASE, "Tout ce qui parle de mon père.")
    line = line_of(cast, ines, Kind.ERASE)
    where = f"{asked_page(cast)}{line.asked.row.pk}/register/"
    with clock.at(LATER):
        sent = {"form_id": line.register_form.signed_id}
        pressed = [ines.post(where, sent) for _ in range(2)]
    page = get(ines, asked_page(cast), at=LATER).content.decode()

    assert [one.status_code for one in pressed] == [302, 302]
    with acting(cast.ines, LATER):
        row, words = ErasureRequest.objects.get(), ErasureWords.objects.get()
        vault.open([words], by=cast.ines)
    assert (row.pk, row.asker, row.said_on) == (line.asked.row.pk, "HERSELF", date(2026, 3, 2))
    assert words.opened.her_words == "Tout ce qui parle de mon père."
    assert stands(cast) == ["TAKEN_UP"]
    assert "L’inscrire au registre" not in page


def test_a_copy_says_that_it_came_from_her_notebook(cast: Cast) -> None:
    client, ines = her_notebook(cast), signed_in(cast.ines, at=LATER)
    ask(client, Kind.COPY)

    press(cast, ines, Kind.COPY)

    with acting(cast.ines, LATER):
        row = AccessRequest.objects.get()
    assert (row.way, row.received_on, row.due_on) == (
        "NOTEBOOK", date(2026, 3, 2), date(2026, 4, 1),
    )  # fmt: skip


@pytest.mark.parametrize(("kind", "where"), BEGUN)
def test_what_somebody_must_judge_opens_its_form_with_her_words(
    cast: Cast, kind: Kind, where: str
) -> None:
    client, ines = her_notebook(cast), signed_in(cast.ines, at=LATER)
    ask(client, kind, "Pas le voisin.")

    pressed = press(cast, ines, kind)
    to = pressed.headers["Location"]
    form = get(ines, to, at=LATER).content.decode()

    assert to.startswith(f"/files/{cast.maya.file_id}/{where}?ask=")
    assert "Pas le voisin." in form
    assert "voisin" not in to
    assert stands(cast) == ["TAKEN_UP"]


def test_the_form_of_the_register_begins_on_the_day_she_asked(cast: Cast) -> None:
    client, ines = her_notebook(cast), signed_in(cast.ines, at=LATER)
    ask(client, Kind.CORRECT, "Ce n’est pas moi qui l’ai dit.")

    form = get(ines, press(cast, ines, Kind.CORRECT).headers["Location"], at=LATER).context["form"]

    begun = {name: form.initial[name] for name in ("asker", "wish", "way", "received_on", "words")}
    assert begun == {
        "asker": "SELF",
        "wish": "RECTIFY",
        "way": "NOTEBOOK",
        "received_on": date(2026, 3, 2),
        "words": "Ce n’est pas moi qui l’ai dit.",
    }


def test_whom_she_bars_is_chosen_with_her_words_already_there(cast: Cast) -> None:
    client, ines = her_notebook(cast), signed_in(cast.ines, at=LATER)
    ask(client, Kind.BAR, "Pas Karim.")
    choose = get(ines, press(cast, ines, Kind.BAR).headers["Location"], at=LATER).content.decode()
    ask_id = line_of(cast, ines, Kind.BAR).asked.row.pk

    where = f"/files/{cast.maya.file_id}/restrictions/new/anywhere/?ask={ask_id}"
    form = get(ines, where, at=LATER).context["form"]

    assert where in choose
    assert form.initial["her_words"] == "Pas Karim."


def test_her_name_is_written_once_she_confirmed_it_face_to_face(cast: Cast) -> None:
    client, ines = her_notebook(cast), signed_in(cast.ines, at=LATER)
    ask(client, Kind.NAME, "Appelle-moi Nour.")

    alone = press(cast, ines, Kind.NAME, name="Maya")
    before = stands(cast)
    together = press(cast, ines, Kind.NAME, confirmed="on", name="Maya")
    page = get(ines, together.headers["Location"], at=LATER).content.decode()

    assert (alone.status_code, before) == (422, [])
    assert together.headers["Location"].startswith(f"/files/{cast.maya.file_id}/identity/")
    assert "Appelle-moi Nour." in page
    assert stands(cast) == ["TAKEN_UP"]


def called(cast: Cast) -> tuple[str, str, str]:
    with acting(cast.ines, LATER):
        person = participants.header(cast.maya.file_id, actor=cast.ines)
        assert person is not None
    return person.name, person.pronouns, person.birth_date


def test_her_name_and_pronouns_are_written_in_one_press_and_all_else_stands(cast: Cast) -> None:
    client, ines = her_notebook(cast), signed_in(cast.ines, at=LATER)
    born_on(cast, "2009-05-04")
    ask(client, Kind.NAME, "Appelle-moi Nour, elle.")
    typed = {"name": "Nour", "pronouns": "elle"}

    alone = press(cast, ines, Kind.NAME, **typed)
    before = called(cast)
    pressed = press(cast, ines, Kind.NAME, confirmed="on", **typed)
    page = get(client, "/n/47/").content.decode()

    assert (alone.status_code, before) == (422, ("Maya", "", "2009-05-04"))
    assert pressed.headers["Location"] == asked_page(cast)
    assert called(cast) == ("Nour", "elle", "2009-05-04")
    assert stands(cast) == ["DONE"]
    assert "C’est réglé." in page


@pytest.mark.parametrize("kind", [Kind.SHARE, Kind.REACH, Kind.REFERRAL])
def test_what_is_never_one_press_says_so(cast: Cast, kind: Kind) -> None:
    client, ines = her_notebook(cast), signed_in(cast.ines, at=LATER)
    ask(client, kind)

    line = line_of(cast, ines, kind)
    page = get(ines, asked_page(cast), at=LATER).content.decode()

    assert line.register_form is None
    assert "Jamais en un seul geste" in page


@pytest.mark.parametrize("where", ["restrictions/new/", "requests/", "identity/"])
@pytest.mark.parametrize("sent", ["x", "00000000-0000-4000-8000-000000000000"])
def test_a_page_begun_from_nothing_is_the_page(cast: Cast, where: str, sent: str) -> None:
    her_notebook(cast)
    ines = signed_in(cast.ines, at=LATER)

    found = get(ines, f"/files/{cast.maya.file_id}/{where}?ask={sent}", at=LATER)

    assert found.status_code == 200
    assert "Demandé depuis son carnet" not in found.content.decode()


def test_a_meeting_that_stands_is_cancelled_in_one_press(cast: Cast) -> None:
    client, ines = her_notebook(cast), signed_in(cast.ines, at=LATER)
    ask(client, Kind.SURVIVOR, "Je ne veux plus.")
    nothing = line_of(cast, ines, Kind.SURVIVOR).cancel_form
    items = {"NAME": "Maya", "LANGUAGE": "français", "CONTACT": "Texto.", "DATES": "Le 9."}
    meeting = {"purpose": "SURVIVOR", "capacity": "SURVIVORS", "to_user_id": None, "items": items}
    prepare(cast, to_roy(cast, meeting_on=None, **meeting))
    line = line_of(cast, ines, Kind.SURVIVOR)

    with clock.at(LATER):
        where = f"{asked_page(cast)}{line.asked.row.pk}/cancel/"
        for _ in range(2):
            ines.post(where, {"form_id": line.cancel_form.signed_id})

    assert nothing is None
    with acting(cast.ines, LATER):
        assert list(DisclosureStep.objects.values_list("kind", flat=True)) == ["WITHDRAWN"]
    assert stands(cast) == ["DONE"]
