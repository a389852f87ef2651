"""What is kept of a partner’s look at itself? A year, a step for each statement, what it will do.

Only the organisation where it was written reads it. Of the others one reads numbers, once the year
is over, and of enough partners (ADR self-assessment).
"""

from __future__ import annotations

from typing import Any, ClassVar, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import OfOrganisation
from spheres.partners.self_assessment.statements import Statement, in_language, statements_of
from spheres.regions.models import STAYING
from spheres.vault.models import Kind, Lockable, LockedText

# Those who answer for their organisation.
ASSESSING: Final = (
    Role.ORGANISATION_MANAGER,
    Role.STEERING_MEMBER,
    Role.CLINICAL_DIRECTOR,
    Role.TEAM_LEAD,
)
READING: Final = (*ASSESSING, Role.COORDINATOR, Role.RESEARCH_OFFICER)
ME, NOW = "(select access.actor())", "(select access.moment())"
HERE: Final = "(select r.time_zone from regions_region r)"
THIS_YEAR: Final = f"year = extract(year from {NOW} at time zone {HERE})"
# The partner of which one’s organisation is a part, or itself.
OF_OUR_PARTNER: Final = """exists (
  select from accounts_organisation o
  left join accounts_organisation p on p.id = o.parent_id
  left join accounts_organisation g on g.id = p.parent_id
  where o.id = (select access.organisation()) and self_assessment_assessment.partner_id =
    case when o.is_partner then o.id when p.is_partner then p.id when g.is_partner then g.id end)"""
ANSWERS_FOR_IT: Final = f"(select access.holds('{{{','.join(sorted(ASSESSING))}}}'))"


class Step(models.IntegerChoices):
    """How true a statement is of one’s own organisation today."""

    SKIPPED = 0, _("We leave this one out")
    NOT_YET = 1, _("Not yet")
    BEGINS = 2, _("It begins")
    MOSTLY = 3, _("Mostly")
    FULLY = 4, _("Fully")


class StatementSet(models.Model):
    """One version of the statements, as a region’s file wrote it. It never changes and never goes:
    what was answered is read under it."""

    access = STAYING

    id = models.UUIDField(primary_key=True)
    slug = models.CharField(max_length=50)
    version = models.PositiveSmallIntegerField()
    definition = models.JSONField()  # both languages; read whole, never searched
    position = models.PositiveSmallIntegerField()
    is_offered = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "version"], name="self_assessment_one_a_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"

    @property
    def lead(self) -> str:
        return in_language(self.definition["lead"])

    @property
    def success(self) -> str:
        """The statement beside which stands what participants said that success is for them."""
        code: str = self.definition.get("success", "")
        return code

    @property
    def statements(self) -> tuple[Statement, ...]:
        return statements_of(self.definition)


class Assessment(Lockable):
    """What an organisation said of itself in a year. It never changes: said anew within the year,
    the newest stands; once the year is over, nothing is added to it."""

    KIND: ClassVar[Kind] = Kind.COMMITTEE
    ABOUT_NOBODY: ClassVar[bool] = True
    access = OfOrganisation(
        adds=f"written_by = {ME} and written_at = {NOW} and {ANSWERS_FOR_IT} and {THIS_YEAR} "
        f"and {OF_OUR_PARTNER}",
    )

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()  # where it was written, and is read
    partner_id = models.UUIDField()  # the partner that it counts for
    asks = models.ForeignKey(StatementSet, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    steps = ArrayField(models.PositiveSmallIntegerField(choices=Step))  # in the order of the set
    will_do = LockedText()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "year"], name="self_assessment_whose"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.id}"

    @property
    def key_owner(self) -> UUID:
        return self.pk

    @property
    def said(self) -> list[tuple[Statement, Any]]:
        """Each statement, and how true it is."""
        return [
            (one, Step(step).label)
            for one, step in zip(self.asks.statements, self.steps, strict=False)
        ]
