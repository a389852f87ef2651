"""What can be done of a hand-over? Tell her, write down what she wants, meet.

Nothing passes before. A worker who is gone cannot tell: whoever answers for her does, and takes on
each person who agrees.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.core.once import create_once
from spheres.core.states import HAS_CHANGED, move
from spheres.followup.handing_over import policy, queries
from spheres.followup.handing_over.models import Choice, Passing, PassingStatus, Relay
from spheres.participants.models import Assignment, FollowUpStatus
from spheres.sharing import actions as sharing
from spheres.sharing import naming
from spheres.sharing.models import Cover
from spheres.vault import actions as vault

SECTION: Final = "summary"
Status, Way = PassingStatus.Status, Choice.Way
Episode = FollowUpStatus.Status
TOLD: Final = {Episode.PAUSED: "follow_up.paused", Episode.LEFT: "follow_up.left"}


@dataclass(frozen=True)
class Told:
    """She was told: which day, and what she said."""

    id: UUID
    told_on: date
    her_words: str = ""


@dataclass(frozen=True)
class Wanted:
    """What she wants next: with whom, what may pass before they meet, in her words."""

    id: UUID
    way: str
    to_user_id: UUID | None = None
    faces: tuple[str, ...] = ()
    her_words: str = ""


@dataclass(frozen=True)
class Welcomed:
    """Whoever answers for a colleague who is gone has told her, and she has said with whom."""

    id: UUID
    told_on: date
    way: str  # ME, ANOTHER, BREAK
    her_words: str = ""


ME, ANOTHER, BREAK = "ME", "ANOTHER", "BREAK"


@transaction.atomic(savepoint=False)
def tell(file_id: UUID, told: Told, *, by: Actor, at: datetime) -> UUID:
    """She was told by her worker. Said twice, or by two forms, it stands once."""
    policy.can_pass(by).or_raise()
    queries.hold(file_id, actor=by, at=at)
    if (standing := queries.passing(file_id, actor=by)) is not None:
        return standing.pk
    _tell(file_id, told, stands=Status.TOLD, by=by, at=at)
    return told.id


@transaction.atomic
def decide(file_id: UUID, wanted: Wanted, *, by: Actor, at: datetime) -> None:
    """Write down what she wants: her newest word stands, whoever of her workers heard it.

    What passed to somebody else passes no longer, in the same breath. Raises NotAllowed when the
    database lets that colleague read nothing of her: nothing is then written.
    """
    policy.can_pass(by).or_raise()
    queries.hold(file_id, actor=by, at=at)
    passing = queries.passing(file_id, actor=by)
    if passing is None:  # she is told first
        raise WrongState(HAS_CHANGED)
    standing = queries.lock(passing.pk, actor=by)
    if wanted.to_user_id is not None:
        proposed = {one.user_id for one in queries.to_go_on(file_id, actor=by, at=at)}
        policy.can_name(wanted.to_user_id, proposed).or_raise()
    if not _choose(file_id, passing.pk, wanted, by=by, at=at):
        return
    move(standing, Status.DECIDED, by=by, at=at)
    _end_what_passed(file_id, by=by, at=at)
    if wanted.to_user_id is not None:
        _hand(file_id, wanted, to=wanted.to_user_id, by=by, at=at)
    _become(file_id, wanted.way, by=by, at=at)


@transaction.atomic
def meet(handed_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """They have met: she takes her on, and reads the whole file; whoever handed her over no longer.

    Pressed twice, it is done once. The file's identifier is given back.
    """
    policy.can_pass(by).or_raise()
    given = queries.handed(handed_id, actor=by, at=at)
    if given is None:
        taken = Assignment.objects.filter(pk=handed_id, user_id=by.user_id).first()
        if taken is None:
            raise WrongState(HAS_CHANGED)
        return taken.file_id
    _take_on(handed_id, given.file_id, by=by, at=at)
    queries.hold(given.file_id, actor=by, at=at)
    # While we waited, she may have changed her mind.
    if queries.handed(handed_id, actor=by, at=at) is None:
        raise WrongState(HAS_CHANGED)
    sharing.end_hand_overs(given.file_id, at=at)
    sharing.go_on_with(given.file_id, [by.user_id], at=at)
    Assignment.objects.filter(
        queries.live(at), file_id=given.file_id, user_id=given.given_by
    ).update(ends_at=at)
    choice = Choice.objects.filter(pk=handed_id).first()
    if choice is not None:
        move(queries.lock(choice.passing_id, actor=by), Status.MET, by=by, at=at)
    audit.record("hand_over.met", by=by, file_id=given.file_id, records=[handed_id])
    return given.file_id


@transaction.atomic
def decline(handed_id: UUID, reason: str, *, knows_her: bool, by: Actor, at: datetime) -> None:
    """She cannot: what passed no longer does; whoever handed her over is told, and chooses again.

    «I know this person» is told to nobody: the reason is kept unsaid, and the file is closed to her
    for good.
    """
    policy.can_pass(by).or_raise()
    given = queries.handed(handed_id, actor=by, at=at)
    if given is None:
        if queries.has_declined(handed_id, actor=by):
            return
        raise WrongState(HAS_CHANGED)
    reason = Relay.Reason.UNSAID if knows_her else reason
    here = queries.is_here(given.given_by, actor=by, at=at)
    # A team lead reads that somebody else is needed, never why.
    tells = here and not given.is_named
    for reader in (by.user_id, given.given_by) if tells else (by.user_id,):
        _say(Relay.Kind.DECLINED, reader, given.file_id, handed_id, reason=reason, by=by, at=at)
    audit.record("hand_over.declined", by=by, file_id=given.file_id, records=[handed_id])
    sharing.end_hand_overs(given.file_id, at=at)  # hers alone: the database shows her no other
    if knows_her:
        sharing.declare_conflict(given.file_id, by=by, at=at)


@transaction.atomic
def welcome(file_id: UUID, said: Welcomed, *, by: Actor, at: datetime) -> None:
    """Her worker is gone, or nobody walked with her: she was told by whoever answers, or was named
    by a team lead, who takes her on, for good or for now.

    With another: her new worker then hands her over as anybody does. Sent twice, it is done once.
    """
    policy.can_pass(by).or_raise()
    if Assignment.objects.filter(pk=said.id, user_id=by.user_id).exists():
        return
    gone = queries.day(actor=by, at=at).left
    before = Assignment.objects.filter(queries.live(at), file_id=file_id)
    if file_id in queries.left_files(gone, actor=by, at=at):
        before = before.filter(user_id__in=gone)
    elif file_id not in queries.asked_to_tell(actor=by, at=at) or queries.opens_it(
        file_id, actor=by
    ):
        raise WrongState(HAS_CHANGED)
    _take_on(said.id, file_id, by=by, at=at)
    queries.hold(file_id, actor=by, at=at)
    # Of somebody with whom nobody walked, what is still written opens nothing any more.
    before.exclude(user_id=by.user_id).update(ends_at=at)
    sharing.end_hand_overs(file_id, at=at)
    sharing.go_on_with(file_id, [by.user_id], at=at)
    stands = Status.TOLD if said.way == ANOTHER else Status.MET
    told = Told(uuid5(said.id, "told"), said.told_on, said.her_words)
    _tell(file_id, told, stands=stands, by=by, at=at)
    _become(file_id, said.way, by=by, at=at)
    audit.record("hand_over.taken_on", by=by, file_id=file_id, records=[said.id])


@transaction.atomic
def name_stand_in(
    cover_id: UUID, *, for_user_id: UUID, user_id: UUID, until: datetime, by: Actor, at: datetime
) -> None:
    """A team lead names who answers, for a while, for a colleague who is gone; never herself.

    Raises `sharing.Overlaps` when somebody already does.
    """
    policy.can_lead(by).or_raise()
    sharing.end_covers_of_the_gone(
        for_user_id, here=queries.working_here(actor=by, at=at), by=by, at=at
    )
    sharing.cover(
        cover_id,
        kind=Cover.Kind.STAND_IN,
        for_user_id=for_user_id,
        user_id=user_id,
        starts_at=at,
        ends_at=until,
        by=by,
        at=at,
    )


@transaction.atomic
def name_worker(token: UUID, named_id: UUID, *, user_id: UUID, by: Actor, at: datetime) -> None:
    """A team lead names a worker for somebody with whom nobody walks, and does not learn who it is.

    That worker is asked to tell her; the person chooses. Raises NotAllowed for a colleague of whom
    the database lets nothing be read, WrongState when somebody has taken her on meanwhile.
    """
    policy.can_be_asked(by, user_id).or_raise()
    proposed = {one.user_id for one in queries.proposed(actor=by, at=at)}
    policy.can_name(user_id, proposed).or_raise()
    match queries.name_worker(token, user_id, named_id, actor=by):
        case naming.CANNOT:
            raise NotAllowed(policy.CANNOT)
        case naming.CHANGED:
            raise WrongState(HAS_CHANGED)


def _tell(file_id: UUID, told: Told, *, stands: str, by: Actor, at: datetime) -> None:
    passing = Passing(
        id=told.id, file_id=file_id, told_on=told.told_on, written_by=by.user_id, written_at=at
    )
    vault.lock(passing, her_words=told.her_words)
    if not create_once(passing):
        return
    PassingStatus.objects.bulk_create(
        [
            PassingStatus(
                passing=passing, file_id=file_id, status=stands, status_by=by.user_id, status_at=at
            )
        ]
    )
    _record("hand_over.told", passing, by=by)


def _choose(file_id: UUID, passing_id: UUID, wanted: Wanted, *, by: Actor, at: datetime) -> bool:
    choice = Choice(
        id=wanted.id,
        file_id=file_id,
        passing_id=passing_id,
        way=wanted.way,
        to_user_id=wanted.to_user_id,
        faces=sorted(wanted.faces) if wanted.to_user_id else [],
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(choice, her_words=wanted.her_words)
    if not create_once(choice):
        return False
    _record("hand_over.answered", choice, by=by)
    return True


def _end_what_passed(file_id: UUID, *, by: Actor, at: datetime) -> None:
    if sharing.end_hand_overs(file_id, at=at):
        audit.record("hand_over.ended", by=by, file_id=file_id)


def _hand(file_id: UUID, wanted: Wanted, *, to: UUID, by: Actor, at: datetime) -> None:
    """The hand-over bears the identifier of her choice; the colleague is told that she is hers."""
    sharing.hand_over(wanted.id, file_id=file_id, user_id=to, faces=wanted.faces, by=by, at=at)
    if not queries.can_see(file_id, to, actor=by):
        raise NotAllowed(policy.CANNOT)
    _say(Relay.Kind.GIVEN, to, file_id, wanted.id, by=by, at=at)


def _say(
    kind: Relay.Kind,
    to: UUID,
    file_id: UUID,
    handed_id: UUID,
    *,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> None:
    create_once(
        Relay(
            id=uuid5(handed_id, f"{kind} {to}"),
            user_id=to,
            from_user_id=by.user_id,
            file_id=file_id,
            handed_id=handed_id,
            kind=kind,
            reason=reason,
            said_at=at,
        )
    )


def _take_on(assignment_id: UUID, file_id: UUID, *, by: Actor, at: datetime) -> None:
    create_once(Assignment(id=assignment_id, file_id=file_id, user_id=by.user_id, starts_at=at))


def _become(file_id: UUID, way: str, *, by: Actor, at: datetime) -> None:
    """A break, a stop: the follow-up says so, when it has begun and may still pass to it."""
    to = policy.BECOMES.get(Way(way)) if way in Way.values else None
    if to is None:
        return
    episode = queries.lock_episode(file_id, actor=by)
    if episode is None or to not in FollowUpStatus.MOVES[Episode(episode.status)]:
        return
    move(episode, to, by=by, at=at)
    audit.record(TOLD[to], by=by, file_id=file_id, sections=[SECTION], records=[episode.pk])


def _record(what: str, row: Passing | Choice, *, by: Actor) -> None:
    audit.record(
        what,
        by=by,
        file_id=row.file_id,
        sections=[SECTION],
        records=[row.pk],
        digest=vault.digest(row),
    )
