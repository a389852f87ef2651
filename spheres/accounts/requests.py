"""What does a page's request say of whoever asks? (For the types: `UnitOfWork` puts it there.)"""

from __future__ import annotations

from django.http import HttpRequest

from spheres.accounts.queries import Visit
from spheres.core.actor import Actor


class PageRequest(HttpRequest):
    """A request that has come through the unit of work, as every view receives it."""

    actor: Actor
    visit: Visit
