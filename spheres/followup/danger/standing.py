"""What do dangers put on one's day, before those who supervise, and in her register?"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.danger import policy, queries
from spheres.followup.danger.models import Addition, Danger, Telling
from spheres.followup.danger.queries import Found
from spheres.participants import queries as participants
from spheres.records import spoken
from spheres.records.between.places import Handed
from spheres.records.between.telling import Kept, Said
from spheres.sharing.models import Disclosure
from spheres.ui import addresses, moments

# To whom it was told, said to her.
CALLED: Final = {
    Danger.Called.EMERGENCY: gettext_lazy("911"),
    Danger.Called.CRISIS: gettext_lazy("a crisis line"),
    Danger.Called.HEALTH: gettext_lazy("the hospital or a clinic"),
    Danger.Called.EXPOSED: gettext_lazy("the person who was in danger"),
    Danger.Called.ABLE_TO_HELP: gettext_lazy("somebody who could help"),
}
# What she hears of it besides what was said; what was learnt from it is among those who work.
ALOUD: Final = (
    Addition.About.EXPOSED, Addition.About.ACT, Addition.About.DANGER, Addition.About.URGENCY,
    Addition.About.SAID, Addition.About.SINCE, Addition.About.TELLING,
)  # fmt: skip


def to_tell(*, actor: Actor) -> list[Handed]:
    """On my day, first of all: whom of mine I am still to tell that somebody was called."""
    if not policy.can_be_beside(actor):
        return []
    found = spoken.to_tell(queries.TO_TELL, actor=actor, at=clock.now())
    names = dict(participants.names([one.file_id for one in found], actor=actor))
    return [
        Handed(
            sentence=(
                _("%(name)s: look again whether to tell them of the call of %(day)s")
                if one.is_looked_at_again
                else _("%(name)s: to be told of the call of %(day)s")
            )
            % {"name": names[one.file_id], "day": moments.short_moment(one.made_at)},
            url=addresses.to("danger:tell", one.file_id, one.id),
            verb=gettext_lazy("Tell them, or say when"),
            icon="message",
        )
        for one in found
        if one.file_id in names
    ]


def to_look_at(*, actor: Actor) -> list[Handed]:
    """To whoever supervises: that a danger waits to be looked at again, and until when."""
    if not policy.can_look(actor):
        return []
    since = spoken.to_look_at(queries.TO_LOOK_AT, actor=actor, at=clock.now())
    if not since:
        return []
    until = moments.short_moment(since[0] + spoken.LOOKED_AT_WITHIN)
    return [
        Handed(
            sentence=ngettext(
                "A danger is to be looked at again with whoever wrote it, before %(until)s.",
                "%(number)s dangers are to be looked at again with whoever wrote them, the first "
                "before %(until)s.",
                len(since),
            )
            % {"number": len(since), "until": until},
            url=addresses.to("danger:reviews"),
            verb=gettext_lazy("Look at it again together"),
            icon="eye",
        )
    ]


def told(rows: Collection[Disclosure], *, actor: Actor) -> Kept:
    """In her register: to whom, what, why; whether she was told; not what may harm her now."""
    found = {one.row.pk: one for one in queries.kept(rows, actor=actor)}
    return Kept(
        rows=[row for one in found.values() for row in one.rows],
        say=lambda one: _said(found[one]) if one in found else None,
        not_for_her=frozenset(pk for pk, one in found.items() if one.is_kept_from_her),
    )


def recipient(danger: Danger) -> str:
    """To whom, and in which quality, in few words."""
    where = str(Danger.Called(danger.called).label)
    words = danger.opened.recipient
    return f"{where} · {words}" if words else where


def _said(found: Found) -> Said | None:
    danger = found.words
    if danger is None or not danger.is_open:
        return None
    first = _("On %(moment)s, %(who)s called %(to)s.") % {
        "moment": moments.moment(found.when),
        "who": found.author,
        "to": CALLED[Danger.Called(danger.called)],
    }
    pairs = (
        (_("What was said: %(words)s"), danger.opened.said),
        (_("What was feared: %(words)s"), danger.opened.act),
        (_("What was seen or heard: %(words)s"), danger.opened.danger),
        (_("Why it could not wait: %(words)s"), danger.opened.urgency),
    )
    sentences = [first, *(says % {"words": words} for says, words in pairs if words)]
    sentences += [_added(one) for one in found.additions if one.about in ALOUD and one.is_open]
    return Said(recipient(danger), (*sentences, _whether_told(found)))


def _added(one: Addition) -> str:
    if one.about == Addition.About.TELLING:
        return _("What you said of it: %(words)s") % {"words": one.opened.text}
    said = {"day": moments.day(one.written_at), "words": one.opened.text}
    return _("Added on %(day)s: %(words)s") % said


def _whether_told(found: Found) -> str:
    telling = found.telling
    if telling is None or telling.way == Telling.Way.NOT_NOW:
        return _("You have not been told of it yet.")
    who = {"who": found.names.get(telling.told_by, "")}
    if telling.way == Telling.Way.BEFORE:
        return _("%(who)s had told you before calling.") % who
    return _("%(who)s told you of it afterwards.") % who
