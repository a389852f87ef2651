"""What is done when she bars somebody, lifts it, refuses, or takes a refusal back?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.core.once import create_once
from spheres.core.states import HAS_CHANGED
from spheres.followup.restrictions import policy, queries
from spheres.followup.restrictions.models import Lifting, Notice, Refusal
from spheres.followup.restrictions.policy import Barred
from spheres.participants.models import Assignment
from spheres.sharing import actions as sharing
from spheres.sharing.models import Restriction
from spheres.sharing.rules import LEGAL, RELATION, SUMMARY
from spheres.vault import actions as vault


@dataclass(frozen=True)
class Said:
    """Whom she bars, from what, in her words; who explained it, who decides."""

    id: UUID
    barred: Barred
    faces: tuple[str, ...]
    explained_by: UUID
    explained_on: date
    decider: str
    her_words: str = ""
    signer: str = ""
    contact: str = ""
    goes_on_with: UUID | None = None


@dataclass(frozen=True)
class Explained:
    """Who explained to her what it changes, and on which day; who signs with her."""

    by: UUID
    on: date
    signer: str = ""
    contact: str = ""


@transaction.atomic
def restrict(
    file_id: UUID,
    said: Said,
    *,
    decides_alone: bool,
    suspended: Collection[str] = (),
    by: Actor,
    at: datetime,
) -> UUID:
    """Close the file, or some of it, to whom she bars: in force at the next statement.

    Whoever writes it may be the one it bars: it is the last thing written. When nobody who walks
    with her would see the file any more, a colleague goes on with her first; when there is none,
    the team lead is told that nobody is beside somebody (`access.nobody_beside`). Sent twice, it
    is one restriction.
    """
    policy.can_restrict(by, said.faces).or_raise()
    policy.can_sign(said.decider, decides_alone=decides_alone, suspended=suspended).or_raise()
    known = [user_id for user_id, _name in queries.who_may_explain(actor=by, at=at)]
    policy.can_explain(said.explained_by, known).or_raise()
    if not queries.lock_assignments(file_id, actor=by):
        raise WrongState(HAS_CHANGED)
    if queries.restrictions(file_id, actor=by).filter(pk=said.id).exists():
        return said.id
    if RELATION in said.faces:
        _go_on(file_id, said, by=by, at=at)
    notice = Notice(
        id=said.id,
        file_id=file_id,
        explained_by=said.explained_by,
        explained_on=said.explained_on,
        decider=said.decider,
        goes_on_with=said.goes_on_with,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(notice, her_words=said.her_words, signer=said.signer, contact=said.contact)
    create_once(notice)
    audit.record(
        "restriction.explained",
        by=by,
        file_id=file_id,
        sections=[LEGAL],
        records=[said.id],
        digest=vault.digest(notice),
    )
    audit.record(queries.KEPT, by=by, records=[said.id])
    sharing.restrict(
        Restriction(
            id=said.id,
            file_id=file_id,
            user_id=said.barred.user_id,
            organisation_id=said.barred.organisation_id,
            role=said.barred.role,
            faces=list(said.faces),
            taken_by=by.user_id,
            taken_at=at,
            starts_at=at,
        ),
        by=by,
    )
    return said.id


def _go_on(file_id: UUID, said: Said, *, by: Actor, at: datetime) -> None:
    """Nobody falls between two chairs: whoever goes on with her is there before the file closes."""
    beside = queries.beside(file_id, actor=by, at=at)
    left = beside - queries.whom(said.barred, beside, actor=by, at=at)
    here = queries.colleagues(actor=by, at=at)
    known = {
        user_id
        for user_id, (_name, roles) in here.items()
        if not said.barred.speaks_of(user_id, by.organisation_id, roles)
    }
    policy.can_leave_to(said.goes_on_with, known, is_left_alone=not left).or_raise()
    to = said.goes_on_with
    if to is not None and to not in left:
        given = Assignment(id=uuid5(said.id, str(to)), file_id=file_id, user_id=to, starts_at=at)
        Assignment.objects.bulk_create([given])
        audit.record("worker.handed_on", by=by, file_id=file_id, records=[given.pk])
        left = left | {to}
        # A colleague who is barred otherwise, or knows her: the file would stay closed to them.
        if to not in queries.seen_by(file_id, [RELATION], actor=by):
            raise NotAllowed(policy.CANNOT)
    # What was entrusted goes on with those who still see the file.
    if left != beside:
        sharing.go_on_with(file_id, left, at=at)


@transaction.atomic
def lift(
    file_id: UUID,
    restriction_id: UUID,
    *,
    decider: str,
    her_words: str = "",
    decides_alone: bool,
    suspended: Collection[str] = (),
    by: Actor,
    at: datetime,
) -> None:
    """She lifts it: whoever was barred reads again what others like them read. Said once."""
    row = queries.restrictions(file_id, actor=by).filter(pk=restriction_id).first()
    if row is None:
        raise WrongState(HAS_CHANGED)
    policy.can_lift(by, queries.barred_of(row)).or_raise()
    policy.can_sign(decider, decides_alone=decides_alone, suspended=suspended).or_raise()
    if not sharing.lift(file_id, restriction_id, by=by, at=at):
        return
    lifting = Lifting(
        id=restriction_id, file_id=file_id, decider=decider, written_by=by.user_id, written_at=at
    )
    vault.lock(lifting, her_words=her_words)
    create_once(lifting)


@transaction.atomic
def refuse(
    file_id: UUID,
    form_id: UUID,
    wanted: Collection[tuple[str, str]],
    *,
    decider: str,
    decides_alone: bool,
    suspended: Collection[str] = (),
    explained: Explained | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """She refuses these kinds of relatives, these themes of research; said twice, it is once.

    Its notice is written with it; what she refuses by herself, in her notebook, is explained there.
    """
    policy.can_refuse(by, {kind for kind, _code in wanted}).or_raise()
    policy.can_sign(decider, decides_alone=decides_alone, suspended=suspended).or_raise()
    if explained:
        _explain(file_id, form_id, explained, decider=decider, by=by, at=at)
    for kind, code in sorted(wanted):
        row = Refusal(
            id=uuid5(form_id, f"{kind} {code}"),
            file_id=file_id,
            kind=kind,
            code=code,
            decider=decider,
            notice_id=form_id if explained else None,
            written_by=by.user_id,
            written_at=at,
        )
        try:
            with transaction.atomic():
                is_new = create_once(row)
        except IntegrityError:  # two at once: it stands
            is_new = False
        if is_new:
            audit.record(
                "refusal.said", by=by, file_id=file_id, sections=[SUMMARY], records=[row.pk]
            )


def _explain(
    file_id: UUID, form_id: UUID, told: Explained, *, decider: str, by: Actor, at: datetime
) -> None:
    """The notice of what she refuses: by whom its effects were explained, who signs; once."""
    known = [user_id for user_id, _name in queries.who_may_explain(actor=by, at=at)]
    policy.can_explain(told.by, known).or_raise()
    row = Notice(
        id=form_id,
        file_id=file_id,
        explained_by=told.by,
        explained_on=told.on,
        decider=decider,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(row, her_words="", signer=told.signer, contact=told.contact)
    if create_once(row):
        audit.record(
            "refusal.explained",
            by=by,
            file_id=file_id,
            sections=[LEGAL],
            records=[form_id],
            digest=vault.digest(row),
        )


@transaction.atomic
def take_back(file_id: UUID, refusal_id: UUID, *, by: Actor, at: datetime) -> None:
    """She takes a refusal back. Said twice, it is said once."""
    policy.can_write(by).or_raise()
    stands = queries.refusals(file_id, actor=by).filter(pk=refusal_id)
    if stands.update(ended_at=at, ended_by=by.user_id):
        audit.record(
            "refusal.taken_back", by=by, file_id=file_id, sections=[SUMMARY], records=[refusal_id]
        )


def print_notice(file_id: UUID, notice: Notice, *, by: Actor) -> Notice:
    """Open the notice to be put on paper, by an event of its own: it is hers to sign."""
    policy.can_write(by).or_raise()
    vault.open([notice], by=by, action="restriction.on_paper")
    return notice
