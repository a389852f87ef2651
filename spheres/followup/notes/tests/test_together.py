"""Are several who were there noted from one form, and can nobody tell who was there together?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from spheres.audit.models import Event
from spheres.core import clock
from spheres.followup.notes.models import Note
from spheres.records.naming.identifiers import look
from tests.cast import MONDAY, Cast, Participant, acting, follow, uuid_of
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db

SAID = "On a fait des crêpes et une longue marche."


@dataclass
class Walk:
    """A browser that goes from page to page: what a page sends is sent on, each in its moment."""

    cast: Cast
    steps: int = 0

    def post(self, where: str, sent: dict[str, Any]) -> Any:
        self.steps += 1
        with clock.at(MONDAY + self.steps * timedelta(seconds=20)):
            ines = signed_in(self.cast.ines, language="en", at=MONDAY)
            return ines.post(where, sent)

    def send_on(self, answer: Any, sent: dict[str, Any]) -> tuple[str, Any]:
        """As a browser does with a 307: the same body, to the next address."""
        assert answer.status_code == 307
        return answer.headers["Location"], self.post(answer.headers["Location"], sent)


@pytest.fixture
def lou(cast: Cast) -> Participant:
    return follow("Lou", desk=cast.institute.id, louise=cast.louise, worker=cast.ines)


def filled(page: str, people: list[UUID], shown_for: UUID, **said: str) -> dict[str, Any]:
    return {
        "form_id": Page(page).fields["form_id"],
        "people": [str(one) for one in people],
        "shown_for": str(shown_for),
        "kind": "activity",
        "day": "2026-03-02",
        **said,
    }


def both_noted(cast: Cast, lou: Participant) -> tuple[Walk, list[dict[str, Any]]]:
    """Inès ticks Maya and Lou, signs Maya's note, then Lou's."""
    walk, maya = Walk(cast), cast.maya.file_id
    ticked = {"people": [str(maya), str(lou.file_id)]}
    where, page = walk.send_on(walk.post(reverse("dossier:contact"), ticked), ticked)
    assert where == reverse("notes:write", args=[maya])
    hers = filled(
        page.content.decode(), [maya, lou.file_id], maya,
        observation=SAID, her_words="Je savais pas cuisiner.", support="Refaire des crêpes.",
    )  # fmt: skip
    where, page = walk.send_on(walk.post(where, hers), hers)
    assert where == reverse("notes:write", args=[lou.file_id])
    text = page.content.decode()
    assert SAID in text
    assert "Je savais pas cuisiner." not in text
    assert "Refaire des crêpes." not in text
    theirs = filled(text, [lou.file_id], lou.file_id, observation=SAID)
    last = walk.post(where, theirs)
    assert (last.status_code, last.headers["Location"]) == (302, reverse("dossier:my_day"))
    return walk, [hers, theirs]


def notes_of(cast: Cast, *files: UUID) -> list[Note]:
    with acting(cast.ines):
        found = Note.objects.filter(kind="activity", file_id__in=files)
        return sorted(found, key=lambda note: note.written_at)


def test_one_form_makes_a_note_in_each_file(cast: Cast, lou: Participant) -> None:
    both_noted(cast, lou)

    files = [note.file_id for note in notes_of(cast, cast.maya.file_id, lou.file_id)]
    assert files == [cast.maya.file_id, lou.file_id]


def test_nothing_kept_says_that_they_were_there_together(cast: Cast, lou: Participant) -> None:
    with acting(cast.ines):
        before = set(Event.objects.values_list("pk", flat=True))
    both_noted(cast, lou)

    first, second = notes_of(cast, cast.maya.file_id, lou.file_id)
    assert first.pk != second.pk
    assert first.written_at != second.written_at
    # No hour is kept: both stand at noon, as every note without an hour.
    assert {clock.day_of(n.occurred_at) for n in (first, second)} == {clock.day_of(MONDAY)}
    assert bytes(first.observation) != bytes(second.observation)
    with acting(cast.ines):
        events = list(Event.objects.exclude(pk__in=before))
    files = {cast.maya.file_id, lou.file_id}
    chains: dict[Any, set[UUID]] = {}
    for event in events:
        chains.setdefault(event.at, set()).add(event.chain_id)
        names_both = {first.pk, second.pk} <= set(event.record_ids)
        assert not names_both
    assert all(not files <= touched for touched in chains.values())
    digests = [bytes(e.digest) for e in events if e.action == "note.signed"]
    assert len(digests) == len(set(digests)) == 2


def test_the_list_that_is_opened_names_everyone_and_not_those_ticked(
    cast: Cast, lou: Participant
) -> None:
    third = follow("Alix", desk=cast.institute.id, louise=cast.louise, worker=cast.ines)
    with acting(cast.ines):
        before = set(Event.objects.values_list("pk", flat=True))
    both_noted(cast, lou)

    with acting(cast.ines):
        lists = [e for e in Event.objects.exclude(pk__in=before) if e.action == "list"]
        everyone = {row for e in lists for row in e.record_ids}
    assert lists
    assert all(set(e.record_ids) == everyone for e in lists)
    assert len(everyone) == 3
    assert third.file_id not in {n.file_id for n in notes_of(cast, third.file_id)}


def test_sending_every_page_again_makes_no_other_note(cast: Cast, lou: Participant) -> None:
    walk, (hers, theirs) = both_noted(cast, lou)

    again = walk.post(reverse("notes:write", args=[cast.maya.file_id]), hers)
    _where, page = walk.send_on(again, hers)
    walk.post(reverse("notes:write", args=[lou.file_id]), theirs)

    assert Page(page.content.decode()).fields["form_id"] == theirs["form_id"]
    assert len(notes_of(cast, cast.maya.file_id, lou.file_id)) == 2


def test_the_name_of_someone_else_in_the_text_is_shown_before_signing(
    cast: Cast, lou: Participant
) -> None:
    maya = cast.maya.file_id
    where = reverse("notes:write", args=[maya])
    walk = Walk(cast)
    page = walk.post(where, {"people": [str(maya), str(lou.file_id)]}).content.decode()
    sent = filled(page, [maya, lou.file_id], maya, observation="On a marché avec lou.")

    refused = walk.post(where, sent)
    signed = walk.post(where, {**sent, "looked_again": "yes"})

    assert refused.status_code == 422
    assert "“lou” is the chosen name of someone else you accompany." in refused.content.decode()
    assert "On a marché avec lou." in refused.content.decode()
    assert signed.status_code == 307
    assert len(notes_of(cast, maya)) == 1


def test_somebody_who_is_not_mine_is_not_said_to_exist(cast: Cast) -> None:
    maya = cast.maya.file_id
    where = reverse("notes:write", args=[maya])
    pages = [
        Walk(cast).post(where, {"people": [str(maya), str(other)]})
        for other in (uuid_of("nobody"), uuid_of("nobody either"))
    ]
    assert [page.status_code for page in pages] == [200, 200]
    assert all("Then:" not in page.content.decode() for page in pages)


def test_nobody_ticked_is_said_and_nothing_is_lost(cast: Cast) -> None:
    page = Walk(cast).post(reverse("dossier:contact"), {})

    assert page.status_code == 422
    assert "Nobody is ticked." in page.content.decode()
    assert "Maya" in page.content.decode()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Avec Lou au parc.", ["Lou"]),
        ("avec lou", ["lou"]),
        ("Un loup et un loulou.", []),
        ("Lou-Ann est venue.", []),
        ("", []),
    ],
)
def test_a_name_is_seen_when_it_stands_alone(text: str, found: list[str]) -> None:
    assert [finding.words for finding in look(text, others=["Lou", "", " "])] == found
