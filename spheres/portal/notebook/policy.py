"""Who opens a notebook, with what, and how far; which PIN is hers alone; who may lower it?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.reaching import policy as reaching
from spheres.sharing.models import Notebook
from spheres.sharing.models.notebook import PRACTICAL_FACES
from spheres.sharing.rules import JOURNAL, LEGAL, PLAN, RELATION, SAFETY, STEPS, SUMMARY

WORKERS: Final = (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT)
Level, Agreed = Notebook.Level, Notebook.Agreed
PLACE: Final = {level: place for place, level in enumerate(Level)}
# What she allows, kind by kind, and the sections of her file in which it stands.
KINDS: Final = {
    "words": (SUMMARY,),
    "plan": (PLAN, STEPS),
    "safety": (SAFETY,),
    "say": (LEGAL, RELATION, JOURNAL),
}
READ_THERE: Final = ("words", "plan", "safety")  # on the one page of what she reads
# What she calls things stands on a telephone that somebody else may hold.
TELLS: Final = _("This word could tell somebody something. Choose one that says nothing.")
PIN: Final = re.compile(r"\d{6,12}")
CODE_DIGITS: Final = 16
MOST_WAITING: Final = 10


@dataclass(frozen=True)
class Ready:
    """How things stand with somebody whose notebook might be opened."""

    is_unsafe: bool = False
    is_confirmed: bool = True  # how to reach them safely, with them, lately
    is_over: bool = False
    decides_alone: bool = True
    suspended: frozenset[str] = field(default_factory=frozenset)

    @property
    def speak_no_more(self) -> frozenset[str]:
        """On whose yes nothing rests any longer: those whose rights are suspended; whoever said it
        for them, once they agree for themselves."""
        others = frozenset(Agreed.values) - {Agreed.HERSELF} if self.decides_alone else frozenset()
        return self.suspended | others


def faces_of(level: str, kinds: set[str]) -> list[str]:
    """The sections that a level opens: at the first one, none of the story."""
    if level == Level.PRACTICAL:
        return list(PRACTICAL_FACES)
    allowed = [face for kind, faces in KINDS.items() if kind in kinds for face in faces]
    return [*PRACTICAL_FACES, *allowed]


def kinds_of(faces: set[str]) -> set[str]:
    """What she allowed, read back from the sections."""
    return {kind for kind, needed in KINDS.items() if faces.issuperset(needed)}


def can_accompany(actor: Actor) -> Decision:
    """Those who accompany the person open, close and give the code, face to face."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers open their notebook with them."))
    return yes()


def can_open(actor: Actor, ready: Ready) -> Decision:
    """A notebook opens after the conversation about safe contact, and not when it is not safe."""
    if not can_accompany(actor):
        return can_accompany(actor)
    if ready.is_over:
        return no(_("Their follow-up is over: there is no notebook to open."))
    if ready.is_unsafe:
        return no(
            _(
                "It is noted that reaching them is not safe. A telephone may be in somebody else’s "
                "hands: the notebook stays closed until they say otherwise, face to face."
            )
        )
    if not ready.is_confirmed:
        return no(
            _(
                "First talk over, with them, how to reach them safely, and note that they confirm "
                "it. Who can pick up their telephone matters before anything is opened on it."
            )
        )
    return yes()


def can_agree(ready: Ready, agreed: str) -> Decision:
    """From the age of agreeing alone, they alone; before, somebody else with them, or the exception
    already written; never somebody whose rights are suspended."""
    if ready.decides_alone and agreed != Agreed.HERSELF:
        return no(_("At their age, they alone decide about their notebook."))
    if not ready.decides_alone and agreed == Agreed.HERSELF:
        return no(
            _(
                "Before that age, somebody who may agree for them agrees too, or the exception "
                "already written at the start of the follow-up holds."
            )
        )
    if agreed in ready.suspended:
        return no(_("This person’s rights to speak for them are suspended."))
    return yes()


def can_give_code(actor: Actor, *, is_open: bool, rests_on_suspended: bool) -> Decision:
    """A code is given in person, for a notebook that stands open; none as long as it rests on the
    yes of somebody whose rights are suspended, who may hold the same telephone."""
    if not can_accompany(actor):
        return can_accompany(actor)
    if not is_open:
        return no(_("The notebook is closed: open it together first."))
    if rests_on_suspended:
        return no(
            _(
                "Whoever said yes to this notebook no longer speaks for them: open it anew "
                "together, on another yes, then give a code."
            )
        )
    return yes()


def can_lower(actor: Actor, now: tuple[str, set[str]], to: tuple[str, set[str]]) -> Decision:
    """The person alone lowers what their notebook opens; more is opened with their worker."""
    if not actor.is_participant:
        return no(_("Only the person whose notebook it is lowers it."))
    level, faces = to
    if PLACE[Level(level)] > PLACE[Level(now[0])] or not faces <= now[1]:
        return no(_("To open more, see your worker: you do it together, face to face."))
    return yes()


def can_leave_word(*, waiting: int) -> Decision:
    """Ten words wait at most: whoever reads them, reads them all."""
    if waiting >= MOST_WAITING:
        return no(
            _(
                "Ten words already wait to be read. You can leave another one when they are. If it "
                "cannot wait, call one of the numbers below."
            )
        )
    return yes()


def can_choose_pin(pin: str, *, born: str = "") -> Decision:
    """Six figures or more, and not those that anybody would try first."""
    if not PIN.fullmatch(pin):
        return no(_("A PIN has 6 to 12 figures, and nothing else."))
    if is_obvious(pin) or pin in dates_of(born):
        return no(_("This one is among the first that somebody would try. Choose another."))
    return yes()


def tells(words: str) -> bool:
    """Whether her own word for something would give something away to whoever reads it."""
    return bool(reaching.telling_words(words))


def is_obvious(pin: str) -> bool:
    """The same figure, a ladder, the same few figures over and over, or there and back."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    repeats = any(
        len(pin) % size == 0 and pin == pin[:size] * (len(pin) // size)
        for size in range(1, len(pin) // 2 + 1)
    )
    return len(steps) == 1 or repeats or len(set(pin)) <= 2 or pin[: len(pin) // 2 + 1] in LADDERS


LADDERS: Final = frozenset(
    ladder[start : start + size]
    for ladder in ("01234567890", "09876543210", "1234567890", "9876543210")
    for size in range(4, 8)
    for start in range(len(ladder) - size + 1)
)


def dates_of(born: str) -> set[str]:
    """The ways of writing a day of birth in figures."""
    try:
        day = date.fromisoformat(born)
    except ValueError:
        return set()
    forms = ("%d%m%y", "%m%d%y", "%y%m%d", "%d%m%Y", "%m%d%Y", "%Y%m%d")
    return {day.strftime(form) for form in forms}
