"""What may be told, to whom, by what right, until when; and who decides it?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.clock import birthday, months_later
from spheres.core.decision import Decision, no, yes
from spheres.participants.policy import may_speak
from spheres.records.between import carrying
from spheres.sharing.models import Consent, Disclosure, Form
from spheres.sharing.models.disclosed import COMING, LETTER, MAY_HEAR_OF_COMING, WITH_LETTER
from spheres.sharing.rules import (
    ACCOMPANYING,
    CONTACT,
    IDENTITY,
    PLAN,
    REVIEWERS,
    SAFETY,
    STEPS,
    SUMMARY,
    THERAPISTS,
    THERAPY,
    WALLED_OFF_ROLE,
    WHEREABOUTS,
    WORKERS,
)

Ground, Purpose, Capacity = Disclosure.Ground, Disclosure.Purpose, Disclosure.Capacity
By = Consent.Giver
A_DAY: Final = timedelta(days=1)
USUAL, LONGEST = 1, 12  # months
ADULT: Final = 18
FOR_HER: Final = frozenset({By.PARENT, By.TUTOR})
NOT_YET_14: Final = frozenset({*FOR_HER, By.EXCEPTION})
NEVER: Final = _(
    "Sphères never attests to an authority that somebody comes: the accompaniment is voluntary, "
    "and nobody is watched. You can write down that it was asked and refused."
)
DECIDED = _("Somebody has already decided this.")
TAKEN_BACK = _("The person took back their yes: nothing more is told.")
OVER = _("Its last day is past: prepare another one if it is still needed.")
RECEIVED_THERE = _(
    "The code came back: the other programme received this, and it is sealed for nobody any more. "
    "If something else goes along, prepare another communication."
)
NOT_NOW = _("This was not approved, or is over: nothing is handed over.")


@dataclass(frozen=True)
class Item:
    """One thing that may be told, and the part of her file it speaks of."""

    section: str
    label: Any
    hint: Any = ""


ITEMS: Final[dict[str, Item]] = {
    "NAME": Item(IDENTITY, _("The name they choose to be called by")),
    "AGE": Item(IDENTITY, _("Their age, or their age group")),
    "LANGUAGE": Item(IDENTITY, _("The language to speak with them")),
    "CONTACT": Item(
        CONTACT,
        _("A safe way to reach them"),
        _("The way, the hours, the words; what never to do."),
    ),
    "NEEDS": Item(SUMMARY, _("What they ask for, or need")),
    "WORDS": Item(SUMMARY, _("Words of their own")),
    "SITUATION": Item(SUMMARY, _("What is happening, in a few sentences")),
    "STEPS": Item(STEPS, _("What is already being done with them")),
    "PAGE": Item(SUMMARY, _("Their page")),
    "NET": Item(SAFETY, _("Their safety net")),
    "PLAN": Item(PLAN, _("What they hope for")),
    "DANGER": Item(SAFETY, _("The danger, and the act to be prevented")),
    "WHEREABOUTS": Item(WHEREABOUTS, _("Where they may be")),
    "DATES": Item(STEPS, _("Two dates that suit them")),
    LETTER: Item(
        THERAPY,
        _("A letter, written for this recipient and read with the person"),
        _("Only what serves that purpose; your notes stay yours. Nobody else here reads it."),
    ),
    COMING: Item(
        THERAPY,
        _("That they come, said as agreed with the person"),
        _("To whoever accompanies, cares for or defends them: to no authority."),
    ),
}
# What she takes along as it stands in her file, when she picks it: never a note.
TAKEN: Final = carrying.ALL
OF_THERAPY: Final = frozenset({LETTER, COMING})
# Of each purpose, what it lets through: what is not here does not go, whatever somebody agrees to.
ALLOWED: Final[dict[str, tuple[str, ...]]] = {
    Purpose.MEETING: ("NAME", "AGE", "LANGUAGE", "NEEDS", "WORDS", "SITUATION", "STEPS", "PLAN"),
    Purpose.SERVICE: (
        "NAME",
        "AGE",
        "LANGUAGE",
        "CONTACT",
        "NEEDS",
        "WORDS",
        "SITUATION",
        "STEPS",
        LETTER,
        COMING,
    ),
    Purpose.COMPLAINT: ("NAME", "LANGUAGE", "CONTACT", "NEEDS", "WORDS"),
    Purpose.PROTECTION: (
        "NAME",
        "AGE",
        "CONTACT",
        "SITUATION",
        "DANGER",
        "WHEREABOUTS",
        "STEPS",
        LETTER,
    ),
    Purpose.ORDER: tuple(code for code in ITEMS if code not in {"DATES", "PAGE", "NET", COMING}),
    Purpose.TRANSFER: ("NAME", "AGE", "LANGUAGE", "CONTACT", "WORDS", *TAKEN),
    Purpose.SURVIVOR: ("NAME", "LANGUAGE", "CONTACT", "DATES"),
}
# A danger, and a report to youth protection, are written on pages of their own: one calls first.
PURPOSES: Final[dict[str, tuple[str, ...]]] = {
    Ground.CONSENT: (Purpose.MEETING, Purpose.SERVICE, Purpose.COMPLAINT),
    Ground.REQUIRED: (Purpose.PROTECTION,),
    Ground.ORDER: (Purpose.ORDER,),
}
# Asked for on a page of its own.
OF_ITS_OWN: Final[dict[str, tuple[str, ...]]] = {
    Ground.CONSENT: (Purpose.SURVIVOR, Purpose.TRANSFER)
}
# What each ground demands besides, in words (law.md §3.2, §3.5, §3.7).
DEMANDS: Final[dict[str, tuple[str, ...]]] = {
    Ground.CONSENT: (),
    Ground.REQUIRED: ("reference", "verified", "reason", "told_her"),
    Ground.ORDER: ("reference", "verified", "told_her"),
}
# Who receives in a capacity of their own: an account; or somebody outside.
OUTSIDE: Final = tuple(
    one for one in Capacity if one not in {Capacity.MEMBER, Capacity.SURVIVORS, Capacity.WORKER}
)


def can_prepare(actor: Actor) -> Decision:
    """Whoever walks with her prepares what is told of her; a psychotherapist, what she writes
    under her own secrecy."""
    if not actor.has(*ACCOMPANYING):
        return no(_("Only those who accompany the person prepare what is told of them."))
    return yes()


def can_write_down(actor: Actor) -> Decision:
    """Her workers write down what was asked and refused, and ask for a meeting with her."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers write this with them."))
    return yes()


def may_write(actor: Actor, codes: Collection[str]) -> Decision:
    """A letter is its psychotherapist’s and goes alone: nothing of the file goes with it; and she
    tells nothing but what she writes for that."""
    if OF_THERAPY.isdisjoint(codes):
        if not actor.has(*WORKERS):
            return no(_("Write the letter, or what is said of their coming."))
        return yes()
    if not actor.has(*THERAPISTS):
        return no(_("Only the person’s psychotherapist writes it."))
    if not set(codes) <= set(WITH_LETTER):
        return no(_("A letter goes with a name, an age and a language, and nothing else."))
    return yes()


def may_hear(codes: Collection[str], ground: str, capacity: str) -> Decision:
    """That somebody comes is said to no authority, nor to whoever could hold them to it; and what
    is said in psychotherapy reaches the police when the law requires it, and not otherwise."""
    if COMING in codes and (ground != Ground.CONSENT or capacity not in MAY_HEAR_OF_COMING):
        return no(NEVER)
    if not OF_THERAPY.isdisjoint(codes) and capacity == Capacity.POLICE and ground != Ground.ORDER:
        return no(_("A psychotherapist tells the police only what a court or the law requires."))
    return yes()


def may_hear_as_relative(
    ground: str, capacity: str, kin: str, refused: Mapping[str, str]
) -> Decision:
    """By the person's own yes, a relative is told nothing as long as a refusal of theirs stands;
    what the law obliges to say is said all the same, to them first (R-22.1, s. 8)."""
    if ground != Ground.CONSENT or capacity != Capacity.RELATIVE or not refused:
        return yes()
    whom = {"whom": ", ".join(refused.values())}
    if not kin:
        return no(
            _("The person refuses that anything be said to %(whom)s. Say which relative this is.")
            % whom
        )
    if kin in refused:
        return no(
            _(
                "The person refuses that anything be said to %(whom)s. If they want it now, the "
                "refusal is taken back with them first, on the page of who must not see."
            )
            % {"whom": refused[kin]}
        )
    return yes()


def codes_of(actor: Actor, ground: str) -> list[str]:
    """What this hand may tell on this ground, in order."""
    wanted = {code for purpose in PURPOSES[ground] for code in ALLOWED[purpose]}
    mine = set(ITEMS) - OF_THERAPY if actor.has(*WORKERS) else set()
    if actor.has(*THERAPISTS):
        mine |= set(WITH_LETTER)
    return [code for code in ITEMS if code in wanted & mine]


def purposes_of(codes: Collection[str], ground: str) -> list[str]:
    """What for: a letter alone serves fewer purposes."""
    of_letter = set(codes) <= set(WITH_LETTER)
    return [p for p in PURPOSES[ground] if not of_letter or LETTER in ALLOWED[p]]


def can_decide(actor: Actor, prepared_by: object) -> Decision:
    """Another person: of those who look again, or another worker of hers; never whoever prepared
    it. The database asks which of them."""
    if actor.user_id == prepared_by:
        return no(_("A second person decides: not whoever prepared it."))
    if not actor.has(*WORKERS, *REVIEWERS):
        return no(_("This is for those who look again at what is told."))
    return yes()


def can_look(actor: Actor) -> Decision:
    """Those who look again at what is told in their organisation."""
    if not actor.has(*REVIEWERS, *WORKERS):
        return no(_("This is for those who look again at what is told."))
    return yes()


def can_receive(actor: Actor) -> Decision:
    """Whoever accompanies people; of the police, those of its programme."""
    if not actor.has(*ACCOMPANYING, WALLED_OFF_ROLE):
        return no(_("Nothing is handed over to this account."))
    return yes()


def serves(ground: str, purpose: str) -> Decision:
    """A purpose belongs to its ground; an attestation of attendance, to none."""
    if purpose == Purpose.ATTENDANCE:
        return no(NEVER)
    if purpose not in {*PURPOSES.get(ground, ()), *OF_ITS_OWN.get(ground, ())}:
        return no(_("This is not a reason to tell it on this ground."))
    return yes()


def may_tell(code: str, purpose: str, *, barred: Collection[str]) -> Decision:
    """What the purpose lets through, and the person keeps from nobody there."""
    if code not in ITEMS or code not in ALLOWED.get(purpose, ()):
        return no(_("This is not needed for that purpose: it is not told."))
    if ITEMS[code].section in barred:
        return no(_("The person keeps this part from whoever would receive it: it is not told."))
    return yes()


def may_receive(
    ground: str, purpose: str, *, is_police: bool, is_here: bool, is_whole: bool = False
) -> Decision:
    """A partner’s account, still there; of the police, by her own word and for one meeting. All of
    an organisation who sit on a committee, for its meeting alone; of the police, one person."""
    if not is_here:
        return no(_("This person has left the programme: choose another recipient."))
    if is_whole and not is_police and purpose != Purpose.MEETING:
        return no(_("To all who sit on a committee, something is told for its meeting alone."))
    if is_whole and is_police and purpose == Purpose.MEETING:
        return no(_("Of the police, the person names who is there: choose somebody."))
    if is_police and (ground, purpose) not in {
        (Ground.CONSENT, Purpose.MEETING), (Ground.CONSENT, Purpose.SURVIVOR),
    }:  # fmt: skip
        return no(
            _("An account of the police receives only what the person chose, for one meeting.")
        )
    return yes()


def gives(given_by: str, *, decides_alone: bool, suspended: Collection[str]) -> Decision:
    """From 14, the person alone. Before, or when it is not known: a parent or a tutor whose rights
    are not suspended, or an exception that says why."""
    if decides_alone and given_by in NOT_YET_14:
        return no(_("From 14, the person alone says what is told of them."))
    if not decides_alone and given_by == By.HERSELF:
        return no(
            _(
                "Under 14, or when the age is not known, a parent or a tutor gives it, "
                "or an exception is documented."
            )
        )
    return may_speak(given_by, suspended=suspended)


def at_this_age(ground: str, *, is_adult: bool) -> Decision:
    """Youth protection acts for whoever is under 18 (P-34.1, s. 38)."""
    if ground in {Ground.YOUTH_PROTECTION, Ground.REQUIRED} and is_adult:
        return no(_("Under 18 only: youth protection no longer acts for this person."))
    return yes()


def is_whole(ground: str, said: dict[str, str]) -> dict[str, Any]:
    """What is missing, by its name: what the yes needs, or what the ground demands."""
    missing: dict[str, Any] = {}
    if ground == Ground.CONSENT:
        if said.get("given_by") in FOR_HER and not said.get("giver"):
            missing["giver"] = _("Write who gives it.")
        if said.get("given_by") == By.EXCEPTION and not said.get("reason"):
            missing["reason"] = _("Say in a sentence why this exception applies.")
        if said.get("form") == Form.ORAL and not said.get("witness"):
            missing["witness"] = _("Said aloud, it needs a witness: write who heard it.")
    for name in DEMANDS.get(ground, ()):
        if not said.get(name):
            missing[name] = _("The law asks for this on this ground.")
    return missing


def last_day(today: date, given_by: str, *, born: date | None, alone: int) -> date:
    """The last day that is possible: within twelve months; before the day from which she alone
    decides, when another said yes for her."""
    longest = months_later(today, LONGEST) - A_DAY
    if given_by not in NOT_YET_14:
        return longest
    if born is None:
        return min(longest, months_later(today, USUAL))
    return min(longest, birthday(born, alone) - A_DAY)


def can_last_until(day: date, today: date, *, latest: date) -> Decision:
    """Not before today, and not beyond the last day that is possible."""
    if day < today:
        return no(_("This day is past: choose today or a later one."))
    if day > latest:
        return no(_("This is too far: twelve months at most, and before 14 if another gives it."))
    return yes()


def decides_for_others(actor: Actor) -> bool:
    """Those who look again at what is told have a way of their own."""
    return actor.has(*REVIEWERS)


def of_the_police(actor: Actor) -> bool:
    """Whether what is handed over is all that this account is here for."""
    return actor.has(WALLED_OFF_ROLE)
