"""Who may move a referral, in which state?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation, Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.admission.models import Admission, Offer, ReferralStatus
from spheres.participants.policy import may_one_speak

Status = ReferralStatus.Status

SOMEONE_SAID_YES = _("Someone has said yes. Thank you; there is nothing more to do.")
WORKERS = (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT)


def can_hold_the_desk(actor: Actor) -> Decision:
    """The referral desk is the coordination's."""
    if not actor.has(Role.COORDINATOR):
        return no(_("The referral desk is held by the coordination."))
    return yes()


def can_receive(refusal: str) -> Decision:
    """Nobody real is received before all is ready for it; an invented person always is."""
    return no(refusal) if refusal else yes()


def can_type_in(actor: Actor, desk: UUID) -> Decision:
    """Whoever holds the region's desk types in what came by phone, at the door or by mail."""
    if not actor.has(Role.COORDINATOR) or actor.organisation_id != desk:
        return no(_("Only the coordination, at its own desk, types in a referral."))
    return yes()


def can_offer(actor: Actor, standing: ReferralStatus) -> Decision:
    """The coordination offers a referral to one worker or several; the first who accepts has it."""
    if not actor.has(Role.COORDINATOR):
        return no(_("Only the coordination offers a referral."))
    if standing.status not in {Status.RECEIVED, Status.OFFERED}:
        return no(_("This referral no longer waits for a worker."))
    return yes()


def can_be_offered(is_candidate: bool, is_asked: bool) -> Decision:
    """A referral is offered once to whoever accompanies young people today, never at the police."""
    if not is_candidate:
        return no(_("This person does not accompany young people here today."))
    if is_asked:
        return no(_("This person already has this offer."))
    return yes()


def can_take_back(actor: Actor, offer: Offer) -> Decision:
    """The coordination takes back an offer that waits for its answer."""
    if not actor.has(Role.COORDINATOR):
        return no(_("Only the coordination takes an offer back."))
    if offer.status != Offer.Status.OPEN:
        return no(_("This offer no longer waits for an answer."))
    return yes()


def can_answer(actor: Actor, offer: Offer) -> Decision:
    """Only the worker to whom it was offered answers an offer, once."""
    if offer.user_id != actor.user_id:
        return no(_("This offer was made to someone else."))
    if offer.status != Offer.Status.OPEN:
        return no(_("This offer has already been answered."))
    return yes()


def can_ask_more(actor: Actor, offer: Offer) -> Decision:
    """Whoever was offered a referral asks the desk one question of a list, while it waits."""
    if offer.user_id != actor.user_id:
        return no(_("This offer was made to someone else."))
    if offer.status != Offer.Status.OPEN:
        return no(_("This offer has already been answered."))
    if offer.question:
        return no(_("You have already asked a question. For more, call the coordination."))
    return yes()


def can_tell_more(actor: Actor, offer: Offer) -> Decision:
    """The coordination answers the question of whoever was offered a referral, once."""
    if not actor.has(Role.COORDINATOR):
        return no(_("Only the coordination answers a question about an offer."))
    if offer.status != Offer.Status.OPEN:
        return no(_("This offer no longer waits for an answer."))
    if not offer.question or offer.answer:
        return no(_("No question waits for an answer here."))
    return yes()


def is_still_on_offer(standing: ReferralStatus) -> Decision:
    """Of several who were asked, the first who says yes has it; the others are told so."""
    if standing.status in {Status.ACCEPTED, Status.IN_CONTACT, Status.ADMITTED}:
        return no(SOMEONE_SAID_YES)
    return yes()


def can_hold_a_file(organisation_kind: str) -> Decision:
    """The police partner never holds the file of a young person (design §10.3)."""
    if organisation_kind == Organisation.Kind.POLICE:
        return no(_("A file is never held at the police."))
    return yes()


def can_meet(actor: Actor, standing: ReferralStatus) -> Decision:
    """The worker to whom it is entrusted says that the first contact took place."""
    if not actor.has(*WORKERS):
        return no(_("Only the worker who accompanies the person can do this."))
    if standing.status not in {Status.ACCEPTED, Status.NOT_NOW, Status.WITHDRAWN}:
        return no(_("The first contact is already noted."))
    return yes()


def can_admit(actor: Actor, standing: ReferralStatus) -> Decision:
    """The worker who met her admits her; no stage of change and no proof is ever asked."""
    if not actor.has(*WORKERS):
        return no(_("Only the worker who accompanies the person can do this."))
    if standing.status != Status.IN_CONTACT:
        return no(_("First note that you have been in contact."))
    return yes()


def can_agree_anew(actor: Actor, *, decides_alone: bool) -> Decision:
    """From 14, and by her own worker: what another allowed is asked of her alone."""
    if not actor.has(*WORKERS):
        return no(_("Only the worker who accompanies the person can do this."))
    if not decides_alone:
        return no(_("From 14, the young person alone gives their agreement."))
    return yes()


def can_close(actor: Actor, standing: ReferralStatus, to: str) -> Decision:
    """The desk closes what it still holds; the worker, what is entrusted to her."""
    if not actor.has(Role.COORDINATOR, *WORKERS):
        return no(_("Only the coordination or the worker can do this."))
    if to not in ReferralStatus.MOVES[standing.status]:
        return no(_("This has changed since the page was shown. Look at it again."))
    return yes()


@dataclass(frozen=True)
class Ages:
    """The region's ages: welcome from one birthday until another; alone from a third."""

    welcome: int = 12
    until: int = 25
    alone: int = 14


def age_on(birth_date: date, on: date) -> int:
    """Whole years on that day."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def is_of_age(birth_date: date, on: date, ages: Ages) -> Decision:
    """From 12 to the day before 25 (S-074); the region's grace concerns leaving, not coming."""
    if birth_date > on:
        return no(_("This day has not come yet."))
    age = age_on(birth_date, on)
    if age < ages.welcome:
        return no(
            _("The programme begins at %(age)s. Look together for a resource for that age.")
            % {"age": ages.welcome}
        )
    if age >= ages.until:
        return no(
            _("The programme ends the day before %(age)s. Look together for another resource.")
            % {"age": ages.until}
        )
    return yes()


def agreement_fits(
    age: int | None, agreed_by: str, ground: str, ages: Ages, *, suspended: Collection[str] = ()
) -> Decision:
    """From 14 she decides alone; under 14, a parent or tutor whose rights are not suspended, or a
    documented exception."""
    by = Admission.AgreedBy
    if age is not None and age >= ages.alone and agreed_by != by.HERSELF:
        return no(_("From 14, the young person alone gives their agreement."))
    if age is not None and age < ages.alone and agreed_by == by.HERSELF:
        return no(_("Under 14, a parent or tutor agrees, or an exception is documented."))
    if agreed_by == by.EXCEPTION and not ground:
        return no(_("Say which exception applies."))
    if agreed_by == by.TUTOR:
        return may_one_speak(suspended=suspended)
    return yes()
