"""What do the files of a life say of dreams, goals, small steps, strengths, of where she is?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from spheres.config import contacts, readings, sealed, strengths, success
from spheres.config.sealed import TherapySaid
from spheres.config.strengths import StrengthSaid
from spheres.config.success import SuccessSaid
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.life_plan import actions as life_plan
from spheres.followup.life_plan.models import DOMAINS, Aim, Course, Idea, StepStatus
from spheres.followup.stage_marks import actions as stage_marks
from spheres.followup.stage_marks.models import OWN, TOPICS, StageMark
from spheres.records.models import Pen
from spheres.regions.reading import Fields, Part

if TYPE_CHECKING:
    from spheres.config.life import Act, Telling
    from spheres.config.stories import Check

LAST_MEANT: Final = 60  # days after the Monday from which the files count
IDEAS: Final = {
    "hers": Idea.HERS, "together": Idea.TOGETHER, "worker": Idea.WORKER, "other": Idea.OTHER,
}  # fmt: skip
PENS: Final = {"hers": Pen.HER, "together": Pen.TOGETHER, "worker": Pen.WORKER}
# What a line of a plan says, by its first word; then what that word needs and what it may add.
LINES: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "dream": (("slug",), ("her_words",)),
    "goal": (("slug", "idea"), ("towards", "domain", "her_words")),
    "step": (("slug", "towards", "idea"), ("meant",)),
    "done": ((), ("words",)),
    "aside": ((), ()),
    "again": ((), ()),
    "task": ((), ()),
}
AIM_MOVES: Final = {"done": Course.Status.REACHED, "aside": Course.Status.SET_ASIDE}
STEP_MOVES: Final = {"done": StepStatus.Status.DONE, "aside": StepStatus.Status.SET_ASIDE}


@dataclass(frozen=True)
class HopeSaid:
    """One gesture on her plan; things are called by short words of the file."""

    day: int
    who: str
    what: str
    text: str
    slug: str = ""
    towards: str = ""
    idea: str = ""
    domain: str = ""
    words: str = ""
    meant: int | None = None


@dataclass(frozen=True)
class MarkSaid:
    """Where she said she was, for one topic, that day."""

    day: int
    who: str
    answers: dict[str, str]


Said = HopeSaid | MarkSaid | StrengthSaid | SuccessSaid | TherapySaid | readings.Said


def of(check: Check) -> list[Said]:
    """Everything the entry says of her plan, of where she is, of her strengths."""
    known: dict[str, str] = {}
    admitted = check.day
    hopes: list[Said] = [_hope(check, part, known) for part in check.listed("plan")]
    check.day = admitted
    marks = [_mark(check, part) for part in check.listed("marks")]
    check.day = admitted
    strong = strengths.of(check)
    check.day = admitted
    successes = success.of(check)
    check.day = admitted
    sealed_of = sealed.of(check)
    check.day = admitted
    return [*hopes, *marks, *strong, *successes, *sealed_of, *readings.of(check)]


def _hope(check: Check, part: Part, known: dict[str, str]) -> HopeSaid:
    what = next((word for word in LINES if word in part.any_fields()), "dream")
    needed, optional = LINES[what]
    it = part.fields("day", "by", what, *needed, optional=optional)
    day, who = contacts.when_and_who(check, it)
    slug = it["slug"].slug() if "slug" in it else ""
    if slug:
        known[slug] = "step" if what == "step" else "aim"
    if what in {"done", "aside", "again"}:
        it[what].choice(known, _("«%(value)s» was not said before."))
    towards = it["towards"].choice(known) if "towards" in it else ""
    words = next((it[name].text() for name in ("her_words", "words") if name in it), "")
    return HopeSaid(
        day,
        who,
        what,
        it[what].text(),
        slug,
        towards,
        IDEAS.get(it["idea"].choice(IDEAS), "") if "idea" in it else "",
        it["domain"].choice(check.codes_of(DOMAINS)) if "domain" in it else "",
        words,
        it["meant"].number(day, LAST_MEANT) if "meant" in it else None,
    )


def _mark(check: Check, part: Part) -> MarkSaid:
    optional = ("topic_words", "sentences", "her_words", "text", "support", "pen")
    it = part.fields("day", "by", "topic", "stage", optional=optional)
    day, who = contacts.when_and_who(check, it)
    kinds = StageMark.Sentences.values
    sentences = it["sentences"].choice(kinds) if "sentences" in it else StageMark.Sentences.STAGES
    pen = it["pen"].choice(PENS) if "pen" in it else ""
    topic = it["topic"].choice(check.codes_of(TOPICS))
    if (topic == OWN) != ("topic_words" in it):
        it["topic"].fault(_("topic_words names a topic that is hers (own), and no other."))
    return MarkSaid(
        day,
        who,
        {
            "topic": topic,
            "sentences": sentences,
            "stage": it["stage"].choice(check.codes_of(sentences)),
            "pen": PENS.get(pen, Pen.TOGETHER),
            **_texts(it, check.language),
        },
    )


def _texts(it: Fields, language: str) -> dict[str, str]:
    texts = {"topic_words": "", "her_words": "", "text": language, "support": language}
    said = {
        name: it[name].text(language=spoken) if spoken else it[name].text()
        for name, spoken in texts.items()
        if name in it
    }
    return {"observation" if name == "text" else name: words for name, words in said.items()}


def act(telling: Telling, said: Said) -> Act:
    """The act of one of these, in its story."""
    if isinstance(said, StrengthSaid):
        return strengths.act(telling, said)
    if isinstance(said, SuccessSaid):
        return success.act(telling, said)
    if isinstance(said, TherapySaid):
        return sealed.act(telling, said)
    if isinstance(said, readings.Said):
        return readings.act(telling, said)
    who, at = telling._actor(said.who), telling._moment(said.day, "meeting")
    if isinstance(said, MarkSaid):
        made = telling._act("mark", said.day, who, at, lambda: _marking(telling, made, said)())
        return made
    number = _number(telling, said.slug or f"{said.what} {said.day}")
    return telling._act(said.what, said.day, who, at, _doing(telling, number, said, who, at))


def _marking(telling: Telling, act: Act, said: MarkSaid) -> Callable[[], Any]:
    written = stage_marks.Written(id=act.id, occurred_at=act.at, **said.answers)
    return lambda: stage_marks.sign(telling.file_id, written, by=act.who, at=act.at)


def _number(telling: Telling, slug: str) -> UUID:
    return telling.loading.id("hope", f"{telling.story.slug}/{slug}")


def _doing(
    telling: Telling, number: UUID, said: HopeSaid, who: Actor, at: datetime
) -> Callable[[], Any]:
    file_id = telling.file_id
    towards = _number(telling, said.towards) if said.towards else None
    match said.what:
        case "dream" | "goal":
            is_goal = said.what == "goal"
            aim = life_plan.Written(
                number,
                Aim.Kind.GOAL if is_goal else Aim.Kind.DREAM,
                said.text,
                at,
                idea=said.idea or Idea.HERS,
                agreed_on=clock.day_of(at) if is_goal else None,
                domain=said.domain,
                dream_id=towards,
                her_words=said.words,
            )
            return lambda: life_plan.sign(file_id, aim, by=who, at=at)
        case "step":
            assert towards is not None  # checked with the files
            on = None
            if said.meant is not None:
                on = telling.monday + timedelta(days=said.meant)
            step = life_plan.StepSaid(number, said.text, on, said.idea, is_chosen=True)
            return lambda: life_plan.add_step(file_id, towards, step, by=who, at=at)
        case "task":
            return lambda: life_plan.keep_for_me(file_id, number, said.text, by=who, at=at)
    return lambda: _moving(telling, number, said, who, at)


def _moving(telling: Telling, number: UUID, said: HopeSaid, who: Actor, at: datetime) -> None:
    """A step or a goal called by its word is done, set aside, or taken up again."""
    file_id, one = telling.file_id, _number(telling, said.text)
    named = {each.slug: each for each in telling.story.hopes if isinstance(each, HopeSaid)}
    called = named[said.text]
    if called.what != "step":
        to: str = AIM_MOVES.get(said.what, Course.Status.ALIVE)
        life_plan.move_aim(file_id, one, to, by=who, at=at)
        return
    to = STEP_MOVES.get(said.what, StepStatus.Status.CHOSEN)
    life_plan.move_step(file_id, one, to, by=who, at=at)
    if said.words:
        root = _number(telling, called.towards)
        trace = life_plan.TraceSaid(number, said.words, clock.day_of(at), Pen.HER, one)
        life_plan.leave_trace(file_id, root, trace, by=who, at=at)
