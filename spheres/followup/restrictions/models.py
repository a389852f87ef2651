"""What is kept beside a restriction (its notice, its lifting), and of what she refuses?

The restriction itself, which closes the file, is a row that the rule table reads
(`sharing.Restriction`). Here is what was said when it was written.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spheres.core.actor import PARTICIPANT
from spheres.core.words import FileSection
from spheres.participants.models import NOW_ENDED, Kept
from spheres.sharing.models import Consent
from spheres.sharing.rules import FACES, HEALTH, LEGAL, NOTES, PLAN, SAFETY, STEPS, SUMMARY
from spheres.sharing.rules import WHEREABOUTS as WHERE
from spheres.vault.models import Kind as Class
from spheres.vault.models import LockedText

# What may be closed without the rest. Her name and how to reach her go with the whole file: whoever
# still walks with her must know how not to put her in danger.
PARTS: Final = (SUMMARY, PLAN, SAFETY, STEPS, NOTES, WHERE, HEALTH, LEGAL)
# What she says of somebody is written there: closed to them whatever else is.
ALWAYS: Final = LEGAL
ALL: Final = tuple(FACES)


# Of her own file, now, by herself, and research alone.
BY_HERSELF: Final = (
    "written_by = (select access.actor()) and written_at = (select access.moment()) "
    "and file_id = any((select access.readable_contact_files())::uuid[]) "
    "and kind = 'RESEARCH' and decider = 'HERSELF' and ended_at is null"
)
# Who decides: she does, from the region's age; under it, whoever signs for her.
SaidBy = Consent.Giver


class Notice(Kept):
    """The notice of a restriction, or of what she refuses at once: in her words, who explained its
    effects, who signs.

    It bears the identifier of its restriction, or of the act by which she refused (R-22.1, ss. 7
    and 8; R-22.1, r. 1, ss. 3 and 5).
    """

    KIND = Class.REGISTER
    access = FileSection(LEGAL, by="written_by", dated="written_at")

    explained_by = models.UUIDField()
    explained_on = models.DateField()
    decider = models.CharField(max_length=12, choices=SaidBy)
    # The colleague who goes on with her, when whoever walked with her was barred.
    goes_on_with = models.UUIDField(null=True)
    her_words = LockedText()
    signer = LockedText()
    contact = LockedText()

    def __str__(self) -> str:
        return str(self.id)


class Lifting(Kept):
    """She lifted a restriction: who said so. It bears the identifier of its restriction."""

    KIND = Class.REGISTER
    access = FileSection(LEGAL, by="written_by", dated="written_at")

    decider = models.CharField(max_length=12, choices=SaidBy)
    her_words = LockedText()

    def __str__(self) -> str:
        return str(self.id)


class Refusal(models.Model):
    """She refuses that some relatives, or some research, learn anything of her (R-22.1, s. 8).

    By category and by theme: a third party is never named. It stands in the section that whoever
    answers for her worker reads too, so that nobody speaks by mistake. Taken back when she says so.
    From her notebook she refuses research alone, at once: it closes a door, and opens none.
    """

    class Kind(models.TextChoices):
        RELATIVES = "RELATIVES", _("Relatives")
        RESEARCH = "RESEARCH", _("Research")

    class Relatives(models.TextChoices):
        PARENTS = "PARENTS", _("Their parents")
        TUTOR = "TUTOR", _("Their tutor")
        SIBLINGS = "SIBLINGS", _("Their brothers and sisters")
        PARTNER = "PARTNER", _("Their partner, present or past")
        OTHER_FAMILY = "OTHER_FAMILY", _("The rest of their family")

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.REGISTER, "file_id")
    ENDS_ONCE: ClassVar[str] = "ended_at"
    access = FileSection(
        SUMMARY,
        by="written_by",
        adds="ended_at is null",
        amend=True,
        changes=("ended_at", "ended_by"),
        becomes=NOW_ENDED,
        also={"insert": (PARTICIPANT,)},
        also_if={"insert": BY_HERSELF},
        dated="written_at",
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    kind = models.CharField(max_length=12, choices=Kind)
    # A category of relatives, or a code of the region's vocabulary `research_themes`.
    code = models.CharField(max_length=24)
    decider = models.CharField(max_length=12, choices=SaidBy)
    # The act by which it was refused, and its notice; none when she refused it by herself.
    notice_id = models.UUIDField(null=True)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__gte=F("written_at"), ended_by__isnull=False),
                name="restrictions_refusal_ended_by_somebody",
            ),
            # Said twice, it stands once.
            models.UniqueConstraint(
                fields=["file_id", "kind", "code"],
                condition=Q(ended_at__isnull=True),
                name="restrictions_refusal_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
