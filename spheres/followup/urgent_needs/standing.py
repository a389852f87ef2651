"""What do urgent needs put first on the day of her workers?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.urgent_needs import policy, queries
from spheres.followup.urgent_needs.models import Answer
from spheres.followup.urgent_needs.queries import Waiting
from spheres.participants import queries as participants
from spheres.records.between.places import Block, Handed, Locked
from spheres.regions import queries as regions
from spheres.sharing import counting, parting
from spheres.ui import addresses, moments

NOON, EVENING = 12, 18
OPEN_NOW = counting.Load(
    "needs",
    gettext_lazy("urgent needs open"),
    """(select count(distinct n.need_id) from urgent_needs_answer n
      join urgent_needs_urgentneedstatus s on s.record_id = n.need_id
      join participants_assignment a on a.file_id = n.file_id
      join participants_file f on f.id = a.file_id
      where n.status in ('OPEN', 'BEING_MET') and s.status = 'SIGNED'
        and a.user_id = {worker} and f.holder_id = {organisation} and a.starts_at <= {moment}
        and (a.ends_at is null or a.ends_at > {moment}))""",
    {
        "urgent_needs_answer": ("need_id", "file_id", "status"),
        "urgent_needs_urgentneedstatus": ("record_id", "status"),
    },
)
# A partner does not leave while somebody needs something now.
BEFORE_LEAVING = parting.Measure(
    "URGENT",
    """select count(distinct n.need_id) from urgent_needs_answer n
      join urgent_needs_urgentneedstatus s on s.record_id = n.need_id
      join participants_file f on f.id = n.file_id
      where n.status in ('OPEN', 'BEING_MET') and s.status = 'SIGNED'
        and f.holder_id = {organisation}""",
    waits=True,
    reads=OPEN_NOW.reads,
)


def waiting(*, actor: Actor) -> list[Handed]:
    """Each need still open among my people: who, what, since when. Nothing is ever late."""
    if not policy.can_write(actor):
        return []
    found = queries.still_open(actor=actor, at=clock.now())
    names = dict(participants.names([each.file_id for each in found], actor=actor))
    return [
        Handed(
            sentence=_("%(name)s: %(need)s, %(since)s")
            % {
                "name": names[each.file_id],
                "need": regions.label("urgent_needs", each.need).lower(),
                "since": since(each),
            },
            url=addresses.to("urgent_needs:close", each.file_id, each.need_id),
            verb=gettext_lazy("Say what came of it"),
            icon="hands",
        )
        for each in found
        if each.file_id in names
    ]


def not_met(*, actor: Actor) -> list[Handed]:
    """On my day, when the moment is right: what could not be met, and may be met otherwise."""
    if not policy.can_write(actor):
        return []
    found = queries.not_met(actor=actor, at=clock.now())
    names = dict(participants.names([each.file_id for each in found], actor=actor))
    return [
        Handed(
            sentence=_("%(name)s: %(need)s, not met yet")
            % {
                "name": names[each.file_id],
                "need": regions.label("urgent_needs", each.need).lower(),
            },
            url=addresses.to("safety_net:course", each.file_id),
            verb=gettext_lazy("Look for another way"),
            icon="hands",
        )
        for each in found
        if each.file_id in names
    ]


def not_met_of(file_id: UUID, *, actor: Actor) -> list[Handed]:
    """Beside what keeps her on course: the same, of one file."""
    return [
        Handed(
            sentence=regions.label("urgent_needs", need.need),
            url=addresses.to("urgent_needs:detail", file_id, need.pk),
            verb=gettext_lazy("Open"),
            icon="hands",
        )
        for need in queries.not_met_of(file_id, actor=actor)
    ]


def unmet(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> Locked:
    """On her plan, what she still needs; nothing of it is drawn when all is met."""
    needs = queries.unmet(file_id, actor=actor, since=since)
    return Locked(
        rows=needs,
        block=lambda: Block(
            "urgent_needs/unmet.html",
            {
                "needs": [(regions.label("urgent_needs", need.need), need) for need in needs],
                "may_write": bool(policy.can_write(actor)),
            },
        ),
    )


def since(waiting: Waiting) -> str:
    """Still open, or being met, since when: said without a count of hours."""
    when = _when(waiting.occurred_at)
    if waiting.status == Answer.Status.BEING_MET:
        return _("being met, since %(when)s") % {"when": when}
    return _("still open since %(when)s") % {"when": when}


def _when(moment: datetime) -> str:
    here = timezone.localtime(moment)
    days = (clock.today() - here.date()).days
    if days == 1:
        return _("yesterday")
    if days > 1:
        return pgettext("since", "%(day)s") % {"day": moments.day_of_year(here)}
    if here.hour < NOON:
        return _("this morning")
    return _("this afternoon") if here.hour < EVENING else _("this evening")
