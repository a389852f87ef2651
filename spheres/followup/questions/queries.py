"""How is a question found: by whoever holds its code, by the desk, by the night that erases?"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from spheres.accounts import queries as accounts
from spheres.accounts.models import Membership, Organisation, User
from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.followup.questions import policy
from spheres.followup.questions.models import Message, Question, QuestionStatus
from spheres.records import codes
from spheres.sharing import counting
from spheres.sharing.models import Handler
from spheres.vault import actions as vault

Status = QuestionStatus.Status
AT_ONCE: Final = 20  # how many the queue opens; a burst opens none
BURST: Final = 5  # so many, each so soon after the one before, were not written by hand
SO_SOON: Final = timedelta(minutes=2)

# One matter, for whoever holds the code; nothing for an unknown, a wrong or a forgotten one.
ASKED = counting.Answering(
    name="question_of",
    # Nor one that nobody handles any more: a word left there would be read by nobody.
    query="select s.file_id::text from questions_questionstatus s "
    "where s.code = {held} and length(s.code) > 0 and exists (select from sharing_handler h "
    "where h.matter_id = s.file_id and h.kind in ('DESK', 'ENTRUSTED') and h.ends_at is null)",
    reads={"questions_questionstatus": ("code", "file_id")},
)


def digest_of(code: str) -> bytes:
    """All that is kept of a code: its keyed digest, however it was typed."""
    return codes.digest_of("question under code", code)


def matter_of(code: str, *, actor: Actor) -> UUID:
    """The matter that this code opens, or one that is nobody’s."""
    return codes.opened(ASKED, digest_of(code), actor=actor)


def standing(file_id: UUID, *, actor: Actor) -> QuerySet[QuestionStatus]:
    """Where one question stands."""
    context.require(actor)
    return QuestionStatus.objects.filter(file_id=file_id)


def lock(file_id: UUID, *, actor: Actor) -> QuestionStatus:
    """The status row, held until the transaction ends. WrongState when out of reach."""
    return states.lock(standing(file_id, actor=actor))


def to_set_aside(matters: Collection[UUID], *, actor: Actor) -> list[QuestionStatus]:
    """Of these, those that wait in this actor's queue, locked in one order."""
    context.require(actor)
    waiting = QuestionStatus.objects.filter(file_id__in=matters, status=Status.WAITING)
    return list(waiting.order_by("pk").select_for_update(of=("self",)))


def expirable(*, before: datetime, actor: Actor) -> list[UUID]:
    """Questions in which nobody has written since `before`; oldest first."""
    context.require(actor)
    due = QuestionStatus.objects.filter(last_at__lte=before)
    return list(
        due.exclude(status__in=policy.OVER)
        .order_by("last_at", "pk")
        .values_list("file_id", flat=True)
    )


def is_handled(file_id: UUID, *, actor: Actor) -> bool:
    """Whether somebody still handles the matter; of a referral, until it is settled."""
    context.require(actor)
    return Handler.objects.filter(matter_id=file_id, ends_at=None).exists()


def was_just_left(file_id: UUID, *, actor: Actor) -> bool:
    """Whether this visitor leaves the matter at this very moment."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select %s = any(access.left_now())", [file_id])
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True)
class Word:
    """One message of a thread, opened."""

    is_hers: bool
    words: str
    at: datetime
    by: str = ""  # the colleague's name, on our side alone


@dataclass(frozen=True)
class Thread:
    """A question and all that was written under its code, opened in one event."""

    standing: QuestionStatus
    nickname: str
    messages: list[Word]

    @property
    def first(self) -> str:
        """What she asked first."""
        return next((one.words for one in self.messages if one.is_hers), "")


def thread(file_id: UUID, *, actor: Actor) -> Thread | None:
    """All of one question; None when this actor neither handles it nor holds its code."""
    asked_as = Question.objects.filter(file_id=OuterRef("file_id")).values("nickname")
    rows = standing(file_id, actor=actor).annotate(nickname=Subquery(asked_as))
    found = rows.exclude(status__in=policy.OVER).first()
    if found is None:
        return None
    name = User.objects.filter(pk=OuterRef("written_by")).values("name")
    said = list(
        Message.objects.filter(file_id=file_id)
        .annotate(name=Subquery(name))
        .order_by("written_at", "pk")
    )
    asked = Question.from_db(
        "default", ["id", "file_id", "nickname"], [file_id, file_id, found.nickname]
    )
    vault.open([asked, *said], by=actor)
    return Thread(
        found,
        asked.opened.nickname,
        [
            Word(
                one.side == Message.Side.HERS,
                one.opened.words,
                one.written_at,
                (one.name or "") if actor.is_staff else "",
            )
            for one in said
        ],
    )


@dataclass(frozen=True)
class Waiting:
    """One question of the queue: since when, in which language, and her last words, shortened."""

    file_id: UUID
    language: str
    since: datetime
    words: str
    is_with_referral: bool


@dataclass(frozen=True)
class Burst:
    """Questions that came so close together that nobody wrote them by hand; none is opened."""

    first_at: datetime
    last_at: datetime
    questions: list[UUID]


@dataclass(frozen=True)
class Queue:
    """What the desk looks at: what waits, what came by the dozen, how many are answered, aside."""

    waiting: list[Waiting]
    bursts: list[Burst]
    answered: list[QuestionStatus]
    aside: list[QuestionStatus]
    in_all: int
    more: int = 0
    handed: dict[UUID, list[str]] = field(default_factory=dict)


def queue(*, actor: Actor) -> Queue:
    """The questions this desk handles; of those that wait, the oldest first and opened in one list
    event. What came by the dozen is told as one line and stays closed."""
    context.require(actor)
    rows = list(
        QuestionStatus.objects.exclude(status__in=policy.OVER).order_by("received_at", "pk")
    )
    waiting = [one for one in rows if one.status == Status.WAITING]
    bursts = list(bursts_of(waiting))
    in_burst = {file_id for burst in bursts for file_id in burst.questions}
    alone = [one for one in waiting if one.file_id not in in_burst]
    shown = alone[:AT_ONCE]
    return Queue(
        _opened(shown, actor=actor),
        bursts,
        [one for one in rows if one.status == Status.ANSWERED][::-1],
        [one for one in rows if one.status == Status.SET_ASIDE],
        len(waiting),
        len(alone) - len(shown),
        _handed([one.file_id for one in rows]),
    )


def bursts_of(waiting: list[QuestionStatus]) -> Iterator[Burst]:
    """Runs of questions that follow each other closely; what she wrote again is never in one."""
    run: list[QuestionStatus] = []
    fresh = [one for one in waiting if one.last_at == one.received_at and not one.is_with_referral]
    for one in [*fresh, None]:
        if one is not None and run and one.received_at - run[-1].received_at <= SO_SOON:
            run.append(one)
            continue
        if len(run) >= BURST:
            yield Burst(run[0].received_at, run[-1].received_at, [each.file_id for each in run])
        run = [one] if one is not None else []


def _opened(rows: list[QuestionStatus], *, actor: Actor) -> list[Waiting]:
    hers = Message.objects.filter(
        file_id__in=[one.file_id for one in rows], side=Message.Side.HERS
    ).order_by("written_at", "pk")
    last = {one.file_id: one for one in hers}
    vault.open(list(last.values()), by=actor, action="list")
    return [
        Waiting(
            one.file_id,
            one.language,
            one.last_at,
            last[one.file_id].opened.words if one.file_id in last else "",
            one.is_with_referral,
        )
        for one in rows
    ]


def _handed(matters: list[UUID]) -> dict[UUID, list[str]]:
    """To whom each was handed, by name."""
    found: dict[UUID, list[str]] = {}
    live = Handler.objects.filter(matter_id__in=matters, kind=Handler.Kind.ANSWERS, ends_at=None)
    name = User.objects.filter(pk=OuterRef("user_id")).values("name")
    for one in live.annotate(name=Subquery(name)).order_by("starts_at", "pk"):
        found.setdefault(one.matter_id, []).append(one.name or "")
    return found


@dataclass(frozen=True)
class Holder:
    """A colleague who has this question, or may be given it."""

    user_id: UUID
    name: str
    organisation: str = ""


def holders(file_id: UUID, *, actor: Actor) -> list[Holder]:
    """To whom the desk handed this question, the first first."""
    context.require(actor)
    live = Handler.objects.filter(matter_id=file_id, kind=Handler.Kind.ANSWERS, ends_at=None)
    name = User.objects.filter(pk=OuterRef("user_id")).values("name")
    named = live.annotate(name=Subquery(name)).order_by("starts_at", "pk")
    return [Holder(one.user_id, one.name or "") for one in named if one.user_id]


def candidates(*, actor: Actor, at: datetime) -> list[Holder]:
    """Those who accompany young people today and may be given something, by place and name; nobody
    of the police."""
    context.require(actor)
    held = (
        Membership.objects.filter(role__in=policy.WORKERS, starts_at__lte=at, user__is_active=True)
        .exclude(ends_at__lte=at)
        .exclude(organisation__kind=Organisation.Kind.POLICE)
        .select_related("user", "organisation")
        .order_by("organisation__name_fr", "user__name", "pk")
    )
    found: dict[UUID, Holder] = {}
    for one in accounts.cleared(held, anywhere=True):
        found.setdefault(one.user_id, Holder(one.user_id, one.user.name, one.organisation.name))
    return list(found.values())
