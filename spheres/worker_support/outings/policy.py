"""Who goes out alone with somebody watching, who answers, who says that she is back?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.worker_support.outings.models import GOING, Outing


def can_go_out(actor: Actor) -> Decision:
    """Those who accompany people, and those who lead them, go out with a colleague watching."""
    if not actor.has(*GOING):
        return no(_("Only those who accompany people go out with somebody watching."))
    return yes()


def can_change(actor: Actor, outing: Outing) -> Decision:
    """Only the worker who is out changes the hour, or asks another colleague."""
    if outing.user_id != actor.user_id:
        return no(_("Only the one who is out changes this."))
    return _while_out(outing)


def can_answer(actor: Actor, outing: Outing) -> Decision:
    """Only the colleague who was asked says «I am watching», or that they cannot."""
    if outing.buddy_id != actor.user_id:
        return no(_("Another colleague was asked."))
    return _while_out(outing)


def can_end(actor: Actor, outing: Outing) -> Decision:
    """The one who is out says «I am back»; whoever looks for them says that they are safe.

    The database shows an outing to nobody else.
    """
    return _while_out(outing)


def _while_out(outing: Outing) -> Decision:
    if outing.ended_at is not None:
        return no(_("This outing is over."))
    return yes()
