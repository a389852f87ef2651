"""What is kept of supervision? A slot, with whom; then, for those two alone, what they write; and,
until shortly after, a copy of the notes that one of them brings."""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import Own, Roles, either
from spheres.sharing.models.staying import EXPIRY
from spheres.vault.models import Kind, Lockable, LockedText

# The coordination when it is needed, whoever leads a team, a consultant from outside.
OFFERING: Final = (Role.COORDINATOR.value, Role.TEAM_LEAD.value, Role.CONSULTANT.value)
ASKING: Final = (
    Role.YOUTH_WORKER.value, Role.PROFESSIONAL_SUPPORT.value, Role.PSYCHOTHERAPIST.value,
    Role.TEAM_LEAD.value,
)  # fmt: skip
# Whoever accompanies people brings notes of one of them; a psychotherapist's never leave her.
BRINGING: Final = (Role.YOUTH_WORKER.value, Role.PROFESSIONAL_SUPPORT.value)
CONCERNED: Final = tuple(sorted({*OFFERING, *ASKING}))
ME, NOW = "(select access.actor())", "(select access.moment())"
HERE, MY_STAYS = "(select access.organisation())", "(select access.my_stays())::uuid[]"
TWO_YEARS_AGO: Final = f"{NOW} - interval '24 months'"


# Each of the two, as long as her time in that organisation goes on: whoever has left, or comes back
# later, is neither any more.
OFFERED_BY_ME: Final = f"(offered_by = {ME} and offered_stay_id = any({MY_STAYS}))"
I_SUPERVISE: Final = f"(supervisor_id = {ME} and offered_stay_id = any({MY_STAYS}))"
ASKED_BY_ME: Final = f"(asked_by = {ME} and asked_stay_id = any({MY_STAYS}))"
IS_EXPIRY: Final = f"(select access.holds('{{{EXPIRY}}}'))"
FREE: Final = (
    f"(asked_at is null and ended_at is null and starts_at > {NOW} "
    f"and {either('for_all', f'organisation_id = {HERE}')} "
    f"and (select access.holds('{{{','.join(ASKING)}}}')))"
)
OF_THE_TWO: Final = either(OFFERED_BY_ME, ASKED_BY_ME)


class Slot(models.Model):
    """A moment that somebody offers, then of whom, and what became of it: no word of what is said.

    While it is free, those who may ask for it see it; once it is asked for, the two alone. It is
    accepted, moved, held or cancelled; what is over changes no more.
    """

    class Way(models.TextChoices):
        TOGETHER = "TOGETHER", _("Face to face")
        CALL = "CALL", _("By phone")
        VIDEO = "VIDEO", _("By video")

    class Outcome(models.TextChoices):
        HELD = "HELD", _("It took place")
        CANCELLED = "CANCELLED", _("It did not take place")

    ENDS_ONCE: ClassVar[str] = "ended_at"
    access = Roles(
        also={
            "select": (*CONCERNED, EXPIRY),
            "insert": OFFERING,
            "update": CONCERNED,
            "delete": (EXPIRY,),
        },
        also_if={
            "select": either(OFFERED_BY_ME, ASKED_BY_ME, FREE, IS_EXPIRY),
            "insert": f"{OFFERED_BY_ME} and organisation_id = {HERE} and starts_at > {NOW} "
            "and asked_at is null and accepted_at is null and ended_at is null",
            "update": either(OFFERED_BY_ME, ASKED_BY_ME, FREE),
            "delete": either("asked_at is null", f"starts_at <= {TWO_YEARS_AGO}"),
        },
        also_becomes=OF_THE_TWO,
        dated="offered_at",
        changes=(
            "starts_at", "moved_at", "asked_by", "asked_stay_id", "asked_at", "accepted_at",
            "outcome", "ended_by", "ended_at",
        ),
    )  # fmt: skip

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()  # where whoever offers it works
    offered_by = models.UUIDField()
    offered_stay_id = models.UUIDField()
    offered_at = models.DateTimeField()
    for_all = models.BooleanField()  # those of other partners too
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=8, choices=Way)
    moved_at = models.DateTimeField(null=True)
    asked_by = models.UUIDField(null=True)
    asked_stay_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_by=None, asked_stay_id=None, asked_at=None, accepted_at=None)
                | Q(asked_by__isnull=False, asked_stay_id__isnull=False, asked_at__isnull=False),
                name="supervision_asked_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(asked_by=None) | ~Q(asked_by=F("offered_by")),
                name="supervision_of_two_people",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", ended_by=None, ended_at=None)
                | Q(outcome="CANCELLED", ended_by__isnull=False, ended_at__isnull=False)
                | Q(
                    outcome="HELD", ended_by__isnull=False, ended_at__isnull=False,
                    accepted_at__isnull=False,
                ),
                name="supervision_ended_by_whom",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["starts_at"], name="supervision_slot_starts")]

    def __str__(self) -> str:
        return str(self.id)


class Supervision(Lockable):
    """What somebody asks a slot for: read by the two, and by nobody else whatever their role.

    It bears the slot's identifier, and has a key of its own. Whoever leaves reads it no more; when
    both have left, and no legal hold keeps what either wrote, it is destroyed with what they wrote
    there together.
    """

    KIND: ClassVar[Kind] = Kind.COMMITTEE
    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.COMMITTEE, "id")
    ABOUT_NOBODY: ClassVar[bool] = True
    access = Roles(
        also={"select": (*CONCERNED, EXPIRY), "insert": ASKING},
        also_if={
            "select": either(I_SUPERVISE, ASKED_BY_ME, IS_EXPIRY),
            # The slot that one has taken in this very moment, of whoever offered it.
            "insert": f"{ASKED_BY_ME} "  # noqa: S608 -- ours
            "and (id::text || supervisor_id::text || offered_stay_id::text) = any(array("
            "select s.id::text || s.offered_by::text || s.offered_stay_id::text "
            f"from supervision_slot s where s.asked_by = {ME} and s.asked_at = {NOW}))",
        },
        dated="asked_at",
    )

    id = models.UUIDField(primary_key=True)  # that of the slot
    supervisor_id = models.UUIDField()
    offered_stay_id = models.UUIDField()
    asked_by = models.UUIDField()
    asked_stay_id = models.UUIDField()
    asked_at = models.DateTimeField()
    theme = LockedText()
    words = LockedText()
    pseudonym = LockedText()

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        return self.id


class Entry(Lockable):
    """A paragraph of the note that the two keep together. It never changes: one writes below it."""

    KIND: ClassVar[Kind] = Kind.COMMITTEE
    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.COMMITTEE, "supervision_id")
    ABOUT_NOBODY: ClassVar[bool] = True
    OF_MINE: ClassVar[str] = (
        "supervision_id = any(array(select v.id from supervision_supervision v))"
    )
    access = Roles(
        also={"select": CONCERNED, "insert": CONCERNED},
        also_if={"select": OF_MINE, "insert": f"{OF_MINE} and written_by = {ME}"},
        dated="written_at",
    )

    id = models.UUIDField(primary_key=True)
    supervision = models.ForeignKey(Supervision, models.PROTECT, related_name="+")
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    text = LockedText()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["supervision"], name="supervision_entry_of")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        return self.supervision_id


# For the very meeting of which it was said: moved or cancelled, its supervisor reads it no more.
FOR_THIS_MEETING: Final = (
    "(slot_id, for_at) in (select s.id, s.starts_at from supervision_slot s "  # noqa: S608 -- ours
    f"where s.offered_by = {ME} and s.outcome <> 'CANCELLED')"
)
BROUGHT_BY_ME: Final = (
    f"(brought_by = {ME} and file_id = any((select access.readable_notes_files())::uuid[]))"
)
BROUGHT_AND_OVER: Final = either(
    f"goes_at <= {NOW}",
    "slot_id in (select s.id from supervision_slot s where s.outcome = 'CANCELLED')",
)
GOES: Final = f"({IS_EXPIRY} and {BROUGHT_AND_OVER})"
# Of what was brought in this very moment, to whoever offered the slot that one asked for, here.
AS_BROUGHT: Final = (
    "(supervised_id, file_id, user_id, goes_at) in ("  # noqa: S608 -- ours
    "select g.id, g.file_id, g.user_id, g.ends_at from sharing_supervised g "
    f"where g.withdrawn_at is null and g.brought_at = {NOW}) "
    "and (slot_id, user_id, for_at, goes_at) in ("
    "select s.id, s.offered_by, s.starts_at, "
    "s.starts_at + make_interval(mins => s.minutes) + interval '2 hours' "
    f"from supervision_slot s where s.asked_by = {ME} and s.accepted_at is not null "
    f"and s.ended_at is null and s.organisation_id = {HERE})"
)


class Brought(Lockable):
    """One note of a file, as it was signed, copied for one supervisor and one meeting.

    It opens nothing of the file. The supervisor reads it as `sharing.Supervised` says; whoever
    brought it, as long as she reads the notes of that file. It goes the night after.
    """

    KIND: ClassVar[Kind] = Kind.FOLLOW_UP
    IN_HER_CHAIN: ClassVar[bool] = True
    access = Own(
        append=False,
        opens="supervised_id = any((select access.supervised_now())::uuid[]) "
        f"and {FOR_THIS_MEETING}",
        also={
            "select": (*BRINGING, EXPIRY),
            "insert": BRINGING,
            "delete": (*BRINGING, EXPIRY),
        },
        also_if={
            "select": either(BROUGHT_BY_ME, GOES),
            "insert": f"{BROUGHT_BY_ME} and {AS_BROUGHT}",
            "delete": either(f"brought_by = {ME}", GOES),
        },
        dated="brought_at",
    )

    id = models.UUIDField(primary_key=True)
    supervised_id = models.UUIDField()
    slot_id = models.UUIDField()
    for_at = models.DateTimeField()  # when the meeting was to begin
    file_id = models.UUIDField()
    user_id = models.UUIDField()  # who reads it
    kind = models.CharField(max_length=16)
    occurred_at = models.DateTimeField()
    written_by = models.UUIDField()
    text = LockedText()
    brought_by = models.UUIDField()
    brought_at = models.DateTimeField()
    goes_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "brought"
        indexes = [
            models.Index(fields=["slot_id"], name="supervision_brought_to"),
            models.Index(fields=["file_id"], name="supervision_brought_file"),
        ]

    def __str__(self) -> str:
        return str(self.id)
