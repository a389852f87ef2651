"""What is weighed before a demand is answered, what is produced, and who released it?

Every row is dated, in its author's name, and never edited: written once more, the newest counts.
What the law asks before anything is produced is read here by the database itself.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import FileSection
from spheres.participants.models import Kept
from spheres.privacy.legal_demands.models.arrived import OFFICERS
from spheres.privacy.legal_demands.models.matter import (
    HOLDS_OFFICE,
    SEATED,
    Matter,
    as_the_law_asks,
    by_sitter,
)
from spheres.sharing.rules import LEGAL
from spheres.vault.models import Kind as Class
from spheres.vault.models import LockedText

IS_COUNSEL: Final = f"(select access.holds('{{{Role.COUNSEL}}}'))"


# What may be found at each step.
CODES: Final[dict[str, tuple[str, ...]]] = {
    "ASKED": ("",),
    "IDENTITY": ("SEEN", "UNSURE"),
    "LAW": ("COMPELS", "CONSENT", "ASKS"),
    "REPORT": ("ACCEPTED", "NOT_YET"),
    "ACCUSED": ("NO_ACCUSED", "UNLISTED", "DECIDED", "UNDECIDED"),
    "SCOPE": ("MINIMUM", "AS_ASKED"),
    "SECRECY": ("NONE", "LIFTED", "APPLIES"),
    "OPINION": ("PRODUCE", "OBJECT"),
    "OBJECTED": ("BY_WHOM", "NO_RIGHT", "TOO_WIDE", "SECRET", "JUDGE", "APART"),
    "DELIVERED": ("HAND", "COURT", "COURIER"),
    "LAPSED": ("",),
    "CLOSED": ("ENDS", "GOES_ON", "SAME"),
}


def _as_it_may() -> Q:
    found = Q()
    for kind, codes in CODES.items():
        found |= Q(kind=kind, code__in=codes)
    return found


class Step(Kept):
    """One thing that was weighed, or done, of a demand about one file."""

    class Kind(models.TextChoices):
        ASKED = "ASKED", _("What it demands")
        IDENTITY = "IDENTITY", _("Who demands it")
        LAW = "LAW", _("By what right")
        REPORT = "REPORT", _("The accepted report, and its conditions")
        ACCUSED = "ACCUSED", _("Whether it is for an accused")
        SCOPE = "SCOPE", _("The minimum")
        SECRECY = "SECRECY", _("Professional secrecy")
        OPINION = "OPINION", _("What counsel thinks of it")
        OBJECTED = "OBJECTED", _("The objection")
        DELIVERED = "DELIVERED", _("Handed over")
        LAPSED = "LAPSED", _("Taken back")
        CLOSED = "CLOSED", _("The end of it")

    class Code(models.TextChoices):
        """What was found; each belongs to one kind of step, or to two."""

        # Identity.
        SEEN = "SEEN", _("Checked, by a number found elsewhere than on the paper")
        UNSURE = "UNSURE", _("Not established")
        # Law.
        COMPELS = "COMPELS", _("The law obliges us to answer")
        CONSENT = "CONSENT", _("It rests on the person’s consent")
        ASKS = "ASKS", _("It asks, and does not oblige")
        # Report.
        ACCEPTED = "ACCEPTED", _("The report is accepted, and the conditions are met")
        NOT_YET = "NOT_YET", _("That is not established")
        # Accused.
        NO_ACCUSED = "NO_ACCUSED", _("It would be produced to no accused")
        UNLISTED = "UNLISTED", _("To an accused, of an offence that the law does not list")
        DECIDED = "DECIDED", _("A judge decided at both stages, and the decision was seen")
        UNDECIDED = "UNDECIDED", _("To an accused, and no judge has decided at both stages")
        # Scope.
        MINIMUM = "MINIMUM", _("Less than what is demanded is enough")
        AS_ASKED = "AS_ASKED", _("What is demanded is already the minimum")
        # Secrecy.
        NONE = "NONE", _("Nothing to be produced is held under it")
        LIFTED = "LIFTED", _("The law or the order lifts it, for what is to be produced")
        APPLIES = "APPLIES", _("It stands in the way")
        # Opinion.
        PRODUCE = "PRODUCE", _("The minimum may be produced")
        OBJECT = "OBJECT", _("An objection is to be made")
        # Objection: its main ground.
        BY_WHOM = "BY_WHOM", _("It is not established who demands it")
        NO_RIGHT = "NO_RIGHT", _("Nothing obliges us to produce it")
        TOO_WIDE = "TOO_WIDE", _("It demands more than what is necessary")
        SECRET = "SECRET", _("Professional secrecy stands in the way")
        JUDGE = "JUDGE", _("A judge must decide first, at two stages")
        APART = "APART", _("What is named needs an order of its own")
        # Handing over.
        HAND = "HAND", _("In person, against a receipt")
        COURT = "COURT", _("Sealed, to the judge or the clerk of the court")
        COURIER = "COURIER", _("Sealed, by bailiff or registered delivery")
        # The end: what becomes of the hold.
        ENDS = "ENDS", _("The hold may end: another person ends it")
        GOES_ON = "GOES_ON", _("The hold goes on")
        SAME = "SAME", _("It is another one again, that goes on with its hold")

    KIND = Class.REGISTER
    access = FileSection(
        LEGAL,
        by="written_by",
        adds="kind = 'ASKED'",
        also={"insert": SEATED},
        also_if={
            "insert": f"{by_sitter()} and case kind when 'OPINION' then {IS_COUNSEL} "
            f"when 'ASKED' then false else {HOLDS_OFFICE} end"
        },
        dated="written_at",
    )

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    code = models.CharField(max_length=12, choices=Code, blank=True)
    # Of what the demand names: how many texts are produced by no such way (psychotherapy, private
    # pages, what is sealed). They are counted, never opened.
    apart = models.PositiveSmallIntegerField(default=0)
    who = LockedText()  # an office, a function, how it was reached
    words = LockedText()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_as_it_may(), name="legal_demands_step_says_what_it_may"
            ),
            models.CheckConstraint(
                condition=Q(kind="SCOPE") | Q(apart=0), name="legal_demands_counted_with_the_scope"
            ),
        ]
        indexes = [models.Index(fields=["matter", "-written_at"], name="legal_demands_steps")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Informing(Kept):
    """Whether the person was told of it, how; or why not for now, and when it is looked at again.

    By her worker, or by whoever answers. Help that depends on nobody here is offered with it.
    """

    class Way(models.TextChoices):
        TOLD = "TOLD", _("Told, before anything goes")
        LATER = "LATER", _("Not for now")
        GONE = "GONE", _("Could not be reached, or is no longer alive")

    class Ground(models.TextChoices):
        FORBIDDEN = "FORBIDDEN", _("The order, or the law, forbids to tell them now")
        HARM = "HARM", _("Telling them now could seriously harm their health or safety")

    class Support(models.TextChoices):
        OFFERED = "OFFERED", _("Offered")
        ACCEPTED = "ACCEPTED", _("Offered, and they want it")
        DECLINED = "DECLINED", _("Offered, not for now")

    KIND = Class.REGISTER
    access = FileSection(
        LEGAL,
        by="written_by",
        also={"insert": OFFICERS},
        also_if={"insert": by_sitter()},
        dated="written_at",
    )

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=Way)
    ground = models.CharField(max_length=12, choices=Ground, blank=True)
    look_again_on = models.DateField(null=True)
    support = models.CharField(max_length=12, choices=Support, blank=True)
    words = LockedText()  # how, by whom; what she said of it

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(way="LATER", ground__gt="", look_again_on__isnull=False, support="")
                | Q(way="TOLD", ground="", look_again_on=None, support__gt="")
                | Q(way="GONE", ground="", look_again_on=None, support=""),
                name="legal_demands_not_told_says_why_and_until_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.id}"


class Production(Kept):
    """What is produced, word for word, frozen: chosen text by text, others masked as in a reading.

    Prepared by whoever is in charge of privacy. Its digest is that of its content, and stands on
    every page of it.
    """

    # What it copies is of the follow-up: it goes with it, and no later than the registers.
    KIND = Class.FOLLOW_UP
    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.REGISTER, "file_id")
    access = FileSection(
        LEGAL,
        by="written_by",
        append=False,
        also={"insert": OFFICERS},
        also_if={"insert": f"{by_sitter()} and {as_the_law_asks('legal_demands_production')}"},
        dated="written_at",
    )

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    records = ArrayField(models.UUIDField())
    digest = models.CharField(max_length=64)
    content = LockedText()  # the texts, as data: what the digest is of

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "number"], name="legal_demands_production_numbered"
            ),
            models.CheckConstraint(
                condition=Q(records__len__gt=0), name="legal_demands_produces_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.id}"


class Verdict(Kept):
    """A second person releases it, or sends it back with reasons: once."""

    class Outcome(models.TextChoices):
        RELEASED = "RELEASED", _("Released")
        SENT_BACK = "SENT_BACK", _("Sent back")

    KIND = Class.REGISTER
    access = FileSection(
        LEGAL,
        by="written_by",
        append=False,
        also={"insert": SEATED},
        also_if={
            "insert": f"{by_sitter()} and exists (select from legal_demands_production p "
            "where p.id = legal_demands_verdict.production_id "
            "and p.matter_id = legal_demands_verdict.matter_id "
            "and p.file_id = legal_demands_verdict.file_id "
            "and p.written_by <> (select access.actor()) "
            "and p.written_by <> all((select access.let_in())::uuid[])) "
            # Sent back at any time; released while what the law asks still stands.
            "and case when outcome = 'RELEASED' then "
            f"{as_the_law_asks('legal_demands_verdict', 'left join')} else true end"
        },
        dated="written_at",
    )

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    production = models.OneToOneField(Production, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome)
    words = LockedText()

    def __str__(self) -> str:
        return f"{self.outcome} {self.id}"
