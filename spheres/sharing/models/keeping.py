"""How long is what was written kept, what becomes of it then, and what forbids to destroy it?

The database alone writes what is decided (`keeping.py`, `holding.py`): two people, never one. What
is destroyed leaves these rows, which hold no word of anybody (ADR retention).
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import FileSection, OfOrganisation, Own, Roles
from spheres.participants.models import SUSPENDED_NOW
from spheres.sharing.models.pieces import said_once
from spheres.sharing.rules import FACES, LEGAL, THERAPY
from spheres.vault.models import Kind, Lockable, LockedText

HERE = "organisation_id = (select access.organisation())"
OFFICER: Final = (Role.PRIVACY_OFFICER,)
# Who proposes, and who says yes: one of the two is the privacy officer, and they are two.
KEEPERS: Final = (Role.ORGANISATION_MANAGER, Role.PRIVACY_OFFICER, Role.RECORDS_OFFICER)
# Whoever speaks for her asks in her place only while none of their rights is suspended.
BY_RIGHT: Final = (
    "case {asker} when 'HERSELF' then true "
    f"else cardinality({SUSPENDED_NOW.replace('f.id', '{file}')}) = 0 end"
)


class Sort(models.TextChoices):
    """A retention class: what is kept as long, and may be destroyed or sealed without the rest."""

    FOLLOW_UP = "FOLLOW_UP", _("Follow-up")
    THERAPY = "THERAPY", _("Psychotherapy notes")
    REGISTER = "REGISTER", _("Registers")


# The keys that lock each: what a follow-up began with, and its drafts, go with it.
KINDS: Final[dict[str, tuple[Kind, ...]]] = {
    Sort.FOLLOW_UP: (Kind.FOLLOW_UP, Kind.DRAFT, Kind.REFERRAL),
    Sort.THERAPY: (Kind.THERAPY,),
    Sort.REGISTER: (Kind.REGISTER,),
}
# What is closed when each is sealed. Sealed, a follow-up takes with it who walks with her.
CLOSES: Final[dict[str, tuple[str, ...]]] = {
    Sort.FOLLOW_UP: tuple(face for face in FACES if face != THERAPY),
    Sort.THERAPY: (THERAPY,),
    Sort.REGISTER: (LEGAL,),
}


def kinds_of(sorts: str) -> str:
    """The keys of these classes, in SQL."""
    more = ",".join(kind for kind in KINDS[Sort.FOLLOW_UP] if kind != Kind.FOLLOW_UP)
    return (
        f"(case when '{Sort.FOLLOW_UP}' = any({sorts}) "
        f"then {sorts}::text[] || '{{{more}}}'::text[] else {sorts}::text[] end)"
    )


class KeepingRule(models.Model):
    """How many years an organisation keeps one class after the last service, and on what basis.

    Said by its privacy officer; the newest stands, those before stay. Where none was said, what the
    region proposes stands.
    """

    access = OfOrganisation(
        adds="said_by = (select access.actor()) and said_at = (select access.moment()) "
        f"and (select access.holds('{{{Role.PRIVACY_OFFICER}}}'))"
    )

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    sort = models.CharField(max_length=12, choices=Sort)
    keep_years = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=200)  # a law, a schedule: of nobody
    said_by = models.UUIDField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(keep_years__gte=1, keep_years__lte=100),
                name="sharing_keepingrule_of_some_years",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "sort", "-said_at"], name="sharing_keeps_new")
        ]

    def __str__(self) -> str:
        return f"{self.sort} {self.keep_years}"


class ErasureRequest(models.Model):
    """She asks that what was written of her be erased; her words are kept apart, locked.

    Her worker writes it down, or the privacy officer to whom she spoke. What is answered is an
    `Ending` that names it. An officer, who knows neither her age nor who may speak for her, writes
    down what she asks herself, and nothing else.
    """

    class Asker(models.TextChoices):
        HERSELF = "HERSELF", _("The person")
        REPRESENTATIVE = "REPRESENTATIVE", _("Whoever speaks for them by law")

    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.REGISTER, "file_id")
    access = FileSection(
        LEGAL,
        by="asked_by",
        held_by="organisation_id",
        adds=BY_RIGHT.format(asker="asker", file="sharing_erasurerequest.file_id"),
        also={"select": KEEPERS, "insert": OFFICER},
        also_if={
            "select": HERE,
            "insert": f"{HERE} and asker = 'HERSELF' and asked_by = (select access.actor()) "
            "and file_id = any((select access.files_held())::uuid[])",
        },
        dated="asked_at",
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    organisation_id = models.UUIDField()
    asker = models.CharField(max_length=16, choices=Asker)
    said_on = models.DateField()
    asked_by = models.UUIDField()  # who wrote it down
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation_id"], name="sharing_erasure_of")]

    def __str__(self) -> str:
        return str(self.id)


class ErasureWords(Lockable):
    """What she asks, in her words, and how she wants the answer: for whoever wrote it down, and for
    the privacy officer who answers, unless the person is somebody they know or keeps them out."""

    KIND: ClassVar[Kind] = Kind.REGISTER
    access = Own(
        column="written_by",
        also={"select": OFFICER},
        also_if={"select": f"{HERE} and file_id = any((select access.files_asked())::uuid[])"},
        dated="written_at",
    )

    id = models.UUIDField(primary_key=True)  # that of the request
    file_id = models.UUIDField()
    organisation_id = models.UUIDField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    her_words = LockedText()
    answer = LockedText()

    def __str__(self) -> str:
        return str(self.id)


class Ending(models.Model):
    """What becomes of some classes of one file: destroyed, sealed until a day, or kept.

    Proposed by one, confirmed by another. Destroyed, it is carried out by the service of expiry;
    sealed, it is closed at the next statement, and comes back by two people, on a legal ground.
    """

    class Exit(models.TextChoices):
        DESTROYED = "DESTROYED", _("Destroyed")
        SEALED = "SEALED", _("Sealed until a day")
        KEPT = "KEPT", _("Kept: the request is refused for now")

    class Why(models.TextChoices):
        TERM = "TERM", _("The time to keep it is over")
        REQUEST = "REQUEST", _("The person asks for it")
        RULE = "RULE", _("The time to keep it is not over")
        LAW = "LAW", _("A law or a professional rule obliges us to keep it")

    class LiftGround(models.TextChoices):
        DEMAND = "DEMAND", _("A court or a law demands it")
        ACCESS = "ACCESS", _("The person asks to read what is theirs")
        CLAIM = "CLAIM", _("A right must be defended in court")

    access = FileSection(LEGAL, append=False, also={"select": KEEPERS}, also_if={"select": HERE})

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    organisation_id = models.UUIDField()
    request_id = models.UUIDField(null=True)
    sorts = ArrayField(models.CharField(max_length=12))
    exit = models.CharField(max_length=12, choices=Exit)
    why = models.CharField(max_length=12, choices=Why)
    until_on = models.DateField(null=True)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)  # destroyed by the service that alone can
    lift_ground = models.CharField(max_length=8, choices=LiftGround, blank=True)
    lift_asked_by = models.UUIDField(null=True)
    lift_asked_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=said_once("confirmed") & said_once("withdrawn") & said_once("lift_asked")
                & said_once("lifted"),
                name="sharing_ending_said_by_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")))
                & (Q(lifted_by__isnull=True) | ~Q(lifted_by=F("lift_asked_by"))),
                name="sharing_ending_takes_two",
            ),
            models.CheckConstraint(
                # Decided, it falls only by the person's coming back, before anything was destroyed.
                condition=Q(confirmed_at__isnull=True)
                | Q(withdrawn_at__isnull=True)
                | Q(exit="DESTROYED", done_at__isnull=True),
                name="sharing_ending_confirmed_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True)
                | Q(confirmed_at__isnull=False, exit="DESTROYED"),
                name="sharing_ending_destroyed_once_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(exit="SEALED", until_on__isnull=False)
                | (~Q(exit="SEALED") & Q(until_on__isnull=True)),
                name="sharing_ending_sealed_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(exit="KEPT", why__in=("RULE", "LAW"), request_id__isnull=False)
                | Q(~Q(exit="KEPT"), why="TERM", request_id__isnull=True)
                | Q(~Q(exit="KEPT"), why="REQUEST", request_id__isnull=False),
                name="sharing_ending_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(sorts__contained_by=Sort.values, sorts__len__gt=0),
                name="sharing_ending_of_some_class",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["file_id"], name="sharing_ending_file"),
            models.Index(fields=["organisation_id", "-proposed_at"], name="sharing_ending_new"),
        ]

    def __str__(self) -> str:
        return f"{self.exit} {self.id}"

    @property
    def is_pending(self) -> bool:
        return self.confirmed_at is None and self.withdrawn_at is None

    @property
    def is_fallen(self) -> bool:
        """It was decided, and the person came back before it was carried out."""
        return self.confirmed_at is not None and self.withdrawn_at is not None

    @property
    def is_sealed(self) -> bool:
        return self.exit == self.Exit.SEALED and bool(self.confirmed_at) and not self.lifted_at


class Seal(models.Model):
    """From when until when some of a file is closed to everybody: the rule table reads this row."""

    access = Roles(also={"select": KEEPERS}, also_if={"select": HERE})

    id = models.UUIDField(primary_key=True)  # that of the ending
    file_id = models.UUIDField()
    organisation_id = models.UUIDField()
    faces = ArrayField(models.CharField(max_length=12))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(faces__contained_by=list(FACES), faces__len__gt=0),
                name="sharing_seal_closes_something",
            ),
        ]
        indexes = [models.Index(fields=["file_id"], name="sharing_seal_file")]

    def __str__(self) -> str:
        return str(self.id)
