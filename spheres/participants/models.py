"""What is kept of the person herself, and who walks with her?

The unit is the file: one participant at one holder organisation. Content rows are never changed:
a new name or a new safe way to reach her is a new row, and the newest stands.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation, Role, User
from spheres.core.states import StatusRow
from spheres.core.words import FileSection, Roles
from spheres.vault.models import Kind, Lockable, LockedText

WRITERS = (Role.PROFESSIONAL_SUPPORT, Role.YOUTH_WORKER)  # those who accompany, in a file
HERE = "organisation_id = (select access.organisation())"
# In one’s own name, at this moment: whatever is «the newest» was written last.
WRITTEN_NOW = "written_by = (select access.actor()) and written_at = (select access.moment())"
LOOKING_AGAIN = (Role.PRIVACY_OFFICER, Role.COORDINATOR)  # at what the database says


class Participant(models.Model):
    """A person the programme accompanies. Nothing but an identifier: her story is in her files."""

    access = FileSection("relation", column="participant")

    id = models.UUIDField(primary_key=True)

    def __str__(self) -> str:
        return str(self.id)


class File(models.Model):
    """One participant at one holder organisation. The holder never changes."""

    # Whoever takes a referral on opens its file in the name of the organisation she acts for.
    access = FileSection("relation", column="id", held_by="holder_id")

    id = models.UUIDField(primary_key=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="files")
    holder = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "holder"], name="participants_one_file_a_holder"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


# What ends, ends at the moment at which it is said, in the name of whoever says so.
NOW_OVER = "ends_at = (select access.moment())"
NOW_ENDED = "ended_at = (select access.moment()) and ended_by = (select access.actor())"


class Assignment(models.Model):
    """Who accompanies her, from a moment to a moment. Its end closes the file at once."""

    class Part(models.TextChoices):
        PIVOT = "PIVOT", _("Pivot worker")
        SUPPORT = "SUPPORT", _("Alongside the pivot worker")

    ENDS_ONCE: ClassVar[str] = "ends_at"
    # What was erased has nobody walking with it any more: expiry ends what a person began.
    access = FileSection(
        "relation",
        gives_to="user_id",
        # Where an organisation asks for an undertaking and a training, to nobody without them.
        adds="access.may_be_given(user_id, (select access.organisation()))",
        amend=True,
        changes=("ends_at",),
        becomes=NOW_OVER,
        also={"select": ("service:expiry",), "update": ("service:expiry",)},
        also_becomes=NOW_OVER,
    )

    id = models.UUIDField(primary_key=True)
    file = models.ForeignKey(File, models.PROTECT, related_name="assignments")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=Part, default=Part.PIVOT)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gte=models.F("starts_at")),
                name="participants_assignment_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["user", "file"], name="participants_assignment_who")]

    def __str__(self) -> str:
        return f"{self.part} {self.user_id}"


class Kept(Lockable):
    """A row of a file, written once by someone at some moment."""

    KIND = Kind.FOLLOW_UP

    id = models.UUIDField(primary_key=True)
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        abstract = True


class Identity(Kept):
    """The name she chose, her pronouns, her day of birth, her languages, her gender; her words."""

    access = FileSection("identity", by="written_by")

    chosen_name = LockedText()
    pronouns = LockedText()
    birth_date = LockedText()
    age_band = models.CharField(max_length=8)
    language = models.CharField(max_length=8)
    interpreter = LockedText()
    # Of before these were asked, nothing: the database fills an older writer's row too.
    languages = LockedText(db_default=b"")
    gender = LockedText(db_default=b"")

    class Meta:
        indexes = [
            models.Index(fields=["file", "-written_at"], name="participants_identity_newest")
        ]

    def __str__(self) -> str:
        return str(self.id)


class SafeContact(Kept):
    """How to reach her without putting her in danger: way, hours, words, and what never to do.

    The newest row stands, whole. «Not safe» and the last confirmation are days in clear: they are
    asked without opening anything.
    """

    ADDED = ("window", "sender", "lines")

    class Told(models.TextChoices):
        """How she hears that what protects her was opened for an hour: it is written in any case,
        in the page of who opened her file."""

        MEETING = "MEETING", _("At the next meeting, face to face")
        NOTEBOOK = "NOTEBOOK", _("In their notebook: they read it there")
        ASKED = "ASKED", _("Only if they ask")

    access = FileSection("contact", by="written_by")

    channel = models.CharField(max_length=24)
    hours = LockedText()  # as she says them
    words = LockedText()  # a sentence of her own
    never = LockedText()
    # What the software can hold to: the days and hours (`core/hours.py`), the name signed with,
    # and the codes of the region's neutral lines she agreed to.
    window = LockedText(db_default=b"")
    sender = LockedText(db_default=b"")
    lines = LockedText(db_default=b"")
    unsafe_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    # How she wants to hear that something was opened for an hour; empty: nobody asked her yet.
    told = models.CharField(max_length=8, choices=Told, default="", db_default="")

    class Meta:
        indexes = [models.Index(fields=["file", "-written_at"], name="participants_contact_newest")]

    def __str__(self) -> str:
        return str(self.id)


class CodeWord(Kept):
    """The word by which she makes herself known; the newest row stands, an empty one is none.

    Beside the locked word, a digest that only the key file can make, to find it exactly one day.
    Two persons may have the same word: then it says who neither of them is. The digest names the
    key file that made it; with another one it is made anew, when the word is next written.
    """

    access = FileSection("contact", by="written_by")

    word = LockedText()
    digest = models.BinaryField()
    key_file = models.CharField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["file", "-written_at"], name="participants_codeword_newest"),
            models.Index(fields=["digest"], name="participants_codeword_digest"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class FollowUp(models.Model):
    """One episode of accompaniment; who leaves and comes back opens another, as often as wished."""

    access = FileSection("summary")

    id = models.UUIDField(primary_key=True)
    file = models.ForeignKey(File, models.PROTECT, related_name="follow_ups")
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()

    def __str__(self) -> str:
        return str(self.id)


class FollowUpStatus(StatusRow):
    """Where an episode stands. A pause or a departure never closes the door.

    Whoever left, or closed, and comes back opens another episode: this one stays as it was.
    """

    class Status(models.TextChoices):
        ACTIVE = "ACTIVE", _("Active")
        PAUSED = "PAUSED", _("Paused")
        LEFT = "LEFT", _("Left, door open")
        TRANSITION = "TRANSITION", _("Towards adulthood")
        ENDED = "ENDED", _("Closed together")
        RETURNED = "RETURNED", _("Has come back")
        DIED = "DIED", _("Has died")

    # Noted by mistake, a death is taken back; nothing else leads out of it.
    MOVES = {
        Status.ACTIVE: {
            Status.PAUSED, Status.LEFT, Status.TRANSITION, Status.ENDED, Status.DIED,
        },
        Status.RETURNED: {
            Status.ACTIVE, Status.PAUSED, Status.LEFT, Status.TRANSITION, Status.ENDED,
            Status.DIED,
        },
        Status.PAUSED: {
            Status.ACTIVE, Status.LEFT, Status.TRANSITION, Status.ENDED, Status.DIED,
        },
        Status.TRANSITION: {
            Status.ACTIVE, Status.PAUSED, Status.LEFT, Status.ENDED, Status.DIED,
        },
        Status.LEFT: {Status.ENDED, Status.DIED},
        Status.ENDED: {Status.DIED},
        Status.DIED: {Status.ACTIVE},
    }  # fmt: skip
    # Whoever comes back begins anew, without intake.
    BEGINS = frozenset({Status.ACTIVE, Status.RETURNED})

    access = FileSection("summary", amend=True)

    follow_up = models.OneToOneField(
        FollowUp, models.PROTECT, primary_key=True, related_name="standing"
    )
    file = models.ForeignKey(File, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.status


class Suspension(Kept):
    """The rights of a representative are suspended, on a ground, without a word to them.

    From when one of her workers writes it, until one of them, or whoever looked at it again, ends
    it. Read by those who walk with her, and nobody else.
    """

    class Who(models.TextChoices):  # as in `sharing.Consent.Giver`
        PARENT = "PARENT", _("The person having parental authority")
        TUTOR = "TUTOR", _("The tutor")

    class Ground(models.TextChoices):
        DANGER = "DANGER", _("This person is a danger to them, or may be")
        DECISION = "DECISION", _("A court decision, or youth protection")
        CONFLICT = "CONFLICT", _("Their interests are not the young person’s")
        OTHER = "OTHER", _("Another ground, said below")

    ENDS_ONCE: ClassVar[str] = "ended_at"
    access = FileSection(
        "legal",
        by="written_by",
        adds="ended_at is null and ended_by is null",
        amend=True,
        changes=("ended_at", "ended_by"),
        becomes=NOW_ENDED,
        dated="written_at",
    )

    who = models.CharField(max_length=12, choices=Who)
    ground = models.CharField(max_length=12, choices=Ground)
    reason = LockedText()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__gte=models.F("written_at"), ended_by__isnull=False),
                name="participants_suspension_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


OF_HER_SUSPENSIONS = (
    "t.id in (select s.id from participants_suspension s where s.file_id = {owner})"
)


class SuspensionReason(Lockable):
    """The same, as whoever looks at it again reads it: in no file, with its author’s own key."""

    KIND = Kind.ACCOUNT
    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.FOLLOW_UP, OF_HER_SUSPENSIONS)
    access = Roles(
        also={"select": LOOKING_AGAIN, "insert": WRITERS},
        also_if={
            "select": "id = any((select access.suspensions_to_look())::uuid[])",
            "insert": "user_id = (select access.actor()) and organisation_id = "
            "(select access.organisation()) and id in (select s.id from participants_suspension s)",
        },
        dated="written_at",
    )

    id = models.UUIDField(primary_key=True)  # that of the suspension
    organisation_id = models.UUIDField()
    user_id = models.UUIDField()
    ground = models.CharField(max_length=12, choices=Suspension.Ground)
    reason = LockedText()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        return self.user_id


class SuspensionReview(models.Model):
    """A second person looked at it again: it goes on, or it is over. Said once, of nobody."""

    class Outcome(models.TextChoices):
        KEPT = "KEPT", _("It is justified: it goes on")
        ENDED = "ENDED", _("It is not, or no longer: it ends now")

    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.FOLLOW_UP, OF_HER_SUSPENSIONS)
    access = Roles(
        also={"select": (*LOOKING_AGAIN, *WRITERS), "insert": LOOKING_AGAIN},
        also_if={
            "select": "id = any((select access.suspensions_known())::uuid[])",
            "insert": "reviewed_by = (select access.actor()) and (id, organisation_id) in "
            "(select r.id, r.organisation_id from participants_suspensionreason r)",
        },
        dated="reviewed_at",
    )

    id = models.UUIDField(primary_key=True)  # that of the suspension
    organisation_id = models.UUIDField()
    outcome = models.CharField(max_length=8, choices=Outcome)
    reviewed_by = models.UUIDField()
    reviewed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.outcome


# The representatives whose rights are suspended now, of the file `f` or of another of hers, in SQL.
SUSPENDED_NOW = """array(
  select s.who from participants_suspension s
  where s.file_id = f.id and s.ended_at is null and not exists (
    select from participants_suspensionreview r where r.id = s.id and r.outcome = 'ENDED')
  union select unnest(access.suspended_beside(f.id)) order by 1)"""
