"""Where do those who accompany people find the rounds? Beside their people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.portal.advisory.models import WORKERS
from spheres.records.between.places import Link
from spheres.ui import addresses


def way(*, actor: Actor) -> Link | None:
    """To print sheets and to type in those that came back."""
    if not actor.has(*WORKERS):
        return None
    return Link(_("Young people’s say"), addresses.to("advisory:page"), "face_4")
