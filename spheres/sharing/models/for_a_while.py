"""Who reads a file for a while without walking with the person, and which two files are one's?"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import FileSection, OfOrganisation
from spheres.participants.models import NOW_OVER
from spheres.sharing.models.pieces import (
    HERS_TO_SAY,
    HERSELF,
    IS_CLEARED,
    MAY_ANSWER,
    NAMED_ELSEWHERE,
)
from spheres.sharing.rules import ACCOMPANYING, HANDED_FACES, RELATION, REVIEWERS, WORKERS
from spheres.vault.models import Kind as Class

AN_HOUR = timedelta(hours=1)


class Cover(models.Model):
    """Who answers for a colleague's people, in one organisation, from a moment to a moment.

    It opens who they are, how to reach them and where each stands (the rule table says what);
    colleagues read who answers for whom: it names no person accompanied. Answered elsewhere, by a
    worker of a partner, it opens nothing by itself: each person agrees to it, or does not.
    """

    class Kind(models.TextChoices):
        STAND_IN = "STAND_IN", _("Stand-in")  # while she is away
        ON_CALL = "ON_CALL", _("On call")  # out of hours
        # Named ahead: it counts only while what is asked of her does not stand.
        LAPSE = "LAPSE", _("Stand-in, only if it lapses")

    access = OfOrganisation(
        amend=True,
        changes=("ends_at",),
        adds=f"named_by = (select access.actor()) and {MAY_ANSWER} and {HERS_TO_SAY} "
        "and case when kind = 'LAPSE' then elsewhere_id is null else true end",
        amends=HERS_TO_SAY,
        named=NAMED_ELSEWHERE,
        # Whoever offers a referral at the region's desk reads who is away.
        also={"select": (Role.COORDINATOR,)},
        also_if={"select": "kind = 'STAND_IN' and (select access.at_the_desk())"},
        dated="named_at",
    )

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=8, choices=Kind)
    organisation_id = models.UUIDField()
    # Where whoever answers works, when it is not here.
    elsewhere_id = models.UUIDField(null=True)
    for_user_id = models.UUIDField()
    user_id = models.UUIDField()
    named_by = models.UUIDField()
    named_at = models.DateTimeField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=models.F("starts_at")),
                name="sharing_cover_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(user_id=models.F("for_user_id")),
                name="sharing_cover_is_by_somebody_else",
            ),
            # One person answers at a time: two would each believe that the other did.
            ExclusionConstraint(
                name="sharing_cover_one_at_a_time",
                expressions=[
                    ("organisation_id", RangeOperators.EQUAL),
                    ("for_user_id", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
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
            ),
        ]
        indexes = [models.Index(fields=["user_id", "ends_at"], name="sharing_cover_who")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class HandedOver(models.Model):
    """A person handed over, with her, to a colleague: the faces of her file that she lets pass.

    Until the two have met; the new worker then takes her on, and reads the whole file. When nobody
    walks with her, the database alone hands her to whom a team lead names (`naming.py`): what it
    takes to reach her and tell her.
    """

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.FOLLOW_UP, "file_id")
    ENDS_ONCE: ClassVar[str] = "ends_at"
    access = FileSection(
        "relation",
        gives_to="user_id",
        adds=f"lead_id is null and {IS_CLEARED}",
        amend=True,
        changes=("ends_at",),
        becomes=NOW_OVER,
        # Whoever cannot take her on gives it back: it ends, and is not begun again.
        also={"update": tuple(sorted(ACCOMPANYING))},
        also_if={"update": HERSELF},
        also_becomes=NOW_OVER,
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    user_id = models.UUIDField()
    faces = ArrayField(models.CharField(max_length=12))
    lead_id = models.UUIDField(null=True)  # the team lead who named, when nobody walked with her
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(faces__contained_by=list(HANDED_FACES)) & Q(faces__contains=[RELATION]),
                name="sharing_handedover_only_what_may_pass",
            ),
            # One is asked at a time: two would each believe that the other did.
            models.UniqueConstraint(
                fields=["file_id"],
                condition=Q(lead_id__isnull=False, ends_at=None),
                name="sharing_handedover_one_named",
            ),
        ]
        indexes = [
            models.Index(fields=["user_id"], name="sharing_handedover_who"),
            models.Index(fields=["file_id"], name="sharing_handedover_file"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Recognised(models.Model):
    """A person made herself known by her code word: a worker reads how to reach her, for a while.

    The database alone writes these, when the word is the right one (`recognising.py`); whoever
    walks with her reads to whom she said it.
    """

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.FOLLOW_UP, "file_id")
    access = FileSection("relation", append=False)

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    file_id = models.UUIDField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["user_id", "ends_at"], name="sharing_recognised_who"),
            models.Index(fields=["file_id"], name="sharing_recognised_file"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ExceptionalAccess(models.Model):
    """A worker opened, for an hour, what may protect somebody whose life may be in danger.

    The database alone writes these, ends them and keeps what their review said (`protecting.py`).
    Before its end, one of those who review may let it go on for an hour more, once.
    Whoever opened one knows it, and whoever reviews it: another person of the organisation; where
    there is none, the coordination of the programme.
    """

    class Ground(models.TextChoices):
        LIFE = "LIFE", _("A life or somebody’s safety may be in danger now")
        UNREACHABLE = "UNREACHABLE", _("Somebody needs help now, and nobody of their team answers")

    class Outcome(models.TextChoices):
        JUSTIFIED = "JUSTIFIED", _("It was needed")
        LEARNED = "LEARNED", _("It was not needed: something is learned from it")
        UNJUSTIFIED = "UNJUSTIFIED", _("It should not have been")

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.FOLLOW_UP, "file_id")
    access = FileSection(
        "relation",
        append=False,
        also={"select": tuple(sorted(WORKERS | REVIEWERS))},
        also_if={"select": "id = any((select access.opened_exceptionally())::uuid[])"},
    )

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    organisation_id = models.UUIDField()
    file_id = models.UUIDField()
    ground = models.CharField(max_length=12, choices=Ground)
    second_id = models.UUIDField(null=True)  # whom she asked, when one is not enough
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    extended_by = models.UUIDField(null=True)  # the second person, neither of those who opened it
    extended_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True, outcome="")
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False, outcome__gt=""),
                name="sharing_exceptionalaccess_reviewed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gte=models.F("starts_at"))
                & (
                    Q(extended_at=None, ends_at__lte=models.F("starts_at") + AN_HOUR)
                    | Q(extended_at__isnull=False, ends_at__lte=models.F("starts_at") + 2 * AN_HOUR)
                ),
                name="sharing_exceptionalaccess_lasts_an_hour",
            ),
            models.CheckConstraint(
                condition=Q(extended_by=None, extended_at=None)
                | Q(extended_by__isnull=False, extended_at__isnull=False)
                & ~Q(extended_by=models.F("user_id")),
                name="sharing_exceptionalaccess_extended_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["user_id", "ends_at"], name="sharing_exceptional_who"),
            models.Index(fields=["file_id"], name="sharing_exceptional_file"),
            models.Index(
                fields=["organisation_id", "starts_at"],
                condition=Q(reviewed_at__isnull=True),
                name="sharing_exceptional_to_review",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Joined(models.Model):
    """Two files of one organisation that the person said are both hers: a dated link, no row moves.

    The one that is kept goes on; whoever walks with her by it reads the other. Ending the link
    parts them, for good: what she parted is not joined again.
    """

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.FOLLOW_UP, "kept_id")
    ENDS_ONCE: ClassVar[str] = "ends_at"
    access = FileSection(
        "relation",
        column="kept_id",
        joins="joined_id",
        by="said_to",
        amend=True,
        changes=("ends_at",),
        becomes=NOW_OVER,
    )

    id = models.UUIDField(primary_key=True)
    kept_id = models.UUIDField()
    joined_id = models.UUIDField()
    said_to = models.UUIDField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kept_id=models.F("joined_id")), name="sharing_joined_two_files"
            ),
            # Never joined again once parted, whichever was kept.
            models.UniqueConstraint(
                Least("kept_id", "joined_id"),
                Greatest("kept_id", "joined_id"),
                name="sharing_joined_once",
            ),
            # A file is kept in one place: no chain of links is followed.
            models.UniqueConstraint(
                fields=["joined_id"], condition=Q(ends_at=None), name="sharing_joined_in_one_place"
            ),
        ]
        indexes = [models.Index(fields=["kept_id"], name="sharing_joined_kept")]

    def __str__(self) -> str:
        return str(self.id)
