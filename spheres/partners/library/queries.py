"""Which works are there, which answer a wish, and whose link is to be looked at?"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings

from spheres.accounts import queries as accounts
from spheres.core import context
from spheres.core.actor import Actor
from spheres.partners.library.models import LinkCheck, Work
from spheres.records.between import lent as lending
from spheres.records.between import places

TODAY: Final = f"(%(at)s at time zone '{settings.TIME_ZONE}')::date"
TO_LOOK_AT: Final = "links of the library"
LINKS_TO_LOOK_AT: Final = f"""
select json_build_object('number', count(*)) from (
  select distinct on (c.work_id) c.* from library_linkcheck c
  order by c.work_id, c.checked_at desc, c.id) c
join library_work w on w.id = c.work_id
where w.is_shown and (not c.opens or c.checked_at::date <= {TODAY} - 182)"""  # noqa: S608 -- ours


@dataclass(frozen=True)
class Wish:
    """What is looked for; every part may be left."""

    words: str = ""
    theme: str = ""
    component: str = ""
    evidence: str = ""
    language: str = ""

    def takes(self, work: Work) -> bool:
        """Whether a work answers it: all of its words, and each of its choices."""
        text = plain(f"{work.citation} {work.about_fr} {work.about_en}")
        return (
            all(word in text for word in plain(self.words).split())
            and (not self.theme or self.theme in work.themes)
            and (not self.component or self.component in work.components)
            and (not self.evidence or self.evidence == work.evidence)
            and (not self.language or self.language in work.languages)
        )


@dataclass(frozen=True)
class Link:
    """The newest look at a work’s link, and who looked."""

    row: LinkCheck
    who: str
    is_due: bool


@dataclass(frozen=True)
class Shown:
    """A work as the library shows it."""

    row: Work
    link: Link | None


def plain(text: str) -> str:
    """Without accents nor capitals, so that «mefaits» finds «Méfaits»."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()


def works(wish: Wish, *, actor: Actor, on: date) -> list[Shown]:
    """Those that answer a wish, by their citation."""
    context.require(actor)
    rows = [row for row in Work.objects.filter(is_shown=True).order_by("pk") if wish.takes(row)]
    links = _links([row.pk for row in rows], on)
    found = [Shown(row, links.get(row.pk)) for row in rows]
    return sorted(found, key=lambda one: (plain(one.row.citation), one.row.slug))


def work(work_id: UUID, *, actor: Actor, on: date) -> Shown | None:
    context.require(actor)
    row = Work.objects.filter(pk=work_id, is_shown=True).first()
    return Shown(row, _links([row.pk], on).get(row.pk)) if row else None


def lent(*, actor: Actor, on: date) -> list[lending.Work]:
    """Those that may go along with an answer, and where each was when last looked at."""
    return [
        lending.Work(
            one.row.slug,
            one.row.citation,
            one.link.row.address if one.link and one.link.row.opens else "",
        )
        for one in works(Wish(), actor=actor, on=on)
    ]


def due(*, actor: Actor, on: date) -> list[Shown]:
    """Works whose link nobody has looked at for half a year, or no longer opens; the oldest look
    first. Those that have no link are none of them."""
    found = [one for one in works(Wish(), actor=actor, on=on) if one.link and one.link.is_due]
    return sorted(found, key=lambda one: (one.link.row.checked_at, one.row.slug))  # type: ignore[union-attr]


def to_look_at(*, actor: Actor, at: datetime) -> int:
    """How many links are to be looked at."""
    return sum(row["number"] for row in places.rows_of_day(TO_LOOK_AT, actor=actor, at=at))


def _links(work_ids: list[UUID], on: date) -> dict[UUID, Link]:
    rows = LinkCheck.objects.filter(work_id__in=work_ids).order_by("checked_at", "pk")
    newest = {row.work_id: row for row in rows}
    names = accounts.names_of({row.checked_by for row in newest.values()})
    return {
        work_id: Link(row, names.get(row.checked_by, ""), row.is_due(on))
        for work_id, row in newest.items()
    }
