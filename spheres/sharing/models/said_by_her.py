"""What did she agree to share, with whom, until when; and whom did she bar from her file?

What she decides is a dated row, which never moves: taking it back ends it, and says by whom.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from spheres.core.actor import PARTICIPANT
from spheres.core.words import FileSection
from spheres.participants.models import NOW_OVER
from spheres.sharing.models.pieces import BESIDE_HER, NOW_TAKEN_BACK
from spheres.sharing.rules import ACCOMPANYING, FACES, IDENTITY, SHAREABLE, SHARED_BRIEFLY
from spheres.vault.models import Kind as Class

A_YEAR = timedelta(days=366)  # the longest that twelve months can be


class Form(models.TextChoices):
    """How what she decided was said."""

    ORAL = "ORAL", _("Said aloud, with a witness")
    WRITTEN = "WRITTEN", _("In writing")
    ON_SCREEN = "ON_SCREEN", _("Together, on the screen")


class Consent(models.Model):
    """She agrees that an organisation, or one person there, reads some sections, for one purpose.

    Twelve months at most. Never to a police service, never a note (R-22.1, s. 5-6; design §10.6):
    the table refuses it. Taken back, it is over at the next statement.
    """

    class Giver(models.TextChoices):
        HERSELF = "HERSELF", _("The person")
        PARENT = "PARENT", _("The person having parental authority")
        TUTOR = "TUTOR", _("The tutor")
        EXCEPTION = "EXCEPTION", _("The person, under 14: documented exception")

    class Withdrawer(models.TextChoices):
        HERSELF = "HERSELF", _("The person")
        REPRESENTATIVE = "REPRESENTATIVE", _("Whoever had given it for them")
        TEAM = "TEAM", _("The team: the ground no longer stands")

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.REGISTER, "file_id")
    ENDS_ONCE: ClassVar[str] = "withdrawn_at"
    access = FileSection(
        "relation",
        by="taken_by",
        adds=f"{BESIDE_HER} and organisation_id = any((select access.recipients())::uuid[]) "
        "and organisation_id <> (select access.organisation()) and withdrawn_at is null "
        "and starts_at >= taken_at "
        # For one absence only: of somebody who walks with her, answered by that very person.
        "and access.rests_on(cover_id, file_id, user_id, organisation_id)",
        amend=True,
        changes=("withdrawn_at", "withdrawer", "withdrawn_form", "withdrawn_by"),
        becomes=NOW_TAKEN_BACK,
        # Those with whom she shares know what they may read, for what and until when; she takes
        # back alone, from her notebook, what is hers and stands in it.
        also={"select": tuple(sorted(ACCOMPANYING)), "update": (PARTICIPANT,)},
        also_if={
            "select": "id = any((select access.agreed_with_me())::uuid[])",
            "update": "file_id = any((select access.readable_relation_files())::uuid[])",
        },
        also_becomes=f"{NOW_TAKEN_BACK} and withdrawer = 'HERSELF'",
        dated="taken_at",
    )

    # As it is found (`queries.consents`): when it is over; and who is away, of one absence only.
    over_at: datetime
    away_name: str | None

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    organisation_id = models.UUIDField()
    user_id = models.UUIDField(null=True)  # one person there; empty: whoever accompanies there
    cover_id = models.UUIDField(null=True)  # for one absence only, and no longer than it lasts
    purpose = models.CharField(max_length=24)  # a code of the region's vocabulary
    sections = ArrayField(models.CharField(max_length=12))
    giver = models.CharField(max_length=12, choices=Giver)
    form = models.CharField(max_length=12, choices=Form)
    language = models.CharField(max_length=8)  # in which it was read to her
    text_version = models.CharField(max_length=16)  # of what was read to her
    taken_by = models.UUIDField()
    taken_at = models.DateTimeField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    renews_id = models.UUIDField(null=True)  # the one that this one continues
    withdrawn_at = models.DateTimeField(null=True)
    withdrawer = models.CharField(max_length=16, choices=Withdrawer, blank=True)
    withdrawn_form = models.CharField(max_length=12, choices=Form, blank=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")) & Q(ends_at__lte=F("starts_at") + A_YEAR),
                name="sharing_consent_ends_within_a_year",
            ),
            models.CheckConstraint(
                condition=Q(sections__contained_by=list(SHAREABLE))
                & Q(sections__contains=[IDENTITY]),
                name="sharing_consent_only_what_may_be_shared",
            ),
            models.CheckConstraint(
                condition=Q(cover_id__isnull=True)
                | Q(user_id__isnull=False, sections__contained_by=list(SHARED_BRIEFLY)),
                name="sharing_consent_of_an_absence_is_brief",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawer="", withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawer__gt="", withdrawn_by__isnull=False),
                name="sharing_consent_withdrawn_by_somebody",
            ),
            # For one absence she agrees once at a time: of two forms sent at one instant, one
            # stands; taken back, she may say it anew.
            ExclusionConstraint(
                name="sharing_consent_once_an_absence",
                expressions=[
                    ("file_id", RangeOperators.EQUAL),
                    ("cover_id", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_at",
                            "ends_at",
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(cover_id__isnull=False, withdrawn_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "ends_at"], name="sharing_consent_to"),
            models.Index(fields=["file_id"], name="sharing_consent_file"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Restriction(models.Model):
    """She bars somebody from some faces of her file, or from all: beats every grant, at once.

    A named person, an organisation, those who hold a role there or anywhere (R-22.1, s. 7). Lifted
    when she says so.
    """

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.REGISTER, "file_id")
    ENDS_ONCE: ClassVar[str] = "ends_at"
    access = FileSection(
        "relation",
        by="taken_by",
        adds=f"{BESIDE_HER} and starts_at = taken_at and ends_at is null",
        amend=True,
        changes=("ends_at",),
        # Whoever is kept out by name does not let herself in again.
        becomes=f"{NOW_OVER} and user_id is distinct from (select access.actor())",
        dated="taken_at",
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    user_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    role = models.CharField(max_length=32, blank=True)
    faces = ArrayField(models.CharField(max_length=12))
    taken_by = models.UUIDField()
    taken_at = models.DateTimeField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user_id__isnull=False, organisation_id__isnull=True, role="")
                | Q(user_id__isnull=True, organisation_id__isnull=False)
                | Q(user_id__isnull=True, role__gt=""),
                name="sharing_restriction_bars_somebody",
            ),
            models.CheckConstraint(
                condition=Q(faces__contained_by=list(FACES)) & Q(faces__len__gt=0),
                name="sharing_restriction_from_something",
            ),
        ]
        indexes = [
            models.Index(fields=["user_id"], name="sharing_restriction_who"),
            models.Index(fields=["file_id"], name="sharing_restriction_file"),
        ]

    def __str__(self) -> str:
        return str(self.id)
