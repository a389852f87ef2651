"""Who reads her plan?"""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from spheres.core.decision import Decision, no, yes
from spheres.sharing.rules import PLAN


def can_read(*, is_for_a_while: bool, passed: Collection[str]) -> Decision:
    """Whoever walks with her; and whom she let read her plan before they meet.

    Whoever answers for a while reads none of it: an empty page would say that nothing stands there.
    """
    if is_for_a_while and PLAN not in passed:
        return no(_("Their plan stays with their worker."))
    return yes()
