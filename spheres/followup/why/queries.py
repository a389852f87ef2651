"""What was asked of the coordination, and by whom?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import OuterRef, Subquery

from spheres.accounts.models import User
from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.why.models import Asking

MOST = 50
# Asked with what else waits at the desk: who asks, since when.
WAITING: Final = "why"
AT_DESK: Final = """
  select json_build_object('who', u.name, 'asked_at', a.asked_at, 'id', a.id)
  from why_asking a join accounts_user u on u.id = a.asked_by"""


@dataclass(frozen=True)
class Asked:
    """One question, still locked: who asks."""

    row: Asking
    worker: str

    @property
    def kind(self) -> str:
        return str(Asking.Page(self.row.page).label)


def waiting(*, actor: Actor) -> list[Asked]:
    """What waits at the desk, the oldest first; to others, the database shows their own."""
    context.require(actor)
    name = User.objects.filter(pk=OuterRef("asked_by")).values("name")
    found = Asking.objects.annotate(worker=Subquery(name)).order_by("asked_at", "pk")[:MOST]
    return [Asked(one, one.worker or "") for one in found]
