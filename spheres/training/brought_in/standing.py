"""What do lists of past trainings tell elsewhere? From where each of those they added came."""

from __future__ import annotations

from uuid import UUID

from spheres.core import context
from spheres.core.actor import Actor
from spheres.training.brought_in.models import PastAttendance


def from_where(*, actor: Actor) -> dict[UUID, tuple[str, str]]:
    """Environment and region of each line, by the attestation that it became."""
    context.require(actor)
    rows = PastAttendance.objects.filter(standing=PastAttendance.Standing.ADDED)
    return {
        pk: (environment, region)
        for pk, environment, region in rows.values_list("pk", "environment", "region")
    }
