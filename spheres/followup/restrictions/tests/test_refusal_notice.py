"""Does the notice of what she refuses say what the regulation asks, to whom it may be said?"""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from spheres.audit.models import Event
from spheres.core import clock
from spheres.followup.restrictions import actions, queries
from spheres.followup.restrictions.models import Refusal
from spheres.followup.restrictions.tests.factories import at_the_desk, explained, get, send
from spheres.followup.restrictions.tests.test_pages import main, refuse, where
from tests.cast import TUESDAY, Cast, acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines(cast: Cast) -> Client:
    return at_the_desk(cast.ines)


def paper_of(client: Client, cast: Cast, which: Any) -> tuple[int, str]:
    with clock.at(TUESDAY):
        made = client.post(where(cast, "refusal_notice", which))
    if made.status_code != 200:
        return made.status_code, ""
    assert made["Content-Disposition"] == 'attachment; filename="notice.pdf"'
    pages = PdfReader(io.BytesIO(made.content)).pages
    return 200, " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_notice_of_a_refusal_says_what_the_regulation_asks_and_nothing_more(
    cast: Cast, language: str
) -> None:
    client = at_the_desk(cast.ines, language)
    said = explained(cast, contact="Par texto, à Inès") | {"relatives": ["PARENTS"]}
    send(client, where(cast, "refuse"), **said, themes=["health"])
    with acting(cast.ines, TUESDAY):
        first, _other = queries.refusals(cast.maya.file_id, actor=cast.ines)

    status, paper = paper_of(client, cast, first.pk)

    says = {
        "fr": ["Avis de refus d’accès", "Maya", "Par texto, à Inès", "ses parents",
               "Karim, le 3 mars", "article 8", "Signature de la personne qui refuse", "Date"],
        "en": ["Notice of refusal of access", "Maya", "Par texto, à Inès", "their parents",
               "Karim, on March 3", "section 8", "Signature of the person who refuses", "Date"],
    }  # fmt: skip
    assert status == 200
    assert [words for words in says[language] if words not in paper] == []
    never = ("Sphères", "exploit", "Yanick", "J’ai dormi", cast.ines.user_id.hex)
    assert [words for words in never if words in paper] == []
    with acting(cast.ines, TUESDAY):
        acts = list(
            Event.objects.filter(chain_id=cast.maya.file_id, action__startswith="refusal.")
            .order_by("number")
            .values_list("action", flat=True)
        )
        printed = Event.objects.filter(action="restriction.on_paper").count()
        assert queries.has_papers(cast.maya.file_id, first.notice_id, actor=cast.ines)
    assert acts == ["refusal.explained", "refusal.said", "refusal.said"]
    assert printed == 1


def test_taken_back_it_is_on_the_notice_no_more_and_then_there_is_none(
    cast: Cast, ines: Client
) -> None:
    send(ines, where(cast, "refuse"), **explained(cast), relatives=["PARENTS", "SIBLINGS"])
    with acting(cast.ines, TUESDAY):
        rows = {one.code: one for one in queries.refusals(cast.maya.file_id, actor=cast.ines)}
        actions.take_back(cast.maya.file_id, rows["PARENTS"].pk, by=cast.ines, at=TUESDAY)

    left, gone = (paper_of(ines, cast, rows[code].pk) for code in ("SIBLINGS", "PARENTS"))

    assert ("their parents" in left[1], "their brothers and sisters" in left[1]) == (False, True)
    assert gone == (404, "")


def test_a_refusal_is_kept_once_somebody_said_who_explained_it(cast: Cast, ines: Client) -> None:
    unsaid = send(ines, where(cast, "refuse"), relatives=["PARENTS"])
    stranger = explained(cast, explained_by=str(cast.samir.user_id))
    elsewhere = send(ines, where(cast, "refuse"), relatives=["PARENTS"], **stranger)
    tomorrow = send(
        ines, where(cast, "refuse"), relatives=["PARENTS"],
        **explained(cast, explained_on="2026-03-04"),
    )  # fmt: skip

    assert [one.status_code for one in (unsaid, elsewhere, tomorrow)] == [422, 422, 422]
    with acting(cast.ines, TUESDAY):
        assert not Refusal.objects.exists()


def test_whoever_does_not_walk_with_her_prints_no_notice(cast: Cast, ines: Client) -> None:
    send(ines, where(cast, "refuse"), **explained(cast), relatives=["PARENTS"])
    with acting(cast.ines, TUESDAY):
        [one] = queries.refusals(cast.maya.file_id, actor=cast.ines)

    strangers = (cast.samir, cast.karim, cast.nadia, cast.yanick)
    assert [paper_of(at_the_desk(who), cast, one.pk)[0] for who in strangers] == [404] * 4


def test_what_was_refused_without_a_notice_stands_and_has_no_paper(
    cast: Cast, ines: Client
) -> None:
    """She refuses by herself, in her notebook; it is as strong."""
    refuse(cast, ("RELATIVES", "PARENTS"))
    with acting(cast.ines, TUESDAY):
        [one] = queries.refusals(cast.maya.file_id, actor=cast.ines)

    assert paper_of(ines, cast, one.pk) == (404, "")
    assert "The notice, to sign" not in main(get(ines, where(cast)))
