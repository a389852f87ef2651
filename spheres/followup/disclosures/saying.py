"""How does one line of the register read aloud, to the person it is about?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.followup.disclosures.lines import Line
from spheres.followup.disclosures.policy import Ground, Purpose
from spheres.records.between.telling import Besides
from spheres.ui import moments

GROUNDS = {
    Ground.CONSENT: gettext_lazy("Because you said yes."),
    Ground.DANGER: gettext_lazy(
        "Because there was a serious danger of death or injury: the law allows it without a yes."
    ),
    Ground.YOUTH_PROTECTION: gettext_lazy(
        "Because the law asks to report to youth protection when somebody under 18 may be "
        "in danger."
    ),
    Ground.REQUIRED: gettext_lazy(
        "Because youth protection, which had accepted a report, asked for it as the law allows."
    ),
    Ground.ORDER: gettext_lazy("Because a court order, a warrant or a subpoena required it."),
}
# What was told, and what for, said to her.
ITEMS = {
    "NAME": gettext_lazy("The name you chose"),
    "AGE": gettext_lazy("Your age"),
    "LANGUAGE": gettext_lazy("The language to speak with you"),
    "CONTACT": gettext_lazy("A safe way to reach you"),
    "NEEDS": gettext_lazy("What you ask for, or need"),
    "WORDS": gettext_lazy("Your own words"),
    "SITUATION": gettext_lazy("What is happening"),
    "STEPS": gettext_lazy("What is already being done with you"),
    "PAGE": gettext_lazy("Your page"),
    "NET": gettext_lazy("Your safety net"),
    "PLAN": gettext_lazy("What you hope for"),
    "DANGER": gettext_lazy("The danger"),
    "WHEREABOUTS": gettext_lazy("Where you might be"),
    "DATES": gettext_lazy("Two days that suit you"),
    "LETTER": gettext_lazy("A letter you read together"),
    "COMING": gettext_lazy("That you come, said as you agreed"),
}
PURPOSES = {
    Purpose.MEETING: gettext_lazy("What for: the committee meeting of that day, and nothing else."),
    Purpose.SURVIVOR: gettext_lazy("What for: so that you meet someone who has lived through it."),
    Purpose.SERVICE: gettext_lazy("What for: so that a service receives or helps you."),
    Purpose.TRANSFER: gettext_lazy("What for: so that you go on with another programme."),
    Purpose.COMPLAINT: gettext_lazy("What for: a statement or a complaint you chose to make."),
    Purpose.SAFETY: gettext_lazy("What for: to protect somebody from a danger."),
    Purpose.PROTECTION: gettext_lazy("What for: so that youth protection can act."),
    Purpose.ORDER: gettext_lazy("What for: to answer what the law requires."),
}
STANDS = {
    "WAITS": gettext_lazy("It waits for a second person: nothing was told yet."),
    "NOT_APPROVED": gettext_lazy("The second person said no: nothing was told."),
    "NEVER": gettext_lazy("Nobody decided in time: nothing was told."),
    "DECLINED": gettext_lazy("It was refused: nothing was told."),
}


@dataclass(frozen=True)
class Read:
    """One line as she reads it: since when, then what is said; whether it stays off paper."""

    at: datetime
    sentences: list[str]
    is_never_on_paper: bool = False
    # Told because she said yes, or asked and refused: all that her notebook holds.
    is_by_her_yes: bool = False


def lines(found: Sequence[Line], besides: Sequence[Besides]) -> list[Read]:
    """The register as it is read, the newest first."""
    told = [
        Read(one.row.prepared_at, sentences(one), one.is_never_on_paper, one.is_by_her_yes)
        for one in found
    ]
    told += [Read(one.at, list(one.sentences)) for one in besides]
    return sorted(told, key=lambda one: one.at, reverse=True)


def sentences(line: Line) -> list[str]:
    """What was said to whom, by what right, when, and what became of it; in plain words."""
    row = line.row
    who = {"who": line.prepared_by, "to": line.to or line.capacity, "as": line.capacity}
    if row.is_refused:
        asked = (
            _("%(to)s (%(as)s) asked for a paper saying that you come here.") % who
            if row.purpose == Purpose.ATTENDANCE
            else _("%(to)s (%(as)s) asked for something about you.") % who
        )
        return [asked, *_said(line.about.get("reason", "")), str(STANDS["DECLINED"])]
    if said := line.said_elsewhere:
        if said.is_nameless:
            return list(said.sentences)
        return [*said.sentences, str(GROUNDS[Ground(row.ground)]), *_became(line)]
    found = [_first(line, who)]
    found += [
        _("%(what)s: %(words)s") % {"what": ITEMS[code], "words": words}
        for code, words in line.said.items()
    ]
    if not line.items:
        found.append(_("Its words are kept by whoever wrote it: you can ask for them."))
    found.append(str(PURPOSES[Purpose(row.purpose)]))
    found.append(str(GROUNDS[Ground(row.ground)]))
    if row.ground == Ground.CONSENT and row.giver not in {"", "HERSELF"}:
        found.append(_("Who said yes: %(who)s.") % {"who": line.given_by})
    if row.meeting_on:
        found.append(_("For the meeting of %(day)s only.") % {"day": moments.day(row.meeting_on)})
    return [*found, *_became(line)]


def _first(line: Line, who: dict[str, str]) -> str:
    if line.row.made_at:
        return _("On %(moment)s, %(who)s told %(to)s (%(as)s) by voice.") % {
            **who, "moment": moments.moment(line.row.made_at),
        }  # fmt: skip
    if line.is_approved:
        return _("%(who)s prepared this for %(to)s (%(as)s), and it was handed over.") % who
    return _("%(who)s prepared this for %(to)s (%(as)s).") % who


def _became(line: Line) -> list[str]:
    found = []
    stands = line.stands
    if line.decided and line.is_approved:
        found.append(
            _("%(who)s looked at it too, on %(day)s.")
            % {"who": line.decided_by, "day": moments.day(line.decided.done_at)}
        )
    if stands in STANDS and not (line.row.made_at and stands == "WAITS"):
        found.append(str(STANDS[stands]))
    if line.handed and line.is_transfer:
        found.append(
            _("Transferred, with your agreement, on %(day)s: %(words)s.")
            % {"day": moments.day(line.handed.done_at), "words": line.receipt}
        )
    elif line.handed:
        day = {"day": moments.day(line.handed.done_at), "words": line.receipt}
        found.append(
            _("Handed over on paper on %(day)s: %(words)s") % day
            if line.receipt
            else _("Handed over on paper on %(day)s.") % day
        )
    if line.received:
        found.append(
            _("They said having received it on %(day)s.")
            % {"day": moments.day(line.received.done_at)}
        )
    if line.taken_back and line.is_transfer:
        found.append(
            _(
                "You took back your yes on %(day)s: nothing more leaves from here. What left "
                "already is with the other programme: it is asked of them."
            )
            % {"day": moments.day(line.taken_back.done_at)}
        )
    elif line.taken_back:
        found.append(
            _("You took back your yes on %(day)s: nobody there reads it any more.")
            % {"day": moments.day(line.taken_back.done_at)}
        )
    elif stands in {"OPEN", "OVER"} and line.until and line.row.made_at is None:
        found.append(
            _("It could be read until %(day)s, and no longer.") % {"day": moments.day(line.until)}
            if stands == "OVER"
            else _("It can be read until %(day)s.") % {"day": moments.day(line.until)}
        )
    return found


def _said(words: str) -> list[str]:
    return [words] if words else []
