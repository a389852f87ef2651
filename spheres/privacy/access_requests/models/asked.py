"""What is asked of a file, by whom, by which steps, and where does it stand?

A request is of one file, in the section of legal matters. Nothing of it is ever edited: each step
is a row, and so is what is decided.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.states import StatusRow
from spheres.core.words import FileSection
from spheres.participants.models import HERE, SUSPENDED_NOW, WRITTEN_NOW, File, Kept
from spheres.sharing.rules import LEGAL
from spheres.vault.models import Kind as Class
from spheres.vault.models import LockedText

OFFICERS: Final = (Role.PRIVACY_OFFICER,)
# Nothing is handed over to a representative whose rights are suspended now, whatever was granted.
NOT_TO_SUSPENDED: Final = f"""case when kind = 'HANDED' then not exists (
    select from access_requests_accessrequest r where r.id = access_requests_step.request_id
      and r.asker = any({SUSPENDED_NOW.replace("f.id", "r.file_id")}::text[]))
  else true end"""


class Asker(models.TextChoices):
    """Who asks. A parent and a tutor are written as where rights are suspended."""

    SELF = "SELF", _("The person, for themselves")
    LAWYER = "LAWYER", _("Their lawyer")
    PARENT = "PARENT", _("A person having parental authority")
    TUTOR = "TUTOR", _("The tutor")


class Wish(models.TextChoices):
    READ = "READ", _("To read it here")
    COPY = "COPY", _("A copy on paper")
    PORTABLE = "PORTABLE", _("A copy to take elsewhere: a PDF and a data file")
    RECTIFY = "RECTIFY", _("That a text be corrected")


class Age(models.IntegerChoices):
    """From which age it is asked of: the law says something else for each."""

    UNDER_14 = 0, _("Under 14")
    FROM_14 = 14, _("14 to 17")
    ADULT = 18, _("18 or over")


class Keep(models.TextChoices):
    """How the answer reaches whoever asks, without putting anybody in danger."""

    TAKEN = "TAKEN", _("Handed over in person, taken along")
    HERE = "HERE", _("Kept here, to be read when they come")
    LATER = "LATER", _("They come for it another day")
    SENT = "SENT", _("In a sealed envelope, to the address they gave")


class AccessRequest(models.Model):
    """One request about one file: who asks what, since when, until when it is answered.

    Those who walk with the person read it, and so does the privacy officer of the organisation, to
    whom it says neither a name nor a word.
    """

    class Way(models.TextChoices):
        VOICE = "VOICE", _("Said aloud, written down here")
        PAPER = "PAPER", _("By letter, or handed over on paper")
        NOTEBOOK = "NOTEBOOK", _("From their notebook")
        OTHER = "OTHER", _("Another way")

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.FOLLOW_UP, "file_id")
    access = FileSection(
        LEGAL,
        by="received_by",
        held_by="organisation_id",
        also={"select": OFFICERS},
        also_if={"select": HERE},
        dated="received_at",
    )

    id = models.UUIDField(primary_key=True)
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    organisation_id = models.UUIDField()
    asker = models.CharField(max_length=8, choices=Asker)
    age = models.PositiveSmallIntegerField(choices=Age)
    way = models.CharField(max_length=8, choices=Way)
    wish = models.CharField(max_length=8, choices=Wish)
    # Which text is disputed, when it is one.
    record_type = models.CharField(max_length=32, blank=True)
    record_id = models.UUIDField(null=True)
    keep = models.CharField(max_length=8, choices=Keep)
    # On paper, the name of the programme stands nowhere.
    is_neutral = models.BooleanField(default=True)
    received_on = models.DateField()
    due_on = models.DateField()
    letter_id = models.UUIDField(null=True)  # of a letter that arrived at the desk
    received_by = models.UUIDField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Under 14 she asks by a lawyer (R-22.1, s. 21, s. 83; P-39.1, s. 38).
            models.CheckConstraint(
                condition=~Q(asker="SELF", age=0), name="access_requests_by_a_lawyer_under_14"
            ),
            models.CheckConstraint(
                condition=Q(wish="RECTIFY", record_id__isnull=False, record_type__gt="")
                | (~Q(wish="RECTIFY") & Q(record_id=None, record_type="")),
                name="access_requests_names_what_is_disputed",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("received_on")), name="access_requests_due_after_received"
            ),
        ]
        indexes = [models.Index(fields=["file"], name="access_requests_of_file")]

    def __str__(self) -> str:
        return f"{self.wish} {self.id}"


# An officer who is given a seat at it writes too, in their own name.
_AT_IT: Final = "request_id = any((select access.seated_at('REQUEST'))::uuid[])"
AS_SEATED: Final = (
    f"{WRITTEN_NOW} and {_AT_IT} and file_id = any((select access.readable_legal_files())::uuid[])"
)


class Step(Kept):
    """One step of a request, dated, in its author's name, with its words."""

    class Kind(models.TextChoices):
        ASKED = "ASKED", _("What is asked")
        IDENTITY = "IDENTITY", _("Identity checked")
        OPINION = "OPINION", _("What the person says of it")
        HARM = "HARM", _("What a professional thinks of it")
        CONSULTED = "CONSULTED", _("Youth protection")
        HANDED = "HANDED", _("Handed over to whoever asked")

    class Code(models.TextChoices):
        """What was answered; each belongs to one kind of step."""

        # Identity.
        KNOWN = "KNOWN", _("Known to whoever writes this")
        PAPER = "PAPER", _("A piece of identity was seen")
        TITLE = "TITLE", _("A judgment, a birth certificate or a power of attorney was seen")
        # What the person says.
        YES = "YES", _("They agree")
        PARTLY = "PARTLY", _("They agree to some of it")
        NO = "NO", _("They do not want it")
        UNSAID = "UNSAID", _("They prefer not to say")
        # Harm to her health or safety.
        SAFE = "SAFE", _("No harm is likely")
        HARMFUL = "HARMFUL", _("Harm to their health or safety is likely")
        # Youth protection.
        CLEAR = "CLEAR", _("Consulted: sees no likely harm")
        OPPOSED = "OPPOSED", _("Consulted: harm is likely")
        NOT_CALLED_FOR = "NOT_CALLED", _("Not consulted: nothing calls for it")

    access = FileSection(
        LEGAL,
        by="written_by",
        adds=NOT_TO_SUSPENDED,
        also={"insert": OFFICERS},
        # What the person says of it is written by whoever walks with them, and nobody else.
        also_if={
            "insert": f"{AS_SEATED} and kind in ('IDENTITY', 'HARM', 'CONSULTED', 'HANDED') "
            f"and {NOT_TO_SUSPENDED}"
        },
        dated="written_at",
    )

    request = models.ForeignKey(AccessRequest, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    code = models.CharField(max_length=12, choices=Code, blank=True)
    words = LockedText()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("ASKED", "HANDED"), code="")
                | Q(kind="IDENTITY", code__in=("KNOWN", "PAPER", "TITLE"))
                | Q(kind="OPINION", code__in=("YES", "PARTLY", "NO", "UNSAID"))
                | Q(kind="HARM", code__in=("SAFE", "HARMFUL"))
                | Q(kind="CONSULTED", code__in=("CLEAR", "OPPOSED", "NOT_CALLED")),
                name="access_requests_step_says_what_it_may",
            ),
        ]
        indexes = [models.Index(fields=["request", "-written_at"], name="access_requests_steps")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class RequestStatus(StatusRow):
    """Where a request stands. It is decided when its decision is written, and not before."""

    class Status(models.TextChoices):
        RECEIVED = "RECEIVED", _("Received")
        IDENTIFIED = "IDENTIFIED", _("Identity checked")
        WHOLE = "WHOLE", _("Granted")
        PART = "PART", _("Granted in part")
        LATER = "LATER", _("Refused for a time")
        REFUSED = "REFUSED", _("Refused")
        WITHDRAWN = "WITHDRAWN", _("Request taken back")
        DELIVERED = "DELIVERED", _("Handed over to whoever asked")

    MOVES = {
        Status.RECEIVED: {Status.IDENTIFIED, Status.REFUSED, Status.WITHDRAWN},
        Status.IDENTIFIED: {
            Status.WHOLE, Status.PART, Status.LATER, Status.REFUSED, Status.WITHDRAWN,
        },
        # Looked at again, it is answered again.
        Status.LATER: {
            Status.WHOLE, Status.PART, Status.LATER, Status.REFUSED, Status.WITHDRAWN,
        },
        # Taken back before it is handed over, when what the law asks stands no longer.
        Status.WHOLE: {Status.DELIVERED, Status.LATER, Status.REFUSED},
        Status.PART: {Status.DELIVERED, Status.LATER, Status.REFUSED},
        Status.REFUSED: set(),
        Status.WITHDRAWN: set(),
        Status.DELIVERED: set(),
    }  # fmt: skip
    OPEN = (Status.RECEIVED, Status.IDENTIFIED, Status.LATER, Status.WHOLE, Status.PART)

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.FOLLOW_UP, "file_id")
    HELD_TO_MOVES = True
    AS_IT_IS_WRITTEN: ClassVar[str] = """status_by = (select access.actor())
      and status_at = (select access.moment()) and case status
      when 'IDENTIFIED' then exists (
        select from access_requests_step s
        where s.request_id = access_requests_requeststatus.request_id
          and s.file_id = access_requests_requeststatus.file_id and s.kind = 'IDENTITY')
      when 'DELIVERED' then exists (
        select from access_requests_step s
        where s.request_id = access_requests_requeststatus.request_id
          and s.file_id = access_requests_requeststatus.file_id and s.kind = 'HANDED')
      else exists (
        select from access_requests_decision d
        where d.request_id = access_requests_requeststatus.request_id
          and d.file_id = access_requests_requeststatus.file_id
          and d.outcome = access_requests_requeststatus.status) end
      and look_again_on is not distinct from (
        select d.look_again_on from access_requests_decision d
        where d.request_id = access_requests_requeststatus.request_id
          and d.file_id = access_requests_requeststatus.file_id
        order by d.written_at desc, d.id limit 1)"""
    access = FileSection(
        LEGAL,
        adds="status = 'RECEIVED' and look_again_on is null "
        "and organisation_id = (select access.organisation())",
        amend=True,
        changes=("status", "status_by", "status_at", "look_again_on"),
        becomes=AS_IT_IS_WRITTEN,
        also={"select": OFFICERS, "update": OFFICERS},
        also_if={
            "select": HERE,
            "update": f"{HERE} and {_AT_IT} "
            "and file_id = any((select access.readable_legal_files())::uuid[])",
        },
        also_becomes=AS_IT_IS_WRITTEN,
    )

    request = models.OneToOneField(
        AccessRequest, models.PROTECT, primary_key=True, related_name="standing"
    )
    file_id = models.UUIDField()
    organisation_id = models.UUIDField()
    # Which request: the same one, asked twice, is one.
    same = models.UUIDField()
    # Refused for a time: the day of its decision, which the desk may know without reading one.
    look_again_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="LATER") | Q(look_again_on=None),
                name="access_requests_looked_at_again_when_refused_for_a_time",
            ),
            models.UniqueConstraint(
                fields=["file_id", "same"],
                condition=Q(status__in=("RECEIVED", "IDENTIFIED", "LATER", "WHOLE", "PART")),
                name="access_requests_one_open",
            ),
        ]
        indexes = [models.Index(fields=["organisation_id"], name="access_requests_here")]

    def __str__(self) -> str:
        return self.status
