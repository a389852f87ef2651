"""The papers of an access request and of a legal demand: who keeps them, and who reads them?"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.papers import actions
from spheres.papers.checking import Answer
from spheres.papers.models import Paper, Part
from spheres.papers.sandbox import Taken
from spheres.papers.tests.factories import picture, sandboxed
from spheres.privacy.access_requests.tests.factories import LATER
from spheres.privacy.access_requests.tests.factories import receive as request_of
from spheres.privacy.access_requests.tests.factories import seat as seat_at_request
from spheres.privacy.legal_demands.policy import Do
from spheres.privacy.legal_demands.tests.factories import (
    counsel,
    give_seat,
    link,
    ready,
    seated,
    weigh,
)
from tests.cast import Cast, acting, uuid_of
from tests.pages import Page, signed_in

__all__ = ["sandboxed"]
pytestmark = pytest.mark.django_db
WORDS = "Remis en mains propres."


@pytest.fixture(autouse=True)
def _at() -> Any:
    with clock.at(LATER):
        yield


def at_the_desk(actor: Actor, language: str = "en") -> Client:
    return signed_in(actor, at=LATER, language=language)


def beside(cast: Cast, kind: str, about: UUID) -> str:
    return reverse("papers:page", args=[cast.maya.file_id, kind, about])


def from_seat(kind: str, about: UUID) -> str:
    return reverse("papers:seat", args=[kind, about])


def keep(by: Actor, cast: Cast, kind: str, about: UUID, which: str = "a paper") -> Paper:
    """A paper of it, without the sandbox, in the name of whoever keeps it."""
    sent = actions.Sent(uuid_of(which), about, b"", "assignation.pdf", words=WORDS)
    taken = Taken("JPEG", (picture(),))
    with acting(by, LATER):
        actions.keep_taken(cast.maya.file_id, kind, sent, taken, Answer.NOT_ASKED, by=by, at=LATER)
        return Paper.objects.get(pk=sent.id)


def matter(cast: Cast, kind: str) -> tuple[UUID, Actor]:
    """One of each kind, at which Nadia sits; as whom she then acts."""
    if kind == "request":
        about = request_of(cast)
        return about, seat_at_request(cast, about)
    return link(cast), seated(cast.nadia)


BOTH = pytest.mark.parametrize("kind", ["request", "demand"])
SEATS = {"request": "access_requests:seat_one", "demand": "legal_demands:one"}
HERS = {"request": "access_requests:one", "demand": "legal_demands:of_file"}


@pytest.mark.usefixtures("sandboxed")
@BOTH
def test_the_officer_keeps_its_paper_from_her_seat_and_her_worker_reads_it_too(
    cast: Cast, kind: str
) -> None:
    about, _nadia = matter(cast, kind)
    nadia, ines = at_the_desk(cast.nadia), at_the_desk(cast.ines)
    page = nadia.get(from_seat(kind, about)).content.decode()
    sent = {
        "form_id": Page(page).fields["form_id"], "words": WORDS,
        "paper": SimpleUploadedFile("assignation.jpg", picture()),
    }  # fmt: skip

    answer = nadia.post(from_seat(kind, about), sent)

    assert answer.status_code == 302, answer.content.decode()[-4000:]
    assert (answer.status_code, answer["Location"]) == (302, from_seat(kind, about))
    assert from_seat(kind, about) in nadia.get(reverse(SEATS[kind], args=[about])).content.decode()
    hers = reverse(HERS[kind], args=[cast.maya.file_id, about])
    assert beside(cast, kind, about) in ines.get(hers).content.decode()
    for client, path in ((nadia, from_seat(kind, about)), (ines, beside(cast, kind, about))):
        shown = client.get(path).content.decode()
        assert [said in shown for said in ("assignation.jpg", WORDS)] == [True, True]
    with acting(cast.ines, LATER):
        told = Event.objects.filter(chain_id=cast.maya.file_id, action="paper.kept")
        assert [(one.actor_id, one.sections) for one in told] == [(cast.nadia.user_id, ["legal"])]


@BOTH
def test_a_page_of_it_is_taken_from_the_seat_and_from_no_other(cast: Cast, kind: str) -> None:
    about, _nadia = matter(cast, kind)
    of_restriction = keep(cast.ines, cast, "restriction", uuid_of("a restriction"), "another")
    paper = keep(cast.ines, cast, kind, about)
    nadia, here = at_the_desk(cast.nadia), {"Sec-Fetch-Site": "same-origin"}

    def take(one: Paper) -> Any:
        path = reverse("papers:seat_part", args=[kind, about, one.pk, Part.id_of(one.pk, 1)])
        return nadia.get(path, headers=here)

    assert (take(paper).status_code, take(paper)["Content-Type"]) == (
        200, "application/octet-stream",
    )  # fmt: skip
    # What the seat reads of the file's legal matters is on the pages of this matter alone.
    assert take(of_restriction).status_code == 404


@BOTH
def test_without_a_seat_its_papers_do_not_exist(cast: Cast, kind: str) -> None:
    about, _nadia = matter(cast, kind)
    paper = keep(cast.ines, cast, kind, about)
    part = [paper.pk, Part.id_of(paper.pk, 1)]
    other = counsel(cast)

    for who in (cast.karim, cast.louise, cast.samir, cast.roy, other):
        client = at_the_desk(who)
        answers = [
            client.get(path)
            for path in (
                from_seat(kind, about), from_seat(kind, uuid4()), beside(cast, kind, about),
                reverse("papers:seat_part", args=[kind, about, *part]),
            )
        ]  # fmt: skip
        assert [one.status_code for one in answers] == [404] * 4, who
        assert len({one.content for one in answers}) == 1
    # The officer's own desk knows that it waits: beside the person, nothing is shown to her.
    refused = at_the_desk(cast.nadia).get(beside(cast, kind, about))
    assert (refused.status_code, "assignation" in refused.content.decode()) == (403, False)


def test_counsel_reads_them_from_a_seat_and_adds_none(cast: Cast) -> None:
    about = link(cast)
    keep(cast.ines, cast, "demand", about)
    person = counsel(cast)
    seat_of_counsel = give_seat(about, person, by=seated(cast.nadia))
    client = at_the_desk(person)

    page = client.get(from_seat("demand", about)).content.decode()

    assert ("assignation.pdf" in page, 'type="file"' in page) == (True, False)
    assert client.post(from_seat("demand", about), {"paper": ""}).status_code == 403
    with pytest.raises(Error), transaction.atomic():
        keep(seat_of_counsel, cast, "demand", about, "by counsel")


@BOTH
def test_from_a_seat_no_paper_is_kept_of_anything_else(cast: Cast, kind: str) -> None:
    _about, nadia = matter(cast, kind)

    for other in ("consent", kind):
        with pytest.raises(Error), transaction.atomic():
            keep(nadia, cast, other, uuid_of("something else"), f"of {other}")


def test_once_it_is_over_its_papers_are_read_by_her_worker_alone(cast: Cast) -> None:
    about = link(cast)
    nadia = ready(cast, about)
    keep(nadia, cast, "demand", about)
    weigh(about, Do.LAPSED, "", by=nadia)
    weigh(about, Do.CLOSED, "GOES_ON", by=nadia)

    assert at_the_desk(cast.nadia).get(from_seat("demand", about)).status_code == 404
    page = at_the_desk(cast.ines).get(beside(cast, "demand", about))
    assert "assignation.pdf" in page.content.decode()


@pytest.mark.parametrize("papers", [1, 3])
def test_the_page_of_the_seat_costs_the_same_for_one_paper_and_three(
    cast: Cast, django_assert_num_queries: Any, papers: int
) -> None:
    about = link(cast)
    for each in range(papers):
        keep(cast.ines, cast, "demand", about, f"paper {each}")
    nadia = at_the_desk(cast.nadia)
    nadia.get(from_seat("demand", about))

    with django_assert_num_queries(10):
        nadia.get(from_seat("demand", about))
