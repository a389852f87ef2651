"""What does each page show, to whom; and what is lost when something is missing? (Nothing.)"""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pypdf import PdfReader

from spheres.core import clock
from spheres.privacy.legal_demands import documents
from spheres.privacy.legal_demands.models import Demand, MatterStatus, Production, Shown
from spheres.privacy.legal_demands.tests.factories import (
    ABOUT,
    LATER,
    SAID,
    counsel,
    give_seat,
    link,
    prepare,
    ready,
    receive,
    released,
    seated,
    weigh,
)
from spheres.regions import queries as regions
from tests.cast import Cast, acting, uuid_of
from tests.pages import Page
from tests.pages import signed_in as _signed_in

pytestmark = pytest.mark.django_db
PAPER: dict[str, Any] = {
    "kind": "PROTECTION", "asker": "PROTECTION", "office": SAID["office"], "number": "S-1",
    "about": ABOUT, "received_on_day": "2", "received_on_month": "3", "received_on_year": "2026",
    "due_on_day": "", "due_on_month": "", "due_on_year": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _at() -> Any:
    with clock.at(LATER):
        yield


def signed_in(actor: Any) -> Client:
    return _signed_in(actor, at=LATER, language="en")


def get(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def post(client: Client, url: str, *, at: str = "", **said: Any) -> Any:
    page = client.get(at or url)
    assert page.status_code == 200, page.content.decode()
    # Of several forms on one page, the last one is the way to end it.
    numbers = re.findall(r'name="form_id" value="([^"]+)"', page.content.decode())
    number = numbers[-1 if said.get("step") == "end" else 0]
    return client.post(url, {"form_id": number, **said})


def at(matter_id: UUID, *more: str) -> str:
    return "/".join((f"/demands/seats/{matter_id}", *more)) + "/"


def test_karim_writes_it_down_and_reads_the_same_page_whoever_it_concerns(cast: Cast) -> None:
    karim = signed_in(cast.karim)
    answer = post(karim, "/demands/new/", **PAPER)

    assert (answer.status_code, answer["Location"]) == (302, "/demands/received/")
    assert "Maya" not in get(karim, "/demands/received/")
    get(karim, f"/demands/{uuid_of('a demand')}/", 403)
    get(karim, "/demands/", 403)
    desk = get(signed_in(cast.nadia), "/demands/")
    assert desk.count("A request of youth protection") == 1
    assert "Nobody has said whom it concerns" in desk
    assert "Maya" not in desk


def test_a_paper_that_is_half_written_is_given_back_whole_with_what_to_mend(cast: Cast) -> None:
    karim = signed_in(cast.karim)
    said = {**PAPER, "kind": "", "due_on_day": "1", "due_on_month": "3", "due_on_year": "2026"}
    answer = post(karim, "/demands/new/", **said)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert ABOUT in page
    assert "This day comes before the day it arrived." in page
    with acting(cast.nadia, LATER):
        assert not Demand.objects.exists()


def test_ines_says_that_it_concerns_maya_and_nadia_goes_on_with_it(cast: Cast) -> None:
    ines, here = signed_in(cast.ines), f"/files/{cast.maya.file_id}/demands/"
    said = {**PAPER, "officer": str(cast.nadia.user_id)}
    page = get(ines, here)
    for _press in range(2):
        answer = ines.post(here, {"form_id": Page(page).fields["form_id"], **said})
        assert answer.status_code == 302

    one = get(ines, answer["Location"])
    assert "Nobody has written whether they were told." in one
    nadia = signed_in(cast.nadia)
    desk = get(nadia, "/demands/")
    matter_id = answer["Location"].rstrip("/").rpartition("/")[2]
    assert f"/demands/seats/{matter_id}/" in desk
    assert "Maya" in get(nadia, f"/demands/seats/{matter_id}/")


def test_of_a_demand_shown_to_two_the_one_who_knows_links_it(cast: Cast) -> None:
    demand = receive(cast.karim)
    nadia = signed_in(cast.nadia)
    url = f"/demands/{demand.id}/"
    colleagues = [str(cast.ines.user_id), str(cast.yanick.user_id)]
    assert post(nadia, url, step="show", colleagues=colleagues).status_code == 302
    assert "Yanick" in get(nadia, url)
    ines = signed_in(cast.ines)
    assert ABOUT in get(ines, "/demands/shown/")
    said = {"demand": str(first_shown(cast)), "person": str(cast.maya.file_id)}
    answer = post(ines, "/demands/shown/", officer=str(cast.nadia.user_id), **said)

    assert answer["Location"] == f"/files/{cast.maya.file_id}/demands/"
    assert "Go on with it" in get(nadia, url)
    assert "Nothing is destroyed; it is being weighed" in get(nadia, url)
    assert "Maya" not in get(signed_in(cast.yanick), "/demands/shown/").replace(ABOUT, "")


def first_shown(cast: Cast) -> UUID:
    with acting(cast.ines, LATER):
        return Shown.objects.get().pk


def test_a_demand_that_concerns_nobody_is_answered_in_words_that_confirm_nothing(
    cast: Cast,
) -> None:
    demand = receive(cast.karim)
    nadia, url = signed_in(cast.nadia), f"/demands/{demand.id}/"
    get(nadia, f"{url}paper/fr/", 404)
    assert post(nadia, url, step="end", how="SAME").status_code == 422
    assert post(nadia, url, step="end", how="NOBODY").status_code == 302

    for language in ("fr", "en"):
        answer = nadia.get(f"{url}paper/{language}/")
        said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
        assert answer["Content-Type"] == "application/pdf"
        assert "Maya" not in said
        assert ("ni confirm" in said.casefold()) or ("confirmons ni" in said) or "neither" in said


def test_the_whole_way_on_screen_to_the_stamped_pages(cast: Cast) -> None:
    matter_id = link(cast)
    nadia = signed_in(cast.nadia)
    page = get(nadia, at(matter_id))
    assert "Before anything is produced:" in page
    for kind, code in (
        ("identity", "SEEN"), ("law", "COMPELS"), ("report", "ACCEPTED"), ("scope", "MINIMUM"),
        ("secrecy", "NONE"),
    ):  # fmt: skip
        said = {"code": code, "who": "Bureau du DPJ", "words": "Pesé.", "apart": "2"}
        assert post(nadia, at(matter_id, "steps", kind), **said).status_code == 302
    ines = signed_in(cast.ines)
    tell = f"/files/{cast.maya.file_id}/demands/{matter_id}/told/"
    numbers = [line.call for line in regions.help_lines() if line.call]
    assert numbers
    assert [one for one in numbers if one not in get(ines, tell)] == []
    assert post(ines, tell, way="TOLD", words="Dit à Maya.").status_code == 422
    told = {"way": "TOLD", "words": "Dit à Maya.", "support": "OFFERED"}
    assert post(ines, tell, **told).status_code == 302
    assert "2 texts that it names need an order of their own" in get(nadia, at(matter_id))
    texts = [value for value in _values(get(nadia, at(matter_id, "production")), "texts")]
    assert post(nadia, at(matter_id, "production")).status_code == 422
    answer = post(nadia, at(matter_id, "production"), texts=texts[:1])
    assert answer.status_code == 302
    draft = answer["Location"]
    assert "A second person releases it" in get(nadia, draft)
    lawyer = counsel(cast)
    give_seat(matter_id, lawyer, by=seated(cast.nadia))
    lawyers = signed_in(lawyer)
    get(nadia, f"{draft}paper/fr/", 404)
    assert get(lawyers, "/demands/seats/").count(at(matter_id)) == 1
    assert post(lawyers, draft, outcome="SENT_BACK").status_code == 422
    assert post(lawyers, draft, outcome="RELEASED").status_code == 302
    assert lawyers.post(f"{draft}paper/fr/").status_code == 404
    assert nadia.get(f"{draft}paper/fr/").status_code == 404

    for language in ("fr", "en"):
        paper = nadia.post(f"{draft}paper/{language}/")
        pages = [one.extract_text() for one in PdfReader(io.BytesIO(paper.content)).pages]
        with acting(seated(cast.nadia), LATER):
            [one] = Production.objects.all()
        of = {"fr": "page 1 de", "en": "page 1 of"}[language]
        assert paper.status_code == 200
        assert of in pages[0]
        assert all(documents.spelt(one.digest) in said for said in pages)
        assert "DPJ" in pages[0]
    done = {"code": "HAND", "who": "Une greffière", "words": "Reçu signé."}
    assert post(nadia, at(matter_id, "steps", "delivered"), **done).status_code == 302
    register = get(ines, f"/files/{cast.maya.file_id}/communications/register/")
    assert "1 text was given, and nothing else of your file." in register
    listed = get(ines, f"/files/{cast.maya.file_id}/communications/")
    assert "Given, as the law requires" in listed
    end = {"code": "GOES_ON", "words": "Une autre audience."}
    assert post(nadia, at(matter_id, "steps", "closed"), **end)["Location"] == "/demands/"
    get(nadia, at(matter_id), 404)
    get(lawyers, at(matter_id), 404)


def _values(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]+)"', page)


def test_to_an_accused_without_a_judge_nothing_is_produced_and_the_page_says_why(
    cast: Cast,
) -> None:
    matter_id = link(cast, kind="SUBPOENA", asker="DEFENCE")
    nadia = ready(cast, matter_id, but=("REPORT",))
    weigh(matter_id, "ACCUSED", "UNDECIDED", by=nadia)
    client = signed_in(cast.nadia)

    page = get(client, at(matter_id))
    assert "nothing is produced before a judge has decided at both stages" in page
    get(client, at(matter_id, "production"), 403)


def test_a_production_never_rests_on_a_consent_and_the_page_says_so(cast: Cast) -> None:
    matter_id = link(cast)
    nadia = ready(cast, matter_id, but=("LAW",))
    weigh(matter_id, "LAW", "CONSENT", by=nadia)
    client = signed_in(cast.nadia)

    assert "A production never rests on a consent" in get(client, at(matter_id))
    get(client, at(matter_id, "production"), 403)


def test_an_objection_leaves_by_letter_in_both_languages(cast: Cast) -> None:
    matter_id = link(cast)
    nadia = signed_in(cast.nadia)
    get(nadia, at(matter_id, "letter", "fr"), 404)
    said = {"code": "TOO_WIDE", "words": "La demande vise plus que la période."}
    assert post(nadia, at(matter_id, "steps", "objected"), **said).status_code == 302

    for language in ("fr", "en"):
        answer = nadia.get(at(matter_id, "letter", language))
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
        assert "La demande vise plus que la période." in text
        assert "Maya" not in text


# Every state, every role: what the one page of it answers.
STATES = ("FROZEN", "PREPARED", "RELEASED", "OBJECTED", "DELIVERED", "LAPSED", "CLOSED")


@pytest.mark.parametrize("state", STATES)
def test_in_every_state_each_reads_what_is_theirs_and_nobody_else_anything(
    cast: Cast, state: str
) -> None:
    matter_id = bring(cast, state)
    beside = f"/files/{cast.maya.file_id}/demands/{matter_id}/"
    seat = at(matter_id)
    answered = {}
    people = ("louise", "ines", "yanick", "karim", "samir", "roy", "amrani", "nadia")
    for name in people:
        client = signed_in(getattr(cast, name))
        answered[name] = (client.get(beside).status_code, client.get(seat).status_code)
    seats_are_over = state == "CLOSED"

    assert answered.pop("ines") == (200, 403)
    assert answered.pop("nadia") == (404, 404 if seats_are_over else 200)
    assert {by: code[0] for by, code in answered.items()} == dict.fromkeys(answered, 404)
    assert {code[1] for code in answered.values()} == {403}
    with acting(cast.ines, LATER):
        assert MatterStatus.objects.get(pk=matter_id).status == state


def bring(cast: Cast, state: str) -> UUID:
    """A demand brought to this state, by the shortest way."""
    matter_id = link(cast)
    nadia = seated(cast.nadia)
    if state in {"RELEASED", "DELIVERED"}:
        released(cast, matter_id)
    if state == "PREPARED":
        prepare(matter_id, by=ready(cast, matter_id))
    if state == "OBJECTED":
        weigh(matter_id, "OBJECTED", "SECRET", by=nadia)
    if state in {"LAPSED", "CLOSED"}:
        weigh(matter_id, "LAPSED", "", by=nadia)
    if state == "DELIVERED":
        weigh(matter_id, "DELIVERED", "HAND", by=nadia)
    if state == "CLOSED":
        weigh(matter_id, "CLOSED", "ENDS", by=nadia)
    return matter_id


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_for_one_demand_and_for_three(
    cast: Cast, number: int, django_assert_num_queries: Any
) -> None:
    for which in range(number):
        matter_id = link(cast, f"demand {which}")
    ines, nadia = signed_in(cast.ines), signed_in(cast.nadia)
    for client, url, most in (
        (nadia, "/demands/", 7), (nadia, at(matter_id), 8),
        (ines, f"/files/{cast.maya.file_id}/demands/", 8),
        (ines, f"/files/{cast.maya.file_id}/demands/{matter_id}/", 7),
    ):  # fmt: skip
        # Beside these, a test's own transaction stands around the page.
        with django_assert_num_queries(most + 3):
            get(client, url)


def test_nobody_guesses_that_a_demand_exists(cast: Cast) -> None:
    matter_id = link(cast)
    yanick = signed_in(cast.yanick)
    real = get(yanick, f"/files/{cast.maya.file_id}/demands/{matter_id}/", 404)
    none = get(yanick, f"/files/{uuid4()}/demands/{uuid4()}/", 404)

    assert real.partition("<main")[2] == none.partition("<main")[2]
    later = LATER + timedelta(days=70)
    with clock.at(later):
        get(_signed_in(cast.nadia, at=later), at(matter_id), 404)


def test_once_its_day_is_past_the_desk_says_so_until_it_is_answered(cast: Cast) -> None:
    matter_id = link(cast, due_on=LATER.date() - timedelta(days=1))
    nadia = signed_in(cast.nadia)
    late = get(nadia, "/privacy/")

    weigh(matter_id, "OBJECTED", "TOO_WIDE", by=ready(cast, matter_id))

    assert "1 legal demand is open, and its day was" in late
    answered = get(nadia, "/privacy/")
    assert "1 legal demand is open" in answered
    assert "its day was" not in answered
