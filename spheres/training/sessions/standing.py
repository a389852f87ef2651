"""What do sessions put in the calendar and on the day of who is awaited; what rides on them?"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.records.between.occasions import Occasion
from spheres.records.between.places import Handed
from spheres.records.between.programme import Planned
from spheres.training.sessions import queries
from spheres.ui import addresses, moments

TRAINING: Final = "training"


def planned(*, actor: Actor, since: datetime, until: datetime) -> list[Planned]:
    """Every session, by whoever works in the programme: its topic, its hours, who receives."""
    return [
        Planned(
            TRAINING,
            _("Training"),
            topic.title,
            addresses.to("sessions:session", row.pk),
            row.starts_at,
            row.ends_at,
            row.get_mode_display(),
            ((row.host_id, host),),
            row.is_off,
        )
        for row, topic, host in queries.between(since, until, actor=actor)
    ]


def occasions(*, actor: Actor) -> list[Occasion]:
    """The sessions to come: a reflection round may ride on one."""
    found = queries.sessions(actor=actor).filter(
        starts_at__gt=clock.now(), cancelled_at=None, closed_at=None
    )
    rows = list(found.order_by("starts_at", "pk"))
    topics = queries.topics_of(rows)
    return [
        Occasion(
            TRAINING,
            row.pk,
            _("%(name)s, %(day)s")
            % {"name": topics[row.topic_id].title, "day": moments.day(row.starts_at)},
            addresses.to("sessions:session", row.pk),
        )
        for row in rows
    ]


def soon(*, actor: Actor) -> list[Handed]:
    """Within two days, where I have a place or teach, and whom I am to remind of it; a place that
    was freed; what was moved or is not held, which the coordination reads too."""
    found = []
    for row in queries.mine_soon(actor=actor, at=clock.now()):
        where, verb = "sessions:session", gettext_lazy("See the session")
        if _reminds(row):
            where, verb = "sessions:names", gettext_lazy("See the list")
        found.append(Handed(_sentence(row), addresses.to(where, row["id"]), verb, "book"))
    return found


def coaching(*, actor: Actor) -> list[Handed]:
    """For two weeks after a training that calls for it, to whoever came and to nobody else."""
    return [
        Handed(
            _(
                "After “%(topic)s”: coaching, if you wish, with somebody you choose. It stays "
                "between you."
            )
            % {"topic": row["en"] if get_language() == "en" else row["fr"]},
            addresses.to("supervision:home"),
            gettext_lazy("Choose a moment"),
            "cup",
        )
        for row in queries.coaching_offered(actor=actor, at=clock.now())
    ]


def _reminds(row: dict[str, Any]) -> bool:
    """Nothing is sent from here: whoever teaches writes to those who have no account."""
    return row["teaches"] and row["from_outside"] and not row["is_off"] and not row["is_moved"]


def _sentence(row: dict[str, Any]) -> str:
    starts_at = datetime.fromisoformat(row["starts_at"])
    words = {
        "topic": row["en"] if get_language() == "en" else row["fr"],
        "when": moments.moment(starts_at),
    }
    if row["is_off"] and not row["is_mine"]:
        return _("Training “%(topic)s”, %(when)s: it was called off. Choose what follows.") % words
    if row["is_off"]:
        return _("Training “%(topic)s”, %(when)s: it is not held any more.") % words
    if row["is_moved"]:
        return _("Training “%(topic)s”: the day or the place changed. It is %(when)s.") % words
    if _reminds(row):
        return (
            _("You teach “%(topic)s”, %(when)s. Those from outside are to be reminded of it.")
            % words
        )
    if row["teaches"]:
        return _("You teach “%(topic)s”, %(when)s.") % words
    if row["is_given"]:
        return _("A place was freed: you have one for “%(topic)s”, %(when)s.") % words
    return _("Training “%(topic)s”, %(when)s: you have a place.") % words
