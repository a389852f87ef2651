"""Whose yes counts for her, when somebody else says it?"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.core.decision import Decision, no, yes

NOT_THEM: Final = _(
    "The rights of this representative are suspended: they decide nothing for the person. Ask "
    "whoever else may decide, or document an exception."
)
NOT_ONE_OF_THEM: Final = _(
    "The rights of a representative are suspended, and this answer does not say who agrees: "
    "document an exception."
)


def may_speak(who: str, *, suspended: Collection[str]) -> Decision:
    """Nobody whose rights are suspended says yes or no for her; an exception stays possible."""
    return no(NOT_THEM) if who in suspended else yes()


def may_one_speak(*, suspended: Collection[str]) -> Decision:
    """Where it is kept that a representative agreed, not which one: none, as long as the rights of
    one of them are suspended."""
    return no(NOT_ONE_OF_THEM) if suspended else yes()
