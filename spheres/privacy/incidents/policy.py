"""Who tells an incident, keeps its register, assesses, gives notice, tells whoever it concerns?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation, Role
from spheres.accounts.policy import MANAGERS
from spheres.core.actor import Actor
from spheres.core.clock import months_later
from spheres.core.decision import Decision, no, yes
from spheres.privacy.incidents.models import (
    FIVE_YEARS,
    Addition,
    Assessment,
    Informed,
    Review,
    Step,
)
from spheres.sharing.models.keeping import KEEPERS
from spheres.sharing.rules import WORKERS

Item, Conclusion = Addition.Item, Assessment.Conclusion
# What whoever told it may add to, without being in charge of the register.
TELLERS_ITEMS: Final = (
    Item.DESCRIPTION, Item.CIRCUMSTANCES, Item.WHEN, Item.PERSONS, Item.MEASURES,
)  # fmt: skip
MOST_YEARS_MORE: Final = 10
LATEST_LOOK: Final = timedelta(days=90)


def can_tell(actor: Actor) -> Decision:
    """Whoever works in a partner organisation tells an incident: whatever their role."""
    if not actor.is_staff:
        return no(_("Only those who work in a partner organisation tell an incident here."))
    return yes()


def can_keep(actor: Actor) -> Decision:
    """The person in charge of privacy keeps the register of their organisation: nobody else."""
    if not actor.has(Role.PRIVACY_OFFICER):
        return no(_("Only the person in charge of privacy keeps the register."))
    return yes()


def can_see_to_colleagues(actor: Actor) -> Decision:
    """A manager, or the person in charge of privacy, sees to a colleague's lost device."""
    if not actor.has(*MANAGERS, Role.PRIVACY_OFFICER):
        return no(_("Only a manager, or the person in charge of privacy, does this for somebody."))
    return yes()


def can_add(actor: Actor, told_by: UUID, item: str) -> Decision:
    """The person in charge of privacy adds to any item; whoever told it, to what they told."""
    if actor.has(Role.PRIVACY_OFFICER):
        return yes()
    if actor.user_id != told_by:
        return no(_("Only whoever told it, and the person in charge of privacy, add to it."))
    if item not in TELLERS_ITEMS:
        return no(_("This is for the person in charge of privacy."))
    return yes()


def can_conclude(conclusion: str, reasons: Collection[str]) -> Decision:
    """A conclusion has its four reasons; «too early to say» needs none."""
    if conclusion != Conclusion.NOT_YET and not all(reasons):
        return no(_("Say why, on the four points: a conclusion is read with its reasons."))
    return yes()


def can_wait_until(day: date, today: date) -> Decision:
    """What waits has a day on which to look again, and never waits for good."""
    if day <= today:
        return no(_("Choose a day to come: it is looked at again then."))
    if day > today + LATEST_LOOK:
        return no(_("This is too far: three months at most, then it is looked at again."))
    return yes()


def can_close(actor: Actor, duties: Collection[str], *, is_waiting: bool = False) -> Decision:
    """The person in charge of privacy says that it is done, once assessed and the notices given."""
    if not (may := can_keep(actor)):
        return may
    if duties or is_waiting:
        return no(_("Something is still to be done: assess it, or give the notices."))
    return yes()


def can_concern(actor: Actor, told_by: UUID) -> Decision:
    """Whoever told it says which of the persons they accompany it concerns, and of nobody else."""
    if not actor.has(*WORKERS):
        return no(_("Only a worker says which of the persons they accompany it concerns."))
    if actor.user_id != told_by:
        return no(_("Only whoever told it says so."))
    return yes()


def can_be_beside(actor: Actor) -> Decision:
    """Whoever accompanies the person reads that it concerns them, and what they are to be told."""
    if not actor.has(*WORKERS):
        return no(_("Only a worker who accompanies young people can open this."))
    return yes()


def can_inform(actor: Actor, way: str, *, waits_until: date | None = None) -> Decision:
    """A worker of the person tells them, once; not while it would hamper an investigation."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers tell them."))
    if way == Informed.Way.TOLD:
        return no(_("The person has been told already."))
    if waits_until is not None:
        return no(_("Not yet: telling them now would hamper an investigation."))
    return yes()


def can_be_then(day: date, today: date) -> Decision:
    """What happened, or was given, is not still to come."""
    if day > today:
        return no(_("This day is still to come."))
    return yes()


def recipients(organisation: Organisation) -> tuple[Step.Kind, ...]:
    """Whom the law says to notify without delay: two under the health regime, one elsewhere.

    What an organisation says of its own may add one, and never takes one away.
    """
    asks_minister = organisation.regime == Organisation.Regime.HEALTH
    if asks_minister or "minister" in organisation.incident_notice:
        return (Step.Kind.MINISTER, Step.Kind.CAI)
    return (Step.Kind.CAI,)


@dataclass(frozen=True)
class Done:
    """How far an entry is: what was concluded, when, which notices were given, which waits."""

    conclusion: str = ""
    concluded_at: datetime | None = None
    given: frozenset[str] = frozenset()
    waits_until: date | None = None
    closed_at: datetime | None = None


def duties(done: Done, to: Collection[str], today: date) -> list[str]:
    """What is still to be done, in order: assess, give each notice, look again on the day said.

    Where there is no risk of serious injury, no notice is due.
    """
    if done.conclusion in {"", Conclusion.NOT_YET}:
        return [Item.RISK]
    if done.conclusion == Conclusion.NOT_SERIOUS:
        return []
    due = [kind for kind in to if kind not in done.given]
    if not done.given & {Step.Kind.PERSONS, Step.Kind.PUBLIC}:
        if done.waits_until is None:
            due.append(Step.Kind.PERSONS)
        elif done.waits_until <= today:
            due.append(Step.Kind.WAIT)
    return due


def is_waiting(done: Done, today: date) -> bool:
    """The persons are to be told, not before a day to come."""
    told = done.given & {Step.Kind.PERSONS, Step.Kind.PUBLIC}
    return not told and done.waits_until is not None and done.waits_until > today


def is_over(done: Done) -> bool:
    """Said done, and not assessed again since."""
    if done.closed_at is None:
        return False
    return done.concluded_at is None or done.concluded_at <= done.closed_at


def kept_until(latest: date, years: int) -> date:
    """The last day before which nothing of it may go: five years from the last day that counts."""
    return months_later(latest, 12 * max(FIVE_YEARS, years))


def can_review(actor: Actor) -> Decision:
    """Those who keep the files of the organisation see what is past its time, without a word."""
    if not actor.has(*KEEPERS):
        return no(_("Only those who keep the files of the organisation see this."))
    return yes()


def can_propose(actor: Actor, decision: str, *, is_held: bool = False) -> Decision:
    """Whoever keeps the register proposes; nothing goes that a legal hold keeps."""
    if not (may := can_keep(actor)):
        return may
    if is_held and decision == Review.Decision.DELETE:
        return no(_("A legal hold stands on the file of somebody it concerns: it is kept."))
    return yes()


def can_answer(actor: Actor, proposed_by: UUID, *, is_yes: bool) -> Decision:
    """Another person than whoever proposed says yes; any of them takes it back."""
    if not (may := can_review(actor)):
        return may
    if is_yes and actor.user_id == proposed_by:
        return no(_("You proposed it: another person says yes."))
    return yes()
