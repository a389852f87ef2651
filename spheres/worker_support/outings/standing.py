"""What do outings put first on the day of who is out, who watches and who leads?"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.records.between.places import Handed
from spheres.ui import addresses, moments
from spheres.worker_support.outings import policy, queries
from spheres.worker_support.outings.models import Outing
from spheres.worker_support.outings.queries import Seen


def out_alone(*, actor: Actor) -> list[Handed]:
    """Always in sight while I am out; whom I watch; and, above all else, who is awaited."""
    if not policy.can_go_out(actor):
        return []
    return [_line(seen) for seen in queries.open_for(actor=actor, at=clock.now())]


def _line(seen: Seen) -> Handed:
    outing_id = seen.outing.pk
    presses: list[tuple[object, str]] = []
    if seen.is_mine:
        presses.append((gettext_lazy("I am back"), addresses.to("outings:end", outing_id)))
        presses.append(
            (gettext_lazy("30 minutes more"), addresses.to("outings:half_an_hour", outing_id))
        )
    elif seen.is_watcher and not seen.is_awaited and seen.is_unanswered:
        presses.append((gettext_lazy("I am watching"), addresses.to("outings:watch", outing_id)))
    return Handed(
        sentence=_sentence(seen),
        url=addresses.to("outings:detail", outing_id),
        verb=gettext_lazy("See"),
        icon="door",
        presses=tuple(presses),
        before_all=seen.is_mine or seen.is_awaited or seen.is_unanswered,
    )


def _hour(moment: datetime) -> str:
    """The hour; with its day when it is not today’s."""
    is_today = clock.day_of(moment) == clock.today()
    return moments.hour(moment) if is_today else moments.short_moment(moment)


def _sentence(seen: Seen) -> str:
    words = {
        "worker": seen.worker,
        "buddy": seen.buddy,
        "hour": _hour(seen.outing.returns_at),
    }
    if seen.is_mine:
        return _of_mine(seen) % words
    if seen.is_awaited and seen.is_watcher:
        return _("%(worker)s was to be back at %(hour)s and has not said so. Call now.") % words
    if seen.is_awaited:
        return (
            _("%(worker)s was to be back at %(hour)s; %(buddy)s was asked to watch. Call them.")
            % words
        )
    if seen.is_unanswered:
        return _("%(worker)s goes out alone until %(hour)s and asks you to watch.") % words
    if seen.outing.is_watched:
        return _("Until %(hour)s, you are watching over %(worker)s.") % words
    return _("%(worker)s is out until %(hour)s; you said that you cannot watch.") % words


def _of_mine(seen: Seen) -> str:
    if seen.is_awaited:
        return _("You were to be back at %(hour)s: you are looked for.")
    match seen.outing.answer:
        case Outing.Answer.WATCHES:
            return _("You are out until %(hour)s, and %(buddy)s is watching.")
        case Outing.Answer.CANNOT:
            return _("You are out until %(hour)s; %(buddy)s cannot watch: ask someone else.")
    return _("You are out until %(hour)s; %(buddy)s has not answered yet: nobody is watching.")
