"""What do restrictions and refusals put on a file, and in which words are they said?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from spheres.core.actor import NOTEBOOK, Actor
from spheres.followup.restrictions import policy, queries
from spheres.followup.restrictions.models import ALL, Lifting, Notice, Refusal
from spheres.followup.restrictions.queries import ANY_THEME, Standing
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
from spheres.ui import moments

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
    Refusal.Relatives.TUTOR: pgettext_lazy("say nothing to", "their tutor"),
    Refusal.Relatives.SIBLINGS: pgettext_lazy("say nothing to", "their brothers and sisters"),
    Refusal.Relatives.PARTNER: pgettext_lazy("say nothing to", "their partner, present or past"),
    Refusal.Relatives.OTHER_FAMILY: pgettext_lazy("say nothing to", "the rest of their family"),
}


# The same, said to her.
YOURS: Final = {
    IDENTITY: gettext_lazy("your name"),
    CONTACT: gettext_lazy("how to reach you"),
    SUMMARY: gettext_lazy("your summary"),
    PLAN: gettext_lazy("your plans"),
    SAFETY: gettext_lazy("your safety plan"),
    STEPS: gettext_lazy("your steps"),
    NOTES: gettext_lazy("the notes"),
    WHEREABOUTS: gettext_lazy("where you are"),
    HEALTH: gettext_lazy("your health"),
    LEGAL: gettext_lazy("legal matters"),
    THERAPY: gettext_lazy("the therapy notes"),
}
NOT_TO_YOURS: Final = {
    Refusal.Relatives.PARENTS: gettext_lazy("Nothing is said to your parents."),
    Refusal.Relatives.TUTOR: gettext_lazy("Nothing is said to your tutor."),
    Refusal.Relatives.SIBLINGS: gettext_lazy("Nothing is said to your brothers and sisters."),
    Refusal.Relatives.PARTNER: gettext_lazy("Nothing is said to your partner, present or past."),
    Refusal.Relatives.OTHER_FAMILY: gettext_lazy("Nothing is said to the rest of your family."),
}


@dataclass(frozen=True)
class Kept:
    """Whom she keeps from what, said to her; her own words, where she reads with her worker."""

    who: str
    sentence: str
    when: str
    notice: Notice | None = None


@dataclass(frozen=True)
class Hers:
    """What she said of who must not see, and what she refuses: what stands, then what she took
    back."""

    kept: list[Kept]
    refused: list[str]
    over: list[Kept]
    locked: list[Notice | Lifting]

    @property
    def lines(self) -> list[str]:
        """What stands, on paper."""
        return [f"{one.who} · {one.sentence} {one.when}" for one in self.kept] + self.refused


def hers(file_id: UUID, *, actor: Actor) -> Hers:
    """The same restrictions and refusals as on her worker’s page, in the words said to her."""
    found = queries.standing(file_id, actor=actor)
    # In her notebook, not what she wrote: somebody beside her could read it.
    notices = [row for one in found for row in one.locked] if actor.purpose != NOTEBOOK else []
    kept = [(one.is_live, _kept(one, with_words=one.notice in notices)) for one in found]
    return Hers(
        kept=[one for is_live, one in kept if is_live],
        refused=[_refused(one) for one in queries.refusals(file_id, actor=actor)],
        over=[one for is_live, one in kept if not is_live],
        locked=notices,
    )


def _kept(one: Standing, *, with_words: bool) -> Kept:
    faces = set(one.row.faces)
    if set(ALL) <= faces:
        sentence = _("Sees nothing of your file.")
    else:
        parts = ", ".join(str(word) for face, word in YOURS.items() if face in faces)
        sentence = _("Does not see: %(parts)s.") % {"parts": parts}
    since = moments.day(one.row.starts_at)
    if one.row.ends_at is None:
        when = _("Since %(day)s.") % {"day": since}
    else:
        until = moments.day(one.row.ends_at)
        when = _("From %(day)s to %(until)s: you lifted it.") % {"day": since, "until": until}
    # In her notebook she does not read the name of somebody who works elsewhere.
    who = one.who or _("Somebody whom you named")
    return Kept(who, sentence, when, one.notice if with_words else None)


def _refused(one: Refusal) -> str:
    if one.kind == Refusal.Kind.RELATIVES:
        return str(NOT_TO_YOURS[Refusal.Relatives(one.code)])
    return refused(one)


def with_her(file_id: UUID, *, actor: Actor, at: datetime) -> Locked:
    """Who must not see, and what she refuses, as one of the pages that are read together."""
    found = hers(file_id, actor=actor)
    return Locked(found.locked, lambda: Block("restrictions/with_her.html", {"hers": found}))


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
