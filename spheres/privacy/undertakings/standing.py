"""What do lapses put on a worker's day, and before those who follow them?

Sixty days ahead among the quiet questions, thirty days ahead among what is handed over, seven days
ahead and after it above the rest. Nobody is told of a newcomer's as of a fault.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.privacy.undertakings import policy, queries
from spheres.records.between.places import Handed
from spheres.sharing.rules import ACCOMPANYING
from spheres.ui import addresses, moments

QUIET: Final = timedelta(days=60)
SOON: Final = timedelta(days=30)
NOW: Final = timedelta(days=7)


def mine_now(*, actor: Actor) -> list[Handed]:
    """A week ahead, once it has lapsed, and of whoever begins."""
    return _mine(actor, None, NOW)


def mine_soon(*, actor: Actor) -> list[Handed]:
    """A month ahead."""
    return _mine(actor, NOW, SOON)


def mine_later(*, actor: Actor) -> list[Handed]:
    """Two months ahead, when there is time."""
    return _mine(actor, SOON, QUIET)


def _mine(actor: Actor, after: timedelta | None, until: timedelta) -> list[Handed]:
    """One line, on the day of whoever accompanies people; of others, their own page says it."""
    if not actor.has(*ACCOMPANYING):
        return []
    at = clock.now()
    mine, _theirs = queries.lapsing(actor=actor, at=at)
    for row in mine:
        lapse = datetime.fromisoformat(row["lapse"]) if row["lapse"] else None
        left = lapse - at if lapse else timedelta(0)
        if left <= until and (after is None or left > after):
            return [_line(_sentence(row, lapse, at), "undertakings:mine", _("See what is asked"))]
    return []


def _sentence(row: dict[str, Any], lapse: datetime | None, at: datetime) -> str:
    if lapse is None:
        return _("Before a first file is given to you: your undertaking and your training.")
    day = {"day": moments.day(lapse)}
    if lapse > at:
        return _("What you signed or learned here counts until %(day)s: renew it before.") % day
    if row["withheld"]:
        return (
            _(
                "Your files are closed since what is asked of you lapsed, on %(day)s: a stand-in "
                "answers meanwhile."
            )
            % day
        )
    return (
        _(
            "What is asked of you lapsed on %(day)s. You keep the people you accompany; nothing "
            "new is given to you until it is renewed."
        )
        % day
    )


def of_those_i_follow(*, actor: Actor) -> list[Handed]:
    """To the privacy officer and the managers, on their first page: how many, never who."""
    if not policy.can_follow(actor) or actor.has(Role.COORDINATOR):
        return []
    return _followed(actor)


def of_my_team(*, actor: Actor) -> list[Handed]:
    """The same to whoever leads, on the team's page."""
    return _followed(actor) if actor.has(Role.TEAM_LEAD) else []


def _followed(actor: Actor) -> list[Handed]:
    at = clock.now()
    _mine, theirs = queries.lapsing(actor=actor, at=at)
    lapses = [datetime.fromisoformat(row["lapse"]) for row in theirs if row["lapse"]]
    soon = sum(lapse > at for lapse in lapses)
    over = len(lapses) - soon
    begin = len(theirs) - len(lapses)
    told = [
        (
            over,
            ngettext(
                "What is asked has lapsed for %(number)s colleague: name a stand-in, or extend it.",
                "What is asked has lapsed for %(number)s colleagues: name stand-ins, or extend it.",
                over,
            ),
        ),
        (
            soon,
            ngettext(
                "In the next 60 days, what is asked lapses for %(number)s colleague.",
                "In the next 60 days, what is asked lapses for %(number)s colleagues.",
                soon,
            ),
        ),
        (
            begin,
            ngettext(
                "%(number)s colleague waits for a first undertaking or a first training.",
                "%(number)s colleagues wait for a first undertaking or a first training.",
                begin,
            ),
        ),
    ]
    return [
        _line(sentence % {"number": number}, "undertakings:people", _("See who"))
        for number, sentence in told
        if number
    ]


def _line(sentence: str, to: str, verb: str) -> Handed:
    return Handed(sentence=sentence, url=addresses.to(to), verb=verb, icon="check")
