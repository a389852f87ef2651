"""What is kept of joining? The charter as it was worded, who accepted it, and what makes ready.

Nothing here speaks of anybody whom the programme accompanies.
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import OfRegion, Public

LOADER: Final = "service:loader"
EVERYBODY: Final = tuple(sorted(Role.values))
# Those who speak for their organisation.
LEADING: Final = (
    Role.TEAM_LEAD,
    Role.COORDINATOR,
    Role.ORGANISATION_MANAGER,
    Role.CLINICAL_DIRECTOR,
    Role.STEERING_MEMBER,
)
OURS: Final = "organisation_id = (select access.organisation())"
ME: Final = "(select access.actor())"
NOW: Final = "(select access.moment())"


class Charter(models.Model):
    """The charter of values as the region’s file words it. It never changes: another number, or
    other words, make another one; the newest is asked of everybody anew."""

    access = OfRegion(append=False, also=dict.fromkeys(("select", "insert"), (LOADER,)))

    id = models.UUIDField(primary_key=True)
    number = models.PositiveIntegerField()
    words_fr = models.TextField()
    words_en = models.TextField()
    since_on = models.DateField()

    def __str__(self) -> str:
        return str(self.number)

    @property
    def words(self) -> str:
        return self.words_en if get_language() == "en" else self.words_fr


class Accepted(models.Model):
    """Somebody accepted the charter, in their own name, where they work."""

    access = OfRegion(
        append=False,
        also={"insert": EVERYBODY},
        also_if={"insert": f"{OURS} and accepted_by = {ME} and accepted_at = {NOW}"},
    )

    id = models.UUIDField(primary_key=True)
    charter_id = models.UUIDField()
    organisation_id = models.UUIDField()
    accepted_by = models.UUIDField()
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["charter_id", "organisation_id", "accepted_by"],
                name="joining_accepted_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Confirmed(models.Model):
    """The person in charge of privacy says, for their organisation, that something is done, and
    under which reference it is found; the newest stands."""

    class Kind(models.TextChoices):
        ASSESSMENT = "ASSESSMENT", _("Privacy impact assessment")
        PROFILE = "PROFILE", _("Policy profile")

    access = OfRegion(
        append=False,
        also={"insert": (Role.PRIVACY_OFFICER,)},
        also_if={"insert": f"{OURS} and confirmed_by = {ME} and confirmed_at = {NOW}"},
    )

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    kind = models.CharField(max_length=12, choices=Kind)
    reference = models.CharField(max_length=200)
    confirmed_by = models.UUIDField()
    confirmed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation_id"], name="joining_confirmed_whose")]

    def __str__(self) -> str:
        return f"{self.kind} {self.organisation_id}"


class Opened(models.Model):
    """The coordination opened this installation to real persons: from then on it receives them.

    The public forms read it: anybody may.
    """

    access = Public(
        append=False,
        also={"insert": (Role.COORDINATOR,)},
        also_if={
            "insert": f"(select access.at_the_desk()) and opened_by = {ME} and opened_at = {NOW}"
        },
    )

    id = models.UUIDField(primary_key=True)
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)
