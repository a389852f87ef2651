"""Who handles a matter that is not (yet) a file's, who must never see one, and who reads a file
for a while without walking with the person?
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import FileSection, Handlers, If, OfOrganisation, Own
from spheres.sharing.rules import HANDED_FACES, RELATION, WORKERS
from spheres.vault.models import Kind as Class

THE_DESK = f"organisation_id = (select access.desk()) and role = '{Role.COORDINATOR}'"
A_WORKER = "user_id = any((select access.workers())::uuid[])"
HERSELF = "user_id = (select access.actor())"
NOW_OVER = "ends_at <= (select access.moment())"
# Whoever is away says who answers for her; a team lead says it for the team, never of herself.
HERS_TO_SAY = (
    "(for_user_id = (select access.actor()) "
    "or ((select access.leads()) and user_id <> (select access.actor())))"
)
A_COLLEAGUE = "user_id = any((select access.colleagues())::uuid[])"


class Handler(models.Model):
    """A named person or desk of one matter (a referral on offer …), from a moment to a moment.

    A desk is a role in an organisation. A referral's matter is the file it would become.
    """

    class Kind(models.TextChoices):
        DESK = "DESK", _("Desk")  # reads all of the matter
        WATCH = "WATCH", _("Watch")  # reads how it stands, not whom it is about
        OFFERED = "OFFERED", _("Offered")  # reads what an offer shows
        # Reads all of the matter, as long as the person is accompanied by whoever reads.
        ENTRUSTED = "ENTRUSTED", _("Entrusted")

    # Who was asked about somebody is forgotten with what was said of her.
    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.REFERRAL, "matter_id")
    # At which desk a matter stood names nobody: it stays, ended, so that it is still counted there.
    GOES_IF: ClassVar[str] = "user_id is not null"
    access = Handlers(
        column="matter_id",
        kinds=("DESK", "WATCH", "OFFERED", "ENTRUSTED"),
        amend=True,
        changes=("ends_at",),
        only={
            # Nobody gives herself what she has not been given: the desk offers, to a worker;
            # whoever is offered takes on, for herself, and leaves the coordination a watch. What is
            # entrusted follows the person (`handled`): whoever walks with her says who has it now.
            "insert": (
                If(("DESK",), f"kind = 'OFFERED' and {A_WORKER}"),
                If(("OFFERED",), f"kind = 'ENTRUSTED' and {HERSELF}"),
                If(("OFFERED",), f"kind = 'WATCH' and {THE_DESK}"),
                If(("ENTRUSTED",), f"kind = 'ENTRUSTED' and {A_COLLEAGUE}"),
            ),
            # What ends, ends now. Whoever is only offered ends that, for herself.
            "update": (
                If(("DESK", "ENTRUSTED"), "true", NOW_OVER),
                If(("OFFERED",), f"kind = 'OFFERED' and {HERSELF}", NOW_OVER),
            ),
        },
        also={
            "insert": ("visitor",),
            "select": ("service:expiry",),
            "update": ("service:expiry",),
        },
        # A visitor leaves a matter at the region's desk, once; she could open it to a friend.
        also_if={"insert": f"kind = 'DESK' and {THE_DESK}"},
        # So does whoever holds that desk, of what came by voice or by mail: a matter that nobody
        # has, never one that already leads to a file.
        opens=f"kind = 'DESK' and {THE_DESK} and (select access.at_the_desk()) "
        "and access.may_arrive(matter_id)",
    )

    id = models.UUIDField(primary_key=True)
    matter_id = models.UUIDField()
    kind = models.CharField(max_length=12, choices=Kind)
    user_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    role = models.CharField(max_length=32, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user_id__isnull=False, organisation_id__isnull=True, role="")
                | models.Q(user_id__isnull=True, organisation_id__isnull=False, role__gt=""),
                name="sharing_handler_is_a_person_or_a_desk",
            ),
            # A matter is left at one desk, once: it is not left again at another, nor reopened.
            models.UniqueConstraint(
                fields=["matter_id"],
                condition=models.Q(kind="DESK"),
                name="sharing_handler_one_desk_a_matter",
            ),
        ]
        indexes = [
            models.Index(fields=["user_id"], name="sharing_handler_person"),
            models.Index(fields=["organisation_id", "role"], name="sharing_handler_desk"),
            models.Index(fields=["matter_id"], name="sharing_handler_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.matter_id}"


class Conflict(models.Model):
    """A personal link between a worker and a person: beats every grant, for good (design §10.2).

    Declared without a reason; the file is then, for that worker, as if it did not exist.
    """

    # As long as her file stands; that a worker knows her is no longer kept once it was erased.
    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.FOLLOW_UP, "file_id")
    access = Own(also={})

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    file_id = models.UUIDField()
    declared_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user_id"], name="sharing_conflict_user")]

    def __str__(self) -> str:
        return str(self.id)


class Cover(models.Model):
    """Who answers for a colleague's people, in one organisation, from a moment to a moment.

    It opens who they are, how to reach them and where each stands (the rule table says what);
    colleagues read who answers for whom: it names no person accompanied.
    """

    class Kind(models.TextChoices):
        STAND_IN = "STAND_IN", _("Stand-in")  # while she is away
        ON_CALL = "ON_CALL", _("On call")  # out of hours

    access = OfOrganisation(
        amend=True,
        changes=("ends_at",),
        adds=f"named_by = (select access.actor()) and {A_COLLEAGUE} and {HERS_TO_SAY}",
        amends=HERS_TO_SAY,
        # Whoever offers a referral at the region's desk reads who is away.
        also={"select": (Role.COORDINATOR,)},
        also_if={"select": "kind = 'STAND_IN' and (select access.at_the_desk())"},
    )

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=8, choices=Kind)
    organisation_id = models.UUIDField()
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
    access = FileSection(
        "relation",
        gives_to="user_id",
        adds="lead_id is null",
        amend=True,
        changes=("ends_at",),
        becomes=NOW_OVER,
        # Whoever cannot take her on gives it back: it ends, and is not begun again.
        also={"update": tuple(sorted(WORKERS))},
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


class Joined(models.Model):
    """Two files of one organisation that the person said are both hers: a dated link, no row moves.

    The one that is kept goes on; whoever walks with her by it reads the other. Ending the link
    parts them, for good: what she parted is not joined again.
    """

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.FOLLOW_UP, "kept_id")
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
