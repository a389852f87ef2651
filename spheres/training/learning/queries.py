"""Which groups are asked, which one is in this room, and what did they say?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.records.anonymous.questions import Asked
from spheres.records.anonymous.sheets import at_least, end_of
from spheres.records.between import occasions
from spheres.records.between.occasions import Occasion
from spheres.training.catalogue import queries as catalogue
from spheres.training.catalogue.models import Topic
from spheres.training.learning import figures, policy
from spheres.training.learning.figures import Said, Told
from spheres.training.learning.models import (
    ENOUGH,
    LearningRound,
    Outcome,
    QuestionSet,
    Sheet,
    Time,
    Trying,
)
from spheres.vault import actions as vault

TRAINING: Final = "training"  # the kind of occasion on which a group is asked
NOT_AT_ALL, QUITE = gettext_lazy("Not at all"), gettext_lazy("Completely")
PLEASED: Final = (
    ("useful", gettext_lazy("What I saw will help me in my work.")),
    ("clear", gettext_lazy("It was clear, and at a pace that suited me.")),
    ("at_ease", gettext_lazy("I felt at ease to ask my questions.")),
)


@dataclass(frozen=True)
class Shown:
    """One question of one session: how many chose each step, before and after; too few: nothing."""

    question: Asked
    after: tuple[int, ...] | None
    before: tuple[int, ...] | None


@dataclass(frozen=True)
class Quarter:
    """What a topic's question shows of one quarter: how many of how many, before and after."""

    over_at: datetime
    before: int
    after: int
    of: int

    @property
    def last_day(self) -> date:
        return clock.day_of(self.over_at - timedelta(seconds=1))

    @property
    def name(self) -> str:
        said = {"number": self.last_day.month // 3, "year": self.last_day.year}
        return _("Q%(number)s %(year)s") % said

    @property
    def short_name(self) -> str:
        """For under a column: the year in two figures."""
        said = {"number": self.last_day.month // 3, "year": f"{self.last_day:%y}"}
        return _("Q%(number)s %(year)s") % said


def enough() -> int:
    """How many people it takes here; never fewer than five."""
    return at_least(ENOUGH)


def pleased() -> tuple[Asked, ...]:
    """The three questions of after, the same for every topic."""
    return tuple(Asked(code, str(label), str(NOT_AT_ALL), str(QUITE)) for code, label in PLEASED)


def sets(*, actor: Actor) -> list[QuestionSet]:
    """Those that may be asked, in the region’s order."""
    context.require(actor)
    return list(QuestionSet.objects.filter(is_offered=True).order_by("position", "slug"))


def sessions(*, actor: Actor) -> list[Occasion]:
    """The trainings to come that this person knows of."""
    return [one for one in occasions.to_come(actor=actor) if one.kind == TRAINING]


def mine(*, actor: Actor) -> list[LearningRound]:
    """The groups that this person asked, the newest first."""
    context.require(actor)
    found = LearningRound.objects.filter(opened_by=actor.user_id).select_related("asks")
    return list(found.order_by("-opened_at", "code"))


def find(learning_id: UUID, *, actor: Actor) -> LearningRound | None:
    context.require(actor)
    return LearningRound.objects.select_related("asks").filter(pk=learning_id).first()


def lock(of: LearningRound) -> LearningRound:
    """As it stands now, whoever else presses the same button."""
    found = LearningRound.objects.select_for_update(of=("self",)).select_related("asks")
    return found.get(pk=of.pk)


def is_asked(occasion_id: UUID, asks: QuestionSet, *, by: Actor) -> bool:
    """Whether this person asked the group of this session the same already."""
    context.require(by)
    return LearningRound.objects.filter(occasion_id=occasion_id, asks__slug=asks.slug).exists()


def in_room(code: str, *, actor: Actor, at: datetime) -> LearningRound | None:
    """The group whose code this is, as long as it may answer."""
    context.require(actor)
    found = LearningRound.objects.select_related("asks").filter(code=code).first()
    return found if found is not None and policy.can_answer(actor, found, at) else None


def end_of_quarter(at: datetime) -> datetime:
    """When the quarter of this moment is over, where the region is."""
    day = clock.day_of(at)
    first = day.replace(month=day.month - (day.month - 1) % 3, day=1)
    return end_of(clock.months_later(first, 3) - timedelta(days=1))


def shown(of: LearningRound, *, actor: Actor) -> list[Shown]:
    """Question by question, of a session that is closed."""
    context.require(actor)
    numbers: dict[tuple[str, str], dict[int, int]] = {}
    for row in Outcome.objects.filter(round_id=of.pk).order_by("pk"):
        numbers.setdefault((row.question, row.time), {})[row.step] = row.number
    return [
        Shown(
            one,
            _numbers(one, numbers.get((one.code, Time.AFTER))),
            _numbers(one, numbers.get((one.code, Time.BEFORE))),
        )
        for one in (*of.asks.questions, *pleased())
    ]


def _numbers(question: Asked, found: dict[int, int] | None) -> tuple[int, ...] | None:
    return tuple(found.get(step, 0) for step in question.steps) if found else None


def tried(of: LearningRound, *, actor: Actor) -> list[str]:
    """What those of the session will try, in no order, opened."""
    context.require(actor)
    rows = list(Trying.objects.filter(round_id=of.pk).order_by("pk"))
    vault.open(rows, by=actor)
    return [words for row in rows for words in json.loads(row.opened.words)]


def topics(*, actor: Actor) -> list[Topic]:
    """The topics about which a group may be asked, in the region’s order."""
    asked = {one.slug for one in sets(actor=actor)}
    return [one.row for one in catalogue.topics(actor=actor) if one.row.slug in asked]


def over_time(topic: Topic, *, actor: Actor, at: datetime) -> list[tuple[Asked, list[Quarter]]]:
    """For each question of a topic as it is worded now: how many chose what fits, or felt ready
    (4 or 5), quarter by quarter; of quarters that are over, all sessions together."""
    context.require(actor)
    asks = next((one for one in sets(actor=actor) if one.slug == topic.slug), None)
    if asks is None:
        return []
    rows = Outcome.objects.filter(asks_id=asks.pk, over_at__lte=at).order_by("over_at", "pk")
    told = figures.over_time(
        Told(row.round_id, row.over_at, row.question, row.time, row.step, row.number)
        for row in rows
    )
    return [
        (
            one,
            [
                Quarter(
                    over_at,
                    sum(numbers[Time.BEFORE][step] for step in well(one)),
                    sum(numbers[Time.AFTER][step] for step in well(one)),
                    numbers[Time.AFTER].total(),
                )
                for (over_at, code), numbers in told.items()
                if code == one.code
            ],
        )
        for one in asks.questions
    ]


def well(question: Asked) -> tuple[int, ...]:
    """The steps that are counted over time: the choice that fits, or the two last steps."""
    return (question.fits,) if question.choices else question.steps[-2:]


def to_forget(*, by: Actor, at: datetime) -> list[UUID]:
    """Whose texts are destroyed now: the sheets of what is closed, or was over long ago; what a
    group will try, some months later. For the service of expiry."""
    context.require(by)
    due = LearningRound.objects.filter(closed_at__isnull=False) | LearningRound.objects.filter(
        ends_at__lte=at - policy.DAYS_UNCLOSED
    )
    old = LearningRound.objects.filter(closed_at__lte=at - policy.DAYS_TRIED)
    sheets = Sheet.objects.filter(round_id__in=due.values("pk")).order_by("round_id")
    tries = Trying.objects.filter(round_id__in=old.values("pk")).order_by("pk")
    return [
        *sheets.values_list("round_id", flat=True).distinct(),
        *tries.values_list("pk", flat=True),
    ]


def as_text(said: Said) -> str:
    """What is locked of a sheet."""
    return json.dumps(
        {"time": said.time, "mark": said.mark, "steps": dict(said.steps), "tries": said.tries}
    )


def from_text(text: str) -> Said:
    return Said(**json.loads(text))
