"""What is kept of a danger: what was told and why, what was added since, whether she was told?

That somebody outside was told, by what right, when and by whom is a row of the rule table
(`sharing.Disclosure`, on the ground of danger), which is what makes it a line of her register; here
are its words. They stay between their author and those who supervise (design §10.12).
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.accounts.policy import MANAGERS
from spheres.core.words import Disclosed, If, OfOrganisation
from spheres.participants.models import Kept
from spheres.records.models import AddedTo, ToldHer
from spheres.vault.models import LockedText

MINE: Final = "written_by = (select access.actor())"
DIRECTING: Final = tuple(sorted({*MANAGERS, Role.COORDINATOR}))
HOLDS: Final = f"(select access.holds('{{{','.join(DIRECTING)}}}'))"


class Danger(Kept):
    """The seven things to write (M-9, r. 17, s. 21), and who was consulted. Only three are asked.

    When is the moment of its disclosure. It is never edited: what comes later is added, dated.
    """

    class Called(models.TextChoices):
        """In which quality whoever was told received it.

        Youth protection is none of them: a report is written in `followup/worrying`, where whoever
        reports is named nowhere (P-34.1, s. 44).
        """

        EMERGENCY = "EMERGENCY", _("911: police, ambulance, fire")
        CRISIS = "CRISIS", _("Crisis or suicide line, Info-Social 811")
        HEALTH = "HEALTH", _("Hospital, clinic")
        EXPOSED = "EXPOSED", _("The person exposed, or whoever represents them")
        ABLE_TO_HELP = "ABLE_TO_HELP", _("Somebody else who could help")

    class Imminence(models.TextChoices):
        NOW = "NOW", _("Now, or within the hour")
        TODAY = "TODAY", _("Today or tonight")
        DAYS = "DAYS", _("In the coming days")
        UNKNOWN = "UNKNOWN", _("Not known")

    access = Disclosed(
        ("WRITING", "LOOKING"), column="id", adds=(If(("WRITING",), MINE),), dated="written_at"
    )

    called = models.CharField(max_length=16, choices=Called)
    imminence = models.CharField(max_length=8, choices=Imminence, blank=True)
    recipient = LockedText()
    said = LockedText()
    exposed = LockedText()
    act = LockedText()
    danger = LockedText()
    urgency = LockedText()
    consulted = LockedText()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(called="YOUTH_PROTECTION"), name="danger_is_no_report"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Addition(AddedTo):
    """What was added later, on one point: dated, in its author's name, and never an edit."""

    class About(models.TextChoices):
        EXPOSED = "EXPOSED", _("Who was exposed")
        ACT = "ACT", _("The act to be prevented")
        DANGER = "DANGER", _("The danger")
        URGENCY = "URGENCY", _("What made it urgent")
        SAID = "SAID", _("What was said in the call")
        CONSULTED = "CONSULTED", _("Who was consulted")
        SINCE = "SINCE", _("What happened since")
        TELLING = "TELLING", _("What was said when the person was told")
        LEARNT = "LEARNT", _("What was learnt")

    access = Disclosed(
        ("WRITING", "LOOKING"),
        column="disclosure_id",
        adds=(
            If(("WRITING",), f"about <> 'LEARNT' and {MINE}"),
            If(("BESIDE",), f"about = 'TELLING' and {MINE}"),
            If(("LOOKING",), f"about = 'LEARNT' and {MINE}"),
        ),
        dated="written_at",
    )

    about = models.CharField(max_length=12, choices=About)

    def __str__(self) -> str:
        return f"{self.about} {self.id}"


class Telling(ToldHer):
    """Whether the person was told of it; any of their workers tells them (`records/spoken.py`)."""

    access = Disclosed(
        ("WRITING", "KNOWING", "LOOKING"),
        column="disclosure_id",
        adds=(If(("WRITING", "BESIDE"), "told_by = (select access.actor())"),),
        dated="told_at",
    )


class Directive(models.Model):
    """What an organisation says of its own: who answers day and night, and what it asks to do.

    About nobody; read by those who work there; the newest stands, those before stay written.
    """

    access = OfOrganisation(adds=f"said_by = (select access.actor()) and {HOLDS}", dated="said_at")

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    on_call = models.CharField(max_length=24, blank=True)
    fr = models.TextField(blank=True)
    en = models.TextField(blank=True)
    said_by = models.UUIDField()
    said_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "-said_at"], name="danger_directive_of")]

    def __str__(self) -> str:
        return str(self.id)
