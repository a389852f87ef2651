"""Who keeps a paper, and when is it given out?"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.papers.registry import PaperKind

MOST_IN_FILE: Final = 150_000_000
WAITS: Final = _(
    "This paper waits: the antivirus did not answer. It is kept, and nobody can download it before "
    "it is checked."
)
IS_HARMFUL: Final = _(
    "The antivirus found something harmful in this paper: it is kept, and nobody can download it."
)
FROM_ITS_PAGE: Final = _("A paper is only downloaded from its own page. Open that page first.")


def can_keep(actor: Actor, kind: PaperKind) -> Decision:
    """Whoever may write what the paper is of; the database knows which files are theirs."""
    return kind.may(actor)


def can_add(size: int, *, kept: int) -> Decision:
    """A file holds 150 MB of papers at most."""
    if size + kept > MOST_IN_FILE:
        return no(_("This file holds as many papers as it can (150 MB). Nothing was added to it."))
    return yes()


def can_take(*, waits: bool, is_harmful: bool) -> Decision:
    """Once nothing harmful was found in it, or where nobody is asked; never while it waits."""
    if is_harmful:
        return no(IS_HARMFUL)
    return no(WAITS) if waits else yes()


def can_take_from(fetched_from: str) -> Decision:
    """From a page of this site, or from the address bar: never from a page of elsewhere."""
    return yes() if fetched_from in {"same-origin", "none"} else no(FROM_ITS_PAGE)
