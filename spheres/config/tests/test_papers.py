"""A signed notice, an authorisation: how is the paper kept, who reads it, how is it taken?"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from spheres.accounts.limits import LIMITS
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.consents.tests.factories import By, share
from spheres.followup.restrictions.policy import Barred
from spheres.followup.restrictions.tests.factories import at_the_desk, bar, get
from spheres.papers import actions, queries, sandbox
from spheres.papers.checking import Answer
from spheres.papers.models import Look, Paper, Part
from spheres.papers.sandbox import Taken
from spheres.papers.tests.daemon import clamd
from spheres.papers.tests.factories import (
    EICAR,
    HTML,
    TAKEN,
    document,
    picture,
    sandboxed,
    told_by,
    with_a_note,
)
from spheres.vault.models import NotOpened
from tests.cast import TUESDAY, Cast, acting, uuid_of
from tests.pages import Page, untranslated

__all__ = ["sandboxed"]
pytestmark = pytest.mark.django_db
FROM_PAGE = {"Sec-Fetch-Site": "same-origin"}
WORDS = "Les deux pages."


def notice(cast: Cast) -> UUID:
    """Maya keeps Samir’s colleagues out; the notice is to be signed."""
    return bar(cast, Barred(organisation_id=cast.elsewhere.pk))


def where(cast: Cast, about: UUID, kind: str = "restriction") -> str:
    return reverse("papers:page", args=[cast.maya.file_id, kind, about])


def send(client: Client, path: str, content: bytes, name: str = "IMG_1.jpg", **more: Any) -> Any:
    """She opens the page, chooses the paper, says what it is, and sends."""
    with clock.at(TUESDAY):
        number = Page(client.get(path).content.decode()).fields.get("form_id", "")
        sent = {"form_id": number, "words": WORDS, "paper": SimpleUploadedFile(name, content)}
        return client.post(path, sent | more)


def kept(cast: Cast, who: Actor | None = None) -> list[Paper]:
    with acting(who or cast.ines, TUESDAY):
        return list(queries.papers(cast.maya.file_id, actor=who or cast.ines))


def part(cast: Cast, paper: Paper, number: int) -> str:
    return reverse("papers:part", args=[cast.maya.file_id, paper.pk, Part.id_of(paper.pk, number)])


def take(client: Client, path: str, **headers: str) -> Any:
    with clock.at(TUESDAY):
        return client.get(path, headers=headers or FROM_PAGE)


def ready_made(cast: Cast, about: UUID, which: str = "a paper", answer: Answer = Answer.NOT_ASKED,
               content: bytes = b"") -> Paper:  # fmt: skip
    """A paper that is there, without the sandbox."""
    sent = actions.Sent(uuid_of(which), about, b"", "IMG_1.jpg", words=WORDS)
    taken = Taken("PDF", (content or picture(),), document())
    with acting(cast.ines, TUESDAY):
        actions.keep_taken(
            cast.maya.file_id, "restriction", sent, taken, answer, by=cast.ines, at=TUESDAY
        )
        return Paper.objects.get(pk=sent.id)


def told(cast: Cast) -> list[tuple[str, list[str], list[UUID]]]:
    with acting(cast.ines, TUESDAY):
        found = Event.objects.filter(chain_id=cast.maya.file_id, action__startswith="paper.")
        return sorted(found.values_list("action", "sections", "record_ids"))


@pytest.mark.usefixtures("sandboxed")
def test_a_signed_notice_is_kept_beside_its_restriction_and_taken_page_by_page(cast: Cast) -> None:
    about = notice(cast)
    ines = at_the_desk(cast.ines)
    linked = get(ines, reverse("restrictions:page", args=[cast.maya.file_id])).content.decode()

    answer = send(ines, where(cast, about), TAKEN["JPEG that tells where"][0])

    assert where(cast, about) in linked
    assert (answer.status_code, answer["Location"]) == (302, where(cast, about))
    page = get(ines, where(cast, about)).content.decode()
    assert [said in page for said in ("IMG_1.jpg", WORDS, "Download the page")] == [True] * 3
    [paper] = kept(cast)
    taken = take(ines, part(cast, paper, 1))
    assert taken.status_code == 200
    assert taken.content.startswith(b"\xff\xd8\xff\xe0")
    assert told_by(taken.content) == set()
    assert {name: taken[name] for name in (
        "Content-Type", "Content-Disposition", "Content-Security-Policy",
        "Cross-Origin-Resource-Policy", "X-Content-Type-Options", "Cache-Control",
    )} == {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": 'attachment; filename="page-1.jpg"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }  # fmt: skip
    assert take(ines, part(cast, paper, 2)).status_code == 404
    with acting(cast.ines, TUESDAY):
        [page_row] = Part.objects.filter(paper_id=paper.pk)
    assert told(cast) == [
        ("paper.kept", ["legal"], [paper.pk, about]),
        ("paper.taken", ["legal"], [page_row.pk]),
    ]


@pytest.mark.usefixtures("sandboxed")
def test_the_authorisation_of_a_tutor_is_kept_as_a_pdf_beside_its_consent(cast: Cast) -> None:
    about = share(cast, form="WRITTEN", witness="")
    spoken = share(cast, "another", sections=("summary",), witness="Karim")
    ines = at_the_desk(cast.ines)

    answer = send(ines, where(cast, about, "consent"), document(pages=2), "signé.pdf",
                  signed_on_day="2", signed_on_month="3", signed_on_year="2026")  # fmt: skip

    shared = get(ines, reverse("consents:hers", args=[cast.maya.file_id])).content.decode()
    assert where(cast, about, "consent") in shared
    assert where(cast, spoken, "consent") not in shared
    assert answer.status_code == 302
    page = get(ines, where(cast, about, "consent")).content.decode()
    assert [
        said in page for said in ("signé.pdf", "Download page 2", "Download the PDF", "Signed on")
    ] == [True] * 4
    [paper] = kept(cast)
    whole = take(ines, part(cast, paper, 0))
    assert whole.content.startswith(b"%PDF-")
    assert (whole["Content-Type"], whole["Content-Disposition"]) == (
        "application/octet-stream", 'attachment; filename="document.pdf"',
    )  # fmt: skip
    assert By.TUTOR  # whoever signs for her says so on the consent, never on the paper


@pytest.mark.usefixtures("sandboxed")
def test_sent_twice_it_is_one_paper(cast: Cast) -> None:
    ines, path = at_the_desk(cast.ines), where(cast, notice(cast))
    with clock.at(TUESDAY):
        number = Page(ines.get(path).content.decode()).fields["form_id"]
        for _twice in range(2):
            sent = {"form_id": number, "paper": SimpleUploadedFile("a.jpg", picture())}
            assert ines.post(path, sent).status_code == 302

    assert len(kept(cast)) == 1


REFUSALS = {
    "none": (None, "a.jpg", "Choose the paper: a picture or a PDF.",
             "Choisissez le papier"),
    "empty": (b"", "a.jpg", "This file is empty.", "Ce fichier est vide"),
    "too large": (picture() + bytes(sandbox.HEAVIEST), "a.jpg", "larger than 15 MB",
                  "pèse plus de 15"),
    "another kind": (HTML, "a.html", "none of the kinds that are taken", "aucune des sortes"),
    "not as said": (picture("PNG"), "a.pdf", "not of the kind its name says", "ce que dit son nom"),
    "password": (None, "locked.pdf", "asks for a password", "demande un mot de passe"),
    "unreadable": (picture()[:30], "a.jpg", "could not be read", "n’a pas pu être lu"),
    "a long name": (picture(), "a" * 300 + ".jpg", "The name of this file is too long",
                    "nom de ce fichier est trop long"),
}  # fmt: skip


@pytest.mark.usefixtures("sandboxed")
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("why", REFUSALS)
def test_a_refused_paper_is_said_why_and_nothing_typed_is_lost(
    cast: Cast, why: str, language: str
) -> None:
    from spheres.papers.tests.factories import document_that_asks_for_a_password

    content, name, english, french = REFUSALS[why]
    content = document_that_asks_for_a_password() if why == "password" else content
    client, path = at_the_desk(cast.ines, language), where(cast, notice(cast))

    with untranslated() as missing:
        if content is None:
            with clock.at(TUESDAY):
                number = Page(client.get(path).content.decode()).fields["form_id"]
                answer = client.post(path, {"form_id": number, "words": WORDS})
        else:
            answer = send(client, path, content, name)

    said = answer.content.decode()
    assert answer.status_code == 422
    assert (english if language == "en" else french) in said
    assert Page(said).fields["words"] == WORDS
    assert missing == set()
    assert kept(cast) == []


@pytest.mark.usefixtures("sandboxed")
def test_the_thirty_first_of_the_hour_is_not_read(cast: Cast) -> None:
    ines, path = at_the_desk(cast.ines), where(cast, notice(cast))
    statuses = [send(ines, path, HTML).status_code for _each in range(LIMITS["paper"].most)]

    answer = send(ines, path, picture())

    assert set(statuses) == {422}
    assert (answer.status_code, "30 papers within the hour" in answer.content.decode()) == (
        422, True,
    )  # fmt: skip


@pytest.mark.usefixtures("sandboxed")
def test_a_file_that_holds_as_much_as_it_can_takes_no_more(cast: Cast) -> None:
    about = notice(cast)
    heavy = Taken("JPEG", (bytes(50_000_000),))
    with acting(cast.ines, TUESDAY):
        for each in range(3):
            sent = actions.Sent(uuid_of(f"heavy {each}"), about, b"", "a.jpg")
            actions.keep_taken(cast.maya.file_id, "restriction", sent, heavy, Answer.NOT_ASKED,
                               by=cast.ines, at=TUESDAY)  # fmt: skip

    answer = send(at_the_desk(cast.ines), where(cast, about), picture())

    assert answer.status_code == 422
    assert "as many papers as it can" in answer.content.decode()


def test_where_the_sandbox_does_not_run_the_page_says_so_and_takes_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ines, path = at_the_desk(cast.ines), where(cast, notice(cast))
    number = str(uuid4())
    with monkeypatch.context() as patch:
        sandbox._runs.cache_clear()
        sandbox.walls.cache_clear()
        patch.setenv("PATH", "/nowhere")
        page = get(ines, path).content.decode()
        with clock.at(TUESDAY):
            sent = {"form_id": number, "paper": SimpleUploadedFile("a.jpg", picture())}
            answer = ines.post(path, sent)
    sandbox._runs.cache_clear()
    sandbox.walls.cache_clear()

    assert "Papers cannot be added here for now" in page
    assert 'type="file"' not in page
    assert answer.status_code == 422
    assert kept(cast) == []


def test_nobody_else_sees_it_nor_learns_that_it_is_there(cast: Cast) -> None:
    about = notice(cast)
    paper = ready_made(cast, about)
    nothing = reverse("papers:part", args=[cast.maya.file_id, uuid4(), uuid4()])

    for who in (cast.samir, cast.louise, cast.karim, cast.nadia, cast.roy):
        client = at_the_desk(who)
        refused = take(client, part(cast, paper, 1))
        unknown = take(client, nothing)
        assert refused.status_code == 404, who
        assert refused.content == unknown.content
        assert get(client, where(cast, about)).status_code == 404
        assert kept(cast, who) == []


@pytest.mark.parametrize("came_from", ["cross-site", "same-site", ""])
def test_a_page_of_elsewhere_gets_nothing_and_nothing_is_opened(cast: Cast, came_from: str) -> None:
    paper = ready_made(cast, notice(cast))

    answer = take(at_the_desk(cast.ines), part(cast, paper, 1), **{"Sec-Fetch-Site": came_from})

    assert answer.status_code == 403
    assert "only downloaded from its own page" in answer.content.decode()
    assert [action for action, *_ in told(cast)] == ["paper.kept"]


def test_a_thing_of_another_file_or_kind_has_no_page(cast: Cast) -> None:
    about = notice(cast)
    ines = at_the_desk(cast.ines)

    assert [
        get(ines, path).status_code
        for path in (
            where(cast, about, "consent"), where(cast, about, "notes"), where(cast, uuid4()),
            reverse("papers:page", args=[uuid4(), "restriction", about]),
        )
    ] == [404] * 4  # fmt: skip


def test_what_is_kept_is_locked_and_bound_to_its_place(cast: Cast) -> None:
    paper = ready_made(cast, notice(cast))
    with acting(cast.ines, TUESDAY):
        parts = list(queries.parts(paper, actor=cast.ines))

    assert [part.number for part in parts] == [0, 1]
    assert not any(mark in bytes(part.content) for part in parts for mark in (b"%PDF", b"JFIF"))
    with pytest.raises(NotOpened):
        _ = parts[0].opened


@pytest.mark.usefixtures("sandboxed")
def test_what_is_harmful_is_not_kept(cast: Cast, tmp_path: Path) -> None:
    ines, path = at_the_desk(cast.ines), where(cast, notice(cast))

    with clamd(tmp_path) as socket, override_settings(CLAMD=socket):
        harmful = send(ines, path, with_a_note(EICAR))
        clean = send(ines, path, picture())

    assert harmful.status_code == 422
    assert "found something harmful in this file" in harmful.content.decode()
    assert clean.status_code == 302
    assert [paper.looked for paper in kept(cast)] == ["CLEAN"]


@pytest.mark.usefixtures("sandboxed")
def test_while_nobody_answers_a_paper_waits_and_is_taken_once_it_was_looked_at(
    cast: Cast, tmp_path: Path
) -> None:
    about = notice(cast)
    ines, path = at_the_desk(cast.ines), where(cast, about)
    with override_settings(CLAMD=str(tmp_path / "clamd.sock")):
        assert send(ines, path, with_a_note(EICAR)).status_code == 302
        [paper] = kept(cast)
        waiting = get(ines, path).content.decode()
        refused = take(ines, part(cast, paper, 1))
        still = look_again(ines, cast, paper)
        assert take(ines, part(cast, paper, 1)).status_code == 403
    with clamd(tmp_path) as socket, override_settings(CLAMD=socket):
        again = look_again(ines, cast, paper)

    assert "This paper waits" in waiting
    assert part(cast, paper, 1) not in waiting
    assert refused.status_code == 403
    assert (still.status_code, again.status_code) == (302, 302)
    # What was harmful in it was never kept: nothing is found in what the sandbox made.
    assert EICAR not in take(ines, part(cast, paper, 1)).content
    assert [action for action, *_ in told(cast)] == [
        "paper.kept", "paper.looked_at", "paper.looked_at", "paper.taken",
    ]  # fmt: skip


def look_again(client: Client, cast: Cast, paper: Paper) -> Any:
    path = where(cast, paper.about)
    with clock.at(TUESDAY):
        number = Page(client.get(path).content.decode()).fields["form_id"]
        return client.post(
            reverse("papers:look", args=[cast.maya.file_id, paper.pk]), {"form_id": number}
        )


def test_what_was_found_harmful_later_is_never_given_out(cast: Cast, tmp_path: Path) -> None:
    paper = ready_made(cast, notice(cast), answer=Answer.SILENT, content=with_a_note(EICAR))
    ines = at_the_desk(cast.ines)

    with clamd(tmp_path) as socket, override_settings(CLAMD=socket):
        look_again(ines, cast, paper)
    page = get(ines, where(cast, paper.about)).content.decode()
    refused = take(ines, part(cast, paper, 1))

    assert refused.status_code == 403
    assert "found something harmful in this paper" in page
    with acting(cast.ines, TUESDAY):
        assert list(Look.objects.values_list("found", flat=True)) == ["HARMFUL"]


@pytest.mark.parametrize("papers", [1, 3])
def test_the_page_costs_the_same_for_one_paper_and_three(
    cast: Cast, django_assert_num_queries: Any, papers: int
) -> None:
    about = notice(cast)
    for each in range(papers):
        ready_made(cast, about, f"paper {each}")
    ines = at_the_desk(cast.ines)
    get(ines, where(cast, about))

    with django_assert_num_queries(9):
        get(ines, where(cast, about))


def test_only_a_page_that_takes_a_paper_is_sent_one(cast: Cast) -> None:
    path = reverse("restrictions:restrict", args=[cast.maya.file_id, cast.la_maison.pk])
    ines = at_the_desk(cast.ines)

    with clock.at(TUESDAY):
        answer = ines.post(path, {"paper": SimpleUploadedFile("a.jpg", bytes(9_000_000))})

    assert answer.status_code == 413
