"""What do exceptional accesses put beside a file, and on the day of whoever opened one?"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.exceptional import policy, queries
from spheres.participants.models import SafeContact
from spheres.records.between import places
from spheres.records.between.places import Block, Handed
from spheres.sharing.models import ExceptionalAccess
from spheres.sharing.protecting import REVIEWED_WITHIN
from spheres.ui import addresses, moments


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """The way in, for whoever reads a file for a while. It asks the database nothing."""
    if not policy.can_open(actor):
        return None
    return Block("exceptional/block.html", {"file_id": file_id}, beside=True, for_a_while=True)


def mine(*, actor: Actor) -> list[Handed]:
    """On my day: what I have open, before all else; what becomes of what I opened; and what a
    colleague opened of somebody with whom I walk, who is to be told when it is safe to."""
    if not policy.can_open(actor):
        return []
    now = clock.now()
    rows = places.rows_of_day(queries.OF_DAY, actor=actor, at=now)
    for row in rows:
        row |= {side: datetime.fromisoformat(row[side]) for side in ("starts_at", "ends_at")}
    rows.sort(key=lambda row: (row["ends_at"], row["id"]))
    live = [row for row in rows if row["is_mine"] and row["ends_at"] > now]
    over = [row for row in rows if row["is_mine"] and row["ends_at"] <= now]
    of_others = [row for row in rows if not row["is_mine"]]
    return [*map(_open, live), *map(_over, over), *map(_of_my_people, of_others)]


def _open(row: dict[str, Any]) -> Handed:
    return Handed(
        sentence=_("Open until %(hour)s: what may protect somebody.")
        % {"hour": moments.hour(row["ends_at"])},
        url=addresses.to("exceptional:opened", row["id"]),
        verb=gettext_lazy("Open it"),
        icon="amber",
        before_all=True,
    )


def _over(row: dict[str, Any]) -> Handed:
    said = {"day": moments.short_moment(row["starts_at"])}
    if row["outcome"]:
        outcome = ExceptionalAccess.Outcome(row["outcome"]).label
        sentence = _("What you opened on %(day)s was looked at again: “%(outcome)s”.") % {
            **said,
            "outcome": outcome,
        }
    else:
        until = moments.short_moment(row["starts_at"] + REVIEWED_WITHIN)
        sentence = _(
            "What you opened on %(day)s is looked at again before %(until)s by somebody else."
        ) % {**said, "until": until}
    return Handed(
        sentence=sentence,
        url=addresses.to("exceptional:mine"),
        verb=gettext_lazy("See what you opened"),
        icon="eye",
    )


# As she chose, when how she is reached was written with her.
TELLING: Final = {
    SafeContact.Told.MEETING: gettext_lazy("They want to hear it from you, at the next meeting."),
    SafeContact.Told.NOTEBOOK: gettext_lazy("They chose to read it in their notebook."),
    SafeContact.Told.ASKED: gettext_lazy("They chose to hear of it only if they ask."),
}
NOT_ASKED: Final = gettext_lazy("Tell them at the next meeting, when it is safe to.")


def _of_my_people(row: dict[str, Any]) -> Handed:
    said = (
        _(
            "%(who)s opened for two hours, on %(day)s, with a second person, what may protect "
            "somebody whom you accompany."
        )
        if row["is_extended"]
        else _(
            "%(who)s opened for an hour, on %(day)s, what may protect somebody whom you accompany."
        )
    ) % {"who": row["who"], "day": moments.short_moment(row["starts_at"])}
    return Handed(
        sentence=f"{said} {TELLING.get(row['told'], NOT_ASKED)}",
        url=addresses.to("dossier:who", row["file_id"]),
        verb=gettext_lazy("See who opened it"),
        icon="eye",
    )


def waiting(*, actor: Actor) -> list[Handed]:
    """To those who review: that something waits to be looked at again, and since when."""
    if not policy.can_review(actor):
        return []
    rows = places.rows_of_day(queries.TO_REVIEW, actor=actor, at=clock.now())
    since = sorted(datetime.fromisoformat(row["starts_at"]) for row in rows)
    if not since:
        return []
    return [
        Handed(
            sentence=ngettext(
                "What was opened for an hour waits to be looked at again, since %(day)s.",
                "%(number)s exceptional accesses wait to be looked at again, since %(day)s.",
                len(since),
            )
            % {"number": len(since), "day": moments.day_of_year(since[0])},
            url=addresses.to("exceptional:reviews"),
            verb=gettext_lazy("Look at them again together"),
            icon="eye",
        )
    ]


def late_elsewhere(*, actor: Actor) -> list[Handed]:
    """To the programme's desk: where something waits for more than three days. Nobody is named."""
    if not policy.can_review(actor):
        return []
    return [
        Handed(
            sentence=ngettext(
                "%(partner)s: what was opened for an hour, on %(day)s, was not looked at again. "
                "Until it is, the next one there takes two people.",
                "%(partner)s: %(number)s exceptional accesses were not looked at again, the oldest "
                "of %(day)s. Until they are, the next one there takes two people.",
                one.number,
            )
            % {
                "partner": one.partner,
                "number": one.number,
                "day": moments.day_of_year(one.since),
            },
            url=addresses.to("exceptional:reviews"),
            verb=gettext_lazy("See where it waits"),
            icon="eye",
        )
        for one in queries.left_elsewhere(actor=actor, at=clock.now())
    ]
