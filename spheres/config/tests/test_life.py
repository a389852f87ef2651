"""Does the demonstration hold a year of believable life, made by the real actions, once?"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import translation

from spheres.accounts.models import Membership, Role
from spheres.audit.models import Event
from spheres.config import evaluated, life, steps, stories
from spheres.config.management.commands.load_region import LIVED, preview_of, who_can_sign_in
from spheres.core import clock, context
from spheres.core.actor import Actor, service
from spheres.evaluation.indicators import actions as indicators
from spheres.evaluation.reports.models import Report
from spheres.evaluation.research.models import Drop, Extract
from spheres.followup.admission import queries as admission
from spheres.followup.admission.models import ReferralStatus
from spheres.followup.notes import queries as notes
from spheres.followup.questions import queries as questions
from spheres.followup.urgent_needs.models import Answer
from spheres.regions import loading, queries
from spheres.regions.loading import LOADER
from spheres.regions.models import identifier
from spheres.regions.registry import Loading
from spheres.vault import actions as vault
from spheres.worker_support.intervention_support.models import AdviceRequest

DEMO = Path(__file__).resolve().parents[3] / "regions" / "demo"
SATURDAY = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
WORKERS = (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT)


@dataclass(frozen=True)
class Demo:
    """The demonstration, loaded and lived."""

    loading: Loading
    summary: life.Summary

    @property
    def staff(self) -> dict[str, Actor]:
        return {
            person.slug: Actor(
                self.loading.id("person", person.slug),
                self.loading.id("organisation", person.organisation),
                frozenset(person.roles),
            )
            for person in self.loading.said["people"]
        }


def load(folder: Path, at: datetime) -> Demo:
    found = loading.check(folder)
    with clock.at(at):
        with context.unit_of_work(LOADER):
            done = loading.load(found, by=LOADER, at=at)
        steps.play(done)
        played = life.play(done)
        for each in LIVED:
            each.play(done)
        return Demo(done, played)


@contextmanager
def kept_by_nobody() -> Iterator[None]:
    """What Django's own test case does: units of work stand inside it, and all is rolled back."""
    outer = transaction.atomic()
    outer._from_testcase = True
    with outer:
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker) -> Iterator[Demo]:
    """Loaded once, in a transaction that all tests of this file share and nobody keeps."""
    with django_db_blocker.unblock():
        with kept_by_nobody():
            yield load(DEMO, SATURDAY)
        queries.forget()
        connection.close()


@pytest.fixture(autouse=True)
def _later(demo) -> Iterator[None]:
    """Each test looks on the day of the loading, and keeps nothing of what it does."""
    with clock.at(SATURDAY), kept_by_nobody():
        yield


def as_each(demo: Demo, *roles: str) -> Iterator[Actor]:
    for actor in demo.staff.values():
        if not roles or actor.has(*roles):
            with context.acting_as(actor):
                yield actor


def states(demo: Demo) -> Counter[str]:
    # The coordination no longer sees what is settled: the service that forgets still counts it.
    with context.acting_as(service("expiry")):
        return Counter(ReferralStatus.objects.values_list("status", flat=True))


def test_at_least_sixty_persons_are_followed_and_every_state_is_present(demo):
    found = states(demo)

    assert found["ADMITTED"] + found["IN_CONTACT"] + found["ACCEPTED"] >= 60
    assert set(found) == set(ReferralStatus.Status.values)
    assert sum(found.values()) == demo.summary.referrals >= 64
    with context.acting_as(demo.staff["ines"]):
        assert set(Answer.objects.values_list("status", flat=True)) == set(Answer.Status.values)


def test_at_least_twenty_five_people_work_here(demo):
    with context.acting_as(LOADER):
        here = Membership.objects.exclude(ends_at__lte=SATURDAY)
        assert here.values("user_id").distinct().count() >= 25


def test_at_least_four_hundred_notes_are_signed_by_those_who_walk_with_her(demo):
    written = sum(notes.visible(actor=actor).count() for actor in as_each(demo, *WORKERS))

    # Who has left reads nothing any more, though what was written stands.
    assert 400 <= written <= demo.summary.notes == 468


def test_nobody_reaches_more_than_five_hundred_files(demo):
    reached = {}
    for actor in as_each(demo):
        with connection.cursor() as cursor:
            cursor.execute("select cardinality(access.readable_identity_files())")
            reached[actor.user_id] = cursor.fetchone()[0]

    assert max(reached.values()) <= 500
    assert sum(count > 0 for count in reached.values()) >= 10


def test_acts_stand_at_plausible_hours_and_none_in_the_future(demo):
    moments = [
        note.occurred_at.astimezone(clock.ZoneInfo("America/Toronto"))
        for actor in as_each(demo, *WORKERS)
        for note in notes.visible(actor=actor)
    ]

    assert {moment.hour for moment in moments} <= set(range(9, 22))
    assert max(moments) < SATURDAY
    assert max(moments) > SATURDAY - timedelta(days=14)


def test_each_note_reads_as_its_file_says(demo):
    ines = demo.staff["ines"]
    file_id = life.admission.file_of(identifier("demo", "referral", "maya"))
    said = next(story for story in demo.loading.said["life"] if story.slug == "maya")
    with context.acting_as(ines):
        found = list(notes.of_file(file_id, actor=ines).order_by("occurred_at", "pk"))
        vault.open(found, by=ines, sections=["notes"])

    assert [
        (note.kind, note.opened.her_words, note.opened.observation, note.opened.support)
        for note in found
    ] == [(note.kind, note.her_words, note.observation, note.support) for note in said.notes]


def test_each_act_left_its_event_at_its_moment_in_the_name_of_its_author(demo):
    ines, maya = demo.staff["ines"], identifier("demo", "referral", "maya")
    of_maya = Event.objects.filter(chain_id=life.admission.file_of(maya)).order_by("number")
    with context.acting_as(ines):
        events = list(of_maya)

    assert [event.at for event in events] == sorted(event.at for event in events)
    acts = [e.action for e in events if e.action[:5] not in {"open", "plan.", "stage", "task."}]
    order = "received offered declined offered accepted met admitted"
    assert acts[:7] == [f"referral.{done}" for done in order.split()]
    others = {f"need.{d}" for d in ("noted", "begun", "told")} | {"note.signed", "exercise.kept"}
    others |= {"questionnaire.kept"}
    others |= {f"summary.line_{d}" for d in ("added", "changed", "removed")}
    others |= {f"meeting.{d}" for d in ("planned", "held", "cancelled")}
    others |= {"contact.written", "safety.written", "safety.look_again"}
    others |= {f"accompaniment.{d}" for d in ("begun", "told")}
    others |= {"success.said"}
    others |= {f"strength.{d}" for d in ("kept", "set_aside")}
    others |= {f"participation.{d}" for d in ("written", "told")} | {
        "attendance.added",
        "outing.agreed",
    }
    others |= {"consent.given", "consent.withdrawn"}
    others |= {f"part.{d}" for d in ("said", "next_said", "ended")}
    others |= {f"disclosure.{d}" for d in ("prepared", "approved", "handed", "withdrawn")}
    others |= {"disclosure.declined"}
    assert set(acts[7:]) == others
    assert {event.actor_id for event in events if event.action == "note.signed"} == {ines.user_id}


def test_who_declined_because_she_knows_her_no_longer_sees_that_she_exists(demo):
    said = next(
        (story, step)
        for story in demo.loading.said["life"]
        for step in story.path
        if step.reason == "known"
    )
    file_id = life.admission.file_of(identifier("demo", "referral", said[0].slug))
    knower = demo.staff[said[1].who]

    with context.acting_as(knower):
        assert not admission.standing(file_id, actor=knower).exists()
    with context.acting_as(service("expiry")) as expiry:
        assert admission.standing(file_id, actor=expiry).exists()


def test_questions_under_a_code_stand_in_three_states_and_one_is_with_a_worker(demo):
    louise, ines = demo.staff["louise"], demo.staff["ines"]
    with context.unit_of_work(louise):
        queue = questions.queue(actor=louise)
    with context.unit_of_work(ines):
        hers = [
            questions.thread(one.file_id, actor=ines) for one in (*queue.answered, *queue.waiting)
        ]

    assert [one.words for one in queue.waiting] == [
        "Merci. Et si je change d’idée?",
        "Est-ce que je peux vous parler sans que mes parents le sachent? J’ai 15 ans.",
    ]
    assert (len(queue.answered), queue.bursts, queue.aside) == (1, [], [])
    assert [len(one.messages) for one in hers if one] == [2]


def test_requests_for_advice_wait_at_the_desk_and_name_nobody(demo):
    coordinator = stories.coordinator(demo.loading.said)
    assert coordinator is not None
    louise = demo.staff[coordinator.slug]

    with context.acting_as(louise):
        requests = AdviceRequest.objects.order_by("received_at", "pk")
        found = vault.open(list(requests), by=louise, sections=[])

    assert demo.summary.advice == 3
    assert [(one.age_band, one.language, one.opened.role, one.opened.reach) for one in found] == [
        (
            "14-17",
            "fr",
            "travailleuse sociale, Centre hospitalier du Confluent",
            "josee.marchildon@example.org",
        ),
        (
            "18-24",
            "fr",
            "conseiller pédagogique, Cégep de la Rive",
            "luc.gendron@example.org",
        ),
        ("12-13", "en", "teacher, Harbour Street School", "marion.fields@example.org"),
    ]


def test_loading_again_plays_nothing_again(demo):
    before = states(demo)

    again = load(DEMO, SATURDAY + timedelta(days=40))

    assert (again.summary.acts, again.summary.notes, again.summary.referrals) == (0, 0, 0)
    assert states(demo) == before
    assert again.loading.first_at == SATURDAY


def test_a_year_is_told_a_table_left_for_research_and_another_waits(demo):
    rollups = service("rollups")
    with kept_by_nobody(), clock.at(SATURDAY):
        with context.acting_as(rollups):
            indicators.count(by=rollups, at=SATURDAY)
        for _twice in range(2):
            evaluated.play(demo.loading)
        with context.acting_as(demo.staff["ariane"]):
            tables = [
                (bool(one.made_at), one.people, one.smallest)
                for one in Extract.objects.order_by("asked_at")
            ]
            drops = list(Drop.objects.values_list("done_at", flat=True))
            reports = list(Report.objects.order_by("kind").values_list("kind", flat=True))

    assert tables[1:] == [(False, None, None)]
    assert tables[0][0]
    assert tables[0][1] >= 20
    assert tables[0][2] >= 5
    assert drops == [None]
    assert reports == ["YEARLY"]  # the funder's is being written


def test_an_entry_added_later_is_played_alone(demo, tmp_path):
    shutil.copytree(DEMO, tmp_path / "demo")
    file = tmp_path / "demo" / "life" / "audrey.yaml"
    # The last entry's last note is followed by another.
    added = """    - day: -2
      by: audrey
      kind: call
      length: moment
      her_words: J’arrive.
      text: ""
      support: ""
"""
    file.write_text(file.read_text(encoding="utf-8").rstrip() + "\n" + added, encoding="utf-8")

    again = load(tmp_path / "demo", SATURDAY + timedelta(days=1))

    assert (again.summary.acts, again.summary.notes) == (1, 1)


def test_ten_people_are_proposed_to_whoever_starts_the_demonstration(demo):
    with translation.override("fr"):
        lines = who_can_sign_in(demo.loading)

    assert len(lines) == 10
    assert lines[1] == f"Inès Belhadj — {Role.YOUTH_WORKER.label} — La Maison"


def test_a_preview_says_in_words_what_would_change_and_writes_nothing(demo, tmp_path):
    file = Path(shutil.copytree(DEMO, tmp_path / "demo")) / "people.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("roles: [coor", "roles: [trainer, coor"), encoding="utf-8")

    with translation.override("en"):
        said = "\n".join(preview_of(tmp_path / "demo"))

    nothing = "  nothing would change"
    assert said == "\n".join(
        [
            "Region (region.yaml)", nothing,
            "Vocabularies (vocabularies.yaml)", nothing,
            "Help lines (help_lines.yaml)", nothing, "Texts (texts*.yaml)", nothing,
            "Retention (retention.yaml)", nothing,
            "Committees (committees.yaml)", nothing,
            "Organisations (organisations.yaml)", nothing,
            "People (people.yaml)", "  would be changed: Louise Charbonneau (+trainer)",
            "Resources (resources/*.yaml)", nothing,
            "Suggested trainings (trainings.yaml)", nothing,
            "Exercises (exercises/*.yaml)", nothing,
            "Questions of the questionnaires (instruments/*.json)", nothing,
            "Questionnaires (instruments/*.yaml)", nothing,
            "Words of letters (letters.yaml)", nothing,
            "What each partner asks itself once a year (self_assessment.yaml)", nothing,
            "Library (library.yaml)", nothing,
            "Charter of values (charter.yaml)", nothing,
            "Questions for reflection rounds (reflections/*.yaml)", nothing,
            "Training topics (topics.yaml)", nothing,
            "Trainings to begin with, and each year (asked_topics.yaml)", nothing,
            "Questions before and after a training (learning/*.yaml)", nothing,
            "Theory of change (theory.yaml)", nothing,
            "Absences and turns on call (absences.yaml)", nothing,
            "Undertakings and trainings (undertakings.yaml)", nothing,
            "Invented lives (life/*.yaml)", nothing,
            "Accompaniments and activities (steps.yaml)", nothing,
            "Hand-overs (hand_overs.yaml)", nothing,
            "Restrictions and refusals (restrictions.yaml)", nothing,
            "Rights of representatives that are suspended (suspensions.yaml)", nothing,
            "What is shared (shared.yaml)", nothing,
            "Files opened at odd hours (openings.yaml)", nothing,
            "Who does what (parts.yaml)", nothing,
            "What is told outside (communications.yaml)", nothing,
            "Dangers, and who answers (dangers.yaml)", nothing,
            "Worrying situations under 18 (worries.yaml)", nothing,
            "Questions asked under a code, in the demonstration (questions.yaml)", nothing,
            "Confidentiality incidents (incidents.yaml)", nothing,
            "Access requests, and what is answered (requests.yaml)", nothing,
            "Legal demands, and where they stand (demands.yaml)", nothing,
            "Keeping and erasing (keeping.yaml)", nothing,
            "Committees that met (meetings.yaml)", nothing,
            "What partners are to each other (cards.yaml)", nothing,
            "What partners hold to be good practice (practice.yaml)", nothing,
            "Training sessions (sessions.yaml)", nothing,
            "Who was trained, and in what (attested.yaml)", nothing,
            "Past trainings that were brought in (past_lists.yaml)", nothing,
            "Letters worded by an organisation (worded.yaml)", nothing,
            "What partners asked themselves (rounds.yaml)", nothing,
            "Where partners said they stand (assessed.yaml)", nothing,
            "What was told before of what success is for participants (chosen.yaml)", nothing,
            "What groups answered before and after trainings (groups.yaml)", nothing,
            "Who teaches, what is offered and what is asked (teaching.yaml)", nothing,
            "Advice given to professionals, in the demonstration (advised.yaml)", nothing,
            "This was a preview: nothing was written.",
        ]
    )  # fmt: skip
    with context.acting_as(LOADER):
        louise = identifier("demo", "person", "louise")
        assert Membership.objects.filter(user_id=louise).count() == 1
