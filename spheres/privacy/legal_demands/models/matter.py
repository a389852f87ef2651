"""About which file is a demand answered, and where does the answer stand?"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.states import StatusRow
from spheres.core.words import FileSection
from spheres.participants.models import HERE, WRITTEN_NOW, File
from spheres.privacy.legal_demands.models.arrived import OFFICERS, Asker, Demand, Kind
from spheres.sharing.models.held import KeepsHeld
from spheres.sharing.rules import LEGAL, SITTERS
from spheres.vault.models import Kind as Class

SEATED: Final = tuple(sorted(SITTERS))
_SITS: Final = "{matter} = any((select access.seated_at('DEMAND'))::uuid[])"
HOLDS_OFFICE: Final = f"(select access.holds('{{{Role.PRIVACY_OFFICER}}}'))"


def sits(column: str = "matter_id") -> str:
    """Whoever acts sits at this matter now, on the pages made for it, in SQL."""
    return (
        f"{_SITS.format(matter=column)} "
        "and file_id = any((select access.readable_legal_files())::uuid[])"
    )


def by_sitter(column: str = "matter_id") -> str:
    """The same, who writes it now, in their own name."""
    return f"{WRITTEN_NOW} and {sits(column)}"


class Matter(models.Model):
    """One demand, as it concerns one file: said by whoever walks with the person, who alone knows.

    What it says is beside it, locked. Those who walk with her read it, and whoever is in charge of
    privacy knows that it is there, without a name.
    """

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.REGISTER, "file_id")
    access = FileSection(
        LEGAL,
        by="linked_by",
        held_by="organisation_id",
        also={"select": OFFICERS},
        also_if={"select": HERE},
        dated="linked_at",
    )

    id = models.UUIDField(primary_key=True)
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    organisation_id = models.UUIDField()
    demand = models.ForeignKey(Demand, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    asker = models.CharField(max_length=12, choices=Asker)
    received_on = models.DateField()
    due_on = models.DateField(null=True)
    is_on_paper = models.BooleanField(default=False)
    linked_by = models.UUIDField()
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["demand", "file"], name="legal_demands_of_a_file_once"),
        ]
        indexes = [models.Index(fields=["file"], name="legal_demands_of_file")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


def _is(table: str, more: str) -> str:
    return (
        f"exists (select from legal_demands_{table} x "
        "where x.matter_id = legal_demands_matterstatus.matter_id "
        f"and x.file_id = legal_demands_matterstatus.file_id {more})"
    )


def _is_said(verdict: str) -> str:
    return _is(
        "production",
        "and exists (select from legal_demands_verdict v "
        f"where v.production_id = x.id and v.file_id = x.file_id and v.outcome = '{verdict}')",
    )


def newest(kind: str) -> str:
    """What the newest step of this kind says, in SQL; null when there is none."""
    return (
        "(select s.code from legal_demands_step s "  # noqa: S608 -- ours
        "where s.matter_id = m.id and s.file_id = m.file_id "
        f"and s.kind = '{kind}' order by s.written_at desc, s.id limit 1)"
    )


def as_the_law_asks(table: str, join: str = "join") -> str:
    """What must be written before anything is produced, released or handed over, of the matter of a
    row of this table (law.md §3.2, §3.7), in SQL. Who demands what is read in the demand as it
    arrived, never in what was said of it since; but by whoever does not read that (a left join)."""
    return f"""exists (
  select from legal_demands_matter m {join} legal_demands_demand d on d.id = m.demand_id
  where m.id = {table}.matter_id and m.file_id = {table}.file_id
    and {newest("IDENTITY")} = 'SEEN' and {newest("LAW")} = 'COMPELS'
    and {newest("SCOPE")} is not null and {newest("SECRECY")} in ('NONE', 'LIFTED')
    and exists (select from legal_demands_informing i
      where i.matter_id = m.id and i.file_id = m.file_id)
    and case when coalesce(d.kind, m.kind) = 'PROTECTION' then {newest("REPORT")} = 'ACCEPTED'
      else true end
    and case
      when coalesce(d.asker, m.asker) = 'DEFENCE'
        then {newest("ACCUSED")} in ('UNLISTED', 'DECIDED')
      when coalesce(d.kind, m.kind) = 'SUBPOENA'
        then {newest("ACCUSED")} in ('NO_ACCUSED', 'UNLISTED', 'DECIDED')
      else coalesce({newest("ACCUSED")}, '') <> 'UNDECIDED' end)"""  # noqa: S608 -- ours


# The other one that it is, about the same person, is not over.
_GOES_ON: Final = """exists (
  select from legal_demands_matter o
  where o.id = legal_demands_matterstatus.same_id
    and o.file_id = legal_demands_matterstatus.file_id
    and o.id <> legal_demands_matterstatus.matter_id
    and not exists (
      select from legal_demands_step s
      where s.matter_id = o.id and s.file_id = o.file_id and s.kind = 'CLOSED'))"""


class MatterStatus(StatusRow):
    """Where it stands. It moves when what moves it is written, and not before."""

    class Status(models.TextChoices):
        FROZEN = "FROZEN", _("Nothing is destroyed; it is being weighed")
        PREPARED = "PREPARED", _("A production waits for a second person")
        RELEASED = "RELEASED", _("Released by a second person, to be handed over")
        DELIVERED = "DELIVERED", _("Handed over")
        OBJECTED = "OBJECTED", _("An objection was made")
        LAPSED = "LAPSED", _("Taken back by who demanded it")
        CLOSED = "CLOSED", _("Over")

    MOVES = {
        # Closed at once when it is another one again.
        Status.FROZEN: {Status.PREPARED, Status.OBJECTED, Status.LAPSED, Status.CLOSED},
        # Sent back by the second person, it is weighed again.
        Status.PREPARED: {Status.FROZEN, Status.RELEASED, Status.OBJECTED, Status.LAPSED},
        Status.RELEASED: {Status.DELIVERED, Status.OBJECTED, Status.LAPSED},
        # A judge who hears the objection may order something; or it ends there.
        Status.OBJECTED: {Status.PREPARED, Status.LAPSED, Status.CLOSED},
        Status.DELIVERED: {Status.CLOSED},
        Status.LAPSED: {Status.CLOSED},
        Status.CLOSED: set(),
    }
    OPEN = (
        Status.FROZEN, Status.PREPARED, Status.RELEASED, Status.OBJECTED, Status.DELIVERED,
        Status.LAPSED,
    )  # fmt: skip
    WEIGHED = (Status.FROZEN, Status.OBJECTED)

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.REGISTER, "file_id")
    # Its hold bears its number: as long as it is not over, nobody ends it; nor, of one that is
    # another again, as long as that other is not.
    keeps_held: ClassVar[KeepsHeld] = KeepsHeld(
        """x.matter_id = {hold} and case when x.status <> 'CLOSED' then true
          else exists (select from legal_demands_matterstatus o
            where o.matter_id = x.same_id and o.status <> 'CLOSED') end""",
        ("matter_id", "status", "same_id"),
    )
    HELD_TO_MOVES = True
    AS_IT_IS_WRITTEN: ClassVar[str] = f"""status_by = (select access.actor())
      and status_at = (select access.moment()) and case status
      when 'FROZEN' then {_is_said("SENT_BACK")}
      when 'PREPARED' then {
        _is(
            "production",
            "and not exists (select from legal_demands_verdict v where v.production_id = x.id)",
        )
    }
      when 'RELEASED' then {_is_said("RELEASED")}
      when 'DELIVERED' then {_is_said("RELEASED")} and {_is("step", "and x.kind = 'DELIVERED'")}
        and {as_the_law_asks("legal_demands_matterstatus")}
      when 'OBJECTED' then {_is("step", "and x.kind = 'OBJECTED'")}
      when 'LAPSED' then {_is("step", "and x.kind = 'LAPSED'")}
      else case when same_id is null then {_is("step", "and x.code in ('ENDS', 'GOES_ON')")}
          and {_is("step", "and x.kind in ('OBJECTED', 'DELIVERED', 'LAPSED')")}
        else {_is("step", "and x.code = 'SAME'")} and {_GOES_ON} end end"""  # noqa: S608 -- ours
    access = FileSection(
        LEGAL,
        adds="status = 'FROZEN' and same_id is null "
        "and organisation_id = (select access.organisation())",
        changes=("status", "status_by", "status_at", "same_id"),
        also={"select": OFFICERS, "update": SEATED},
        also_if={"select": HERE, "update": sits()},
        also_becomes=AS_IT_IS_WRITTEN,
    )

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="standing")
    file_id = models.UUIDField()
    organisation_id = models.UUIDField()
    same_id = models.UUIDField(null=True)  # the other one that it is, linked twice

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(same_id=None) | Q(status="CLOSED"),
                name="legal_demands_the_same_is_over",
            ),
        ]
        indexes = [models.Index(fields=["organisation_id"], name="legal_demands_here")]

    def __str__(self) -> str:
        return self.status
