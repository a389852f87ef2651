"""Who writes what each partner does for a person, and of which partners?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.sharing.rules import ACCOMPANYING, WORKERS


def can_write(actor: Actor) -> Decision:
    """Her workers write it with her; the database knows which files are theirs."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers write who does what."))
    return yes()


def can_say_next(actor: Actor) -> Decision:
    """At a partner's, whoever accompanies people says what comes next in what that partner does for
    her, as long as she shares with it and her worker shows it; nothing else."""
    if not actor.has(*ACCOMPANYING):
        return no(_("Only those who accompany people say what comes next here."))
    return yes()


def can_name(*, is_police: bool, is_named_by_her: bool) -> Decision:
    """Nothing is written of the police, unless she named them herself."""
    if is_police and not is_named_by_her:
        return no(_("The police are written here only if the person named them: say so below."))
    return yes()
