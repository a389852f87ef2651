"""How does a notebook stand, may it be opened; what does she read in it, what does she leave?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.followup.exercises import drawing
from spheres.followup.exercises import queries as exercises
from spheres.followup.exercises.prompts import Told
from spheres.followup.exercises.queries import Exercise
from spheres.followup.exercises.sheet import Pen
from spheres.followup.life_plan.models import Aim, AimStatus, Course, Step, StepStatus
from spheres.followup.meetings.models import MeetingStatus, PlannedMeeting
from spheres.followup.reaching import queries as reaching
from spheres.followup.reaching.policy import Confirmed
from spheres.followup.safety_net import asking as asking_net
from spheres.followup.safety_net.models import Part, Sheet
from spheres.followup.success import queries as success
from spheres.followup.success.models import Choice
from spheres.followup.summary import queries as summary
from spheres.followup.summary.models import Line
from spheres.participants import queries as participants
from spheres.participants.models import FollowUpStatus, Identity
from spheres.participants.queries import Header, Known
from spheres.portal.notebook import policy
from spheres.portal.notebook.models import Naming, Reply, Word
from spheres.records.between import places
from spheres.regions import queries as regions
from spheres.sharing.inside import Inside
from spheres.sharing.models import Notebook
from spheres.sharing.rules import PLAN, SAFETY, STEPS, SUMMARY
from spheres.vault import actions as vault
from spheres.vault import stretching

OVER = frozenset({FollowUpStatus.Status.ENDED, FollowUpStatus.Status.DIED})
TODAY: Final = "how-was-today"  # the exercise that comes first
LAST_WORDS: Final = 10
SHOWN: Final = 5  # meetings to come
LEFT: Final = "words left in notebooks"
# Those of a colleague for whom I answer now, or who left, until somebody takes the person on.
I_ANSWER_FOR: Final = """
  select a.file_id from participants_assignment a
  join sharing_cover v on v.for_user_id = a.user_id and v.elsewhere_id is null
  where v.user_id = (select access.actor()) and v.starts_at <= (select access.moment())
    and v.ends_at > (select access.moment()) and a.starts_at <= (select access.moment())
    and (a.ends_at is null or a.ends_at > (select access.moment()))"""
LEFT_BY_MY_PEOPLE: Final = f"""
select json_build_object('file_id', w.file_id, 'at', min(w.written_at))
from notebook_word w
where w.file_id in ({participants.MY_FILES} union {I_ANSWER_FOR})
  and not exists (select from notebook_reply r where r.word_id = w.id)
group by w.file_id"""  # noqa: S608 -- every name is ours


@dataclass(frozen=True)
class Stands:
    """How a notebook stands, as those who accompany her read it; never when she was there."""

    id: UUID
    level: str
    agreed: str  # who said yes to it
    faces: frozenset[str]
    opened_by: UUID
    opened_at: datetime
    lowered_at: datetime | None
    ended_at: datetime | None
    ended_by: UUID | None
    is_open: bool
    given_at: datetime | None  # when the code that stands was given
    is_locked: bool  # five wrong tries: another is given in person

    @property
    def level_label(self) -> str:
        return str(Notebook.Level(self.level).label)

    @property
    def kinds(self) -> set[str]:
        return policy.kinds_of(set(self.faces))

    @property
    def is_closed_by_itself(self) -> bool:
        """Nobody ended it: something noted in the file did."""
        return not self.is_open and self.ended_at is None


@dataclass(frozen=True)
class Held:
    """What only her browser’s key opens while she is inside: never kept in clear, never shown."""

    code: str = field(repr=False)
    pages_key: bytes = field(repr=False)


def stands(file_id: UUID, *, actor: Actor) -> Stands | None:
    """The notebook of one file, open or the last one; None when there never was one."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select * from access.notebook_stands(%s)", [file_id])
        row = cursor.fetchone()
    if row is None:
        return None
    notebook_id, level, agreed, faces, *rest = row
    return Stands(notebook_id, level, agreed, frozenset(faces), *rest)


def rests_on(file_id: UUID, agreed: Collection[str], *, actor: Actor) -> bool:
    """Whether the notebook that stands open rests on the yes of one of these."""
    if not agreed:
        return False
    context.require(actor)
    return Notebook.objects.filter(file_id=file_id, ended_at=None, agreed__in=agreed).exists()


def ready(person: Header, known: Known, *, at: datetime) -> policy.Ready:
    """Whether one may be opened with this person, who was opened in this very page."""
    standing = reaching.standing(person, at=at)
    return policy.Ready(
        is_unsafe=standing.is_unsafe,
        is_confirmed=standing.confirmed == Confirmed.LATELY,
        is_over=known.status in OVER,
        decides_alone=person.decides_alone(
            on=clock.day_of(at), since_age=regions.region().self_from
        ),
        suspended=person.suspended,
    )


def held(inside: Inside, *, key: str) -> Held:
    """What her browser’s key opens of the code and the PIN. Raises cipher.Sealed for any other."""
    content = stretching.take(inside.sealed, key=key)
    size = policy.CODE_DIGITS
    return Held(content[:size].decode(), content[size:])


def born(inside: Inside) -> str:
    """Her day of birth, which no PIN of hers may be; empty when nobody noted it."""
    context.require(inside.actor)
    row = Identity.objects.filter(file_id=inside.file_id).order_by("-written_at", "pk").first()
    if row is None:
        return ""
    vault.open([row], by=inside.actor, only=("birth_date",))
    return str(row.opened.birth_date)


# What she reads in it.


@dataclass(frozen=True)
class Knots:
    """People, places or numbers of her safety net."""

    label: Any
    icon: str
    knots: list[asking_net.Knot]


@dataclass(frozen=True)
class Pages:
    """What she allowed, opened in one event: her page, her plan, what success is for her, the
    exercises that she wrote, her safety net."""

    lines: list[Line]
    aims: list[Aiming]
    success: Choice | None
    net: list[Knots]
    wrote: list[Wrote]

    @property
    def is_empty(self) -> bool:
        return not any((self.lines, self.aims, self.success, self.net, self.wrote))


@dataclass(frozen=True)
class Aiming:
    """A dream or a goal as it is said today, and its steps to come or done."""

    aim: Aim
    steps: list[Step]


@dataclass(frozen=True)
class Wrote:
    """An exercise, as she answered it that day."""

    sheet: Any
    title: str
    told: list[Told]

    @property
    def answered(self) -> list[tuple[Told, Any, tuple[()]]]:
        """Each answer with its picture, if it has one."""
        key = str(self.sheet.pk)[:8]
        return [(one, drawing.wheel(one, key=key), ()) for one in self.told]


def naming(inside: Inside) -> Naming | None:
    """What she calls things, opened; None when she left them as they are."""
    context.require(inside.actor)
    found = Naming.objects.filter(file_id=inside.file_id).order_by("-written_at", "pk").first()
    if found is not None:
        vault.open([found], by=inside.actor)
    return found


def meetings(*, actor: Actor) -> list[datetime]:
    """When her next meetings are; the database gives their moments, and nothing else of them."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select of_moment from access.my_meetings(null)")
        return [moment for (moment,) in cursor.fetchall()]


def meetings_of(file_id: UUID, *, actor: Actor, at: datetime) -> list[datetime]:
    """The same, for her worker who prints it."""
    context.require(actor)
    planned = PlannedMeeting.objects.filter(
        file_id=file_id, starts_at__gt=at, standing__status=MeetingStatus.Status.PLANNED
    )
    return list(planned.order_by("starts_at", "pk").values_list("starts_at", flat=True)[:SHOWN])


def pages(inside: Inside) -> Pages:
    """What she reads, as she allowed; of the exercises, those that she wrote here alone. What was
    written at her worker’s, on a safer screen, is read there or on paper (ADR one paper)."""
    file_id, she = inside.file_id, inside.actor
    sheets = (
        exercises.written_alone(file_id, by=she.user_id, actor=she) if PLAN in inside.faces else []
    )
    return pages_of(file_id, inside.faces, sheets, actor=she)


def pages_of(
    file_id: UUID, faces: Collection[str], sheets: Sequence[Any] = (), *, actor: Actor
) -> Pages:
    """Texts that nobody masks: lines of her page, sayings of her plan, her net, these exercises;
    never a note, nor what a worker observed."""
    context.require(actor)
    lines = summary.current(file_id, actor=actor).in_order if SUMMARY in faces else []
    aims = plan_of(file_id, actor=actor) if {PLAN, STEPS} <= set(faces) else []
    last = success.newest(file_id, actor=actor) if PLAN in faces else []
    nets = net_of(file_id, actor=actor) if SAFETY in faces else []
    spoken = [row for one in aims for row in (one.aim, *one.steps)]
    rows = [*lines, *spoken, *last, *nets, *sheets]
    vault.open(rows, by=actor, only=("text", "line", "answers", "her_words"))
    answers = asking_net.read(nets[0].opened.answers) if nets else {}
    found = asking_net.knots(answers)
    net = [
        Knots(label, icon, [knot for knot in found if knot.kind == kind])
        for kind, (label, icon) in asking_net.KINDS.items()
    ]
    wrote = [
        Wrote(one, exercises.title_of(one), exercises.told(one, exercises.version_of(one)))
        for one in sheets
    ]
    known = [one for one in net if one.knots]
    return Pages(lines, aims, last[0] if last else None, known, wrote)


def plan_of(file_id: UUID, *, actor: Actor) -> list[Aiming]:
    """Her dreams and goals on their way, and the steps that are not set aside; still locked."""
    context.require(actor)
    alive = Course.objects.filter(file_id=file_id, status=Course.Status.ALIVE)
    roots = set(alive.values_list("aim_id", flat=True))
    signed = Aim.objects.filter(file_id=file_id, standing__status=AimStatus.Status.SIGNED)
    steps = list(
        Step.objects.select_related("standing")
        .filter(file_id=file_id, aim_id__in=roots)
        .exclude(standing__status=StepStatus.Status.SET_ASIDE)
        .order_by("written_at", "pk")
    )
    return [
        Aiming(aim, [one for one in steps if one.aim_id == aim.root_id])
        for aim in signed.order_by("kind", "occurred_at", "pk")
        if aim.root_id in roots
    ]


def net_of(file_id: UUID, *, actor: Actor) -> list[Sheet]:
    """Her safety net as it stands, still locked; none when none was written."""
    context.require(actor)
    found = Sheet.objects.filter(file_id=file_id, part=Part.NET)
    return list(found.order_by("-number", "pk")[:1])


def exercises_of_hers() -> list[Exercise]:
    """Those she may answer alone, kept by no other tool; how was today comes first."""
    found = [
        one
        for one in exercises.offered(PLAN)
        if one.tool is None and Pen.HERSELF in one.asks.answered_by
    ]
    return sorted(found, key=lambda one: one.slug != TODAY)


# Words she leaves.


def words(inside: Inside) -> list[Word]:
    """The last words she left and what was answered, opened."""
    context.require(inside.actor)
    found = list(
        Word.objects.select_related("reply")
        .filter(file_id=inside.file_id)
        .order_by("-written_at", "pk")[:LAST_WORDS]
    )
    vault.open([*found, *(one.reply for one in found if is_answered(one))], by=inside.actor)
    return found


def waiting(inside: Inside) -> int:
    """How many words of hers nobody has answered yet."""
    context.require(inside.actor)
    return Word.objects.filter(file_id=inside.file_id, reply=None).count()


def unread(inside: Inside) -> int:
    """How many answers to her last words she has not opened yet; none of them is opened by it."""
    context.require(inside.actor)
    shown = Word.objects.filter(file_id=inside.file_id).order_by("-written_at", "pk")
    replies = Reply.objects.filter(word__in=shown[:LAST_WORDS])
    return len(not_read(set(replies.values_list("pk", flat=True)), actor=inside.actor))


def not_read(answers: set[UUID], *, actor: Actor) -> set[UUID]:
    """Of these, what she has not opened in her notebook yet, as the journal says."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select of_record from access.read_in_my_notebook(null)")
        return answers - {one for (one,) in cursor.fetchall()}


def is_answered(word: Word) -> bool:
    return hasattr(word, "reply")


def words_of_file(file_id: UUID, *, actor: Actor) -> list[Word]:
    """The same, for whoever accompanies her; still locked."""
    context.require(actor)
    return list(
        Word.objects.select_related("reply")
        .filter(file_id=file_id)
        .order_by("-written_at", "pk")[:LAST_WORDS]
    )


@dataclass(frozen=True)
class Left:
    """Somebody left a word that nobody has answered."""

    file_id: UUID
    name: str
    at: datetime


def left(*, actor: Actor, at: datetime) -> list[Left]:
    """Of my people and those I answer for, whose words wait, the oldest first; whatever became of
    the notebook."""
    found = [
        (datetime.fromisoformat(row["at"]), UUID(row["file_id"]))
        for row in places.rows_of_day(LEFT, actor=actor, at=at)
    ]
    names = dict(participants.names([file_id for _at, file_id in found], actor=actor))
    return [
        Left(file_id, names[file_id], left_at)
        for left_at, file_id in sorted(found)
        if file_id in names
    ]
