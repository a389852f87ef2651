"""Who may say how she is reached; and when may something be prepared to be said to her?

`can_prepare` is a truth table: channel, hours, «not safe», confirmation. The first that forbids
answers, with what can be done instead. Nothing opens a way around it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.reaching.models import Prepared

WORKERS: Final = (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT)
# What each kind of sheet serves; the other channels are reached by going there, or by nobody.
SERVES: Final = {Prepared.Kind.CALL: {"call"}, Prepared.Kind.TEXT: {"text", "email"}}
WAIT: Final = "wait"


class Timing(StrEnum):
    """Where this moment stands in her hours."""

    UNSAID = "unsaid"
    OUTSIDE = "outside"
    WITHIN = "within"


class Confirmed(StrEnum):
    """When she last said that all this is true."""

    NEVER = "never"
    LONG_AGO = "long ago"  # it may be asked again; it still stands
    LATELY = "lately"


@dataclass(frozen=True)
class Standing:
    """How she may be reached, at one moment."""

    channel: str
    timing: Timing
    is_unsafe: bool
    confirmed: Confirmed


def can_write(actor: Actor, *, keeps: bool = False) -> Decision:
    """Those who accompany her write it with her; the database knows who they are.

    In a file that began with her psychotherapist, that person does (`keeps`).
    """
    if not (keeps or actor.has(*WORKERS)):
        return no(_("Only the person’s workers write how they are reached."))
    return yes()


def can_confirm(actor: Actor, *, is_unsafe: bool, keeps: bool = False) -> Decision:
    """What she said is confirmed with her, unless it is not safe now: that is lifted first."""
    if not (allowed := can_write(actor, keeps=keeps)):
        return allowed
    if is_unsafe:
        return no(
            _("It is noted as not safe. When the person says it is safe again, note that first.")
        )
    return yes()


def can_prepare(
    actor: Actor, kind: Prepared.Kind, standing: Standing, *, keeps: bool = False
) -> Decision:
    """A call sheet or a text is made when it is safe, in her way, her hours, as she confirmed."""
    if not (allowed := can_write(actor, keeps=keeps)):
        return allowed
    return truth(kind, standing)


def truth(kind: Prepared.Kind, standing: Standing) -> Decision:
    """The table itself, whoever asks: «not safe» first, and nothing after it."""
    if standing.is_unsafe:
        return no(
            _(
                "It is not safe to reach out now: wait for the person to come to you, and talk it "
                "over with your supervisor."
            )
        )
    if not standing.channel:
        return no(
            _("The way to reach them was not asked yet: ask at the next meeting, face to face.")
        )
    if standing.channel == WAIT:
        return no(_("They asked that nobody reach out: the door stays open until they do."))
    if standing.channel not in SERVES[kind]:
        return no(_("This is not their way of being reached: use the one they chose, shown above."))
    if standing.timing == Timing.UNSAID:
        return no(
            _("The good days and hours were not agreed together: write them with the person first.")
        )
    if standing.timing == Timing.OUTSIDE:
        return no(_("This is outside their hours: come back to this page within them."))
    if standing.confirmed == Confirmed.NEVER:
        return no(
            _(
                "They have not confirmed it themselves yet: "
                "go through it together at the next meeting."
            )
        )
    return yes()


def has_words(lines: list[str]) -> Decision:
    """Only what she agreed to may be said: without any line, there is nothing to prepare."""
    if not lines:
        return no(
            _(
                "No line was agreed with them yet: "
                "choose some together, on the page of safe contact."
            )
        )
    return yes()


# What no outgoing line may hold, in either language: whoever holds the telephone reads it too.
# Beginnings of words, without accents.
TELLING: Final = (
    "addict", "agent", "avocat", "centre jeunesse", "ciusss", "clinic", "clsc", "client",
    "conseillere", "conseiller", "consent", "counsel", "court date", "crime", "crimin", "danger",
    "dossier", "dpj", "drogue", "drugs", "enquet", "escort", "exploit", "follow up", "follow-up",
    "fugue", "gang", "hebergement", "intervenant", "intervention", "investig", "justice", "lawyer",
    "officer", "organisme", "pimp", "plainte", "police", "polici", "program", "prostitu",
    "protection", "proxenet", "psycho", "runaway", "sex", "shelter", "social work", "spheres",
    "suivi", "support work", "therap", "traffick", "traite", "travailleur social",
    "travailleuse sociale", "tribunal", "victim", "violence", "youth work",
)  # fmt: skip
TELLING_WORD = re.compile("".join((r"(?<!\w)(?:", "|".join(TELLING).replace(" ", r"\s+"), r")\w*")))
LINK = re.compile(r"\w+://\S*|www\.\S+|\S+@\S+|\b[\w-]+\.(?:ca|com|org|net|info|io|qc)\b", re.I)
FIGURES = re.compile(r"\d[\d\s.,:h-]*\d|\d")
COMMON: Final = frozenset({"programme", "program", "projet", "project", "service", "the"})


def telling_words(text: str, *, names: tuple[str, ...] = ()) -> list[str]:
    """What in a line would tell somebody else who speaks, and of what; empty when it is neutral.

    `names` are the programme's own: each of their words counts.
    """
    bare = _plain(text)
    found = [
        match[0].strip() for each in (TELLING_WORD, LINK, FIGURES) for match in each.finditer(bare)
    ]
    own = {word for name in names for word in re.findall(r"\w{4,}", _plain(name))} - COMMON
    found += [word for word in re.findall(r"\w+", bare) if word in own]
    return list(dict.fromkeys(found))


def _plain(text: str) -> str:
    """Small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
