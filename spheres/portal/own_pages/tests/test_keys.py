"""What keeps her private pages when her numbers change, and what loses them?"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from spheres.accounts.sessions import DOORKEEPER
from spheres.followup.identity import actions as identity
from spheres.portal.notebook import actions as notebook
from spheres.portal.notebook.tests.factories import (
    CODE,
    PIN,
    come_in,
    confirm_contact,
    give_code,
    herself,
    open_notebook,
    telephone,
)
from spheres.portal.own_pages.models import OwnPage
from spheres.portal.own_pages.tests.factories import (
    TEXT,
    TITLE,
    first_page,
    in_notebook,
    page,
    send,
    write_first,
)
from spheres.vault import actions as vault
from spheres.vault import stretching
from spheres.vault.cipher import Sealed
from tests.cast import MONDAY, Cast, acting
from tests.pages import learn_french, signed_in

learn_french()
ANOTHER, NEW_PIN = "5148830011772299", "582017"


@pytest.fixture
def opened(cast: Cast) -> Cast:
    confirm_contact(cast)
    open_notebook(cast)
    give_code(cast)
    return cast


def she_was_born(cast: Cast, day: date) -> None:
    said = identity.Said(uuid4(), "Maya", "elle", "fr", "", "", "", day)
    later = MONDAY + timedelta(minutes=1)
    with acting(cast.ines, later):
        identity.say(cast.maya.file_id, said, by=cast.ines, at=later)


def change_pin(client: Client, old: str = PIN, new: str = NEW_PIN, again: str = ""):  # type: ignore[no-untyped-def]
    return send(client, "/n/60/", pin=old, new=new, again=again or new)


def test_with_another_pin_her_pages_stay_hers_and_the_one_before_opens_nothing(
    opened: Cast,
) -> None:
    client = in_notebook()
    write_first(client)

    changed = change_pin(client)

    assert changed.headers["Location"] == "/n/2/"
    assert TITLE in page(client, "/n/61/")
    assert come_in(telephone()).status_code == 422
    again = in_notebook(pin=NEW_PIN)
    assert TEXT in page(again, f"/n/63/{first_page(again).pk}/")


def test_lowered_her_pin_changes_and_her_pages_stay_hers(opened: Cast) -> None:
    write_first(in_notebook())
    open_notebook(opened, "PRACTICAL", frozenset())

    change_pin(in_notebook())

    open_notebook(opened)
    assert TITLE in page(in_notebook(pin=NEW_PIN), "/n/61/")


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("111222", NEW_PIN, NEW_PIN, "Ce n’est pas le NIP que tu as."),
        (PIN, "123456", "123456", "Choisissez-en un autre"),
        (PIN, NEW_PIN, "582018", "ne sont pas identiques"),
        (PIN, "140510", "140510", "Choisissez-en un autre"),
    ],
)
def test_a_wrong_or_an_obvious_pin_changes_nothing(
    opened: Cast, old: str, new: str, again: str, said: str
) -> None:
    she_was_born(opened, date(2010, 5, 14))
    client = in_notebook()

    refused = change_pin(client, old, new, again)

    assert refused.status_code == 422
    assert NEW_PIN not in refused.content.decode()
    assert come_in(telephone()).headers["Location"] == "/n/1/"


def test_five_wrong_pins_inside_put_her_out(opened: Cast) -> None:
    client = in_notebook()
    for _ in range(5):
        change_pin(client, "111222")

    assert page(client, "/n/1/", 302) == ""
    assert come_in(telephone()).status_code == 422


def test_another_code_destroys_what_the_one_before_alone_opened(opened: Cast) -> None:
    write_first(in_notebook())

    give_code(opened, ANOTHER, at=MONDAY + timedelta(minutes=1))

    with acting(herself(opened)):
        assert OwnPage.objects.count() == 0
    assert "Avant la première" in page(in_notebook(code=ANOTHER), "/n/61/")


def test_another_code_for_somebody_else_destroys_nothing_of_hers(opened: Cast) -> None:
    write_first(in_notebook())
    with acting(DOORKEEPER, MONDAY + timedelta(minutes=1)):
        assert OwnPage.objects.count() == 0
        assert OwnPage.objects.all().delete()[0] == 0

    assert TITLE in page(in_notebook(), "/n/61/")


def test_before_another_code_her_worker_is_told_what_it_loses_and_before_the_first_not(
    cast: Cast,
) -> None:
    confirm_contact(cast)
    open_notebook(cast)
    address = f"/files/{cast.maya.file_id}/notebook/code/"
    ines = signed_in(cast.ines)

    first = page(ines, address)
    give_code(cast)
    again = page(ines, address)

    assert ("À dire avant" in first, "À dire avant" in again) == (False, True)


def test_a_code_is_found_by_what_is_slow_to_make_of_it_even_with_the_key_file() -> None:
    digest = notebook.digest_of(CODE)

    assert digest == notebook.digest_of(CODE)
    assert digest not in {
        notebook.digest_of(ANOTHER),
        vault.keyed_digest("notebook code", CODE),
    }


def test_the_key_of_her_pages_opens_with_both_numbers_and_with_no_other() -> None:
    key, salt = stretching.new_pages_key(), stretching.new_salt()
    kept = stretching.wrap_pages_key(key, stretched=stretching.stretch(CODE, PIN, salt=salt))

    assert stretching.pages_key(kept, stretched=stretching.stretch(CODE, PIN, salt=salt)) == key
    for code, pin in ((CODE, NEW_PIN), (ANOTHER, PIN), (CODE, "")):
        with pytest.raises(Sealed):
            stretching.pages_key(kept, stretched=stretching.stretch(code, pin, salt=salt))


def test_a_page_of_other_numbers_says_so_and_is_deleted(opened: Cast) -> None:
    client = in_notebook()
    write_first(client)
    mine = first_page(client)
    with acting(herself(opened)):
        OwnPage.objects.filter(pk=mine.pk).update(version=7)

    assert "Une page qui ne s’ouvre plus" in page(client, "/n/61/")
    assert "Cette page ne s’ouvre plus" in page(client, f"/n/63/{mine.pk}/")
    page(client, f"/n/64/{mine.pk}/", 404)
    page(client, f"/n/66/{mine.pk}/", 404)
    assert send(client, f"/n/65/{mine.pk}/").headers["Location"] == "/n/61/"
