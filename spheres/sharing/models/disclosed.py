"""What was told of her to somebody who does not read her file, and what became of it?

A disclosure is frozen the moment it is prepared: no row of it ever changes, and what becomes of it
is another row. It is the only way to the police and to outsiders (design §10.3).
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spheres.core.actor import NOTEBOOK
from spheres.core.words import Disclosed, FileSection, If
from spheres.sharing.models.said_by_her import A_YEAR, Consent, Form
from spheres.sharing.rules import (
    ACCOMPANYING,
    IDENTITY,
    OFFICERS,
    REVIEWERS,
    TOLD,
    TOLD_IN_SECRECY,
    WALLED_OFF_ROLE,
)
from spheres.vault.models import Kind as Class

# Told because she said yes, or asked and refused: what her notebook holds of her register.
BY_HER_YES: Final = "ground in ('CONSENT', '') and purpose <> 'ORDER'"
MINE: Final = "done_by = (select access.actor())"
OF_THERAPY: Final = f"'{TOLD_IN_SECRECY}' = any(sections)"
# What a psychotherapist writes to be told, and what goes with it. That somebody comes is said to
# whoever accompanies or defends them: to no authority, to nobody who could hold them to it.
LETTER, COMING = "LETTER", "COMING"
WITH_LETTER: Final = ("NAME", "AGE", "LANGUAGE", LETTER, COMING)
MAY_HEAR_OF_COMING: Final = ("WORKER", "HEALTH", "COUNSEL")


class Disclosure(models.Model):
    """Something of hers that is told, once, to one recipient; or that was asked, and refused.

    Whoever walks with her prepares it; another person decides. Its words stand beside it, locked.
    """

    class Ground(models.TextChoices):
        """By what right (law.md §3.2-§3.7): there is no other."""

        CONSENT = "CONSENT", _("The person says yes to this")
        DANGER = "DANGER", _("Serious danger of death or injury")
        YOUTH_PROTECTION = "YOUTH_PROTECTION", _("Report to youth protection")
        REQUIRED = "REQUIRED", _("Youth protection requires it, for a report it accepted")
        ORDER = "ORDER", _("Court order, warrant or subpoena")

    class Purpose(models.TextChoices):
        MEETING = "MEETING", _("A committee meeting, that day only")
        SURVIVOR = "SURVIVOR", _("To meet someone who has lived through it")
        SERVICE = "SERVICE", _("So that a service receives or helps them")
        TRANSFER = "TRANSFER", _("To go on with another programme")
        COMPLAINT = "COMPLAINT", _("A statement or a complaint they choose to make")
        SAFETY = "SAFETY", _("To protect somebody from a danger")
        PROTECTION = "PROTECTION", _("So that youth protection can act")
        ORDER = "ORDER", _("To answer what the law requires")
        ATTENDANCE = "ATTENDANCE", _("To attest that they come, for an authority")
        OTHER = "OTHER", _("Something else that was asked")

    class Capacity(models.TextChoices):
        """As what somebody receives it."""

        MEMBER = "MEMBER", _("Member of the committee, for this meeting")
        SURVIVORS = "SURVIVORS", _("The survivor programme")
        WORKER = "WORKER", _("Worker of a partner")
        YOUTH_PROTECTION = "YOUTH_PROTECTION", _("Youth protection")
        POLICE = "POLICE", _("Police")
        COURT = "COURT", _("Court, prosecutor or coroner")
        HEALTH = "HEALTH", _("Health or social services")
        SCHOOL = "SCHOOL", _("School or employer")
        HOUSING = "HOUSING", _("Shelter or housing")
        COUNSEL = "COUNSEL", _("Lawyer or legal aid")
        RELATIVE = "RELATIVE", _("Relative, or person exposed to the danger")
        OTHER = "OTHER", _("Somebody else")

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.REGISTER, "file_id")
    access = FileSection(
        "legal",
        by="prepared_by",
        adds=f"organisation_id = (select access.organisation()) and not {OF_THERAPY}",
        # That there is a report is known by its author and by those who supervise, not by whoever
        # reads the file (P-34.1, s. 44). Nor does her notebook hold what was told without her yes,
        # whoever holds the telephone: her worker, who knows what may harm, reads it with her.
        opens=f"case when (select access.purpose()) = '{NOTEBOOK}' then {BY_HER_YES} "
        "else ground <> 'YOUTH_PROTECTION' end",
        # Whoever decides, and whoever it is told to, know of it without reading her file; whoever
        # only answers for a colleague writes down the call of that night, or the report, and knows
        # of it too.
        also={
            "select": tuple(sorted({*ACCOMPANYING, *REVIEWERS, WALLED_OFF_ROLE})),
            "insert": tuple(sorted({*ACCOMPANYING, *OFFICERS})),
        },
        also_if={
            "select": "id = any((select access.disclosed("
            "'{READING,LOOKING,RECEIVED,WRITING,WEIGHING}'))::uuid[])",
            # What a psychotherapist tells under her own secrecy. What the law requires, by whoever
            # sits at that legal demand: opened to no account.
            "insert": "prepared_by = (select access.actor()) "
            "and organisation_id = (select access.organisation()) "
            f"and case when {OF_THERAPY} "
            "then file_id = any((select access.appendable_therapy_files())::uuid[]) "
            "when to_organisation_id is not null then false "
            "when ground in ('DANGER', 'YOUTH_PROTECTION') then made_at is not null "
            "and file_id = any((select access.appendable_notes_files())::uuid[]) "
            "else purpose = 'ORDER' and ground in ('ORDER', 'REQUIRED', '') "
            "and file_id = any((select access.readable_legal_files())::uuid[]) "
            "and cardinality((select access.seated_at('DEMAND'))::uuid[]) > 0 end",
        },
        dated="prepared_at",
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    organisation_id = models.UUIDField()  # where it was prepared
    ground = models.CharField(max_length=16, choices=Ground, blank=True)
    purpose = models.CharField(max_length=12, choices=Purpose)
    capacity = models.CharField(max_length=16, choices=Capacity)
    # An account of a partner, or all of one programme there; neither: somebody outside.
    to_organisation_id = models.UUIDField(null=True)
    to_user_id = models.UUIDField(null=True)
    meeting_on = models.DateField(null=True)
    items = ArrayField(models.CharField(max_length=12))
    sections = ArrayField(models.CharField(max_length=12))
    giver = models.CharField(max_length=12, choices=Consent.Giver, blank=True)
    form = models.CharField(max_length=12, choices=Form, blank=True)
    # Told by voice before it was written: in a danger one calls first.
    made_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    is_refused = models.BooleanField(default=False)  # it was asked; nothing was told
    prepared_by = models.UUIDField()
    prepared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_refused=True, items=[], sections=[], ends_at=None, ground="")
                | Q(is_refused=False, items__len__gt=0, sections__len__gt=0, ground__gt=""),
                name="sharing_disclosure_tells_or_refuses",
            ),
            # Nothing attests to an authority that she comes: the programme is voluntary.
            models.CheckConstraint(
                condition=~Q(purpose__in=("ATTENDANCE", "OTHER")) | Q(is_refused=True),
                name="sharing_disclosure_never_attests",
            ),
            models.CheckConstraint(
                condition=Q(sections__contained_by=[*TOLD, TOLD_IN_SECRECY]),
                name="sharing_disclosure_only_what_may_be_told",
            ),
            # A psychotherapist tells what she writes for that, and nothing of another's; to the
            # police, only when the law requires it.
            models.CheckConstraint(
                condition=Q(
                    sections__contains=[IDENTITY, TOLD_IN_SECRECY],  # a letter is of somebody
                    items__overlap=[LETTER, COMING],
                    items__contained_by=list(WITH_LETTER),
                    purpose__in=("SERVICE", "PROTECTION", "ORDER"),
                    ground__in=("CONSENT", "REQUIRED", "ORDER"),
                )
                & (~Q(capacity="POLICE") | Q(ground="ORDER"))
                | ~Q(sections__contains=[TOLD_IN_SECRECY]) & ~Q(items__overlap=[LETTER, COMING]),
                name="sharing_disclosure_in_secrecy_is_a_letter",
            ),
            models.CheckConstraint(
                condition=~Q(items__contains=[COMING])
                | Q(ground="CONSENT", capacity__in=MAY_HEAR_OF_COMING),
                name="sharing_disclosure_coming_to_no_authority",
            ),
            models.CheckConstraint(
                condition=Q(purpose="MEETING", meeting_on__isnull=False)
                | Q(~Q(purpose="MEETING"), meeting_on__isnull=True),
                name="sharing_disclosure_of_one_meeting",
            ),
            models.CheckConstraint(
                condition=~Q(purpose="SURVIVOR")
                | Q(
                    ground="CONSENT",
                    items__contained_by=["NAME", "LANGUAGE", "CONTACT", "DATES"],
                    to_organisation_id__isnull=False,
                ),
                name="sharing_disclosure_to_survivors_is_short",
            ),
            # What they take along to another programme goes there by their yes, and to nobody here.
            models.CheckConstraint(
                condition=~Q(purpose="TRANSFER") | Q(ground="CONSENT", to_organisation_id=None),
                name="sharing_disclosure_transfer_is_theirs",
            ),
            models.CheckConstraint(
                condition=Q(ground="CONSENT", giver__gt="", form__gt="")
                | Q(~Q(ground="CONSENT"), giver="", form=""),
                name="sharing_disclosure_agreed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(made_at=None) | Q(ground__in=("DANGER", "YOUTH_PROTECTION")),
                name="sharing_disclosure_told_before_in_danger_only",
            ),
            models.CheckConstraint(
                condition=Q(is_refused=True)
                | Q(ends_at__gt=F("prepared_at"), ends_at__lte=F("prepared_at") + A_YEAR),
                name="sharing_disclosure_ends_within_a_year",
            ),
            models.CheckConstraint(
                condition=Q(to_user_id=None) | Q(to_organisation_id__isnull=False),
                name="sharing_disclosure_to_somebody_somewhere",
            ),
        ]
        indexes = [
            models.Index(fields=["file_id"], name="sharing_disclosure_file"),
            models.Index(fields=["to_organisation_id", "ends_at"], name="sharing_disclosure_to"),
            models.Index(fields=["organisation_id"], name="sharing_disclosure_from"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def said_of(self) -> list[str]:
        """As the journal names what was told: who tells a thing of a psychotherapy writes it in
        her own chain; that it was told, and read, is the person's to know."""
        return [section for section in self.sections if section != TOLD_IN_SECRECY]


class DisclosureStep(models.Model):
    """What became of a disclosure: decided by another person, handed over, received, taken back.

    Decided once; taken back, it is over at the next statement, whatever came before or comes after.
    """

    class Kind(models.TextChoices):
        APPROVED = "APPROVED", _("Approved")
        REFUSED = "REFUSED", _("Not approved")
        HANDED = "HANDED", _("Handed over")
        RECEIVED = "RECEIVED", _("Received")
        WITHDRAWN = "WITHDRAWN", _("Taken back")

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.REGISTER, "file_id")
    access = Disclosed(
        ("READING", "KNOWING", "LOOKING", "RECEIVED", "WRITING", "WEIGHING", "HERS"),
        adds=(
            If(("DECIDING",), f"kind in ('APPROVED', 'REFUSED') and {MINE}"),
            If(("HANDING",), f"kind = 'HANDED' and {MINE}"),
            If(("RECEIVING",), f"kind = 'RECEIVED' and {MINE}"),
            If(("BESIDE",), f"kind = 'WITHDRAWN' and {MINE}"),
        ),
        dated="done_at",
    )

    id = models.UUIDField(primary_key=True)
    disclosure_id = models.UUIDField()
    file_id = models.UUIDField()
    kind = models.CharField(max_length=12, choices=Kind)
    done_by = models.UUIDField()
    done_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Two who decide at the same instant: the first one did.
            models.UniqueConstraint(
                fields=["disclosure_id"],
                condition=Q(kind__in=("APPROVED", "REFUSED")),
                name="sharing_disclosurestep_decided_once",
            ),
            models.UniqueConstraint(
                fields=["disclosure_id", "kind"],
                condition=Q(kind__in=("HANDED", "WITHDRAWN")),
                name="sharing_disclosurestep_done_once",
            ),
            models.UniqueConstraint(
                fields=["disclosure_id", "done_by"],
                condition=Q(kind="RECEIVED"),
                name="sharing_disclosurestep_received_once",
            ),
        ]
        indexes = [models.Index(fields=["file_id"], name="sharing_disclosurestep_file")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
