"""Who says how long things are kept, proposes and confirms what becomes of them, and holds them?"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.sharing import keeping
from spheres.sharing.models import Ending
from spheres.sharing.models.held import RELEASERS
from spheres.sharing.models.keeping import KEEPERS
from spheres.sharing.rules import WORKERS

# Why the database refused, in words; what a hold forbids is told to the privacy officer alone.
REFUSED: Final = {
    keeping.CHANGED: _("This has changed meanwhile. Look at the page again."),
    keeping.SAME: _("You proposed it: another person says yes."),
    keeping.LET_IN: _(
        "One of you let the other in here: so that two people decide, somebody else says yes."
    ),
    keeping.OFFICER: _("One of the two is the person in charge of privacy: they say yes."),
    keeping.WALKED: _("You both walked with this person: somebody else says yes."),
    keeping.NOT_OVER: _(
        "Somebody walks with this person now. Nothing is destroyed or sealed before it is over."
    ),
    keeping.NOT_DUE: _("Its day has not come yet. Without a request, it is kept until then."),
    keeping.NO_REQUEST: _("This request was answered already. Look at the page again."),
    keeping.PENDING: _("Something is under review, or decided, already. Look at the page again."),
    keeping.HELD: _(
        "A legal hold stands on this file, or a legal demand waits to be answered and nobody walks "
        "with this person: nothing of it is destroyed. You alone read this; to others, it is under "
        "review."
    ),
    keeping.DAY: _("Choose a day to come."),
}
STILL_OPEN: Final = _(
    "The legal demand that placed this hold is still open: the hold may end once it is over."
)
ALREADY: Final = _(
    "The same request waits for its answer already: nothing new is written, and the day stays."
)
NOT_YOURS: Final = _("This is no longer here. Look at the page again.")


def can_keep(actor: Actor) -> Decision:
    """The privacy officer, the records officer and the manager see what is due, without a name."""
    if not actor.has(*KEEPERS):
        return no(_("Only those who keep the files of the organisation see this."))
    return yes()


def can_set_rules(actor: Actor) -> Decision:
    """The privacy officer says how long the organisation keeps each class."""
    if not actor.has(Role.PRIVACY_OFFICER):
        return no(_("Only the person in charge of privacy says it."))
    return yes()


def can_read_words(actor: Actor) -> Decision:
    """What a person asks to be erased is read by the privacy officer, who answers."""
    if not actor.has(Role.PRIVACY_OFFICER):
        return no(_("Only the person in charge of privacy reads what was asked."))
    return yes()


def can_confirm(actor: Actor, ending: Ending) -> Decision:
    """Another person than whoever proposed; the database asks that one be the privacy officer."""
    if not (allowed := can_keep(actor)):
        return allowed
    if not ending.is_pending:
        return no(_("It is decided already."))
    if ending.proposed_by == actor.user_id:
        return no(_("You proposed it: another person says yes."))
    return yes()


def can_take_back(actor: Actor, ending: Ending) -> Decision:
    """As long as nobody said yes, whoever keeps the files takes it back, without a reason."""
    if not (allowed := can_keep(actor)):
        return allowed
    if not ending.is_pending:
        return no(_("It is decided already."))
    return yes()


def can_ask_to_lift(actor: Actor, ending: Ending) -> Decision:
    """What is sealed is asked back on a legal ground."""
    if not (allowed := can_keep(actor)):
        return allowed
    if not ending.is_sealed or ending.lift_asked_at is not None:
        return no(_("There is nothing to open again, or it is asked already."))
    return yes()


def can_lift(actor: Actor, ending: Ending) -> Decision:
    """A second person opens it again; the database asks that one be the privacy officer."""
    if not (allowed := can_keep(actor)):
        return allowed
    if not ending.is_sealed or ending.lift_asked_at is None:
        return no(_("Nobody asks to open it again."))
    if ending.lift_asked_by == actor.user_id:
        return no(_("You asked for it: another person says yes."))
    return yes()


def can_print(actor: Actor, ending: Ending) -> Decision:
    """The letter, once what was decided is done; the certificate, once it is destroyed."""
    if not (allowed := can_keep(actor)):
        return allowed
    if ending.confirmed_at is None:
        return no(_("The letter is written once two people have decided."))
    if ending.exit == Ending.Exit.DESTROYED and not actor.has(Role.PRIVACY_OFFICER):
        return no(_("Of what is destroyed, the person in charge of privacy prints the letter."))
    if ending.exit == Ending.Exit.DESTROYED and ending.done_at is None:
        return no(_("The letter says what is destroyed: it is written once it is."))
    return yes()


def can_hold(actor: Actor) -> Decision:
    """The privacy officer places a legal hold, and asks that it end."""
    if not actor.has(Role.PRIVACY_OFFICER):
        return no(_("Only the person in charge of privacy places a legal hold."))
    return yes()


def can_see_holds(actor: Actor) -> Decision:
    """The privacy officer; whoever may end one sees those whose end is asked, and no other."""
    if not actor.has(*RELEASERS):
        return no(_("Only the person in charge of privacy sees this."))
    return yes()


def can_ask(actor: Actor) -> Decision:
    """Whoever walks with her writes down, with her, that she asks for erasure."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers write it down, with them."))
    return yes()
