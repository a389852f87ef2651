"""What does she share, and whom does she keep out?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.sharing import queries
from spheres.sharing.models import Consent, Restriction

AGREED_ALREADY: Final = "23P01"  # what the database says of a second yes to one absence


class SaidAlready(Exception):
    """It stands: what was written of it a second time is undone."""


def agree(consent: Consent, *, by: Actor) -> bool:
    """Keep what she agrees to share: from its beginning, the partner reads it. Said twice, it
    stands once; False the second time, be it by another form sent at the same instant."""
    try:
        is_new = create_once(consent)
    except IntegrityError as refusal:
        if getattr(refusal.__cause__, "sqlstate", "") != AGREED_ALREADY:
            raise
        is_new = False
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


def share_less(
    file_id: UUID,
    consent_id: UUID,
    new_id: UUID,
    *,
    sections: Collection[str],
    ends_at: datetime,
    by: Actor,
) -> bool:
    """From her notebook she shares fewer parts, or until a nearer day: at the next statement what
    remains is what is read. The database refuses the other way; False then, and nothing changes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select access.share_less(%s, %s, %s, %s)",
            [consent_id, new_id, sorted(sections), ends_at],
        )
        [is_done] = cursor.fetchone()
    if is_done:
        audit.record(
            "consent.lowered",
            by=by,
            file_id=file_id,
            sections=sorted(sections),
            records=[consent_id, new_id],
        )
    return bool(is_done)


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
                raise SaidAlready
    except SaidAlready:
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
