"""Who says that somebody answers for whom, and who may end it?"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.sharing.models import Cover
from spheres.sharing.rules import WORKERS

# Longer than any of these, somebody else walks with her: that is a hand-over.
LONGEST: Final = {Cover.Kind.STAND_IN: timedelta(days=120), Cover.Kind.ON_CALL: timedelta(days=7)}


def can_be_away(actor: Actor) -> Decision:
    """Whoever accompanies people says who answers for her while she is away."""
    if not actor.has(*WORKERS):
        return no(_("Your role does not include accompanying young people."))
    return yes()


def can_keep_rota(actor: Actor) -> Decision:
    """A team lead says who is on call, and who stands in for whoever could not say it."""
    if not actor.has(Role.TEAM_LEAD):
        return no(_("Whoever leads the team says who is on call."))
    return yes()


def can_look(actor: Actor) -> Decision:
    """Those who accompany people, and those who lead them, read who answers for whom."""
    return yes() if can_keep_rota(actor) else can_be_away(actor)


def can_ask(actor: Actor, cover: Cover) -> Decision:
    """Answered elsewhere, each person is asked by those who accompany them: nobody else can be."""
    if not actor.has(*WORKERS):
        return no(_("Your role does not include accompanying young people."))
    if cover.elsewhere_id is None:
        return no(_("A colleague answers: nobody has to be asked."))
    return yes()


def can_end(actor: Actor, cover: Cover) -> Decision:
    """Whoever is back ends it early; a team lead too, but never of what she does herself."""
    if cover.for_user_id == actor.user_id:
        return yes()
    if can_keep_rota(actor) and cover.user_id != actor.user_id:
        return yes()
    return no(_("Whoever is away, or the team lead, can end this."))
