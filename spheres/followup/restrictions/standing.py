"""What do restrictions and refusals put on a file, and in which words are they said?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from spheres.core.actor import Actor
from spheres.followup.restrictions import policy, queries
from spheres.followup.restrictions.models import ALL, Refusal
from spheres.followup.restrictions.queries import ANY_THEME
from spheres.records.between import gathering
from spheres.records.between.places import Block, Locked
from spheres.regions import queries as regions
from spheres.sharing.rules import (
    CONTACT,
    HEALTH,
    IDENTITY,
    LEGAL,
    NOTES,
    PLAN,
    SAFETY,
    STEPS,
    SUMMARY,
    THERAPY,
    WHEREABOUTS,
)

STANDING: Final = "what they refuse"
OF_FILE: Final = """
select r.* from restrictions_refusal r
where r.file_id = %(file)s and r.kind = 'RELATIVES' and r.ended_at is null
order by r.written_at, r.id"""
WORDS: Final = {
    IDENTITY: pgettext_lazy("seen in a file", "their name"),
    CONTACT: pgettext_lazy("seen in a file", "how to reach them"),
    SUMMARY: pgettext_lazy("seen in a file", "their page in twelve lines"),
    PLAN: pgettext_lazy("seen in a file", "their plan"),
    SAFETY: pgettext_lazy("seen in a file", "their safety"),
    STEPS: pgettext_lazy("seen in a file", "accompaniments and activities"),
    NOTES: pgettext_lazy("seen in a file", "the notes"),
    WHEREABOUTS: pgettext_lazy("seen in a file", "where they are"),
    HEALTH: pgettext_lazy("seen in a file", "their health"),
    LEGAL: pgettext_lazy("seen in a file", "legal matters"),
    THERAPY: pgettext_lazy("seen in a file", "what is said in therapy"),
}
SHOWN: Final = tuple(WORDS)
NOT_TO: Final = {
    Refusal.Relatives.PARENTS: pgettext_lazy("say nothing to", "their parents"),
    Refusal.Relatives.SIBLINGS: pgettext_lazy("say nothing to", "their brothers and sisters"),
    Refusal.Relatives.PARTNER: pgettext_lazy("say nothing to", "their partner, present or past"),
    Refusal.Relatives.OTHER_FAMILY: pgettext_lazy("say nothing to", "the rest of their family"),
}


def named(faces: Collection[str]) -> str:
    """These parts of a file, as one reads them aloud."""
    return ", ".join(str(word) for face, word in WORDS.items() if face in faces)


def parts_of(faces: Collection[str]) -> str:
    """From what a restriction keeps somebody: all of it, or these parts."""
    return _("the whole file") if set(ALL) <= set(faces) else named(faces)


def refused(one: Refusal) -> str:
    """What she refuses, in one sentence."""
    if one.kind == Refusal.Kind.RELATIVES:
        return _("Say nothing to: %(whom)s") % {"whom": NOT_TO[Refusal.Relatives(one.code)]}
    if one.code == ANY_THEME:
        return _("No research, whatever it is about")
    return _("No research about: %(theme)s") % {"theme": regions.label("research_themes", one.code)}


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """The way to say who must not see, and to ask why something is not seen. It asks the database
    nothing."""
    if not policy.can_write(actor):
        return None
    return Block("restrictions/block.html", {}, beside=True)


def relatives(file_id: UUID, *, actor: Actor) -> dict[str, str]:
    """By category, the relatives to whom nothing is said, in words: asked by whoever would tell."""
    found = queries.refusals(file_id, actor=actor).filter(kind=Refusal.Kind.RELATIVES)
    codes = {one.code for one in found}
    return {str(code): str(words) for code, words in NOT_TO.items() if code in codes}


def say_nothing(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> Locked:
    """To whom nothing is said: one quiet line, before anything else, for whoever answers too."""
    rows: list[Refusal] = gathering.rows(STANDING, file_id, actor=actor, since=since)
    codes = {one.code for one in rows}
    whom = ", ".join(str(words) for code, words in NOT_TO.items() if code in codes)
    return Locked(
        rows=[],
        for_a_while=True,
        block=lambda: (
            Block("restrictions/say_nothing.html", {"whom": whom}, first=True) if whom else None
        ),
    )
