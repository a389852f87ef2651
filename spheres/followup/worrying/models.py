"""What is kept of a worrying situation: what was reported, or why not; what was added; what one is.

That somebody was called, or that it was weighed and nobody was, is a row of the rule table
(`sharing.Disclosure`, on the ground of a report) that its author and those who supervise alone
read; here are its words. The person reads them with their author, once they are told.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import User
from spheres.accounts.policy import MANAGERS
from spheres.core.words import Disclosed, If, OfOrganisation
from spheres.participants.models import Kept
from spheres.records.models import AddedTo, ToldHer
from spheres.vault.models import LockedText

MINE: Final = "written_by = (select access.actor())"
SAID_BY_ME: Final = "said_by = (select access.actor())"


class Situation(Kept):
    """What was reported, to whom, in two lines; or that it was not, and why.

    When is the moment of its disclosure. It is never edited: what comes later is added, dated.
    """

    class Outcome(models.TextChoices):
        REPORTED = "REPORTED", _("I called youth protection")
        NOT_REPORTED = "NOT_REPORTED", _("I did not report, for a reason")

    class Reached(models.TextChoices):
        """In which quality the person reached answered."""

        INTAKE = "INTAKE", _("Whoever receives reports")
        ON_CALL = "ON_CALL", _("Whoever answers at night or at weekends")
        ASSIGNED = "ASSIGNED", _("A worker of youth protection who already knows the person")
        OTHER = "OTHER", _("Somebody else of youth protection")

    # Nobody else reads that it was opened: a line in the file would tell that there is a report.
    IN_READERS_CHAIN: ClassVar[bool] = True
    access = Disclosed(
        ("WRITING", "LOOKING"), column="id", adds=(If(("WRITING",), MINE),), dated="written_at"
    )

    outcome = models.CharField(max_length=12, choices=Outcome)
    reached = models.CharField(max_length=8, choices=Reached, blank=True)
    # What the law asked of its author that day, as it was said then.
    category = models.CharField(max_length=16, choices=User.ReportDuty, blank=True)
    recipient = LockedText()
    said = LockedText()
    because = LockedText()
    facts = LockedText()
    consulted = LockedText()
    wishes = LockedText()
    support = LockedText()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="REPORTED", because=b"") & ~Q(said=b"") & ~Q(reached="")
                | Q(outcome="NOT_REPORTED", said=b"", reached="", recipient=b"") & ~Q(because=b""),
                name="worrying_situation_says_what_or_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Addition(AddedTo):
    """What was added later, on one point: dated, in its author's name, and never an edit."""

    class About(models.TextChoices):
        SAID = "SAID", _("What was said in the call")
        FACTS = "FACTS", _("What was seen or heard")
        BECAUSE = "BECAUSE", _("Why it was not reported")
        CONSULTED = "CONSULTED", _("Who was consulted")
        WISHES = "WISHES", _("What the person wishes")
        SUPPORT = "SUPPORT", _("What was offered to support them")
        SINCE = "SINCE", _("What happened since")
        TELLING = "TELLING", _("What was said when the person was told")
        LEARNT = "LEARNT", _("What was learnt")

    IN_READERS_CHAIN: ClassVar[bool] = True
    access = Disclosed(
        ("WRITING", "LOOKING"),
        column="disclosure_id",
        adds=(
            If(("WRITING",), f"about <> 'LEARNT' and {MINE}"),
            If(("LOOKING",), f"about = 'LEARNT' and {MINE}"),
        ),
        dated="written_at",
    )

    about = models.CharField(max_length=12, choices=About)

    def __str__(self) -> str:
        return f"{self.about} {self.id}"


class Telling(ToldHer):
    """Whether the person was told of it; its author alone tells them, for nobody else knows."""

    access = Disclosed(
        ("WRITING", "LOOKING"),
        column="disclosure_id",
        adds=(If(("WRITING",), "told_by = (select access.actor())"),),
        dated="told_at",
    )


class Duty(models.Model):
    """What the law asks of somebody where they work: said by themself, or by a manager there.

    Until then, what was said of them when they were invited (`User.report_duty`): never guessed.
    About nobody's file; the newest stands, those before stay written.
    """

    access = OfOrganisation(
        adds=f"{SAID_BY_ME} and user_id = (select access.actor())",
        also={"insert": tuple(MANAGERS)},
        also_if={
            "insert": f"{SAID_BY_ME} and organisation_id = (select access.organisation()) "
            "and user_id = any((select access.colleagues())::uuid[])"
        },
        dated="said_at",
    )

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    user_id = models.UUIDField()
    category = models.CharField(max_length=16, choices=User.ReportDuty)
    said_by = models.UUIDField()
    said_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user_id", "-said_at"], name="worrying_duty_of")]

    def __str__(self) -> str:
        return self.category
