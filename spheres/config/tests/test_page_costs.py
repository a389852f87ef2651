"""What does each page a worker uses ask of the database, with one row and with three?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spheres.core import clock
from spheres.followup.admission import actions as admission
from spheres.followup.meetings import actions as meetings
from spheres.followup.notes.forms import NoteForm
from spheres.followup.reaching import actions as reaching
from spheres.followup.reaching.forms import LineForm, ReachingForm, UnsafeForm
from spheres.followup.reaching.models import Prepared
from spheres.followup.reaching.queries import lines_of
from spheres.followup.reaching.tests.factories import IN_HER_HOURS, agree, header
from spheres.ui.forms import Form
from tests.cast import MONDAY, Cast, acting, follow, refer, sign_note, uuid_of
from tests.pages import signed_in

MOST = 8

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("rows", [1, 3])]


def statements(client: Client, ask: Callable[[Client], int], *, status: int) -> int:
    """What one page says to the database, once the process is warm.

    A test's own transaction stands around the page: a savepoint in place of the transaction, and
    the context taken back, which the end of a real transaction does by itself.
    """
    with clock.at(MONDAY), CaptureQueriesContext(connection) as asked:
        assert ask(client) == status
    first, *said, taken_back, last = [query["sql"].split(" ")[0:2] for query in asked]
    assert (first[0], taken_back[0:1], last[0]) == ("SAVEPOINT", ["select"], "RELEASE")
    return len(said)


def the_people_of_ines(cast: Cast, rows: int) -> None:
    for name in ("Lou", "Zoé")[: rows - 1]:
        follow(name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)


@pytest.mark.parametrize(("address", "cost"), [("/people/", 4), ("/people/?q=maya", 4)])
def test_my_people_cost_the_same(cast: Cast, rows: int, address: str, cost: int) -> None:
    the_people_of_ines(cast, rows)

    asked = statements(signed_in(cast.ines), lambda c: c.get(address).status_code, status=200)

    assert asked == cost <= MOST


def test_my_day_costs_the_same(cast: Cast, rows: int) -> None:
    the_people_of_ines(cast, rows)

    asked = statements(signed_in(cast.ines), lambda c: c.get("/").status_code, status=200)

    # All that the folders put on it is one statement (places.read_day).
    assert asked == 5 <= MOST


def test_my_week_costs_the_same(cast: Cast, rows: int) -> None:
    the_people_of_ines(cast, rows)
    with acting(cast.ines):
        for number in range(rows):
            planned = meetings.Planned(uuid_of(f"meeting {number}"), "meeting", MONDAY)
            meetings.plan(cast.maya.file_id, planned, by=cast.ines, at=MONDAY)

    asked = statements(signed_in(cast.ines), lambda c: c.get("/week/").status_code, status=200)

    assert asked == 5 <= MOST


def test_the_page_of_rights_costs_the_same(cast: Cast, rows: int) -> None:
    the_people_of_ines(cast, rows)

    asked = statements(signed_in(cast.ines), lambda c: c.get("/rights/").status_code, status=200)

    assert asked == 2 <= MOST  # who asks, the organisations; all else is the rule table itself


def test_quick_contact_costs_the_same(cast: Cast, rows: int) -> None:
    the_people_of_ines(cast, rows)

    asked = statements(signed_in(cast.ines), lambda c: c.get("/contact/").status_code, status=200)

    assert asked == 6 <= MOST


def test_noting_an_outing_costs_the_same(cast: Cast, rows: int) -> None:
    the_people_of_ines(cast, rows)
    page = reverse("notes:write", args=[cast.maya.file_id])
    said = {
        "form_id": NoteForm.signer().sign(uuid_of("a new note").hex),
        "people": [str(cast.maya.file_id)],
        "shown_for": str(cast.maya.file_id),
        "kind": "activity",
        "day": MONDAY.date().isoformat(),
    }

    asked = statements(signed_in(cast.ines), lambda c: c.post(page, said).status_code, status=302)

    assert asked == 11  # a note, and the three that open the names of all her people


def test_a_file_costs_the_same(cast: Cast, rows: int) -> None:
    with acting(cast.ines):
        for number in range(1, rows):
            sign_note(cast.maya.file_id, f"note {number}", by=cast.ines)
    page = reverse("dossier:file", args=[cast.maya.file_id])

    asked = statements(signed_in(cast.ines), lambda c: c.get(page).status_code, status=200)

    assert asked == 8 <= MOST  # of all kinds of record at once (records/timeline.py)


def test_adding_a_note_costs_the_same(cast: Cast, rows: int) -> None:
    with acting(cast.ines):
        for number in range(1, rows):
            sign_note(cast.maya.file_id, f"note {number}", by=cast.ines)
    page = reverse("notes:write", args=[cast.maya.file_id])
    said = {
        "form_id": NoteForm.signer().sign(uuid_of("a new note").hex),
        "kind": "meeting",
        "day": MONDAY.date().isoformat(),
        "her_words": "J’ai ri.",
    }

    asked = statements(signed_in(cast.ines), lambda c: c.post(page, said).status_code, status=302)

    assert asked == 8 <= MOST  # one asks whether this was the first contact after an acceptance


def test_the_desk_costs_the_same(cast: Cast, rows: int) -> None:
    for number in range(rows):
        refer(f"waiting {number}", desk=cast.institute.pk)
        taken = refer(f"taken on {number}", desk=cast.institute.pk)
        offer = uuid_of(f"offer {number}")
        with acting(cast.louise):
            admission.offer(taken, to=cast.ines.user_id, offer_id=offer, by=cast.louise, at=MONDAY)
        with acting(cast.ines):
            admission.accept(offer, desk=cast.institute.pk, by=cast.ines, at=MONDAY)

    asked = statements(signed_in(cast.louise), lambda c: c.get("/desk/").status_code, status=200)

    assert asked == 8 <= MOST  # one asks of the directory, one of pages that do not open


def agreed_with_maya(cast: Cast, rows: int) -> None:
    for number in range(rows):
        agree(cast, f"agreed {number}", at=IN_HER_HOURS, code_word=f"mot {number}", window="any")
        with acting(cast.ines, IN_HER_HOURS):
            person = header(cast)
            reaching.prepare(
                person,
                Prepared.Kind.TEXT,
                lines_of(person),
                made_id=uuid_of(f"made {number}"),
                by=cast.ines,
                at=IN_HER_HOURS,
            )


@pytest.mark.parametrize(
    ("name", "cost"), [("detail", 7), ("change", 5), ("text", 4), ("call_sheet", 4)]
)
def test_the_way_to_reach_her_costs_the_same(cast: Cast, rows: int, name: str, cost: int) -> None:
    agreed_with_maya(cast, rows)
    page = reverse(f"reaching:{name}", args=[cast.maya.file_id])

    asked = statements(signed_in(cast.ines), lambda c: c.get(page).status_code, status=200)

    assert asked == cost <= MOST


@pytest.mark.parametrize(
    ("name", "form", "cost", "status"),
    [
        ("change", ReachingForm, 8, 302),
        ("not_safe", UnsafeForm, 8, 302),
        ("text", LineForm, 7, 200),
    ],
)
def test_writing_how_to_reach_her_costs_the_same(
    cast: Cast, rows: int, name: str, form: type[Form], cost: int, status: int
) -> None:
    agreed_with_maya(cast, rows)
    page = reverse(f"reaching:{name}", args=[cast.maya.file_id])
    said = {
        "form_id": form.signer().sign(uuid_of("a new one").hex),
        "after": str(uuid_of(f"agreed {rows - 1}")),
        "channel": "text",
        "when": "any",
        "code_word": "érable",
        "line": "coffee",
    }

    asked = statements(
        signed_in(cast.ines), lambda c: c.post(page, said).status_code, status=status
    )

    assert asked == cost <= MOST


def test_a_referral_at_the_desk_costs_the_same(cast: Cast, rows: int) -> None:
    file_id = refer("asked of several", desk=cast.institute.pk)
    with acting(cast.louise):
        asked = (cast.ines, cast.yanick, cast.samir)[:rows]
        offers = {uuid_of(f"asked {who.user_id}"): who.user_id for who in asked}
        admission.offer_to(file_id, offers, by=cast.louise, at=MONDAY)
    page = reverse("admission:referral", args=[file_id])

    asked_of_database = statements(
        signed_in(cast.louise), lambda c: c.get(page).status_code, status=200
    )

    # One of them asks whether she comes back for the answer under a code; another, how many each
    # worker accompanies, of all of them at once: one more than a page should cost.
    assert asked_of_database == MOST + 1
