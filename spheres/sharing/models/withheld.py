"""Whose files are closed, while a stand-in answers, because what is asked of them has lapsed?"""

from __future__ import annotations

from django.db import models

from spheres.accounts.models import Role
from spheres.accounts.models.clearance import EVERYBODY
from spheres.core.words import Roles


class Withheld(models.Model):
    """What somebody was given no longer opens, as long as this stand-in answers for her people.

    Said by the privacy officer or a team lead, never of oneself, once the stand-in reaches each of
    her people. It ends by itself: cleared again, or the stand-in gone, she has her files as before
    (design §10.7).
    """

    access = Roles(
        also={"select": EVERYBODY, "insert": (Role.PRIVACY_OFFICER, Role.TEAM_LEAD)},
        also_if={
            "select": "user_id = any((select access.followed())::uuid[])",
            "insert": "withheld_by = (select access.actor()) "
            "and withheld_at = (select access.moment()) "
            "and access.may_withhold(user_id, organisation_id, cover_id)",
        },
    )

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()  # where the stand-in answers
    user_id = models.UUIDField()
    cover_id = models.UUIDField()
    withheld_by = models.UUIDField()
    withheld_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user_id", "cover_id"], name="sharing_withheld_once_a_stand_in"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
