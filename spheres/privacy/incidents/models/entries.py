"""What is kept of a confidentiality incident: who told it, the eight items, what was done of it?

Nothing of it ever changes: what comes later, or corrects, is a row of its own, dated and signed. It
is of one organisation, which answers for it; whoever told it reads their own telling.
"""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import FileSection, Own
from spheres.privacy.incidents.models.kept import TO_DELETE, OfRegister
from spheres.vault.models import Kind as Class
from spheres.vault.models import Lockable, LockedText

OFFICER: Final = (Role.PRIVACY_OFFICER,)
EVERYBODY: Final = tuple(sorted(Role.values))
ME: Final = "(select access.actor())"
NOW: Final = "(select access.moment())"
# In one's own name, at this moment: whatever is «the newest» was written last.
TOLD_NOW: Final = f"told_by = {ME} and told_at = {NOW}"
HERE: Final = "organisation_id = (select access.organisation())"
IS_OFFICER: Final = f"(select access.holds('{{{Role.PRIVACY_OFFICER}}}'))"
# Where one acts, and what it is a part of: a unit's incident may be answered for by the whole.
HERE_OR_ABOVE: Final = """array(
  with recursive up as (
    select o.id, o.parent_id from accounts_organisation o
    where o.id = (select access.organisation())
    union
    select o.id, o.parent_id from accounts_organisation o join up on o.id = up.parent_id)
  select up.id from up)"""
# What one told is read again where it was told, not from wherever one works next.
TOLD_HERE: Final = "told_in_id = (select access.organisation())"
SAID_HERE: Final = f"organisation_id = any({HERE_OR_ABOVE})"
# Those one has told; those of the register one keeps. Row security says which they are.
MINE: Final = f"array(select i.id from incidents_incident i where i.told_by = {ME})"  # noqa: S608 -- ours
OF_THE_REGISTER: Final = (
    "array(select i.id from incidents_incident i "
    "where i.organisation_id = (select access.organisation()))"
)
# The organisations that answer for those one has told.
ANSWERED_FOR: Final = (
    "organisation_id = any(array("  # noqa: S608 -- ours
    f"select i.organisation_id from incidents_incident i where i.told_by = {ME}))"
)
# Those one has told, each with the organisation that answers for it.
WHO_ANSWERS: Final = (
    "select i.id, i.organisation_id from incidents_incident i "  # noqa: S608 -- ours
    f"where i.told_by = {ME}"
)
# Those that concern somebody of whom one reads what is told: their workers tell them.
OF_MY_PEOPLE: Final = "array(select c.incident_id from incidents_concerned c)"
MINE_OR_OF_MY_PEOPLE: Final = f"({MINE} || {OF_MY_PEOPLE})"


class Happened(models.TextChoices):
    """What it looks like to whoever tells it: never whose fault."""

    LOST = "LOST", _("A device or a paper is lost")
    TAKEN = "TAKEN", _("A device or a paper was taken")
    SENT = "SENT", _("Something was sent, handed or said to the wrong person")
    SEEN = "SEEN", _("Somebody saw or opened what was not for them")
    OTHER = "OTHER", _("Something else")


class Information(models.TextChoices):
    """What it concerns, by kind: never the information itself."""

    NAME = "NAME", _("A name, a date of birth")
    CONTACT = "CONTACT", _("A way to reach somebody, an address")
    STORY = "STORY", _("What somebody lives or said: a note, a plan")
    HEALTH = "HEALTH", _("Health, a psychotherapy")
    LEGAL = "LEGAL", _("Police, court, youth protection")
    STAFF = "STAFF", _("Something about a colleague")
    UNKNOWN = "UNKNOWN", _("Not known yet")


class AboutIncidents(Lockable):
    """A text of a register: locked by its author's key for incidents, which outlives an account.

    Whoever opens it says so in their own chain: the register is of an organisation, not of a file.
    """

    KIND: ClassVar[Class] = Class.INCIDENT
    ABOUT_NOBODY: ClassVar[bool] = True

    class Meta:
        abstract = True

    @property
    def key_owner(self) -> UUID:
        return self.told_by  # type: ignore[attr-defined]


class Incident(OfRegister, AboutIncidents):
    """What somebody told: in two lines, when, what it concerned. Its organisation answers for it.

    Its teller reads it; the person in charge of privacy where it is answered for handles it.
    """

    KEPT_UNLESS: ClassVar[str] = f"t.id in {TO_DELETE}"
    access = Own(
        column="told_by",
        opens=TOLD_HERE,
        append=False,
        also={"select": OFFICER, "insert": EVERYBODY},
        also_if={
            "select": HERE,
            "insert": f"{TOLD_NOW} and {TOLD_HERE} and {SAID_HERE}",
        },
    )

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()  # which answers for it
    told_in_id = models.UUIDField()  # where it was told: there, or in a part of it
    told_by = models.UUIDField()
    told_at = models.DateTimeField()
    happened = models.CharField(max_length=8, choices=Happened)
    concerns = ArrayField(models.CharField(max_length=8, choices=Information))
    happened_on = models.DateField(null=True)  # empty: not known
    aware_on = models.DateField()  # from when the law counts; no earlier than it was told, at first
    words = LockedText()

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "told_at"], name="incidents_incident_of"),
            models.Index(fields=["told_by"], name="incidents_incident_by"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Addition(OfRegister, AboutIncidents):
    """What is added to one item of an entry, or corrects it: dated, signed, never an edit.

    A figure or a day stands in a column of its own; the newest that says one stands.
    """

    class Item(models.TextChoices):
        """The eight of the regulations (R-22.1, r. 1, s. 15; A-2.1, r. 3.1, s. 7), and the words
        that the persons concerned are given."""

        DESCRIPTION = "DESCRIPTION", _("The information concerned")
        CIRCUMSTANCES = "CIRCUMSTANCES", _("What happened")
        WHEN = "WHEN", _("When it happened")
        AWARE = "AWARE", _("When the organisation became aware of it")
        PERSONS = "PERSONS", _("How many persons are concerned")
        RISK = "RISK", _("The risk of serious injury")
        NOTICES = "NOTICES", _("The notices given")
        MEASURES = "MEASURES", _("What was done so that nobody is harmed")
        LETTER = "LETTER", _("What the persons concerned are told")

    access = Own(
        column="told_by",
        opens=SAID_HERE,
        append=False,
        also={"select": EVERYBODY, "insert": EVERYBODY},
        also_if={
            # What the persons are told is read by whoever tells them.
            "select": f"case when {HERE} and {IS_OFFICER} then true "
            f"else item = 'LETTER' and incident_id = any({MINE_OR_OF_MY_PEOPLE}) end",
            # Its teller adds to what they told; what is decided is the register's.
            "insert": f"{TOLD_NOW} and case when incident_id = any({OF_THE_REGISTER}) "
            f"and {HERE} and {IS_OFFICER} then true "
            f"else incident_id = any({MINE}) and {ANSWERED_FOR} "
            "and item in ('DESCRIPTION', 'CIRCUMSTANCES', 'WHEN', 'PERSONS', 'MEASURES') end",
        },
    )

    id = models.UUIDField(primary_key=True)
    incident_id = models.UUIDField()
    organisation_id = models.UUIDField()
    item = models.CharField(max_length=16, choices=Item)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    persons = models.PositiveIntegerField(null=True)
    in_quebec = models.PositiveIntegerField(null=True)
    is_approximate = models.BooleanField(default=False)
    told_by = models.UUIDField()
    told_at = models.DateTimeField()
    words = LockedText()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(persons=None, in_quebec=None)
                | Q(item="PERSONS", persons__isnull=False),
                name="incidents_addition_figures_of_persons",
            ),
            models.CheckConstraint(
                condition=Q(from_on=None, until_on=None)
                | Q(item__in=("WHEN", "AWARE"), from_on__isnull=False),
                name="incidents_addition_days_of_when",
            ),
        ]
        indexes = [models.Index(fields=["incident_id"], name="incidents_addition_of")]

    def __str__(self) -> str:
        return f"{self.item} {self.id}"


class Assessment(OfRegister, AboutIncidents):
    """Is there a risk of serious injury? A judgement, with its reasons; nothing computes it.

    Looked at again, it is a new row; the newest stands.
    """

    class Conclusion(models.TextChoices):
        SERIOUS = "SERIOUS", _("There is a risk of serious injury")
        NOT_SERIOUS = "NOT_SERIOUS", _("There is no risk of serious injury")
        NOT_YET = "NOT_YET", _("It is too early to say")

    access = Own(
        column="told_by",
        opens=SAID_HERE,
        append=False,
        also={"select": OFFICER, "insert": OFFICER},
        also_if={
            "select": HERE,
            "insert": f"{TOLD_NOW} and {HERE} and incident_id = any({OF_THE_REGISTER})",
        },
    )

    id = models.UUIDField(primary_key=True)
    incident_id = models.UUIDField()
    organisation_id = models.UUIDField()
    conclusion = models.CharField(max_length=12, choices=Conclusion)
    told_by = models.UUIDField()
    told_at = models.DateTimeField()
    sensitivity = LockedText()
    uses = LockedText()
    consequences = LockedText()
    likelihood = LockedText()

    class Meta:
        indexes = [models.Index(fields=["incident_id"], name="incidents_assessment_of")]

    def __str__(self) -> str:
        return str(self.conclusion)


class Step(OfRegister, models.Model):
    """A notice that was given, on which day; or that waits, until when; or that all is done.

    No words: its reasons are an addition. Whoever told it, and whoever tells somebody concerned,
    see how far it is. The product sends nothing: it is given by the organisation's own means.
    """

    KEPT_FROM: ClassVar[str] = "done_at"

    class Kind(models.TextChoices):
        CAI = "CAI", _("Notice to the Commission d’accès à l’information")
        MINISTER = "MINISTER", _("Notice to the Minister of Health and Social Services")
        PERSONS = "PERSONS", _("Notice to the persons concerned")
        PUBLIC = "PUBLIC", _("Public notice")
        ABLE = "ABLE", _("Word to somebody who can reduce the risk")
        WAIT = "WAIT", _("The persons are not told yet: it would hamper an investigation")
        CLOSED = "CLOSED", _("What could be done is done")

    access = Own(
        column="done_by",
        opens=SAID_HERE,
        append=False,
        also={"select": EVERYBODY, "insert": OFFICER},
        also_if={
            "select": f"case when {HERE} and {IS_OFFICER} then true "
            f"else incident_id = any({MINE_OR_OF_MY_PEOPLE}) end",
            "insert": f"done_by = {ME} and done_at = {NOW} and {HERE} "
            f"and incident_id = any({OF_THE_REGISTER})",
        },
    )

    id = models.UUIDField(primary_key=True)
    incident_id = models.UUIDField()
    organisation_id = models.UUIDField()
    kind = models.CharField(max_length=8, choices=Kind)
    given_on = models.DateField()
    look_again_on = models.DateField(null=True)
    persons = models.PositiveIntegerField(null=True)
    done_by = models.UUIDField()
    done_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="WAIT", look_again_on__isnull=False)
                | (~Q(kind="WAIT") & Q(look_again_on=None)),
                name="incidents_step_waits_until_a_day",
            ),
        ]
        indexes = [models.Index(fields=["incident_id"], name="incidents_step_of")]

    def __str__(self) -> str:
        return str(self.kind)


class Concerned(models.Model):
    """This incident concerns this person: said by a worker of theirs, who told it.

    The person in charge of privacy counts them and reads no name, and opens no file by it. It goes
    with the file; the number of persons stays in the register.
    """

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.FOLLOW_UP, "file_id")
    access = FileSection(
        "legal",
        by="said_by",
        adds=f"(incident_id, organisation_id) in ({WHO_ANSWERS})",
        also={"select": OFFICER},
        also_if={"select": HERE},
        dated="said_at",
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    incident_id = models.UUIDField()
    organisation_id = models.UUIDField()
    happened = models.CharField(max_length=8, choices=Happened)
    concerns = ArrayField(models.CharField(max_length=8, choices=Information))
    happened_on = models.DateField(null=True)
    said_by = models.UUIDField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident_id", "file_id"], name="incidents_concerned_once"
            ),
        ]
        indexes = [models.Index(fields=["file_id"], name="incidents_concerned_file")]

    def __str__(self) -> str:
        return str(self.id)


class Informed(models.Model):
    """Whether the person was told of it: told, or not reached yet and when to try again.

    Once told, it is a line of what they can read; the newest stands.
    """

    class Way(models.TextChoices):
        TOLD = "TOLD", _("Told")
        NOT_YET = "NOT_YET", _("No safe way to tell them yet")

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.FOLLOW_UP, "file_id")
    access = FileSection(
        "legal",
        by="told_by",
        # Of this person, it must have been said that it concerns them: of another is not enough.
        adds="(file_id, incident_id, organisation_id) in "
        "(select c.file_id, c.incident_id, c.organisation_id from incidents_concerned c)",
        also={"select": OFFICER},
        also_if={"select": HERE},
        dated="told_at",
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    incident_id = models.UUIDField()
    organisation_id = models.UUIDField()
    way = models.CharField(max_length=8, choices=Way)
    look_again_on = models.DateField(null=True)
    told_by = models.UUIDField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(way="NOT_YET", look_again_on__isnull=False)
                | (~Q(way="NOT_YET") & Q(look_again_on=None)),
                name="incidents_informed_not_yet_until_a_day",
            ),
        ]
        indexes = [models.Index(fields=["file_id"], name="incidents_informed_file")]

    def __str__(self) -> str:
        return str(self.way)
