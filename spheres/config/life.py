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
from spheres.config import filled, hopes, planned, safe, steps, stories
from spheres.config.contacts import HOURS, OFFICE, NeedSaid, NoteSaid, noted
from spheres.config.later import PASSAGES, PassageSaid, ReachingSaid
from spheres.config.stories import StepSaid, Story
from spheres.config.told import HerPage, LineSaid
from spheres.core import clock, context
from spheres.core.actor import VISITOR, Actor
from spheres.followup.admission import actions as admission
from spheres.followup.admission.models import Referral
from spheres.followup.notes import actions as notes
from spheres.followup.passages import actions as passages
from spheres.followup.reaching import actions as reaching
from spheres.followup.reaching import queries as reached
from spheres.followup.urgent_needs import actions as needs
from spheres.followup.urgent_needs.models import Answer
from spheres.followup.withdrawals import actions as withdrawals
from spheres.regions.loading import LOADER, LOCK
from spheres.regions.models import Played
from spheres.regions.registry import Change, Kind, Loading, Section, register
from spheres.worker_support.intervention_support import actions as support

AFTERWARDS: Final = 60  # minutes from the beginning of a contact until it is written down
SAME_DAY: Final = timedelta(hours=2)
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
    referrals, acts, noted, advice = (counted[w] for w in ("referral", "acts", "note", "advice"))
    return Summary(referrals, acts, noted, advice, time.monotonic() - began)


def _play_story(telling: Telling, counted: Counter[str]) -> None:
    with context.acting_as(LOADER):
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        acts = {act.id: act for act in telling.acts()}
        played = set(Played.objects.filter(pk__in=acts).values_list("pk", flat=True))
    for act in acts.values():
        if act.id not in played:
            # Entered again for each act: a context lives one minute, and has one moment.
            with clock.at(act.at), context.acting_as(act.who):
                act.do()
            counted["acts"] += 1
            counted[telling.kinds[act.id]] += 1
    with context.acting_as(LOADER):
        Played.objects.bulk_create([Played(id=each) for each in acts if each not in played])


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
        self.page = HerPage(self.file_id)

    def acts(self) -> Iterator[Act]:
        if self.story.is_advice:
            yield self._advice()
            return
        yield self._referral()
        for step in self.story.path:
            yield self._step(step)
        later = [*self.story.later, *steps.of_story(self.loading, self.story.slug)]
        sheets: dict[str, int] = {}
        for said in sorted(later, key=lambda said: said.day):
            match said:
                case NoteSaid():
                    yield self._note(said)
                case LineSaid():
                    yield self._line(said)
                case NeedSaid():
                    yield from self._need(said)
                case planned.MeetingSaid() | planned.AnswerSaid():
                    yield planned.act(self, said)
                case filled.SheetSaid():
                    yield filled.act(self, said)
                case _ if isinstance(said, steps.Done):
                    yield steps.act(self, said)
                case safe.SheetSaid() | safe.LookSaid():
                    yield safe.act(self, said, sheets)
                case _ if isinstance(said, hopes.Said):
                    yield hopes.act(self, said)
                case _:
                    yield self._passage(said)
        for agreed in self.story.reaching:
            yield from self._reaching(agreed)

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
        said, texts = self.story.referral, self.story.referral.texts
        asked = support.Asked(
            id=self.referral_id,
            number=admission.number_of(self.referral_id),
            age_band=texts["age_band"], language="en" if texts["language"] == "en" else "fr",
            worries=texts["wish"],
            role=f"{said.referrer['referrer_role']}, {said.referrer['referrer_organisation']}",
            reach=said.referrer["referrer_contact"],
            way="MAIL",
        )  # fmt: skip
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
        at = self.last = min(met_at + timedelta(minutes=AFTERWARDS), max(late, met_at))
        act_id = self._id("note", said.day)
        written = notes.Written(
            id=act_id,
            kind=said.kind,
            occurred_at=met_at,
            length=said.length,
            her_words=said.her_words,
            observation=said.observation,
            support=said.support,
            **said.more,
        )
        self.kinds[act_id] = "note"
        return Act(act_id, who, at, lambda: noted(self.file_id, written, said, by=who, at=at))

    def _line(self, said: LineSaid) -> Act:
        who, at = self._actor(said.who), self._moment(said.day, "meeting")
        row_id = self.loading.id("line", f"{self.story.slug}/{self.page.number}")
        return self._act("line", said.day, who, at, self.page.doing(said, row_id, who, at))

    def _need(self, said: NeedSaid) -> Iterator[Act]:
        """Written down when she says it; what came of it, the same day."""
        who, at, file_id = self._actor(said.who), self._moment(said.day, "need"), self.file_id
        need = self._act(
            "need", said.day, who, at, lambda: needs.sign(file_id, written, by=who, at=at)
        )
        written = needs.Written(need.id, said.need, at, her_words=said.her_words)
        yield need
        if said.came_to:
            soon = self.last = at + SAME_DAY
            yield self._act(
                "answer", said.day, who, soon, self._answering(said, need.id, who, soon)
            )

    def _answering(
        self, said: NeedSaid, need_id: UUID, who: Actor, at: datetime
    ) -> Callable[[], object]:
        file_id = self.file_id
        if said.came_to == Answer.Status.BEING_MET:
            return lambda: needs.begin(file_id, need_id, by=who, at=at)
        told_id = self.loading.id("outcome", str(need_id))
        told = needs.Told(told_id, said.came_to, said.answer, said.line)
        return lambda: needs.close(file_id, need_id, told, by=who, at=at)

    def _passage(self, said: PassageSaid) -> Act:
        who, at = self._actor(said.who), self._moment(said.day, said.step)
        row_id = self.loading.id("passage", f"{self.story.slug}/{said.step}/{said.day}")
        return self._act(said.step, said.day, who, at, self._passing(said, row_id, who, at))

    def _passing(
        self, said: PassageSaid, row_id: UUID, who: Actor, at: datetime
    ) -> Callable[[], object]:
        file_id = self.file_id
        match said.step:
            case "returned":
                return lambda: passages.come_back(file_id, by=who, at=at)
            case "closed":
                farewell = passages.Farewell(row_id, said.letter, said.words)
                return lambda: passages.close(file_id, farewell, by=who, at=at)
            case "words":
                return lambda: passages.keep_words(file_id, row_id, said.words, by=who, at=at)
            case "fit":
                return lambda: passages.answer_fit(
                    file_id, row_id, said.answer, said.words, by=who, at=at
                )
            case "withdrew":
                kept = {"goes_on_with": self.loading.id("person", said.to), "desk": self.desk}
                return lambda: withdrawals.withdraw(file_id, row_id, **kept, by=who, at=at)
        return lambda: passages.pass_to(file_id, PASSAGES[said.step], by=who, at=at)

    def _reaching(self, said: ReachingSaid) -> Iterator[Act]:
        """What was written with her that day; then, if so, that it is not safe."""
        who, at = self._actor(said.who), self._moment(said.day, "meeting")
        written = reaching.Said(
            id=self._id("reaching", said.day),
            lines=said.lines,
            confirmed_on=self._day(said.confirmed),
            **said.texts,
        )

        def write() -> None:
            stands = reached.newest(self.file_id, actor=who)
            after = stands.id if stands else None
            reaching.write(self.file_id, written, after=after, by=who, at=at)

        yield self._act("reaching", said.day, who, at, write)
        if (on := self._day(said.unsafe)) is not None:
            row_id, after = self._id("unsafe", said.day), at + BREATH
            yield self._act(
                "unsafe", said.day, who, after,
                lambda: reaching.note_unsafe(self.file_id, row_id, on=on, by=who, at=after),
            )  # fmt: skip

    # Who, when, and under which identifier.

    def _day(self, day: int | None) -> date | None:
        return None if day is None else self.monday + timedelta(days=day)

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
register(steps.SECTION)
