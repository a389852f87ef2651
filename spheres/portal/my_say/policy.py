"""What may she ask or do from her notebook at her age, by when is it answered, who answers?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.portal.my_say.models import Ask
from spheres.portal.notebook.policy import KINDS, can_accompany
from spheres.privacy.access_requests import policy as access_requests
from spheres.sharing.inside import Inside

Kind = Ask.Kind
# In the order in which she reads them.
ASKED: Final = (
    Kind.BAR, Kind.SHARE, Kind.CORRECT, Kind.READ, Kind.COPY, Kind.ERASE, Kind.RESEARCH,
    Kind.NAME, Kind.REACH, Kind.REFERRAL, Kind.SURVIVOR,
)  # fmt: skip
# What she reads again: what she asked, and what holds since she said it.
READ_AGAIN: Final = (*ASKED, Kind.NO_RESEARCH)
# Who learns that somebody waits for an answer, with nobody beside them.
TOLD_OF_UNREAD: Final = (Role.TEAM_LEAD, Role.COORDINATOR)
# Who learns that a request of the law, made from a notebook, is in no register yet.
TOLD_OF_UNREGISTERED: Final = (Role.PRIVACY_OFFICER,)
# Before the age of agreeing alone, these are asked by whoever speaks for her by law.
FROM_AGE: Final = frozenset({Kind.READ, Kind.COPY, Kind.ERASE, Kind.REFERRAL, Kind.SURVIVOR})
# To these the law sets a day (R-22.1, s. 47; P-39.1, s. 32).
BY_LAW: Final = frozenset({Kind.CORRECT, Kind.READ, Kind.COPY, Kind.ERASE})
# By one press, each in the register where the same thing is written when it is said aloud.
PRESSED: Final = frozenset({Kind.READ, Kind.COPY, Kind.ERASE, Kind.RESEARCH})
# By nobody's press: somebody judges with her, on a page begun with what she asked.
BEGUN: Final = frozenset({Kind.BAR, Kind.CORRECT, Kind.NAME, Kind.SURVIVOR})
WITH_A_SIGNER: Final = _(
    "Under 14, or when the age is not known, not by one press: whoever speaks for them by law asks "
    "it or signs, on its page."
)
# What is never written by one press, and why.
NEVER: Final = {
    Kind.SHARE: _(
        "Never by one press: it is read with them before, and somebody is there when they say yes."
    ),
    Kind.REACH: _(
        "Never by one press: whoever holds their telephone could have asked. Go over it in person, "
        "or by the way agreed."
    ),
    Kind.REFERRAL: _("Never by one press: you look at it together."),
}


def looks(inside: Inside) -> bool:
    """Whether she allowed her notebook to open who sees her file and what she shares."""
    return inside.allows(*KINDS["say"])


def offered(*, of_age: bool) -> list[Kind]:
    """What she may ask at her age; the rest is not shown."""
    return [kind for kind in ASKED if of_age or kind not in FROM_AGE]


def can_ask(actor: Actor, kind: str, *, of_age: bool) -> Decision:
    """From the notebook, the person alone asks, and what is theirs to ask at their age."""
    if not actor.is_participant:
        return no(_("Only the person whose notebook it is asks from it."))
    if kind not in offered(of_age=of_age):
        return no(_("Ask your worker: you look at it together."))
    return yes()


def can_take_back(actor: Actor, *, of_age: bool) -> Decision:
    """From the age of agreeing alone, the person takes back alone, at once, what they share."""
    if not actor.is_participant:
        return no(_("Only the person whose notebook it is asks from it."))
    if not of_age:
        return no(_("Ask your worker: you look at it together."))
    return yes()


def can_refuse(actor: Actor, *, of_age: bool) -> Decision:
    """From the age of agreeing alone, the person says no to research alone: it holds at once."""
    return can_take_back(actor, of_age=of_age)


def can_answer(actor: Actor) -> Decision:
    """Those who accompany the person say where it stands, in words the person reads."""
    return can_accompany(actor)


def can_see_unread(actor: Actor) -> Decision:
    """Whoever leads the team, and the coordination, learn how many of their organisation wait for
    an answer with nobody beside them; never who, nor what they said."""
    if not actor.has(*TOLD_OF_UNREAD):
        return no(_("Those who lead the team see to it."))
    return yes()


def can_register(actor: Actor, kind: str, *, of_age: bool) -> Decision:
    """Those who accompany the person write in its register, in one press, what was asked from the
    notebook by somebody who decides alone."""
    if not (may := can_answer(actor)):
        return may
    if kind in NEVER:
        return no(NEVER[Kind(kind)])
    if kind in PRESSED | {Kind.CORRECT} and not of_age:
        return no(WITH_A_SIGNER)
    return yes()


def can_cancel_meeting(actor: Actor, kind: str) -> Decision:
    """Those who accompany the person take back the survivor meeting that stands, when the person
    asked something of it."""
    if not (may := can_answer(actor)):
        return may
    if kind != Kind.SURVIVOR:
        return no(_("Nothing was asked about a meeting."))
    return yes()


def can_see_unregistered(actor: Actor) -> Decision:
    """The person in charge of privacy learns how many requests of the law, made from notebooks, are
    in no register yet; never whose they are, nor what they say."""
    return access_requests.can_sit(actor)


@dataclass(frozen=True)
class Delays:
    """In how many days an answer is due: what the organisation says of the law’s, and what the
    region says of the rest."""

    by_law: int
    by_house: int

    def of(self, kind: str) -> int:
        return self.by_law if kind in BY_LAW else self.by_house


def due_on(kind: str, asked_on: date, *, delays: Delays) -> date | None:
    """The day by which it is answered; none for what holds already."""
    if kind in BY_LAW:
        return access_requests.due_on(asked_on, delays.by_law)
    return asked_on + timedelta(days=delays.by_house) if kind in ASKED else None
