"""Who receives a legal demand, links it, weighs it, produces, releases; and what must stand before?

The database refuses what the law refuses (`models/answered.py`). Here the same is said in words, so
that whoever answers reads what is missing before pressing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import SEAT, Actor
from spheres.core.decision import Decision, no, yes
from spheres.privacy.legal_demands.models import Asker, Kind, MatterStatus, Step
from spheres.privacy.legal_demands.models.arrived import STAFF
from spheres.sharing.rules import SITTERS, WORKERS

Do, Code, Status = Step.Kind, Step.Code, MatterStatus.Status
REMINDED_BEFORE: Final = timedelta(days=7)
LATEST_LOOK: Final = timedelta(days=180)
# What is weighed, one by one, in this order; the first and the two last of all kinds of demand.
WEIGHED: Final = (
    Do.IDENTITY, Do.LAW, Do.REPORT, Do.ACCUSED, Do.SCOPE, Do.SECRECY,
)  # fmt: skip
# Nothing of it has left: what the law asks is looked at again, each time.
NOT_GONE: Final = (*MatterStatus.WEIGHED, Status.PREPARED, Status.RELEASED)
# An objection on these grounds is answered in the words that whoever asks about somebody unknown
# reads too: no judge has spoken, so nothing is confirmed.
CONFIRMING_NOTHING: Final = frozenset({Code.BY_WHOM, Code.NO_RIGHT})

ALREADY: Final = _("This demand is already linked to this person.")
LOOKS_THE_SAME: Final = _(
    "A demand of the same kind and the same day, with the same number, is linked to this person "
    "already. If this is another one, tick it below and send again."
)
OVER: Final = _("It is over: nothing more is written of it.")
ENDED: Final = _("It has been answered already.")
NOT_OFFICER: Final = _("This is for whoever is in charge of privacy, seated at this demand.")
NOT_COUNSEL: Final = _("Counsel alone writes what counsel thinks of it.")
NOT_SEATED: Final = _("This is for whoever sits at this demand.")
SAME_PERSON: Final = _(
    "A second person releases it: neither whoever prepared it, nor anybody without a seat."
)
NO_IDENTITY: Final = _(
    "It is not established who demands it: call back, by a number found elsewhere than on the "
    "paper."
)
ON_CONSENT: Final = _(
    "A production never rests on a consent, which can be taken back any day. What the person "
    "agrees to tell goes by the page of communications, with them."
)
NO_RIGHT: Final = _("It is not written that the law obliges us to answer.")
NO_REPORT: Final = _(
    "It is not written that the report is accepted and that the conditions of the law are met "
    "(Youth Protection Act, s. 35.4)."
)
NO_JUDGE: Final = _(
    "To an accused, of an offence that the law lists, nothing is produced before a judge has "
    "decided at both stages (Criminal Code, ss. 278.1 to 278.91): write that the decision was "
    "seen, or object."
)
NO_ACCUSED: Final = _("It is not written whether it would be produced to an accused.")
NO_SCOPE: Final = _("The minimum is not written yet: what is enough to answer.")
NO_SECRECY: Final = _("It is not written whether professional secrecy stands in the way.")
SECRECY_STANDS: Final = _("Professional secrecy stands in the way: an objection is to be made.")
NOT_INFORMED: Final = _(
    "It is not written whether the person was told, or why not for now and until when."
)


@dataclass(frozen=True)
class Facts:
    """What is written of one demand about one file: the newest of each step."""

    kind: str
    asker: str
    status: str
    codes: tuple[tuple[str, str], ...] = ()
    is_informed: bool = False
    prepared_by_me: bool = False

    def code(self, kind: str) -> str:
        return dict(self.codes).get(kind, "")


def can_receive(actor: Actor) -> Decision:
    """Whoever works here: a paper of justice may be handed to anybody. They open nothing."""
    if not actor.has(*STAFF):
        return no(_("This is written down by whoever works here."))
    return yes()


def can_link(actor: Actor) -> Decision:
    """Whoever walks with the person, and alone knows that a demand concerns them."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers write this down."))
    return yes()


def can_look(actor: Actor) -> Decision:
    """The desk of legal demands: whoever is in charge of privacy, without a name."""
    if not actor.has(Role.PRIVACY_OFFICER):
        return no(_("This is for the person in charge of privacy in the organisation."))
    return yes()


def can_sit(actor: Actor) -> Decision:
    """The pages of one demand about one file: in charge of privacy, or counsel, given a seat."""
    if not actor.has(*SITTERS):
        return no(NOT_SEATED)
    return yes()


def can_keep_paper(actor: Actor) -> Decision:
    """The paper itself, scanned: by those who walk with the person, or by whoever is in charge of
    privacy and sits there. Counsel reads it."""
    if not is_officer(actor) and not actor.has(*WORKERS):
        return no(NOT_OFFICER)
    return yes()


def is_only_counsel(actor: Actor) -> bool:
    """Counsel who is not in charge of privacy too: their way is the page of their seats."""
    return actor.has(Role.COUNSEL) and not actor.has(Role.PRIVACY_OFFICER)


def is_officer(actor: Actor) -> bool:
    """On the pages made for one matter, whoever is in charge of privacy."""
    return actor.purpose == SEAT and actor.has(Role.PRIVACY_OFFICER)


def is_counsel(actor: Actor) -> bool:
    return actor.purpose == SEAT and actor.has(Role.COUNSEL)


def can_write_step(actor: Actor, facts: Facts, kind: str) -> Decision:
    """Each thing that is weighed, by whoever is in charge of privacy; what counsel thinks, by
    counsel alone. Nothing more once it is over."""
    if kind == Do.OPINION and not is_counsel(actor):
        return no(NOT_COUNSEL)
    if kind != Do.OPINION and not is_officer(actor):
        return no(NOT_OFFICER)
    if facts.status not in NOT_GONE:
        return no(ENDED)
    return yes()


def can_inform(actor: Actor, facts: Facts) -> Decision:
    """Whether the person was told: their worker, or whoever is in charge of privacy, seated."""
    if not is_officer(actor) and not actor.has(*WORKERS):
        return no(NOT_OFFICER)
    if facts.status == Status.CLOSED:
        return no(OVER)
    return yes()


def can_give_seat(actor: Actor, facts: Facts) -> Decision:
    """A seat for counsel, or for another officer, by whoever is in charge of privacy, seated."""
    if not is_officer(actor):
        return no(NOT_OFFICER)
    if facts.status == Status.CLOSED:
        return no(OVER)
    return yes()


def can_call_officer(actor: Actor, facts: Facts) -> Decision:
    """Those who walk with the person give the first seat, and again when its last day is past."""
    if facts.status == Status.CLOSED:
        return no(OVER)
    return can_link(actor)


def missing(facts: Facts) -> list[Any]:
    """What must be written before anything is produced, and is not; in the order it is done."""
    law, secrecy = facts.code(Do.LAW), facts.code(Do.SECRECY)
    accused = facts.code(Do.ACCUSED)
    asked = [
        (facts.code(Do.IDENTITY) != Code.SEEN, NO_IDENTITY),
        (law == Code.CONSENT, ON_CONSENT),
        (law not in {Code.COMPELS, Code.CONSENT}, NO_RIGHT),
        (facts.kind == Kind.PROTECTION and facts.code(Do.REPORT) != Code.ACCEPTED, NO_REPORT),
        (_is_asked_of_accused(facts) and not accused, NO_ACCUSED),
        (_waits_for_judge(facts), NO_JUDGE),
        (not facts.code(Do.SCOPE), NO_SCOPE),
        (not secrecy, NO_SECRECY),
        (secrecy == Code.APPLIES, SECRECY_STANDS),
        (not facts.is_informed, NOT_INFORMED),
    ]
    return [why for is_missing, why in asked if is_missing]


def _is_asked_of_accused(facts: Facts) -> bool:
    return facts.asker == Asker.DEFENCE or facts.kind == Kind.SUBPOENA


def _waits_for_judge(facts: Facts) -> bool:
    accused = facts.code(Do.ACCUSED)
    if facts.asker == Asker.DEFENCE and accused == Code.NO_ACCUSED:
        return True  # it is demanded by an accused
    return accused == Code.UNDECIDED


def can_produce(actor: Actor, facts: Facts) -> Decision:
    """Prepared by whoever is in charge of privacy, once what the law asks is written."""
    if not is_officer(actor):
        return no(NOT_OFFICER)
    if facts.status not in MatterStatus.WEIGHED:
        return no(ENDED)
    lacking = missing(facts)
    return no(lacking[0]) if lacking else yes()


def can_decide(actor: Actor, facts: Facts) -> Decision:
    """A second person seated there, counsel or another officer, releases what was prepared or sends
    it back; the database refuses the first."""
    if not is_officer(actor) and not is_counsel(actor):
        return no(NOT_SEATED)
    if facts.prepared_by_me:
        return no(SAME_PERSON)
    if facts.status != Status.PREPARED:
        return no(ENDED)
    return yes()


def can_release(actor: Actor, facts: Facts) -> Decision:
    """By the second person, while what the law asks still stands: since it was prepared, somebody
    may have written otherwise."""
    if not (may := can_decide(actor, facts)):
        return may
    lacking = missing(facts)
    return no(lacking[0]) if lacking else yes()


def can_object(actor: Actor, facts: Facts) -> Decision:
    """In place of a production: by whoever is in charge of privacy, with reasons."""
    if not is_officer(actor):
        return no(NOT_OFFICER)
    if Status.OBJECTED not in MatterStatus.MOVES[facts.status]:
        return no(ENDED)
    return yes()


def can_hand_over(actor: Actor, facts: Facts) -> Decision:
    """Once a second person has released it, and while what the law asks still stands."""
    if not is_officer(actor):
        return no(NOT_OFFICER)
    if facts.status != Status.RELEASED:
        return no(_("It is handed over once a second person has released it."))
    lacking = missing(facts)
    return no(lacking[0]) if lacking else yes()


def can_lapse(actor: Actor, facts: Facts) -> Decision:
    """Whoever demanded it takes it back: nothing goes."""
    if not is_officer(actor):
        return no(NOT_OFFICER)
    if Status.LAPSED not in MatterStatus.MOVES[facts.status]:
        return no(ENDED)
    return yes()


def can_close(actor: Actor, facts: Facts) -> Decision:
    """Once it is handed over, objected to or taken back: the seats end, and the hold may."""
    if not is_officer(actor):
        return no(NOT_OFFICER)
    if facts.status == Status.FROZEN or Status.CLOSED not in MatterStatus.MOVES[facts.status]:
        return no(_("It ends once it is handed over, objected to or taken back."))
    return yes()


def can_end_as_same(actor: Actor, facts: Facts) -> Decision:
    """While it is weighed: it is another one again, that goes on. The seats end; the hold stays as
    long as the other one does."""
    if not is_officer(actor):
        return no(NOT_OFFICER)
    if facts.status != Status.FROZEN:
        return no(ENDED)
    return yes()


def steps_of(kind: str, asker: str) -> list[str]:
    """What is weighed of this demand, in its order."""
    asked = Facts(kind, asker, "")
    return [
        str(step)
        for step in WEIGHED
        if (step != Do.REPORT or kind == Kind.PROTECTION)
        and (step != Do.ACCUSED or kind != Kind.PROTECTION or _is_asked_of_accused(asked))
    ]
