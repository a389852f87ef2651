"""Are her strengths hers: in her words, agreed to, set aside any day, first in her file?"""

from __future__ import annotations

from io import BytesIO
from itertools import product
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.strengths import actions, policy, queries
from spheres.followup.strengths.models import Strength, StrengthStatus, Voice
from spheres.followup.strengths.tests.factories import written
from spheres.records.between import places, strengths
from spheres.vault import actions as vault
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in

Status = StrengthStatus.Status
ONE = uuid_of("one strength")

pytestmark = pytest.mark.django_db


def kept(cast: Cast, name: str = "one strength", **said: object) -> UUID:
    at = said.pop("at", MONDAY)
    with acting(cast.ines, at):  # type: ignore[arg-type]
        return actions.sign(
            cast.maya.file_id,
            written(uuid_of(name), at, **said),  # type: ignore[arg-type]
            by=cast.ines,
            at=at,  # type: ignore[arg-type]
        )


def where(cast: Cast, name: str, *ids: UUID) -> str:
    return reverse(f"strengths:{name}", args=[cast.maya.file_id, *ids])


def events(cast: Cast) -> list[str]:
    with acting(cast.ines):
        rows = Event.objects.filter(chain_id=cast.maya.file_id, action__startswith="strength.")
        return sorted(rows.values_list("action", flat=True))


# What is required: a line, and her agreement to what somebody else noticed.


def test_a_line_is_enough(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        form = Page(ines.get(where(cast, "write")).content.decode())
        sent = {"form_id": form.fields["form_id"], "line": "Je fais rire ma sœur."}
        nothing = ines.post(where(cast, "write"), {"form_id": form.fields["form_id"]})
        day = {"kind": "PRIDE", "voice": "CLOSE", "pen": "HER", "day": "2026-01-05"}
        answer = ines.post(where(cast, "write"), sent | day)

    assert (nothing.status_code, answer.status_code) == (422, 302)
    assert answer.headers["Location"] == where(cast, "log")
    with acting(cast.ines):
        [line] = Strength.objects.all()
        vault.open([line], by=cast.ines)
        told = (line.kind, line.voice, line.pen, line.opened.line, line.agreed_on)
    assert told == ("PRIDE", "CLOSE", "HER", "Je fais rire ma sœur.", None)
    assert clock.day_of(line.occurred_at).isoformat() == "2026-01-05"


@pytest.mark.parametrize(("agreed", "status", "count"), [({}, 422, 0), ({"agreed": "on"}, 302, 1)])
def test_what_the_worker_noticed_stands_there_only_if_she_agrees(
    cast: Cast, agreed: dict[str, str], status: int, count: int
) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        form = Page(ines.get(where(cast, "write")).content.decode())
        sent = {
            "form_id": form.fields["form_id"], "kind": "STRENGTH", "voice": "WORKER",
            "pen": "WORKER", "day": "2026-03-02", "line": "Tu repères vite ce qui cloche.",
        }  # fmt: skip
        answer = ines.post(where(cast, "write"), sent | agreed)

    assert answer.status_code == status
    with acting(cast.ines):
        assert Strength.objects.count() == count
        assert [one.agreed_on for one in Strength.objects.all()] == [clock.day_of(MONDAY)] * count


def test_the_database_refuses_what_was_noticed_and_not_agreed_to(cast: Cast) -> None:
    with acting(cast.ines):
        row = Strength(
            id=ONE, file_id=cast.maya.file_id, kind="STRENGTH", voice="WORKER", pen="WORKER",
            occurred_at=MONDAY, written_by=cast.ines.user_id, written_at=MONDAY,
        )  # fmt: skip
        vault.lock(row, line="Tu es forte.", her_words="", observation="", support="")
        with transaction.atomic(), pytest.raises(IntegrityError):
            Strength.objects.bulk_create([row])


@pytest.mark.parametrize(("voice", "agreed"), list(product(Voice.values, [True, False])))
def test_who_may_keep_what(voice: str, agreed: bool) -> None:
    worker, lead = of_role(Role.YOUTH_WORKER), of_role(Role.TEAM_LEAD)
    day = clock.day_of(MONDAY) if agreed else None

    assert bool(policy.can_keep(worker, voice, day)) is (voice != Voice.WORKER or agreed)
    assert not policy.can_keep(lead, voice, day)


@pytest.mark.parametrize(("now", "to"), list(product(Status.values, Status.values)))
def test_a_line_is_set_aside_and_taken_up_again_and_nothing_else(now: str, to: str) -> None:
    allowed = {(Status.SIGNED, Status.SET_ASIDE), (Status.SET_ASIDE, Status.SIGNED)}

    assert bool(policy.can_move(of_role(Role.YOUTH_WORKER), now, to)) is ((now, to) in allowed)
    assert not policy.can_move(of_role(Role.TEAM_LEAD), now, to)


@pytest.mark.parametrize("now", Status.values)
@pytest.mark.parametrize("is_mine", [True, False])
def test_only_its_author_corrects_what_stands(now: str, is_mine: bool) -> None:
    worker = of_role(Role.YOUTH_WORKER)
    record = Strength(id=ONE, written_by=worker.user_id if is_mine else uuid_of("another"))

    may = policy.can_correct(worker, record, now)

    assert bool(may) is (is_mine and now == Status.SIGNED)


def of_role(role: str) -> Actor:
    return Actor(uuid_of("somebody"), uuid_of("somewhere"), frozenset({role}))


# Set aside for now.


def test_not_now_is_one_press_and_so_is_taking_it_up_again(cast: Cast) -> None:
    kept(cast)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        aside = ines.post(where(cast, "move", ONE), {"to": "SET_ASIDE"})
        log = ines.get(where(cast, "log")).content.decode()
        file = ines.get(reverse("dossier:file", args=[cast.maya.file_id])).content.decode()
        plan = ines.get(reverse("plan:page", args=[cast.maya.file_id])).content.decode()
        odd = [
            ines.post(where(cast, "move", ONE), {"to": to}).status_code
            for to in ("SET_ASIDE", "CORRECTED", "", "RUBBED_OUT")
        ]
        again = ines.post(where(cast, "move", ONE), {"to": "SIGNED"})
        back = ines.get(where(cast, "log")).content.decode()

    assert (aside.status_code, again.status_code) == (302, 302)
    assert odd == [403, 404, 404, 404]
    assert log.index("Not any more") < log.index("Je suis patiente")
    assert "Je suis patiente avec les petits.<br>" not in file
    assert "<li>Je suis patiente" not in plan
    assert "Not any more" not in back
    assert events(cast) == ["strength.kept", "strength.set_aside", "strength.taken_up"]


def test_a_line_set_aside_is_corrected_only_once_it_is_taken_up(cast: Cast) -> None:
    kept(cast)
    with acting(cast.ines):
        actions.move(cast.maya.file_id, ONE, Status.SET_ASIDE, by=cast.ines, at=MONDAY)
        other = written(uuid_of("other"), MONDAY)
        with pytest.raises(NotAllowed):
            actions.correct(cast.maya.file_id, ONE, other, by=cast.ines, at=MONDAY)


def test_somebody_else_of_hers_sets_aside_and_a_stranger_nothing(cast: Cast) -> None:
    kept(cast)
    with clock.at(MONDAY):
        answer = signed_in(cast.samir).post(where(cast, "move", ONE), {"to": "SET_ASIDE"})
        paper = signed_in(cast.samir).post(where(cast, "paper"))
        log = signed_in(cast.samir).get(where(cast, "log"))
    with acting(cast.samir), pytest.raises(WrongState):
        actions.move(cast.maya.file_id, ONE, Status.SET_ASIDE, by=cast.samir, at=MONDAY)

    assert (answer.status_code, paper.status_code, log.status_code) == (404, 404, 404)


# Found in another tool.


def test_what_is_found_twice_in_one_thing_is_kept_once(cast: Cast) -> None:
    of = uuid_of("an afternoon of ceramics")
    with acting(cast.ines):
        for _ in (1, 2):
            strengths.keep(
                cast.maya.file_id, "Je suis patiente.", of=of, pen="HER", by=cast.ines, at=MONDAY
            )
        [line] = Strength.objects.all()
        vault.open([line], by=cast.ines)
        assert strengths.kept([of, uuid_of("another")], actor=cast.ines) == {of}

    told = (line.kind, line.voice, line.pen, line.opened.line)
    assert told == ("STRENGTH", "HERS", "HER", "Je suis patiente.")
    assert events(cast) == ["strength.kept"]


def test_one_folder_keeps_them() -> None:
    assert strengths.are_kept()
    with pytest.raises(ValueError, match="one place"):
        strengths.kept_by(actions.keep_found, queries.found_already)


# Where they are shown.


def test_the_file_begins_with_her_words_and_her_strengths(cast: Cast) -> None:
    for name, line, at in (("old", "La plus vieille.", MONDAY), ("new", "La plus neuve.", TUESDAY)):
        kept(cast, name, line=line, at=at)
    with clock.at(TUESDAY):
        page = signed_in(cast.ines, at=TUESDAY, language="en").get(
            reverse("dossier:file", args=[cast.maya.file_id])
        )

    text = page.content.decode()
    spots = [
        text.index(words)
        for words in ("In their words", "Their strengths", "La plus neuve.", "La plus vieille.",
                      "What happened")
    ]  # fmt: skip
    assert spots == sorted(spots)


def test_the_file_shows_three_and_leads_to_the_others(cast: Cast) -> None:
    for number in range(4):
        kept(cast, f"line {number}", line=f"Ligne {number}.")
    with acting(cast.ines):
        locked = [one for one in places.locked_of(cast.maya.file_id, actor=cast.ines, since=None)]
        vault.open([row for one in locked for row in one.rows], by=cast.ines)
        [block] = [b for one in locked if (b := one.block()) and b.with_her_words]

    assert (len(block.says["lines"]), block.says["more"]) == (3, True)


def test_what_was_written_before_she_came_back_stays_folded(cast: Cast) -> None:
    kept(cast, "before", line="D’avant.", at=MONDAY)
    kept(cast, "since", line="De depuis.", at=TUESDAY)
    with acting(cast.ines, TUESDAY):
        of = {"actor": cast.ines, "since": TUESDAY}
        found = [
            queries.with_her_words(cast.maya.file_id, **of),
            queries.of_plan(cast.maya.file_id, **of),
            queries.log(cast.maya.file_id, **of),
        ]

    assert [[one.pk for one in rows] for rows in found] == [[uuid_of("since")]] * 3


def test_the_log_reads_by_what_each_line_is_and_says_whose_voice(cast: Cast) -> None:
    kept(cast, "milestone", kind="MILESTONE", line="Un mois à l’école.")
    kept(cast, "thanks", kind="RECEIVED", voice="CLOSE", line="Merci d’avoir gardé mon chat.")
    kept(cast)
    with clock.at(MONDAY):
        page = signed_in(cast.ines, language="en").get(where(cast, "log")).content.decode()

    spots = [
        page.index(words)
        for words in (
            "What I can do<",
            "Je suis patiente",
            "Thank-yous I was given<",
            "Merci d’avoir",
            "Somebody who matters to me said it",
            "Milestones<",
            "Un mois",
        )
    ]
    assert spots == sorted(spots)


# On paper.


@pytest.mark.parametrize("language", ["fr", "en"])
def test_on_paper_they_name_nobody_and_her_journal_says_so(cast: Cast, language: str) -> None:
    kept(cast)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language=language)
        answer = ines.post(where(cast, "paper"))

    said = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert "Je suis patiente avec les petits." in said
    assert "Maya" not in said
    assert answer.headers["Content-Disposition"] == 'attachment; filename="feuille.pdf"'
    assert events(cast) == ["strength.kept", "strength.on_paper"]


def test_without_a_line_there_is_no_sheet(cast: Cast) -> None:
    with clock.at(MONDAY):
        assert signed_in(cast.ines).post(where(cast, "paper")).status_code == 404
