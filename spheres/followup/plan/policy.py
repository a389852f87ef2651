"""Who reads her plan, and who copies what she lets go of it?"""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.records.policy import Official
from spheres.sharing.rules import PLAN

WORKERS = (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT)


def can_read(*, is_for_a_while: bool, passed: Collection[str]) -> Decision:
    """Whoever walks with her; and whom she let read her plan before they meet.

    Whoever answers for a while reads none of it: an empty page would say that nothing stands there.
    """
    if is_for_a_while and PLAN not in passed:
        return no(_("Their plan stays with their worker."))
    return yes()


def can_hand_over(actor: Actor, official: Official | None) -> Decision:
    """Any of her workers, since a plan has several authors; to their own organisation's file.

    That she agreed is asked by the form, each time: no copy leaves on an agreement of before.
    """
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers copy their plan."))
    if official is None or official.organisation_id != actor.organisation_id:
        return no(_("A copy goes to the official file of one’s own organisation only."))
    if not official.system:
        return no(_("This organisation keeps no other official file."))
    return yes()
