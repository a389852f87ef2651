"""With which key does a colleague lock what she writes for herself alone, and until when?"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from spheres.core.words import Own
from spheres.vault.models import Kind

EXPIRY: Final = "service:expiry"
HERE = "organisation_id = (select access.organisation())"
MINE = "id = any((select access.my_stays())::uuid[])"
NOW_BEGUN = "begun_at = (select access.moment()) and sealed_at is null"


class Stay(models.Model):
    """A colleague's time in one organisation, as far as her own texts go: they share its key.

    Begun with her first text. Whoever is gone reads nothing of it any more; soon after, the service
    of expiry destroys the key and what it locked. A legal hold that may reach those texts seals
    them instead, until it ends: they are opened to nobody, her included (ADR own notes).
    """

    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.OWN, "id")
    access = Own(adds=f"{HERE} and {NOW_BEGUN}", opens=MINE)

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    organisation_id = models.UUIDField()
    begun_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user_id", "organisation_id"],
                condition=Q(sealed_at__isnull=True),
                name="sharing_stay_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


# Which texts are of a stay that is open to whoever acts, and which a hold keeps, in SQL.
OF_MY_STAY: Final = "stay_id = any((select access.my_stays())::uuid[])"
OF_NO_HELD_STAY: Final = "stay_id <> all((select access.held_stays())::uuid[])"


def works_there(who: str, where: str) -> str:
    """SQL: the person of one column works today in the organisation of another; whoever has left,
    or whose account is closed, does not."""
    now = "(select access.moment())"
    return (
        f"({who}::text || {where}::text) = any(array("  # noqa: S608 -- every name is ours
        "select m.user_id::text || m.organisation_id::text from accounts_membership m "
        "join accounts_user u on u.id = m.user_id "
        f"where u.is_active and m.starts_at <= {now} and coalesce(m.ends_at, 'infinity') > {now}))"
    )
