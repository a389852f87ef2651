"""Who receives a request, writes its steps, answers it; and what must be written before?

The database refuses what the law refuses (`models/deciding.py`). Here the same is said in words, so
that whoever answers reads what is missing before pressing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import SEAT, Actor
from spheres.core.decision import Decision, no, yes
from spheres.core.working_days import last_working
from spheres.participants.policy import NOT_THEM
from spheres.privacy.access_requests.models import Age, Asker, Ground, Outcome, RequestStatus, Step
from spheres.sharing.rules import WORKERS

Kind, Code, Status = Step.Kind, Step.Code, RequestStatus.Status
ANSWERED_WITHIN: Final = timedelta(days=30)  # of the calendar (A-2.1, s. 47; P-39.1, s. 32)
LATEST_LOOK: Final = timedelta(days=180)
REPRESENTATIVES: Final = frozenset({Asker.PARENT, Asker.TUTOR})
GIVING: Final = frozenset({Outcome.WHOLE, Outcome.PART})

ALREADY: Final = _("The same request waits for its answer already: it is in the list below.")
BY_A_LAWYER: Final = _(
    "Under 14, the law lets the person ask for their file by a lawyer alone. What was made with "
    "them is read together, any day, without a request."
)
BY_ANOTHER: Final = _(
    "Another person decides this: give a seat to the person in charge of privacy."
)
NO_OPINION: Final = _("What the person says of it is not written yet. It is asked of them first.")
NO_HARM: Final = _("What a professional thinks of the harm it could do is not written yet.")
NOT_CONSULTED: Final = _(
    "It is not written whether youth protection was consulted, or why it was not."
)
NO_IDENTITY: Final = _("It is not written how the identity of whoever asks was checked.")
NO_TITLE: Final = _(
    "It is not written by what right they ask: a judgment, a birth certificate or a power of "
    "attorney that was seen."
)
HARM_IS_LIKELY: Final = _("A professional wrote that harm is likely: it cannot be given.")
OPPOSED: Final = _("Youth protection finds that harm is likely: it cannot be given.")
REFUSED: Final = _(
    "The person refuses that anything be said to whoever asks. It is given only when, asked anew, "
    "they say that they agree to all or some of it."
)
AN_ADULT: Final = _("The person is 18 or over: nobody asks for them as a parent or a tutor.")
NOT_HERS: Final = _("From 14, a lawyer is given it when the person said that they agree.")
NO_PROFESSIONAL: Final = _(
    "A refusal for a time rests on what a professional wrote: that serious harm is likely."
)
NOT_CORRECTED: Final = _(
    "No correction of this text is signed yet. Its author writes one on the page of the text, then "
    "it is said here."
)
SAY_NOTHING: Final = _(
    "They have not shown by what right they ask, or may not ask now: refused, they read the letter "
    "that confirms nothing."
)
ANSWERED: Final = _("It has been answered.")
# Why a ground does not serve; each is read beside it.
ONLY_FOR_A_TIME: Final = _(
    "To the person themselves, what could harm them is refused for a time only, until a day that "
    "is said."
)
NOT_HARMFUL: Final = _("No professional wrote that harm is likely: this ground does not stand.")
NEVER_HERS: Final = _("This ground answers somebody else, never the person themselves.")
BEFORE_14: Final = _("Under 14, it is not yet for the person to decide.")
NOT_OPPOSED: Final = _(
    "It is not written that youth protection finds harm likely: this ground does not stand."
)
SAID_IN_PART: Final = _("Confirming nothing goes with a refusal alone: choose another ground.")
SHE_IS_KNOWN: Final = _(
    "The person was recognised: they are told why. Choose what stands, and say it."
)
ONLY_HARM: Final = _("Only the harm that a professional wrote of lets it be refused for a time.")


@dataclass(frozen=True)
class Facts:
    """What is written of one request: who asks, of what age, and the newest of each step."""

    asker: str
    age: int
    status: str
    opinion: str = ""
    harm: str = ""
    consulted: str = ""
    identity: str = ""
    is_suspended: bool = False
    refuses_them: bool = False  # that anything be said to whoever asks (R-22.1, s. 8)


@dataclass(frozen=True)
class Clock:
    """The law’s day, or the one that was promised, and the last working day before it when nobody
    works that day."""

    due_on: date
    is_again: bool = False

    @property
    def works_on(self) -> date:
        return last_working(self.due_on)

    @property
    def is_holiday(self) -> bool:
        return self.works_on != self.due_on


def can_receive(actor: Actor) -> Decision:
    """Whoever walks with the person writes down what is asked, whoever asks it; the person’s own
    request is answered by them too."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers write this down."))
    return yes()


def can_sit(actor: Actor) -> Decision:
    """The person in charge of privacy in the organisation sees which requests wait and until when,
    without a name; reads a file when a seat is given to them, and never takes one alone."""
    if not actor.has(Role.PRIVACY_OFFICER):
        return no(_("This is for the person in charge of privacy in the organisation."))
    return yes()


def can_write_step(actor: Actor, kind: str) -> Decision:
    """Those who walk with the person, and whoever is given a seat at the request; what the person
    says of it is written by those who walk with them alone."""
    if is_seated(actor) and kind == Kind.OPINION:
        return no(_("The person’s worker asks them, and writes it in their words."))
    if not is_seated(actor) and not actor.has(*WORKERS):
        return no(_("Only the person’s workers write this down."))
    return yes()


def can_give_seat(actor: Actor) -> Decision:
    """Those who walk with the person name who answers, among the persons in charge of privacy; the
    database refuses a seat to whoever gives it."""
    return can_receive(actor)


def can_keep_paper(actor: Actor) -> Decision:
    """A signed letter, an authorisation, scanned: by those who walk with the person, or by whoever
    sits at the request."""
    return yes() if is_seated(actor) else can_receive(actor)


def is_seated(actor: Actor) -> bool:
    """On the pages made for one matter, whoever is in charge of privacy."""
    return actor.purpose == SEAT and actor.has(Role.PRIVACY_OFFICER)


def can_answer(actor: Actor, facts: Facts, outcome: str) -> Decision:
    """The person’s own request, by their worker when it is given; everything else by the person in
    charge of privacy, seated at it. Never before what the law asks is written."""
    if not is_seated(actor):
        if not actor.has(*WORKERS):
            return no(_("Only the person’s workers write this down."))
        if outcome != Outcome.WITHDRAWN and (facts.asker != Asker.SELF or outcome not in GIVING):
            return no(BY_ANOTHER)
    if outcome not in RequestStatus.MOVES[facts.status]:
        closed = facts.status not in RequestStatus.OPEN or facts.status in GIVING
        return no(ANSWERED if closed else NO_IDENTITY)
    return _first(missing(facts, outcome))


def missing(facts: Facts, outcome: str) -> list[Any]:
    """What the law asks before this answer, and is not there; in the order in which it is done."""
    if outcome == Outcome.WITHDRAWN:
        return []
    gives = outcome in GIVING
    says_something = outcome != Outcome.REFUSED
    asked = [
        (gives and not facts.identity, NO_IDENTITY),
        (says_something and facts.is_suspended, NOT_THEM),
        (says_something and _is_without_title(facts), NO_TITLE),
        (outcome == Outcome.LATER and facts.harm != Code.HARMFUL, NO_PROFESSIONAL),
        *_of_representatives(facts, gives=gives),
    ]
    if facts.asker == Asker.LAWYER and facts.age >= Age.FROM_14:
        asked.append((gives and facts.opinion not in {Code.YES, Code.PARTLY}, NOT_HERS))
    return [why for is_missing, why in asked if is_missing]


def _is_without_title(facts: Facts) -> bool:
    """Somebody else, who has not shown by what right they ask."""
    return facts.asker != Asker.SELF and facts.identity != Code.TITLE


def grounds(facts: Facts, outcome: str) -> list[str]:
    """On what this may be answered, besides granting all of it. Whoever has shown no title, or
    whose rights are suspended, reads what somebody who asks about a person unknown here reads:
    nothing is confirmed."""
    if outcome not in {Outcome.LATER, Outcome.REFUSED, Outcome.PART}:
        return []
    return [one for one in Ground.values if why_not(facts, outcome, one) is None]


def why_not(facts: Facts, outcome: str, ground: str) -> Any | None:
    """Why this may not be answered on this ground; None when it may."""
    if _is_without_title(facts) or facts.is_suspended:
        return None if (outcome, ground) == (Outcome.REFUSED, Ground.UNSAID) else SAY_NOTHING
    is_hers, is_later = facts.asker == Asker.SELF, outcome == Outcome.LATER
    refused = {
        Ground.HARM: [
            (is_hers and not is_later, ONLY_FOR_A_TIME),
            (facts.harm != Code.HARMFUL, NOT_HARMFUL),
        ],
        Ground.OWN_DECISION: [
            (is_hers, NEVER_HERS),
            (facts.age < Age.FROM_14, BEFORE_14),
            (not facts.opinion, NO_OPINION),
        ],
        Ground.PROTECTION: [
            (is_hers, NEVER_HERS),
            (facts.consulted != Code.OPPOSED, NOT_OPPOSED),
        ],
        Ground.UNSAID: [
            (outcome != Outcome.REFUSED, SAID_IN_PART),
            (is_hers and bool(facts.identity), SHE_IS_KNOWN),
        ],
        Ground.NO_TITLE: [(True, SAY_NOTHING)],
    }
    asked = [*refused.get(Ground(ground), []), (is_later and ground != Ground.HARM, ONLY_HARM)]
    return next((why for is_so, why in asked if is_so), None)


def _of_representatives(facts: Facts, *, gives: bool) -> Iterable[tuple[bool, Any]]:
    if facts.asker not in REPRESENTATIVES:
        return
    if facts.age >= Age.ADULT:
        yield gives, AN_ADULT
        return
    if facts.age >= Age.FROM_14:
        yield not facts.opinion, NO_OPINION
        yield not facts.harm, NO_HARM
        agrees = facts.opinion in {Code.YES, Code.PARTLY}
        yield gives and is_refused(facts) and not agrees, REFUSED
        yield gives and facts.harm == Code.HARMFUL, HARM_IS_LIKELY
    yield not facts.consulted, NOT_CONSULTED
    yield gives and facts.consulted == Code.OPPOSED, OPPOSED


def is_refused(facts: Facts) -> bool:
    """Whether a parent or a tutor asks, to whom the person refuses that anything be said."""
    return facts.asker in {Asker.PARENT, Asker.TUTOR} and facts.refuses_them


def can_hand_over(actor: Actor, facts: Facts) -> Decision:
    """Once it is granted: the person’s own copy by their worker, without a second person; what a
    lawyer or a representative is given, by whoever answered."""
    if not is_seated(actor) and not actor.has(*WORKERS):
        return no(_("Only the person’s workers write this down."))
    if not is_seated(actor) and facts.asker != Asker.SELF:
        return no(BY_ANOTHER)
    if facts.status not in GIVING:
        return no(_("It is handed over once it is granted."))
    # What was granted is not given after all once what the law asks stands no longer.
    return _first(missing(facts, facts.status))


def steps_of(asker: str, age: int) -> list[str]:
    """The steps that this request calls for, in their order."""
    steps = [Kind.IDENTITY]
    if asker in REPRESENTATIVES and age < Age.ADULT:
        steps += [Kind.OPINION, Kind.HARM, Kind.CONSULTED]
    elif asker == Asker.LAWYER and age >= Age.FROM_14:
        steps += [Kind.OPINION]
    else:
        steps += [Kind.HARM]
    return [str(step) for step in steps]


def due_on(received_on: date, days: int) -> date:
    """The day by which it is answered, by the calendar: as the organisation says of itself, and
    never later than the law does."""
    return received_on + min(timedelta(days=days), ANSWERED_WITHIN)


def _first(reasons: list[Any]) -> Decision:
    return no(reasons[0]) if reasons else yes()
