"""What is kept of the review of an entry that is past its time: what two people decided of it?

Five years after the last word written of it, an entry of the register is looked at: kept longer,
with a reason, or deleted. Nothing goes by itself, and one person alone decides nothing.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.core.words import Roles
from spheres.privacy.incidents.models.entries import HERE, ME, NOW, OFFICER
from spheres.privacy.incidents.models.kept import FIVE_YEARS
from spheres.sharing.models.keeping import KEEPERS

# Since when nothing was written of an entry, nor anybody told of it; its closing is the least.
LAST_WRITTEN: Final = """greatest(i.told_at,
    (select max(a.told_at) from incidents_addition a where a.incident_id = i.id),
    (select max(j.told_at) from incidents_assessment j where j.incident_id = i.id),
    (select max(s.done_at) from incidents_step s where s.incident_id = i.id),
    (select max(c.said_at) from incidents_concerned c where c.incident_id = i.id),
    (select max(n.told_at) from incidents_informed n where n.incident_id = i.id))"""
# Closed, not judged again since, five years or more ago.
PAST_ITS_TIME: Final = f"""
    from incidents_incident i join accounts_organisation o on o.id = i.organisation_id
    cross join regions_region g
    left join regions_retentionrule r on r.code = 'incident'
    where i.organisation_id = (select access.organisation())
      and exists (select from incidents_step s where s.incident_id = i.id and s.kind = 'CLOSED'
        and s.done_at >= all(
          select j.told_at from incidents_assessment j where j.incident_id = i.id))
      and greatest(i.aware_on, ({LAST_WRITTEN} at time zone g.time_zone)::date,
          (select max(greatest(a.from_on, a.until_on)) from incidents_addition a
           where a.incident_id = i.id and a.item = 'AWARE'))
        + make_interval(years => greatest({FIVE_YEARS}, o.keep_years, r.keep_years))
        <= ((select access.moment()) at time zone g.time_zone)::date"""  # noqa: S608 -- every name is ours
# Nobody proposed anything of it; or what two people decided is past, or fell by a word since.
NOT_REVIEWED: Final = f"""
      and not exists (
        select from incidents_review v left join incidents_answer w on w.id = v.id
        where v.incident_id = i.id and case when w.id is null then true when not w.is_yes then false
          when v.decision = 'KEEP' then v.until_on > (
            (select access.moment()) at time zone (select r.time_zone from regions_region r))::date
          else {LAST_WRITTEN} <= v.proposed_at end)"""  # noqa: S608 -- every name is ours
# A legal hold stands on the file of somebody it concerns: known to whoever guards privacy alone.
IS_HELD: Final = """exists (select from incidents_concerned c join sharing_hold h
        on h.file_id = c.file_id where c.incident_id = i.id and h.ended_at is null)"""
MAY_GO: Final = f"case decision when 'DELETE' then not {IS_HELD} else true end"


class Review(models.Model):
    """One proposes what becomes of an entry past its time. It names the entry, and says no word.

    Whoever keeps the register proposes; it outlives what it decides of, so that the register says
    what is no longer in it, and who decided so.
    """

    class Decision(models.TextChoices):
        KEEP = "KEEP", _("Keep it longer")
        DELETE = "DELETE", _("Delete it from the register")

    class Reason(models.TextChoices):
        CLAIM = "CLAIM", _("A claim, a complaint or an inquiry is begun or expected")
        AUTHORITY = "AUTHORITY", _("An authority still asks about it")
        PERSONS = "PERSONS", _("Somebody it concerns may still need it")
        AGAIN = "AGAIN", _("Something alike happened since")

    DECIDES_WHAT_GOES: ClassVar[bool] = True
    access = Roles(
        also={"select": KEEPERS, "insert": OFFICER},
        also_if={
            "select": HERE,
            "insert": f"proposed_by = {ME} and proposed_at = {NOW} and {HERE} and incident_id in "
            f"(select i.id {PAST_ITS_TIME} and {MAY_GO})",
        },
    )

    id = models.UUIDField(primary_key=True)
    incident_id = models.UUIDField()
    organisation_id = models.UUIDField()
    decision = models.CharField(max_length=8, choices=Decision)
    until_on = models.DateField(null=True)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="DELETE", until_on=None, reason="")
                | (Q(decision="KEEP", until_on__isnull=False) & ~Q(reason="")),
                name="incidents_review_kept_until_a_day_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["incident_id"], name="incidents_review_of"),
            models.Index(fields=["organisation_id"], name="incidents_review_in"),
        ]

    def __str__(self) -> str:
        return str(self.decision)


class Answer(models.Model):
    """The second person says yes; or one of those who keep takes the proposal back. Once.

    Never whoever proposed, nor somebody one let in, or was let in by: they say yes to nothing.
    """

    DECIDES_WHAT_GOES: ClassVar[bool] = True
    access = Roles(
        also={"select": KEEPERS, "insert": KEEPERS},
        also_if={
            "select": HERE,
            "insert": f"answered_by = {ME} and answered_at = {NOW} and {HERE} and id in ("  # noqa: S608 -- every name is ours
            "select v.id from incidents_review v "
            "where v.organisation_id = (select access.organisation()) and case when is_yes "
            f"then v.proposed_by <> {ME} and v.proposed_by <> all((select access.let_in())::uuid[])"
            " else true end)",
        },
    )

    id = models.UUIDField(primary_key=True)  # that of what was proposed
    organisation_id = models.UUIDField()
    is_yes = models.BooleanField()
    answered_by = models.UUIDField()
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.is_yes}"
