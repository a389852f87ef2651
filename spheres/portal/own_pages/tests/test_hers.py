"""What does she do with pages that she alone reads, and who else finds anything of them?"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError
from django.urls import reverse

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.followup.exercises.models import PlanSheet
from spheres.portal.notebook.models import Word
from spheres.portal.notebook.tests.factories import (
    confirm_contact,
    give_code,
    herself,
    note_unsafe,
    open_notebook,
)
from spheres.portal.own_pages import actions, policy
from spheres.portal.own_pages.models import OwnPage
from spheres.portal.own_pages.tests.factories import (
    TEXT,
    TITLE,
    begin,
    first_page,
    in_notebook,
    inside_of,
    key_of,
    page,
    send,
    write,
    write_first,
)
from spheres.vault import actions as vault
from tests.cast import MONDAY, Cast, acting
from tests.pages import learn_french, signed_in

learn_french()
TOMORROW = MONDAY + timedelta(days=1)


@pytest.fixture
def opened(cast: Cast) -> Cast:
    confirm_contact(cast)
    open_notebook(cast)
    give_code(cast)
    return cast


def of_the_world(cast: Cast) -> list[int]:
    """How many of her pages each of them finds: her worker, the desk, a stranger."""
    found = []
    for who in (cast.ines, cast.louise, cast.samir):
        with acting(who):
            found.append(OwnPage.objects.count())
    return found


def test_before_the_first_page_she_reads_what_nobody_can_do_for_her(opened: Cast) -> None:
    client = in_notebook()

    said = page(client, "/n/61/")
    refused = send(client, "/n/61/", "/n/62/", title=TITLE, text=TEXT)

    assert "Il faut tes deux numéros ensemble pour l’ouvrir." in said
    assert "Un juge ne peut pas les lire ici." in said
    assert "Si tu oublies ton NIP" in said
    assert "tel:" in said
    with clock.at(MONDAY):
        assert client.get("/n/62/").headers["Location"] == "/n/61/"
    assert refused.status_code == 422
    assert "First" not in refused.content.decode()
    assert begin(client).initial == {"understood": True}


def test_she_writes_reads_changes_and_deletes_for_good(opened: Cast) -> None:
    client = in_notebook()

    kept = write_first(client)
    mine = first_page(client)
    read = page(client, f"/n/63/{mine.pk}/")
    changed = send(
        client, f"/n/64/{mine.pk}/", title=TITLE, text="Autre chose.", version="1", at=MONDAY
    )
    again = page(client, f"/n/63/{mine.pk}/")
    deleted = send(client, f"/n/65/{mine.pk}/")

    assert [one.headers["Location"] for one in (kept, changed, deleted)] == ["/n/61/"] * 3
    assert TEXT in read
    assert ("Autre chose." in again, TEXT in again) == (True, False)
    page(client, f"/n/63/{mine.pk}/", 404)
    with acting(herself(opened)):
        assert OwnPage.objects.count() == 0


def test_sent_twice_it_is_kept_once_and_she_goes_on_writing_when_she_wants(opened: Cast) -> None:
    client = in_notebook()
    with clock.at(MONDAY):
        typed = {
            "form_id": begin(client).signed_id, "title": TITLE, "text": TEXT, "understood": "True",
            "go_on": "yes",
        }  # fmt: skip
        first, second = client.post("/n/62/", typed), client.post("/n/62/", typed)

    mine = first_page(client)
    assert first.headers["Location"] == second.headers["Location"] == f"/n/64/{mine.pk}/"
    with acting(herself(opened)):
        assert OwnPage.objects.count() == 1


def test_changed_in_two_windows_nothing_is_lost_of_either(opened: Cast) -> None:
    client = in_notebook()
    write_first(client)
    address = f"/n/64/{first_page(client).pk}/"
    send(client, address, title=TITLE, text="De la première.", version="1")

    late = send(client, address, title=TITLE, text="De la seconde.", version="1")

    said = late.content.decode()
    assert late.status_code == 422
    assert ("De la première." in said, "De la seconde." in said) == (True, True)
    assert late.context["form"].initial["version"] == 2


def test_nobody_of_the_house_finds_a_page_nor_that_there_is_one(opened: Cast) -> None:
    client = in_notebook()
    write_first(client)
    page(client, f"/n/63/{first_page(client).pk}/")

    assert of_the_world(opened) == [0, 0, 0]
    with acting(opened.ines):
        told = Event.objects.filter(chain_id=opened.maya.file_id)
        assert not {"own_page.kept", "own_page.changed"} & set(
            told.values_list("action", flat=True)
        )
        assert not any("private" in one.sections for one in told)
    ines = signed_in(opened.ines)
    for address in ("", "notebook/", "opened/"):
        with clock.at(MONDAY):
            shown = ines.get(f"/files/{opened.maya.file_id}/{address}").content.decode()
        assert TITLE not in shown
        assert "page privée" not in shown


def test_what_she_does_there_is_told_to_herself_without_saying_which(opened: Cast) -> None:
    client = in_notebook()
    write_first(client)
    page(client, f"/n/63/{first_page(client).pk}/")

    she = herself(opened)
    with acting(she):
        told = list(
            Event.objects.filter(chain_id=she.user_id)
            .order_by("number")
            .values_list("action", "sections", "record_ids")
        )
    assert told == [
        ("own_page.kept", ["private"], []),
        ("open", ["private"], []),
        ("open", ["private"], []),
    ]


def test_her_worker_writes_changes_and_deletes_none_in_her_name(opened: Cast) -> None:
    write_first(in_notebook())
    row = OwnPage(
        id=uuid4(), file_id=opened.maya.file_id, participant_id=herself(opened).user_id,
        title=b"-", text=b"-", written_on=MONDAY,
    )  # fmt: skip

    with acting(opened.ines):
        assert OwnPage.objects.all().delete()[0] == 0
        assert OwnPage.objects.update(title=b"") == 0
        with pytest.raises(ProgrammingError, match="row-level security"):
            OwnPage.objects.bulk_create([row])


def test_lowered_they_wait_and_raised_they_come_back(opened: Cast) -> None:
    client = in_notebook()
    write_first(client)
    open_notebook(opened, "READ")
    lowered = in_notebook()

    page(lowered, "/n/61/", 404)
    assert "Mes pages à moi" not in page(lowered, "/n/1/")
    with acting(herself(opened)):
        assert OwnPage.objects.count() == 0
    assert "attendent" in page(lowered, "/n/2/")
    open_notebook(opened)
    assert TITLE in page(in_notebook(), "/n/61/")


def test_closed_because_it_is_not_safe_nobody_comes_to_them(opened: Cast) -> None:
    client = in_notebook()
    write_first(client)
    note_unsafe(opened)

    assert page(client, "/n/61/", 302) == ""
    with acting(herself(opened)):
        assert OwnPage.objects.count() == 0


def test_a_page_is_given_word_for_word_as_a_record_of_her_plan(opened: Cast) -> None:
    client = in_notebook()
    write_first(client)
    mine = first_page(client)
    before = page(client, f"/n/66/{mine.pk}/")

    given = send(client, f"/n/66/{mine.pk}/", words="Je t’ai donné une page.")

    assert TEXT in before
    assert "quiconque tu as autorisé" in before
    assert given.headers["Location"] == "/n/61/"
    with acting(opened.ines):
        sheet = PlanSheet.objects.get()
        word = Word.objects.get()
        vault.open([sheet, word], by=opened.ines)
    assert (sheet.exercise, sheet.pen, sheet.opened.her_words) == (
        "a-page-of-mine", "HERSELF", TITLE,
    )  # fmt: skip
    assert TEXT in sheet.opened.answers
    assert word.opened.words == "Je t’ai donné une page."
    with clock.at(MONDAY):
        shown = signed_in(opened.ines).get(
            reverse("plan_sheets:detail", args=[opened.maya.file_id, sheet.pk])
        )
    assert TEXT in shown.content.decode()
    assert "donnée" in page(client, "/n/61/")


def test_what_was_given_stays_when_the_page_is_deleted(opened: Cast) -> None:
    client = in_notebook()
    write_first(client)
    mine = first_page(client)
    send(client, f"/n/66/{mine.pk}/", words="")

    send(client, f"/n/65/{mine.pk}/")

    with acting(opened.ines):
        assert (PlanSheet.objects.count(), Word.objects.count()) == (1, 0)


def test_without_her_plan_open_a_page_is_not_given(opened: Cast) -> None:
    open_notebook(opened, "WRITE", frozenset({"words"}))
    client = in_notebook()
    write_first(client)
    mine = first_page(client)

    assert "va avec ton plan" in page(client, f"/n/63/{mine.pk}/")
    page(client, f"/n/66/{mine.pk}/", 404)


def test_a_hundred_pages_then_one_is_deleted_first(opened: Cast) -> None:
    client = in_notebook()
    write_first(client)
    with clock.at(MONDAY), acting(herself(opened)):
        inside = inside_of(client)
        for _ in range(policy.MOST - 1):
            said = actions.Written(TITLE, TEXT)
            actions.keep(inside, uuid4(), said, understood=True, key=key_of(client), at=MONDAY)
        with pytest.raises(NotAllowed):
            actions.keep(inside, uuid4(), said, understood=True, key=key_of(client), at=MONDAY)

    assert write(client, "Une de plus", TEXT).status_code == 422
    assert "Supprime" in page(client, "/n/61/")


def test_only_the_day_is_kept_and_every_page_takes_the_same_room(opened: Cast) -> None:
    client = in_notebook()
    write_first(client, "a", "b")
    write(client, "é" * 80, "😀" * 4000, at=MONDAY + timedelta(minutes=1))

    with acting(herself(opened)):
        kept = [(len(one.title), len(one.text), one.written_on) for one in OwnPage.objects.all()]
    assert kept[0] == kept[1]
    assert kept[0][2] == date(2026, 3, 2)


def test_the_pages_cost_the_same_at_one_and_at_three(
    opened: Cast, django_assert_max_num_queries
) -> None:
    client = in_notebook()
    write_first(client)
    with django_assert_max_num_queries(8) as at_one:
        page(client, "/n/61/")
    write(client, "Deux", TEXT)
    write(client, "Trois", TEXT)
    with django_assert_max_num_queries(8) as at_three:
        page(client, "/n/61/")

    assert len(at_one.captured_queries) == len(at_three.captured_queries)


def test_in_english_too(opened: Cast) -> None:
    client = in_notebook("en")

    assert "Only your two numbers, together, open it." in page(client, "/n/61/")
    write_first(client)
    mine = first_page(client)
    for address in ("/n/61/", "/n/62/", *(f"/n/{one}/{mine.pk}/" for one in (63, 64, 65, 66))):
        assert '<html lang="en-CA"' in page(client, address)
