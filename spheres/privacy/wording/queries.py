"""Who words each paragraph, since when, and what is to be read again?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spheres.accounts import queries as accounts
from spheres.accounts.models import Organisation
from spheres.core import context
from spheres.core.actor import Actor
from spheres.privacy.wording.models import RegionalWording, Wording
from spheres.records import wording
from spheres.records.wording import Both, Letter, Paragraph, Words
from spheres.regions import queries as regions

REGIONAL: Final = "words of letters"
READ_AGAIN_AFTER: Final = timedelta(days=365)


def take() -> list[RegionalWording]:
    """The region's words, the oldest first, as they stand in its photograph."""
    return list(RegionalWording.objects.order_by("since_at", "pk"))


def _regional() -> list[RegionalWording]:
    found: list[RegionalWording] = regions.also(REGIONAL)
    return found


def said(letter: Letter, *, actor: Actor, at: datetime) -> Mapping[str, Both]:
    """What the paragraphs of a letter said at that moment: the organisation's own words, else the
    region's; of the others we say it ourselves."""
    context.require(actor)
    found: dict[str, Both] = {}
    for row in _regional():
        if row.letter == letter.code and row.since_at <= at:
            found[row.paragraph] = (row.fr, row.en)
    found = {code: words for code, words in found.items() if words[0]}
    newest = {
        row.paragraph: row
        for row in Wording.objects.filter(letter=letter.code, adopted_at__lte=at).order_by(
            "adopted_at", "pk"
        )
    }
    return found | {code: (row.fr, row.en) for code, row in newest.items() if row.is_own}


def body(*, actor: Actor, at: datetime) -> Organisation:
    """The whole organisation, for which letters are worded."""
    return accounts.asked(actor=actor, at=at).body


@dataclass(frozen=True)
class Version:
    """One time the organisation worded it, or went back."""

    row: Wording
    by: str

    @property
    def lines(self) -> list[str]:
        return _lines((self.row.fr, self.row.en))


def _lines(words: Both) -> list[str]:
    text = words[1] if get_language() == "en" else words[0]
    return [line for line in text.splitlines() if line.strip()]


@dataclass(frozen=True)
class Standing:
    """One paragraph as it stands today: whose words, since when, who read them."""

    letter: Letter
    paragraph: Paragraph
    by_region: tuple[RegionalWording, ...]  # the newest first
    versions: tuple[Version, ...]  # the newest first
    on: date  # the day on which it is looked at

    @property
    def own(self) -> Version | None:
        """The organisation's own, when they stand."""
        newest = next(iter(self.versions), None)
        return newest if newest and newest.row.is_own else None

    def is_kept(self, wording_id: UUID) -> bool:
        """Whether these words were adopted already: a form sent twice."""
        return any(version.row.pk == wording_id for version in self.versions)

    @property
    def regional(self) -> RegionalWording | None:
        """What the region says today, when it says something."""
        newest = next(iter(self.by_region), None)
        return newest if newest and newest.fr else None

    @property
    def below(self) -> Both:
        """What stands without the organisation's own words: the region's, else ours."""
        return self._below(self.by_region)

    def _below(self, by_region: Sequence[RegionalWording]) -> Both:
        newest = next(iter(by_region), None)
        return (newest.fr, newest.en) if newest and newest.fr else self.paragraph.as_ours()

    @property
    def words(self) -> Both:
        return (self.own.row.fr, self.own.row.en) if self.own else self.below

    @property
    def shown(self) -> list[str]:
        """The paragraph, in the language of whoever looks; its places stay as they are written."""
        return _lines(self.words)

    @property
    def shown_below(self) -> list[str]:
        """The same, of what stands without the organisation's own words."""
        return _lines(self.below)

    @property
    def counsel_on(self) -> date | None:
        """The day on which a lawyer read what stands."""
        if self.own:
            return self.own.row.counsel_on
        return self.regional.counsel_on if self.regional else None

    @property
    def has_moved(self) -> bool:
        """Whether the region says something else than when the organisation worded it."""
        if self.own is None:
            return False
        since = self.own.row.adopted_at
        return self._below([row for row in self.by_region if row.since_at <= since]) != self.below

    @property
    def is_silent(self) -> bool:
        return not self.words[0]

    @property
    def due(self) -> str:
        """Why somebody should read it again; empty when nobody needs to."""
        if self.is_silent:
            return ""
        if self.has_moved:
            return _("The region worded it anew since: compare.")
        if self.counsel_on is None:
            return _("No lawyer has read it.")
        if self.counsel_on + READ_AGAIN_AFTER < self.on:
            return _("A lawyer read it more than a year ago.")
        return ""


def standing(*, actor: Actor, on: date) -> list[tuple[Letter, list[Standing]]]:
    """Every paragraph of every letter, as it stands in the organisation acted for."""
    context.require(actor)
    rows = list(Wording.objects.order_by("-adopted_at", "pk"))
    names = accounts.names_of({row.adopted_by for row in rows})
    by_region: dict[tuple[str, str], list[RegionalWording]] = {}
    for row in reversed(_regional()):
        by_region.setdefault((row.letter, row.paragraph), []).append(row)
    found = []
    for letter in wording.letters():
        paragraphs = []
        for one in letter.paragraphs:
            of_region = tuple(by_region.get((letter.code, one.code), ()))
            own = tuple(_versions(rows, names, letter, one))
            paragraphs.append(Standing(letter, one, of_region, own, on))
        found.append((letter, paragraphs))
    return found


def _versions(
    rows: Iterable[Wording], names: Mapping[UUID, str], letter: Letter, one: Paragraph
) -> Iterable[Version]:
    for row in rows:
        if (row.letter, row.paragraph) == (letter.code, one.code):
            yield Version(row, names.get(row.adopted_by, ""))


def one(letter: str, paragraph: str, *, actor: Actor, on: date) -> Standing | None:
    """One paragraph of one letter, when there is such a one."""
    for _letter, paragraphs in standing(actor=actor, on=on):
        for each in paragraphs:
            if (each.letter.code, each.paragraph.code) == (letter, paragraph):
                return each
    return None


def now(letter: Letter, *, actor: Actor, at: datetime) -> Words:
    """The letter as it would be written at this moment."""
    return wording.words(letter, actor=actor, at=at)
