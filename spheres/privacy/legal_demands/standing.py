"""What do legal demands put beside a file, on one's day, and in the register read with her?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.participants import queries as participants
from spheres.privacy.legal_demands import policy, queries, registers
from spheres.privacy.legal_demands.models import Informing, MatterStatus, Step
from spheres.privacy.legal_demands.queries import Answered
from spheres.records.between import places
from spheres.records.between.places import Block, Handed
from spheres.records.between.telling import Kept, Said
from spheres.sharing.models import Disclosure
from spheres.ui import addresses, moments
from spheres.vault.models import Lockable

Status = MatterStatus.Status


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """The way to it, for those who walk with her: nothing is asked, nothing is counted."""
    if not policy.can_link(actor):
        return None
    return Block("legal_demands/block.html", {"file_id": file_id}, beside=True)


def of_mine(*, actor: Actor) -> list[Handed]:
    """On my day: a demand was shown to me; somebody of mine is still to be told of one."""
    if not policy.can_link(actor):
        return []
    now = clock.now()
    lines = []
    if places.rows_of_day(queries.SHOWN, actor=actor, at=now):
        lines.append(
            Handed(
                sentence=_(
                    "A legal demand was shown to you: does it concern somebody you walk with?"
                ),
                url=addresses.to("legal_demands:shown"),
                verb=gettext_lazy("Read it"),
                icon="message",
            )
        )
    rows = places.rows_of_day(queries.TO_TELL, actor=actor, at=now)
    rows.sort(key=lambda row: row["id"])
    names = dict(participants.names([UUID(row["file_id"]) for row in rows], actor=actor))
    return lines + [
        Handed(
            sentence=_("%(name)s: say whether they were told that the law asks for something.")
            % {"name": names[UUID(row["file_id"])]},
            url=addresses.to("legal_demands:of_file", UUID(row["file_id"]), UUID(row["id"])),
            verb=gettext_lazy("See what may be said"),
            icon="message",
        )
        for row in rows
        if UUID(row["file_id"]) in names
    ]


def of_here(*, actor: Actor) -> list[Handed]:
    """To whoever is in charge of privacy: how many are open, the nearest day; nothing of whom."""
    if not policy.can_look(actor):
        return []
    rows = places.rows_of_day(queries.HERE, actor=actor, at=clock.now())
    if not rows:
        return []
    days = sorted(row["due_on"] for row in rows if row["due_on"])
    sentence = ngettext(
        "%(number)s legal demand is open", "%(number)s legal demands are open", len(rows)
    ) % {"number": len(rows)}
    if days:
        first = date.fromisoformat(days[0])
        if first < clock.today():
            said = ngettext(
                "%(number)s legal demand is open, and its day was %(day)s: see to it first",
                "%(number)s legal demands are open, and the day of the first was %(day)s: "
                "see to it first",
                len(rows),
            )
        else:
            said = ngettext(
                "%(number)s legal demand is open, to be answered by %(day)s",
                "%(number)s legal demands are open, the first to be answered by %(day)s",
                len(rows),
            )
        sentence = said % {"number": len(rows), "day": moments.day(first)}
    return [Handed(sentence, addresses.to("legal_demands:desk"), gettext_lazy("See them"), "lock")]


def of_counsel(*, actor: Actor) -> list[Handed]:
    """To counsel: that somebody gave them a seat; nothing of whom."""
    rows = places.rows_of_day(queries.SEATS, actor=actor, at=clock.now())
    if not rows:
        return []
    return [
        Handed(
            sentence=ngettext(
                "You have a seat at %(number)s legal demand.",
                "You have a seat at %(number)s legal demands.",
                len(rows),
            )
            % {"number": len(rows)},
            url=addresses.to("legal_demands:seats"),
            verb=gettext_lazy("See what is asked of you"),
            icon="lock",
        )
    ]


def told(rows: Collection[Disclosure], *, actor: Actor) -> Kept:
    """In her register: who demanded it, what went or was refused, and by which two people; not as
    long as the law, or her safety, forbids to say it."""
    ids = [row.pk for row in rows if row.items == [registers.ITEM] or row.is_refused]
    if not ids:
        return Kept()
    steps = {one.pk: one.matter_id for one in Step.objects.filter(pk__in=ids, kind="OBJECTED")}
    wanted = {*ids, *steps.values()}
    found = {one.row.pk: one for one in queries.some(wanted, actor=actor)}
    lines = {pk: found[steps.get(pk, pk)] for pk in ids if steps.get(pk, pk) in found}
    opened: list[Lockable] = [one.asked for one in lines.values() if one.asked is not None]
    return Kept(
        rows=opened,
        say=lambda line: _said(lines[line]) if line in lines else None,
        not_for_her=frozenset(pk for pk, one in lines.items() if is_kept_from_her(one)),
    )


def is_kept_from_her(answered: Answered) -> bool:
    """Nobody has told her yet, or not for now."""
    last = answered.informing
    return last is None or last.way == Informing.Way.LATER


def _said(answered: Answered) -> Said | None:
    asked, given = answered.asked, answered.production
    if asked is None or not asked.is_open:
        return None
    office = asked.opened.who.split("\n")[0]
    verdict = answered.verdict_of(given)
    if given is None or verdict is None:
        return Said(office, ())
    said = [
        _("%(to)s demanded what is written here about you, on %(day)s.")
        % {"to": office, "day": moments.day(answered.row.received_on)},
        ngettext(
            "%(number)s text was given, and nothing else of your file.",
            "%(number)s texts were given, and nothing else of your file.",
            len(given.records),
        )
        % {"number": len(given.records)},
        _("%(who)s chose the least that was enough; %(other)s looked at it before it went.")
        % {
            "who": answered.names.get(given.written_by, ""),
            "other": answered.names.get(verdict.written_by, ""),
        },
    ]
    return Said(office, tuple(said))
