"""What does a partner see of what she shares? The very same pages are shown to her before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.participants.models import FollowUpStatus, Identity, SafeContact
from spheres.records.between import gathering, places, shared
from spheres.records.between.places import Block, Locked, Sheet
from spheres.records.queries import Reach
from spheres.sharing.rules import CONTACT, IDENTITY, PLAN, SAFETY, SHAREABLE, STEPS, SUMMARY
from spheres.ui import moments
from spheres.vault import actions as vault

Row = TypeVar("Row", Identity, SafeContact)

# A plain sentence of what each part shows.
SHOWS = {
    IDENTITY: _("Who they are: chosen name, pronouns, day of birth, languages"),
    CONTACT: _("How to reach them safely: way, hours, words agreed, what never to do"),
    SUMMARY: _("Their page, “What you need to know to help me”, and how the follow-up stands"),
    PLAN: _(
        "Their plans: dreams and goals, what success is to them, strengths; never where they say "
        "they are"
    ),
    SAFETY: _("What keeps them safe: safety net, crisis plan, staying on course"),
    STEPS: _("Their steps: what they mean to do, and what they did"),
}
TITLES = {
    IDENTITY: _("Who they are"),
    CONTACT: _("How to reach them"),
    SUMMARY: _("Their page"),
    PLAN: _("Their plans"),
    SAFETY: _("What keeps them safe"),
    STEPS: _("Their steps"),
}
ICONS = {PLAN: "leaf", SAFETY: "shield", STEPS: "path", SUMMARY: "hands"}


@dataclass(frozen=True, kw_only=True)
class Agreed(Reach):
    """How she may be reached, what to say, what never to do."""

    words: str
    never: str


@dataclass(frozen=True)
class Part:
    """One open section: a block, or lines; nothing when nothing is written in it yet."""

    section: str
    block: Block | None = None
    sheets: list[Sheet] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(TITLES[self.section])

    @property
    def icon(self) -> str:
        return ICONS[self.section]

    @property
    def is_empty(self) -> bool:
        return self.block is None and not self.sheets


@dataclass(frozen=True)
class Reading:
    """What is open of one file, and nothing else: a section not agreed is not here at all."""

    name: str
    pronouns: str
    facts: list[tuple[str, str]]
    has_contact: bool
    reach: Agreed | None
    stands: str
    parts: list[Part]
    beside: list[Block] = field(default_factory=list)


def read(
    file_id: UUID,
    sections: Collection[str],
    *,
    actor: Actor,
    action: str = "open",
    basis: str = "",
    beside: Sequence[Locked] = (),
) -> Reading | None:
    """Open these sections of one file, and what stands beside them, in one event; None when who she
    is is not open."""
    who = _newest(Identity, file_id)
    if who is None:
        return None
    wanted = [section for section in SHAREABLE if section in sections]
    gathering.keep_to(wanted)
    contact = _newest(SafeContact, file_id) if CONTACT in wanted else None
    found = {s: shared.shown_to_partner(s, file_id, actor=actor) for s in (SUMMARY, SAFETY)}
    whole = {s: one for s, one in found.items() if s in wanted and one is not None}
    planned: list[Locked] = []
    if PLAN in wanted or STEPS in wanted:
        all_of_it = places.plan_of(file_id, actor=actor, since=None)
        if PLAN not in wanted and (alone := shared.shown_to_partner(STEPS, file_id, actor=actor)):
            all_of_it.append(alone)
        planned = [one for one in all_of_it if one.rows and _is_within(one, {PLAN, STEPS}, wanted)]
    locked = [*whole.values(), *planned, *beside]
    rows = [who, *([contact] if contact else []), *(row for one in locked for row in one.rows)]
    vault.open(rows, by=actor, action=action, sections=wanted, basis=basis)
    sheets = [sheet for one in planned if (block := one.block()) for sheet in block.on_paper]
    return Reading(
        name=who.opened.chosen_name,
        pronouns=who.opened.pronouns,
        facts=_facts(who),
        has_contact=CONTACT in wanted,
        reach=Agreed.of(contact, words=contact.opened.words, never=contact.opened.never)
        if contact
        else None,
        stands=_stands(file_id) if SUMMARY in wanted else "",
        parts=[
            Part(
                section,
                whole[section].block() if section in whole and whole[section].rows else None,
                [sheet for sheet in sheets if sheet.section == section],
            )
            for section in wanted
            if section in ICONS
        ],
        beside=[block for one in beside if (block := one.block())],
    )


def _is_within(one: Locked, faces: set[str], wanted: Collection[str]) -> bool:
    """Whether all that a tool would open is of these faces, and open."""
    return all(row.access.section in faces and row.access.section in wanted for row in one.rows)  # type: ignore[attr-defined]


def _newest(model: type[Row], file_id: UUID) -> Row | None:
    rows = model._default_manager.filter(file_id=file_id)
    return rows.order_by("-written_at", "pk").first()


def _stands(file_id: UUID) -> str:
    rows = FollowUpStatus.objects.filter(file_id=file_id)
    newest = rows.order_by("-follow_up__opened_at", "follow_up_id").first()
    return str(FollowUpStatus.Status(newest.status).label) if newest else ""


def _facts(who: Identity) -> list[tuple[str, str]]:
    written = who.opened.birth_date
    pairs = [
        (_("Born on"), moments.day(date.fromisoformat(written)) if written else ""),
        (_("Languages spoken"), who.opened.languages),
        (_("Interpreter"), who.opened.interpreter),
        (_("Gender"), who.opened.gender),
    ]
    return [(str(term), words) for term, words in pairs if words]
