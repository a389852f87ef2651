"""Who opens a reading, of whom, from which age; and what does each of its pages cost?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from spheres.config.tests.test_page_costs import MOST, statements
from spheres.config.tests.test_reading_together import (
    FIRST,
    NOTE,
    SAID,
    SEEN,
    get,
    hide,
    look,
    note,
    paper_of,
    place,
    read,
    send,
)
from spheres.followup.identity import actions as identity
from spheres.followup.reading import queries
from spheres.followup.reading.forms import CommentForm, HeldForm, PaperForm
from spheres.followup.reading.models import Comment, Lifted, Looked, Mask, Paper, Together
from spheres.sharing.models import Restriction
from tests.cast import MONDAY, Cast, acting, sign_note, uuid_of
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
EVERY_TABLE = (Mask, Looked, Comment, Together, Lifted, Paper)


def under_14(cast: Cast) -> None:
    born = (MONDAY - timedelta(days=365 * 13)).date()
    said = identity.Said(uuid_of("who she is"), "Maya", "", "fr", "", "", "", born)
    with acting(cast.ines):
        identity.say(cast.maya.file_id, said, by=cast.ines, at=MONDAY + timedelta(minutes=1))


def test_before_14_her_words_are_hers_and_notes_wait(cast: Cast) -> None:
    under_14(cast)
    note(cast)
    look(cast, NOTE)

    page = read(cast)

    assert "Je veux lire mon dossier." in page
    assert "Elle est arrivée en avance." not in page
    assert "Notes can be read from 14" in page
    assert "Until 14, or when the age is not known" in read(cast, "")
    words = paper_of(send(cast, "paper/", PaperForm, keep="TAKEN"))
    assert "Je veux lire mon dossier." in words
    assert "Elle est arrivée en avance." not in words
    codes = {
        rest: get(cast, place(cast, f"together/{rest}/")).status_code
        for rest in ("opened", "told", "made", "page", "shared")
    }
    assert codes == {"opened": 404, "told": 404, "made": 200, "page": 200, "shared": 200}


@pytest.mark.parametrize("who", ["louise", "yanick", "karim", "samir", "roy", "amrani", "nadia"])
@pytest.mark.parametrize(
    "rest", ["", "together/", "together/opened/", f"notes/{FIRST}/hide/", f"notes/{FIRST}/say/",
     "paper/"],
)  # fmt: skip
def test_nobody_else_opens_a_reading_nor_learns_that_there_is_one(
    cast: Cast, who: str, rest: str
) -> None:
    answer = get(cast, place(cast, rest), who=who)

    assert answer.status_code == 404
    assert "Maya" not in answer.content.decode()


def test_nobody_else_reads_a_mask_a_look_or_a_comment(cast: Cast) -> None:
    note(cast)
    hide(cast)
    send(cast, f"notes/{NOTE}/say/", CommentForm, words=SAID, pen="HER")
    send(cast, "held/", HeldForm)

    for who in ("louise", "yanick", "karim", "samir", "roy", "amrani", "nadia"):
        with acting(getattr(cast, who)):
            seen = [model.objects.count() for model in EVERY_TABLE]
        assert seen == [0] * len(EVERY_TABLE), who


def test_whoever_is_kept_from_the_notes_sees_no_mask_and_so_opens_no_reading(cast: Cast) -> None:
    with acting(cast.ines):
        Restriction.objects.bulk_create(
            [
                Restriction(
                    id=uuid_of("barred"), file_id=cast.maya.file_id, user_id=cast.ines.user_id,
                    faces=["notes"], taken_by=cast.ines.user_id, taken_at=MONDAY, starts_at=MONDAY,
                )
            ]
        )  # fmt: skip

    later = MONDAY + timedelta(minutes=1)
    answers = [
        get(cast, place(cast, rest), at=later).status_code
        for rest in ("", "together/", "together/shared/", "paper/")
    ]

    assert answers == [404] * 4


def test_a_psychotherapy_is_neither_read_nor_hidden_here(cast: Cast) -> None:
    with acting(cast.ines):
        assert queries.one(cast.maya.file_id, "therapy_notes", FIRST, actor=cast.ines) is None
    assert get(cast, place(cast, f"therapy_notes/{FIRST}/hide/")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("rest", "cost"),
    [
        ("", 8), ("together/", 9), ("together/opened/", 9), ("together/told/", 9),
        ("together/shared/", 7), ("together/made/", 6), ("together/page/", 6),
        (f"notes/{FIRST}/hide/", 7), (f"notes/{FIRST}/say/", 8),
    ],
)  # fmt: skip
def test_each_page_costs_the_same(cast: Cast, rows: int, rest: str, cost: int) -> None:
    with acting(cast.ines):
        for number in range(1, rows):
            sign_note(cast.maya.file_id, f"note {number}", by=cast.ines, observation=SEEN)
    for number in range(1, rows):
        look(cast, uuid_of(f"note {number}"), f"looked {number}")

    def ask(client: Client) -> int:
        return client.get(place(cast, rest)).status_code

    asked = statements(signed_in(cast.ines), ask, status=200)

    # Of what was told, committees and outings are asked too; of what was opened, what may not be
    # told yet.
    assert asked == cost <= MOST + 1
