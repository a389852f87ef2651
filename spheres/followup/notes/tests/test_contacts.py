"""What may be said of a contact, and how does it read, now and as it was written before?"""

from __future__ import annotations

import pytest
from django.urls import reverse

from spheres.core import clock
from spheres.followup.notes import documents
from spheres.followup.notes.models import NOT_HELD, Note
from spheres.participants.models import FollowUpStatus
from spheres.regions import queries as regions
from tests.cast import MONDAY, Cast, acting, sign_note, uuid_of
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db


def sent(cast: Cast, **said: object) -> tuple[int, str]:
    """Inès fills the page and signs; what it answered."""
    where = reverse("notes:write", args=[cast.maya.file_id])
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        number = Page(ines.get(where).content.decode()).fields["form_id"]
        answer = ines.post(where, {"form_id": number, **said})
    return answer.status_code, answer.content.decode()


def newest(cast: Cast) -> Note:
    with acting(cast.ines):
        found = Note.objects.filter(file_id=cast.maya.file_id)
        return found.exclude(pk=uuid_of("first note of Maya")).get()


def test_the_kind_and_the_day_are_enough(cast: Cast) -> None:
    status, _page = sent(cast, kind="text", day="2026-03-02")

    note = newest(cast)
    assert status == 302
    assert (note.kind, note.place, note.length, note.initiative, note.tags, note.minutes) == (
        "text", None, None, None, None, None,
    )  # fmt: skip


def test_what_is_said_under_more_is_kept_and_read_again(cast: Cast) -> None:
    sent(
        cast, kind="meeting", day="2026-03-02", place="street", length="short", initiative="hers",
        tags=["sleep", "food"],
    )  # fmt: skip

    note = newest(cast)
    with clock.at(MONDAY):
        page = (
            signed_in(cast.ines, language="en")
            .get(reverse("notes:detail", args=[cast.maya.file_id, note.pk]))
            .content.decode()
        )
    assert (note.place, note.length, note.initiative, note.tags) == (
        "street", "short", "hers", ["food", "sleep"],
    )  # fmt: skip
    for words in ("In the street", "Under half an hour", "The person", "Food, Sleep"):
        assert words in page


def test_a_note_written_when_minutes_were_asked_for_still_reads(cast: Cast) -> None:
    with acting(cast.ines):
        sign_note(cast.maya.file_id, "as before", by=cast.ines)
        old = Note.objects.get(pk=uuid_of("as before"))
        again = {field.attname: getattr(old, field.attname) for field in Note._meta.fields}
        older = Note(**{**again, "id": uuid_of("older"), "minutes": 50})
        facts = documents.facts_of(older)

    assert [fact.words for fact in facts] == ["50 minutes"]


@pytest.mark.parametrize("field", ["place", "length", "initiative", "tags"])
def test_a_word_that_the_region_does_not_have_is_refused_beside_its_question(
    cast: Cast, field: str
) -> None:
    status, page = sent(
        cast, kind="text", day="2026-03-02", observation="On a ri.", **{field: "elsewhere"}
    )

    assert status == 422
    assert "On a ri." in page
    assert f"id_{field}_error" in page
    assert '<details class="disclosure" open>' in page


@pytest.mark.parametrize("kind", NOT_HELD)
def test_not_having_met_is_a_kind_without_blame_and_no_contact(cast: Cast, kind: str) -> None:
    assert kind in dict(regions.choices("contact_kinds"))
    with acting(cast.ines):
        before = FollowUpStatus.objects.get(file_id=cast.maya.file_id).status_at

    status, _page = sent(cast, kind=kind, day="2026-03-02")

    with acting(cast.ines):
        after = FollowUpStatus.objects.get(file_id=cast.maya.file_id).status_at
    assert (status, newest(cast).kind, after) == (302, kind, before)
