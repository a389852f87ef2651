"""How does a demonstration come to life? Its files are played, act by act, by the real actions.

Each act is done in the name of whoever would do it, at the moment it would have happened, so that
journals, chains, keys and rights are what a year of work leaves. One story is one transaction; what
was played is noted in it, so a loading that was cut goes on where it stopped.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as hour
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils.translation import gettext_lazy

from spheres.accounts.region import PersonSaid
from spheres.config import stories
from spheres.config.stories import NoteSaid, StepSaid, Story
from spheres.core import clock, context
from spheres.core.actor import VISITOR, Actor
from spheres.followup.admission import actions as admission
from spheres.followup.admission.models import Referral
from spheres.followup.notes import actions as notes
from spheres.regions.loading import LOADER, LOCK
from spheres.regions.models import Played
from spheres.regions.registry import Change, Kind, Loading, Section, register
from spheres.worker_support.intervention_support import actions as support

# From which hour to which hour each thing happens: a plausible day.
HOURS: Final = {
    "referral": (8, 20), "offered": (9, 12), "asked": (9, 12), "accepted": (10, 16),
    "declined": (10, 16),
    "in_contact": (11, 17), "admitted": (13, 16), "meeting": (13, 17), "text": (9, 19),
    "call": (10, 17), "accompaniment": (9, 14), "drop_in": (16, 19), "outreach": (17, 20),
    "activity": (10, 16), "missed": (13, 17),
}  # fmt: skip
OFFICE: Final = (9, 16)
BREATH: Final = timedelta(minutes=10)  # between two acts of one story, at least
LAST_HOUR: Final = hour(23, 30)


@dataclass(frozen=True)
class Act:
    """One thing done, by someone, at a moment."""

    id: UUID
    who: Actor
    at: datetime
    do: Callable[[], object]


@dataclass(frozen=True)
class Summary:
    """What was played."""

    referrals: int
    acts: int
    notes: int
    advice: int
    seconds: float


def play(loading: Loading) -> Summary:
    """Play every act that was not played yet; each story in one transaction."""
    began, counted = time.monotonic(), Counter[str]()
    said: list[Story] = loading.said.get("life", [])
    for story in sorted(said, key=lambda story: (story.referral.day, story.slug)):
        with transaction.atomic(durable=True):
            _play_story(Telling(story, loading), counted)
    return Summary(
        counted["referral"],
        counted["acts"],
        counted["note"],
        counted["advice"],
        time.monotonic() - began,
    )


def _play_story(telling: Telling, counted: Counter[str]) -> None:
    with context.acting_as(LOADER):
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        acts = list(telling.acts())
        ids = [act.id for act in acts]
        played = set(Played.objects.filter(pk__in=ids).values_list("pk", flat=True))
    for act in acts:
        if act.id not in played:
            # Entered again for each act: a context lives one minute, and has one moment.
            with clock.at(act.at), context.acting_as(act.who):
                act.do()
            counted["acts"] += 1
            counted[telling.kinds[act.id]] += 1
    with context.acting_as(LOADER):
        Played.objects.bulk_create([Played(id=each) for each in ids if each not in played])


class Telling:
    """One story, told as acts in the order in which they happened."""

    def __init__(self, story: Story, loading: Loading) -> None:
        self.story, self.loading = story, loading
        self.zone = ZoneInfo(loading.said["region"].time_zone)
        here = loading.first_at.astimezone(self.zone).date()
        self.monday = here - timedelta(days=here.weekday())
        self.people: Mapping[str, PersonSaid] = {
            person.slug: person for person in loading.said["people"]
        }
        self.desk = loading.id("organisation", loading.said["region"].desk)
        self.referral_id = loading.id("referral", story.slug)
        self.file_id = admission.file_of(self.referral_id)
        self.kinds: dict[UUID, str] = {}
        self.last = datetime.min.replace(tzinfo=self.zone)
        self.offers: dict[str, UUID] = {}
        self.met: Counter[str] = Counter()

    def acts(self) -> Iterator[Act]:
        if self.story.is_advice:
            yield self._advice()
            return
        yield self._referral()
        for step in self.story.path:
            yield self._step(step)
        for note in self.story.notes:
            yield self._note(note)

    def _referral(self) -> Act:
        said = self.story.referral
        sent = admission.Sent(id=self.referral_id, **said.texts, **said.referrer)
        at = self._moment(said.day, "referral")
        if sent.channel != Referral.Channel.WEB:  # by voice or by mail: the desk writes it down
            louise = self._louise()
            return self._act(
                "referral", said.day, louise, at,
                lambda: admission.type_in(sent, desk=self.desk, by=louise, at=at),
            )  # fmt: skip
        return self._act(
            "referral", said.day, VISITOR, at,
            lambda: admission.refer(sent, desk=self.desk, by=VISITOR, at=at),
        )  # fmt: skip

    def _advice(self) -> Act:
        """A professional asks and names nobody; their own name is not needed either."""
        said = self.story.referral
        asked = support.Asked(
            id=self.referral_id,
            number=admission.number_of(self.referral_id),
            age_band=said.texts["age_band"],
            language="en" if said.texts["language"] == "en" else "fr",
            worries=said.texts["wish"],
            role=f"{said.referrer['referrer_role']}, {said.referrer['referrer_organisation']}",
            reach=said.referrer["referrer_contact"],
        )
        at = self._moment(said.day, "referral")
        return self._act(
            "advice", said.day, VISITOR, at,
            lambda: support.ask(asked, desk=self.desk, by=VISITOR, at=at),
        )  # fmt: skip

    def _step(self, step: StepSaid) -> Act:
        at = self._moment(step.day, step.step)
        who = self._louise() if step.step == "offered" else self._actor(step.who)
        return self._act(step.step, step.day, who, at, self._doing(step, who, at))

    def _doing(self, step: StepSaid, who: Actor, at: datetime) -> Callable[[], object]:
        file_id = self.file_id
        match step.step:
            case "offered":
                offer_id = self._offer_to(step.who)
                to = self.loading.id("person", step.who)
                return lambda: admission.offer(file_id, to=to, offer_id=offer_id, by=who, at=at)
            case "asked":
                offer_id = self.offers[step.who]
                return lambda: admission.ask_more(offer_id, question=step.reason, by=who, at=at)
            case "declined":
                offer_id, knows_her = self.offers[step.who], step.reason == "known"
                return lambda: admission.decline(
                    offer_id, reason=step.reason, knows_her=knows_her, by=who, at=at
                )
            case "accepted":
                offer_id = self.offers[step.who]
                return lambda: admission.accept(offer_id, desk=self.desk, by=who, at=at)
            case "in_contact":
                return lambda: admission.meet(file_id, by=who, at=at)
            case "admitted":
                said = self._conversation(step)
                return lambda: admission.admit(file_id, said, by=who, at=at)
        to_state = stories.CLOSED[step.step]
        return lambda: admission.close(file_id, to=to_state, reason=step.reason, by=who, at=at)

    def _conversation(self, step: StepSaid) -> admission.Conversation:
        return admission.Conversation(
            id=self.loading.id("admission", self.story.slug),
            birth_date=self._born(step.birth_date),
            **(step.said or {}),
        )

    def _born(self, written: date | None) -> date | None:
        """She keeps her age, however long ago the files were written."""
        return None if written is None else written + (self.monday - stories.WRITTEN)

    def _note(self, said: NoteSaid) -> Act:
        who = self._actor(said.who)
        met_at = self._moment(said.day, said.kind)
        # Written down soon after, the same day.
        late = datetime.combine(met_at.date(), LAST_HOUR, tzinfo=self.zone)
        at = self.last = min(met_at + timedelta(minutes=said.minutes + 15), max(late, met_at))
        act_id = self._id("note", said.day)
        written = notes.Written(
            id=act_id,
            kind=said.kind,
            occurred_at=met_at,
            minutes=said.minutes or None,
            her_words=said.her_words,
            observation=said.observation,
            support=said.support,
        )
        self.kinds[act_id] = "note"
        return Act(act_id, who, at, lambda: notes.sign(self.file_id, written, by=who, at=at))

    # Who, when, and under which identifier.

    def _act(self, word: str, day: int, who: Actor, at: datetime, do: Callable[[], object]) -> Act:
        act_id = self._id(word, day)
        self.kinds[act_id] = word
        return Act(act_id, who, at, do)

    def _id(self, word: str, day: int) -> UUID:
        """By what it is and its day, so that an entry added later moves no other."""
        key = f"{self.story.slug}/{word}/{day}"
        self.met[key] += 1
        return self.loading.id("act", f"{key}/{self.met[key]}")

    def _offer_to(self, slug: str) -> UUID:
        self.met[f"offer/{slug}"] += 1
        number = self.met[f"offer/{slug}"]
        self.offers[slug] = self.loading.id("offer", f"{self.story.slug}/{slug}/{number}")
        return self.offers[slug]

    def _actor(self, slug: str) -> Actor:
        person = self.people[slug]
        return Actor(
            self.loading.id("person", slug),
            self.loading.id("organisation", person.organisation),
            frozenset(person.roles),
        )

    def _louise(self) -> Actor:
        person = stories.coordinator(self.loading.said)
        assert person is not None  # checked with the files
        return self._actor(person.slug)

    def _moment(self, day: int, kind: str) -> datetime:
        """A plausible hour of that day, always the same, after what came before."""
        first, last = HOURS.get(kind, OFFICE)
        steps = (last - first) * 12
        chance = self.loading.id("hour", f"{self.story.slug}/{kind}/{day}").int % steps
        at = datetime.combine(
            self.monday + timedelta(days=day), hour(first + chance // 12, chance % 12 * 5),
            tzinfo=self.zone,
        )  # fmt: skip
        self.last = max(at, self.last + BREATH)
        return self.last


def plan(loading: Loading) -> list[Change]:
    """Stories with something not played yet."""
    played = set(Played.objects.values_list("pk", flat=True))
    changes = []
    for story in loading.said["life"]:
        ids = {act.id for act in Telling(story, loading).acts()}
        if not ids & played:
            changes.append(Change(Kind.ADDED, story.slug))
        elif ids - played:
            changes.append(Change(Kind.CHANGED, story.slug))
    return changes


def unused(loading: Any) -> None:
    """Nothing of a life is written by the loader: it is played, once the region stands."""


register(
    Section(
        name="life",
        file="life/*.yaml",
        title=gettext_lazy("Invented lives"),
        check=stories.check,
        plan=plan,
        apply=unused,
    )
)
