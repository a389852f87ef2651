"""Who proposes a practice note, who decides of it and on what, what stands, what is reviewed?"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.partners.committees import actions as committees
from spheres.partners.practice_notes import actions, framework, policy, queries, standing
from spheres.partners.practice_notes.models import Ruling, Version
from spheres.records.between import decisions
from tests.cast import Cast, acting, uuid_of
from tests.committees import HELD, VIGNETTE, bring, clinical, convene
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
DECIDED = uuid_of("what was decided")
LATER = HELD + timedelta(hours=5)
A_YEAR = timedelta(days=365)
NOTE = uuid_of("a note")
TEXT = {
    "title_fr": "Écrire court, le soir", "title_en": "Short words, in the evening",
    "words_fr": "Un mot court, sans question.", "words_en": "A short word, no question.",
    "basis": "WISDOM", "source": "",
}  # fmt: skip
CITED = {"basis": "SOURCE", "source": "Miller et Rollnick (2002)."}


@pytest.fixture
def met(cast: Cast) -> Cast:
    """The clinical committee met, and Louise, who chairs it, wrote what it decided."""
    bring(cast, convene(cast))
    with acting(cast.louise, HELD):
        committees.write_decision(DECIDED, VIGNETTE, "On écrit court.", by=cast.louise, at=HELD)
    return cast


def propose(
    who: Actor, name: str = "a note", at: datetime = HELD, of: UUID | None = None, **said: str
) -> UUID:
    with acting(who, at):
        note = queries.note(of, actor=who) if of else None
        proposed = actions.Proposed(uuid_of(name), **(TEXT | said))
        actions.propose(proposed, by=who, at=at, of=note)
    return uuid_of(name)


def rule(who: Actor, version_id: UUID, name: str = "ruled", at: datetime = LATER, **said) -> None:  # type: ignore[no-untyped-def]
    with acting(who, at):
        found = queries.note_of(version_id, actor=who)
        assert found is not None
        kept = {"outcome": "KEPT", "review_on": (at + A_YEAR).date(), "decided_id": DECIDED}
        actions.rule(actions.Said(uuid_of(name), **(kept | said)), found[1], by=who, at=at)


def stands(who: Actor) -> list[list[tuple[int, str]]]:
    with acting(who, LATER):
        found = queries.notes(actor=who)
        return [[(one.number, one.stands) for one in note.versions] for note in found]


def test_anybody_proposes_a_note_and_all_who_work_in_the_programme_read_it(met: Cast) -> None:
    propose(met.samir)
    propose(met.samir)  # pressed twice

    for who in (met.roy, met.amrani, met.karim, met.ines):
        with acting(who, LATER):
            [note] = queries.notes(actor=who)
        [told] = note.versions
        assert (told.row.title_fr, told.who, told.stands) == (TEXT["title_fr"], "Samir", "WAITS")


def test_it_stands_once_whoever_chairs_wrote_that_the_committee_approved_it(met: Cast) -> None:
    propose(met.samir)

    rule(met.louise, NOTE, minority_fr="Le soir est à elle.", minority_en="Evenings are hers.")
    rule(met.louise, NOTE)  # pressed twice

    with acting(met.roy, LATER):
        [note] = queries.notes(actor=met.roy)
        its_name = clinical().name
    assert note.standing is not None
    [ruled] = note.standing.rulings
    assert (ruled.committee, ruled.who, ruled.row.outcome, ruled.row.minority) == (
        its_name, "Louise", "KEPT", "Le soir est à elle.",
    )  # fmt: skip


def test_another_version_stands_only_once_approved_and_those_before_stay(met: Cast) -> None:
    propose(met.samir)
    rule(met.louise, NOTE)
    second = propose(met.ines, "second", LATER, NOTE, **CITED)
    assert stands(met.roy) == [[(2, "WAITS"), (1, "STANDS")]]

    rule(met.louise, second, "second ruled", LATER + timedelta(hours=1))

    assert stands(met.roy) == [[(2, "STANDS"), (1, "PAST")]]
    with pytest.raises(NotAllowed):  # of one that stands no more, nobody decides
        rule(met.louise, NOTE, "too late", LATER + timedelta(hours=2))


def test_what_a_committee_takes_back_stands_no_more_and_the_one_before_stands_again(
    met: Cast,
) -> None:
    propose(met.samir)
    rule(met.louise, NOTE)
    second = propose(met.ines, "second", LATER, NOTE)
    rule(met.louise, second, "second ruled", LATER + timedelta(hours=1))

    rule(
        met.louise, second, "taken back", LATER + timedelta(hours=2), outcome="NOT_KEPT",
        review_on=None,
    )  # fmt: skip

    assert stands(met.roy) == [[(2, "NOT_KEPT"), (1, "STANDS")]]


@pytest.mark.parametrize("slug", ["ines", "samir", "karim", "roy", "amrani"])
def test_nobody_decides_but_whoever_chairs(met: Cast, slug: str) -> None:
    who = getattr(met, slug)
    propose(met.samir)

    with pytest.raises(NotAllowed):
        rule(who, NOTE)
    with acting(who, LATER):
        assert decisions.where_one_chairs(actor=who, at=LATER) == []


def test_it_leans_on_a_decision_of_a_committee_that_one_chairs(met: Cast) -> None:
    propose(met.samir)

    with pytest.raises(WrongState):
        rule(met.louise, NOTE, decided_id=uuid_of("nothing that was decided"))
    with acting(met.louise, LATER):
        taken = decisions.where_one_chairs(actor=met.louise, at=LATER)
    assert [(one.id, one.words) for one in taken] == [(DECIDED, "On écrit court.")]


def test_the_database_refuses_what_is_decided_elsewhere_or_written_for_another(met: Cast) -> None:
    propose(met.samir)
    with acting(met.ines):
        of = clinical()

    def forged(who: Actor, **said: object) -> Ruling:
        row = {
            "id": uuid_of("forged"), "version_id": NOTE, "committee_id": of.pk, "outcome": "KEPT",
            "decided_id": DECIDED, "review_on": date(2027, 1, 4), "written_by": who.user_id,
            "written_at": LATER,
        }  # fmt: skip
        return Ruling(**(row | said))

    version = Version(
        id=uuid_of("forged"), note_id=NOTE, organisation_id=met.elsewhere.pk, written_at=LATER,
        written_by=met.ines.user_id, **TEXT,
    )  # fmt: skip
    for who, row in (
        (met.ines, forged(met.ines)),  # she sits, and does not chair
        (met.louise, forged(met.louise, committee_id=uuid_of("another committee"))),
        (met.louise, forged(met.ines)),
        (met.louise, forged(met.louise, written_at=HELD)),
        (met.ines, version),
    ):
        with acting(who, LATER), pytest.raises(ProgrammingError), transaction.atomic():
            type(row)._base_manager.bulk_create([row])  # type: ignore[attr-defined]


@pytest.mark.parametrize("said", [{"basis": "SOURCE", "source": ""}, {"source": "Un livre."}])
def test_it_rests_on_a_source_or_says_that_it_is_practice_wisdom(
    met: Cast, said: dict[str, str]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        propose(met.samir, **said)


def test_the_desk_of_whoever_chairs_is_told_what_waits_and_a_month_before_a_review(
    met: Cast,
) -> None:
    def told(who: Actor, at: datetime) -> list[str]:
        with acting(who, at), clock.at(at):
            return [one.sentence for one in standing.to_see_to(actor=who)]

    propose(met.samir)
    assert told(met.louise, LATER) == ["1 note de pratique attend la décision d’un comité."]
    rule(met.louise, NOTE, review_on=(LATER + timedelta(days=60)).date())
    assert told(met.louise, LATER) == []
    soon = LATER + timedelta(days=40)
    assert told(met.louise, soon) == ["1 note de pratique approuvée par votre comité est à revoir."]
    assert told(met.karim, soon) == []
    second = propose(met.ines, "second", LATER, NOTE)
    rule(met.louise, second, "second ruled", LATER + timedelta(hours=1))
    assert told(met.louise, soon) == []


def test_who_decides() -> None:
    chaired = {uuid_of("a committee")}

    assert policy.can_rule(chaired)
    assert not policy.can_rule(chaired, is_past=True)
    assert not policy.can_rule(set())
    assert not policy.can_propose(Actor(uuid_of("who"), uuid_of("where"), frozenset()))


def test_each_work_that_the_framework_cites_is_named_at_its_foot() -> None:
    pieces = (*framework.COMPONENTS, *framework.APPROACHES, *framework.VALUES)
    for cite in (cite for piece in pieces for cite in piece.cites):
        first, year = re.split(r"[ ,&]", cite)[0], cite[-5:-1]
        assert [work for work in framework.WORKS if work.startswith(first) and year in work]


def form_id(answer: HttpResponse) -> str:
    page = answer.content.decode()
    found = re.search(r'name="form_id" value="([^"]+)"', page[page.index("<main") :])
    assert found is not None
    return found[1]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_say_everything_keep_what_is_typed_and_ask_again_of_a_name(
    met: Cast, language: str
) -> None:
    with clock.at(LATER), untranslated() as missing:
        samir = signed_in(met.samir, at=LATER, language=language)
        sent = {"form_id": form_id(samir.get("/practice/new/")), **TEXT}
        named = {**sent, "words_fr": "Demander à Mélissa Tremblay."}
        assert samir.post("/practice/new/", named).status_code == 422
        assert samir.post("/practice/new/", {**sent, "basis": "SOURCE"}).status_code == 422
        assert samir.post("/practice/new/", {**sent, "source": "Un livre."}).status_code == 422
        assert samir.post("/practice/new/", sent).status_code == 302
        with acting(met.samir, LATER):
            version = Version.objects.get()
        louise = signed_in(met.louise, at=LATER, language=language)
        there = f"/practice/versions/{version.pk}/decided/"
        assert samir.get(there).status_code == 403
        assert louise.get(f"/practice/versions/{uuid_of('none')}/decided/").status_code == 404
        page = louise.get(there)
        sent = {"form_id": form_id(page), "decided": str(DECIDED), "outcome": "KEPT"}
        review = {"review_on_day": "4", "review_on_month": "1", "review_on_year": "2027"}
        minority = {"minority_fr": "Le soir est à elle.", "minority_en": "Evenings are hers."}
        for wrong in (
            sent,
            {**sent, **review, "review_on_year": "2020"},
            {**sent, **review, "minority_fr": "Le soir est à elle."},
        ):
            assert louise.post(there, wrong).status_code == 422
        assert louise.post(there, {**sent, **review, **minority}).status_code == 302
        note = f"/practice/{version.note_id}/"
        sent = {"form_id": form_id(samir.get(f"{note}again/")), **TEXT, **CITED}
        assert samir.post(f"{note}again/", sent).status_code == 302
        pages = ["/practice/", note, "/practice/framework/", "/committees/"]
        for who in (met.louise, met.samir, met.roy):
            client = signed_in(who, at=LATER, language=language)
            assert [client.get(page).status_code for page in pages] == [200] * 4
        shown = samir.get(note).content.decode()
        assert samir.get(f"/practice/{uuid_of('none')}/").status_code == 404

    assert {"fr": "Le soir est à elle.", "en": "Evenings are hers."}[language] in shown
    assert missing == set()


def test_it_costs_the_same_for_one_and_for_three(met: Cast) -> None:
    def cost(page: str) -> int:
        client = signed_in(met.roy, at=LATER)
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        return len(asked)

    pages = ("/practice/", f"/practice/{propose(met.samir)}/")
    rule(met.louise, NOTE)
    with clock.at(LATER):
        once = [cost(page) for page in pages]
    for name in ("second", "third"):
        propose(met.ines, name, LATER, NOTE)
        propose(met.samir, f"another {name}", LATER)
    with clock.at(LATER):
        assert [cost(page) for page in pages] == once
    assert max(once) <= 10, once


def test_two_notes_of_one_title_stand_in_the_order_in_which_they_were_proposed(met: Cast) -> None:
    """An order drawn at random would tell two worlds apart that nothing else does."""
    said = [propose(met.samir, f"note {n}", HELD + timedelta(minutes=n)) for n in range(6)]

    with acting(met.roy, LATER):
        assert [one.id for one in queries.notes(actor=met.roy)] == said
