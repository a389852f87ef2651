"""What changes who handles a matter, who must never see one, or who reads a file for a while?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import QuerySet

from spheres.accounts.models import Membership, Role
from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.errors import is_row_refused
from spheres.core.once import create_once
from spheres.sharing import queries
from spheres.sharing.models import (
    Conflict,
    Consent,
    Cover,
    Disclosure,
    DisclosureStep,
    HandedOver,
    Handler,
    Lifted,
    Restriction,
)
from spheres.sharing.rules import RELATION
from spheres.sharing.watching import STOPPED
from spheres.vault import actions as vault

ONE_AT_A_TIME = "sharing_cover_one_at_a_time"
DONE_ONCE = {f"sharing_disclosurestep_{how}_once" for how in ("decided", "done", "received")}


class Overlaps(Exception):
    """Somebody already answers for this colleague then: two would each rely on the other."""

    def __init__(self, for_user_id: UUID) -> None:
        super().__init__("somebody already answers")
        self.for_user_id = for_user_id


def give_to_desk(
    matter_id: UUID, *, organisation_id: UUID, role: str, kind: Handler.Kind, at: datetime
) -> None:
    """Leave a matter with a desk: everyone who holds that role in that organisation, now."""
    Handler.objects.bulk_create(
        [
            Handler(
                id=uuid4(),
                matter_id=matter_id,
                kind=kind,
                organisation_id=organisation_id,
                role=role,
                starts_at=at,
            )
        ]
    )


def open_at_desk(matter_id: UUID, *, organisation_id: UUID, role: str, at: datetime) -> bool:
    """Open a matter that nobody has yet at one's own desk; False when it arrived there before."""
    return create_once(
        Handler(
            id=matter_id,
            matter_id=matter_id,
            kind=Handler.Kind.DESK,
            organisation_id=organisation_id,
            role=role,
            starts_at=at,
        )
    )


def give_to_person(matter_id: UUID, *, user_id: UUID, kind: Handler.Kind, at: datetime) -> None:
    """Give a matter to one named person."""
    Handler.objects.bulk_create(
        [Handler(id=uuid4(), matter_id=matter_id, kind=kind, user_id=user_id, starts_at=at)]
    )


def take_back(
    matter_id: UUID, *kinds: Handler.Kind, at: datetime, user_id: UUID | None = None
) -> None:
    """End these handlers of a matter, at once; of one person only when `user_id` is given."""
    live = Handler.objects.filter(matter_id=matter_id, kind__in=kinds, ends_at=None)
    if user_id is not None:
        live = live.filter(user_id=user_id)
    live.update(ends_at=at)


def go_on_with(matter_id: UUID, users: Collection[UUID], *, at: datetime) -> None:
    """Say who has what was entrusted, now that others walk with the person: these, and no longer
    those before. What is settled, or has not been taken on, stays so.

    Who may handle it is the database's to say, by who walks with her; this is the name the
    coordination reads. Asked of whoever walks with her, before she stops or once she has begun.
    """
    entrusted = Handler.Kind.ENTRUSTED
    live = Handler.objects.filter(matter_id=matter_id, kind=entrusted, ends_at=None)
    known = set(live.values_list("user_id", flat=True))
    if not known or not users:
        return
    # First who goes on: what nobody has any more is in nobody's hands.
    for user_id in sorted(set(users) - known):
        give_to_person(matter_id, user_id=user_id, kind=entrusted, at=at)
    live.exclude(user_id__in=users).update(ends_at=at)


def declare_conflict(file_id: UUID, *, by: Actor, at: datetime) -> None:
    """Say «I know this person», without a reason: the matter then no longer exists for `by`."""
    audit.record("conflict.declared", by=by, records=[file_id])
    Conflict.objects.bulk_create(
        [Conflict(id=uuid4(), user_id=by.user_id, file_id=file_id, declared_at=at)]
    )


def cover(
    cover_id: UUID,
    *,
    kind: Cover.Kind,
    for_user_id: UUID,
    user_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    by: Actor,
    at: datetime,
    elsewhere_id: UUID | None = None,
) -> None:
    """Say that somebody answers for a colleague, here or in the name of another organisation; said
    twice, it stands once. Raises Overlaps."""
    made = Cover(
        id=cover_id,
        kind=kind,
        organisation_id=by.organisation_id,
        elsewhere_id=elsewhere_id,
        for_user_id=for_user_id,
        user_id=user_id,
        named_by=by.user_id,
        named_at=at,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    try:
        with transaction.atomic():
            is_new = create_once(made)
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") == ONE_AT_A_TIME:
            raise Overlaps(for_user_id) from error
        raise
    if is_new:
        audit.record("cover.named", by=by, records=[cover_id])


def end_cover(cover: Cover, *, by: Actor, at: datetime) -> None:
    """Whoever answered no longer does, from now; one that was still to come never begins."""
    ends_at = max(at, cover.starts_at)
    if Cover.objects.filter(pk=cover.pk, ends_at__gt=ends_at).update(ends_at=ends_at):
        audit.record("cover.ended", by=by, records=[cover.pk])


def end_covers_of_the_gone(
    for_user_id: UUID, *, here: QuerySet[Any, UUID], by: Actor, at: datetime
) -> None:
    """Of those who answer for a colleague, whoever is here no longer ends: another may be named."""
    standing = Cover.objects.filter(
        for_user_id=for_user_id, organisation_id=by.organisation_id, kind=Cover.Kind.STAND_IN
    )
    for cover in standing.filter(starts_at__lte=at, ends_at__gt=at).exclude(user_id__in=here):
        end_cover(cover, by=by, at=at)


def hand_over(
    handed_id: UUID,
    *,
    file_id: UUID,
    user_id: UUID,
    faces: Collection[str],
    by: Actor,
    at: datetime,
) -> bool:
    """Let a colleague read, until they have met, the faces that the person lets pass.

    Who walks with her always passes. Said twice, it stands once; False the second time.
    """
    row = HandedOver(
        id=handed_id,
        file_id=file_id,
        user_id=user_id,
        faces=sorted({RELATION, *faces}),
        starts_at=at,
    )
    is_new = create_once(row)
    if is_new:
        audit.record(
            "hand_over.prepared",
            by=by,
            file_id=file_id,
            sections=sorted(faces),
            records=[handed_id],
        )
    return is_new


def end_hand_overs(file_id: UUID, *, at: datetime) -> int:
    """What was let pass of this file no longer passes, from now; returns how many ended."""
    return HandedOver.objects.filter(file_id=file_id, ends_at=None).update(ends_at=at)


def agree(consent: Consent, *, by: Actor) -> bool:
    """Keep what she agrees to share: from its beginning, the partner reads it. Said twice, it
    stands once; False the second time."""
    is_new = create_once(consent)
    if is_new:
        audit.record(
            "consent.given",
            by=by,
            file_id=consent.file_id,
            sections=sorted(consent.sections),
            records=[consent.pk],
        )
    return is_new


def withdraw(
    file_id: UUID,
    *consents: UUID,
    said_by: Consent.Withdrawer,
    form: str,
    by: Actor,
    at: datetime,
) -> list[UUID]:
    """She takes back what she shares: these consents, or all when none is named.

    At the next statement nobody there reads anything more. Which ended; asked twice, nothing more.
    """
    live = queries.consents(actor=by).filter(file_id=file_id, withdrawn_at=None, over_at__gt=at)
    if consents:
        live = live.filter(pk__in=consents)
    ended = [
        one
        for one in sorted(live.values_list("pk", flat=True))
        # Asked of the row itself: two at once, and it is taken back once.
        if Consent.objects.filter(pk=one, withdrawn_at=None).update(
            withdrawn_at=at, withdrawer=said_by, withdrawn_form=form, withdrawn_by=by.user_id
        )
    ]
    for one in ended:
        audit.record("consent.withdrawn", by=by, file_id=file_id, records=[one])
    return ended


class _SaidAlready(Exception):
    """It stands: what was written of it a second time is undone."""


def restrict(restriction: Restriction, *, by: Actor) -> bool:
    """Keep somebody from some of her file, or from all, at once; False when it was said already.

    Her journal is told first: whoever writes it down may be the one who is kept from it.
    """
    try:
        with transaction.atomic():
            audit.record(
                "restriction.given", by=by, file_id=restriction.file_id, records=[restriction.pk]
            )
            if not create_once(restriction):
                raise _SaidAlready
    except _SaidAlready:
        return False
    return True


def lift(file_id: UUID, restriction_id: UUID, *, by: Actor, at: datetime) -> bool:
    """She lifts a restriction: whoever was kept out reads again what others like them read.

    False when it was lifted, or when whoever says so is the one whom it keeps out.
    """
    live = Restriction.objects.filter(pk=restriction_id, file_id=file_id, ends_at=None)
    is_lifted = bool(live.exclude(user_id=by.user_id).update(ends_at=at))
    if is_lifted:
        audit.record("restriction.lifted", by=by, file_id=file_id, records=[restriction_id])
    return is_lifted


def open_exceptionally(
    access_id: UUID, file_id: UUID, *, ground: str, second: UUID | None = None, by: Actor
) -> str:
    """Open for an hour what may protect somebody whose life may be in danger; one word says what
    became of it (`protecting.py`). The database alone does it, and tells her journal."""
    context.require(by)
    return str(_ask("open_exceptionally", file_id, access_id, ground, second))


def close_exceptionally(access_id: UUID, *, by: Actor) -> bool:
    """Whoever opened it is done, sooner than the hour."""
    context.require(by)
    return bool(_ask("close_exceptionally", access_id))


def review_exceptionally(access_id: UUID, *, outcome: str, by: Actor) -> bool:
    """Another person says once what it was; False when it was said, or is not theirs to say."""
    context.require(by)
    return bool(_ask("review_exceptionally", access_id, outcome))


def tell_stopped(*, by: Actor) -> list[str]:
    """Keep that the day's limit stopped `by`, in that person's own chain; who may let them go on:
    those in charge of privacy where they act, by name."""
    audit.record(STOPPED, by=by)
    at = context.moment()
    officers = Membership.objects.filter(
        organisation_id=by.organisation_id, role=Role.PRIVACY_OFFICER, starts_at__lte=at
    )
    there = officers.exclude(ends_at__lte=at).exclude(user_id=by.user_id)
    names = there.filter(user__is_active=True).values_list("user__name", flat=True)
    return sorted(names.distinct())


def let_go_on(
    lifted_id: UUID, user_id: UUID, *, reason: str, on: date, by: Actor, at: datetime
) -> None:
    """Let a colleague whom the limit stopped go on, for that day; said twice, it stands once."""
    row = Lifted(
        id=lifted_id,
        organisation_id=by.organisation_id,
        user_id=user_id,
        lifted_on=on,
        lifted_by=by.user_id,
        lifted_at=at,
    )
    vault.lock(row, reason=reason)
    if create_once(row):
        audit.record("reading.let_go_on", by=by, records=[user_id, lifted_id])


def _ask(function: str, *said: UUID | str | None) -> object:
    places = ", ".join(["%s"] * len(said))
    with connection.cursor() as cursor:
        cursor.execute(f"select access.{function}({places})", said)
        return cursor.fetchone()[0]


def prepare(disclosure: Disclosure, *, by: Actor) -> bool:
    """Keep what is to be told, or what was asked and refused; said twice, it stands once."""
    is_new = create_once(disclosure)
    if is_new:
        action = "disclosure.declined" if disclosure.is_refused else "disclosure.prepared"
        audit.record(
            action,
            by=by,
            file_id=disclosure.file_id,
            sections=disclosure.sections,
            records=[disclosure.pk],
            basis=disclosure.ground,
        )
    return is_new


def go_on(
    disclosure: Disclosure, step_id: UUID, kind: DisclosureStep.Kind, *, by: Actor, at: datetime
) -> bool:
    """What becomes of it, for good; False when somebody has just done as much.

    Her journal is told first: whoever decides no longer stands to it in the same way afterwards.
    """
    try:
        with transaction.atomic():
            audit.record(
                f"disclosure.{kind.lower()}",
                by=by,
                file_id=disclosure.file_id,
                records=[disclosure.pk],
                basis=disclosure.ground,
            )
            if not create_once(
                DisclosureStep(
                    id=step_id,
                    disclosure_id=disclosure.pk,
                    file_id=disclosure.file_id,
                    kind=kind,
                    done_by=by.user_id,
                    done_at=at,
                )
            ):
                raise _SaidAlready
    except _SaidAlready:
        return False
    except DatabaseError as error:
        # Two at the same instant: the second finds the first one's row, or no longer decides.
        said = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        if said in DONE_ONCE or is_row_refused(error):
            return False
        raise
    return True
