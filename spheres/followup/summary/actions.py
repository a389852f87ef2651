"""What can be done with her page? One line at a time: add, say otherwise, take off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.followup.summary import policy, queries
from spheres.followup.summary.models import Line, Version
from spheres.followup.summary.queries import Summary
from spheres.sharing.rules import SUMMARY
from spheres.vault import actions as vault

Change = Version.Change


class Overtaken(WrongState):
    """Somebody else wrote on the page since it was shown: both texts are to be seen."""


@dataclass(frozen=True)
class Said:
    """One line, as the form says it; `on` is the number of the page she was looking at."""

    id: UUID
    on: int
    text: str
    whose: str
    heading: str = ""


@transaction.atomic
def add(file_id: UUID, said: Said, *, by: Actor, at: datetime) -> UUID:
    """Write one more line. Sent twice, it is one line. Raises Overtaken, and nothing is written."""
    policy.can_write(by).or_raise()
    now = queries.current(file_id, actor=by)
    if _is_done(file_id, said.id, by=by):
        return said.id
    policy.can_add(by, len(now.lines)).or_raise()
    lines = [*(line.pk for line in now.lines), said.id]
    _write(file_id, now, said, lines, Change.ADDED, by=by, at=at)
    return said.id


@transaction.atomic
def change(file_id: UUID, line_id: UUID, said: Said, *, by: Actor, at: datetime) -> UUID:
    """Say one line otherwise, in the same place; the line before stays in the version before."""
    policy.can_write(by).or_raise()
    now = queries.current(file_id, actor=by)
    if _is_done(file_id, said.id, by=by):
        return said.id
    if now.line(line_id) is None:
        raise Overtaken(_("This line is no longer on the page as it was. Look at it again."))
    lines = [said.id if line.pk == line_id else line.pk for line in now.lines]
    _write(file_id, now, said, lines, Change.CHANGED, by=by, at=at)
    return said.id


@transaction.atomic
def remove(file_id: UUID, line_id: UUID, *, gesture: UUID, by: Actor, at: datetime) -> None:
    """Take one line off, because she says so; whatever else was written meanwhile stays.

    Asked twice, or for a line that is off already, it is done once.
    """
    policy.can_write(by).or_raise()
    now = queries.current(file_id, actor=by)
    if now.line(line_id) is None:
        return
    lines = [line.pk for line in now.lines if line.pk != line_id]
    _next(file_id, now, gesture, lines, Change.REMOVED, by=by, at=at)
    audit.record(
        "summary.line_removed", by=by, file_id=file_id, sections=[SUMMARY], records=[line_id]
    )


def _write(
    file_id: UUID,
    now: Summary,
    said: Said,
    lines: list[UUID],
    change: Change,
    *,
    by: Actor,
    at: datetime,
) -> None:
    if now.number != said.on:
        raise Overtaken(_("Somebody else has written on this page meanwhile."))
    _next(file_id, now, said.id, lines, change, by=by, at=at)
    line = Line(
        id=said.id,
        file_id=file_id,
        heading=said.heading,
        whose=said.whose,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(line, text=said.text)
    create_once(line)
    audit.record(
        f"summary.line_{change}",
        by=by,
        file_id=file_id,
        sections=[SUMMARY],
        records=[line.pk],
        digest=vault.digest(line),
    )


def _next(
    file_id: UUID,
    now: Summary,
    gesture: UUID,
    lines: list[UUID],
    change: Change,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """The page's next version. Whoever wrote the same number first is seen, never overwritten."""
    version = Version(
        id=gesture,
        file_id=file_id,
        number=now.number + 1,
        lines=lines,
        change=change,
        written_by=by.user_id,
        written_at=at,
    )
    try:
        create_once(version)
    except IntegrityError as second:
        raise Overtaken(_("Somebody else has written on this page meanwhile.")) from second


def _is_done(file_id: UUID, gesture: UUID, *, by: Actor) -> bool:
    return queries.versions(file_id, actor=by).filter(pk=gesture).exists()
