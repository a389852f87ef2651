"""What is answered, and what must stand before it may be? The database reads it itself."""

from __future__ import annotations

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.core.words import FileSection
from spheres.participants.models import SUSPENDED_NOW, Kept
from spheres.privacy.access_requests.models.asked import AS_SEATED, OFFICERS, AccessRequest, Age
from spheres.sharing.rules import LEGAL
from spheres.vault.models import LockedText


class Outcome(models.TextChoices):
    WHOLE = "WHOLE", _("Granted")
    PART = "PART", _("Granted in part")
    LATER = "LATER", _("Refused for a time")
    REFUSED = "REFUSED", _("Refused")
    WITHDRAWN = "WITHDRAWN", _("Taken back by whoever asked")


class Ground(models.TextChoices):
    """Why it is refused, or not all given: what the letter says."""

    HARM = "HARM", _("It could seriously harm the person’s health or safety")
    OWN_DECISION = "OWN", _("From 14, the person was consulted, and it is for them to decide")
    OTHERS = "OTHERS", _("It concerns other persons")
    PROTECTION = "PROTECTION", _("Youth protection finds that harm is likely")
    NO_TITLE = "NO_TITLE", _("Whoever asks has not shown by what right they ask")
    EXACT = "EXACT", _("The text says what was seen or said that day")
    # The same words whether anything is held here or not: nothing is confirmed.
    UNSAID = "UNSAID", _("Nothing is confirmed to whoever asks")


_OF = "access_requests_decision"


def _newest(kind: str) -> str:
    """What the newest step of this kind says, in SQL; null when there is none."""
    return (
        "(select s.code from access_requests_step s "  # noqa: S608 -- ours
        "where s.request_id = r.id and s.file_id = r.file_id "
        f"and s.kind = '{kind}' order by s.written_at desc, s.id limit 1)"
    )


_GIVES: Final = f"{_OF}.outcome in ('WHOLE', 'PART')"
_IS_SUSPENDED: Final = f"r.asker = any({SUSPENDED_NOW.replace('f.id', 'r.file_id')}::text[])"
# Somebody else than the person, who has not shown by what right they ask, or may ask no longer.
_MAY_NOT_ASK: Final = (
    f"(case when {_IS_SUSPENDED} then true "
    f"else r.asker <> 'SELF' and {_newest('IDENTITY')} is distinct from 'TITLE' end)"
)
# On which ground. What could harm her is refused to herself for a time only, until a day that is
# said (ADR of what a request is answered on); nothing that answers others is ever said to her.
_ON_ITS_GROUND: Final = f"""case
      when {_OF}.outcome in ('WHOLE', 'WITHDRAWN') then true
      when {_MAY_NOT_ASK} then {_OF}.outcome = 'REFUSED' and {_OF}.ground = 'UNSAID'
      when {_OF}.outcome = 'LATER' then {_OF}.ground = 'HARM'
      when {_OF}.ground = 'HARM' then r.asker <> 'SELF' and {_newest("HARM")} = 'HARMFUL'
      when {_OF}.ground = 'OWN' then r.asker <> 'SELF' and {_OF}.age >= 14
        and {_newest("OPINION")} is not null
      when {_OF}.ground = 'PROTECTION' then
        r.asker <> 'SELF' and {_newest("CONSULTED")} = 'OPPOSED'
      when {_OF}.ground = 'UNSAID' then {_OF}.outcome = 'REFUSED'
        and case when r.asker = 'SELF' then {_newest("IDENTITY")} is null else true end
      else {_OF}.ground in ('OTHERS', 'EXACT') end"""
# What the law asks before it is answered (law.md §3.3, ss. 21-24; P-39.1, s. 38; A-2.1, s. 83). It
# is read in the row of the request, never in what the decision says of it.
AS_THE_LAW_ASKS: Final = f"""exists (
  select from access_requests_accessrequest r
  where r.id = {_OF}.request_id and r.file_id = {_OF}.file_id and {_OF}.age >= r.age
    and case
      when {_OF}.outcome = 'WITHDRAWN' then true
      when r.asker in ('PARENT', 'TUTOR') and {_OF}.age = 14 then
        {_newest("OPINION")} is not null and {_newest("HARM")} is not null
        and {_newest("CONSULTED")} is not null
        and case when {_GIVES} then {_newest("HARM")} = 'SAFE'
          and {_newest("CONSULTED")} <> 'OPPOSED' else true end
      when r.asker in ('PARENT', 'TUTOR') and {_OF}.age = 0 then
        {_newest("CONSULTED")} is not null
        and case when {_GIVES} then {_newest("CONSULTED")} <> 'OPPOSED' else true end
      when r.asker in ('PARENT', 'TUTOR') then not {_GIVES}
      when r.asker = 'LAWYER' and {_OF}.age > 0 then
        case when {_GIVES} then {_newest("OPINION")} in ('YES', 'PARTLY') else true end
      else true end
    and case when {_GIVES} then {_newest("IDENTITY")} is not null else true end
    and case when {_OF}.outcome in ('WHOLE', 'PART', 'LATER') then not {_MAY_NOT_ASK}
      else true end
    and case when {_OF}.outcome = 'LATER' then {_newest("HARM")} = 'HARMFUL' else true end
    and {_ON_ITS_GROUND})"""
# Those who walk with her give her what she asks, or write that whoever asked takes it back; all
# else is decided by another person.
BY_HER_TEAM: Final = f"""case when outcome = 'WITHDRAWN' then true
  else outcome in ('WHOLE', 'PART') and exists (
    select from access_requests_accessrequest q
    where q.id = {_OF}.request_id and q.asker = 'SELF') end"""


class Decision(Kept):
    """What is answered, with its reasons: once; but a refusal for a time is looked at again, and
    what is granted is taken back as long as nothing was handed over."""

    access = FileSection(
        LEGAL,
        by="written_by",
        adds=f"{BY_HER_TEAM} and {AS_THE_LAW_ASKS}",
        also={"insert": OFFICERS},
        also_if={"insert": f"{AS_SEATED} and {AS_THE_LAW_ASKS}"},
        dated="written_at",
    )

    request = models.ForeignKey(AccessRequest, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome)
    ground = models.CharField(max_length=12, choices=Ground, blank=True)
    age = models.PositiveSmallIntegerField(choices=Age)
    # What is not given, when only some is: which records, never a word of them.
    left_out = ArrayField(models.UUIDField(), default=list)
    # What is given, each by its name: nothing written since goes with it.
    given = ArrayField(models.UUIDField(), default=list)
    look_again_on = models.DateField(null=True)
    reasons = LockedText()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="LATER", look_again_on__isnull=False)
                | (~Q(outcome="LATER") & Q(look_again_on=None)),
                name="access_requests_for_a_time_says_until_when",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=("LATER", "REFUSED", "PART"), ground__gt="")
                | Q(outcome__in=("WHOLE", "WITHDRAWN"), ground=""),
                name="access_requests_no_says_why",
            ),
            models.CheckConstraint(
                condition=Q(outcome="PART") | Q(left_out=[]),
                name="access_requests_leaves_out_in_part_alone",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=("WHOLE", "PART")) | Q(given=[]),
                name="access_requests_gives_when_granted_alone",
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(outcome__in=("REFUSED", "WITHDRAWN")),
                name="access_requests_decided_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.id}"
