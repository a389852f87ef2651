"""What closes a file to a worker who knows the person, and leaves nobody alone?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.followup.withdrawals import policy, queries
from spheres.followup.withdrawals.models import Notice, Withdrawal
from spheres.participants.models import Assignment
from spheres.sharing import actions as sharing


@transaction.atomic
def withdraw(
    file_id: UUID,
    withdrawal_id: UUID,
    *,
    goes_on_with: UUID | None,
    desk: UUID,
    by: Actor,
    at: datetime,
) -> None:
    """Say «I know this person outside work»: at the next statement the file is closed, for good.

    No reason is asked. Her journal says that a worker withdrew; the leads learn that somebody
    whom this worker accompanied needs someone else, and not whom.
    """
    policy.can_withdraw(by).or_raise()
    mine = [one for one in queries.lock_assignments(file_id, actor=by) if one.user_id == by.user_id]
    if not mine:
        raise WrongState(policy.NOT_YOURS)
    others = queries.others(file_id, actor=by)
    known = {user_id for user_id, _name in queries.colleagues(actor=by, at=at)}
    policy.can_leave_to(goes_on_with, known, is_alone=not others).or_raise()
    if goes_on_with is not None and goes_on_with not in others:
        others = _hand_on(file_id, withdrawal_id, goes_on_with, by=by, at=at)
    audit.record("worker.withdrew", by=by, file_id=file_id, records=[withdrawal_id])
    said = Withdrawal(
        id=withdrawal_id,
        file_id=file_id,
        withdrew_by=by.user_id,
        withdrew_at=at,
        goes_on_with=goes_on_with,
    )
    Withdrawal.objects.bulk_create([said])
    Notice.objects.bulk_create(
        [
            Notice(
                id=uuid5(withdrawal_id, str(told_to)),
                told_to=told_to,
                worker_id=by.user_id,
                told_at=at,
                is_with_someone=bool(others),
            )
            for told_to in dict.fromkeys((by.organisation_id, desk))
        ]
    )
    # With her for now, or beside her already: what was entrusted goes on with them.
    sharing.go_on_with(file_id, others, at=at)
    Assignment.objects.filter(pk__in=[one.pk for one in mine]).update(ends_at=at)
    sharing.declare_conflict(file_id, by=by, at=at)


def _hand_on(file_id: UUID, withdrawal_id: UUID, to: UUID, *, by: Actor, at: datetime) -> set[UUID]:
    """A colleague walks with her from now on; refused when the file would stay closed to them."""
    given = Assignment(id=uuid5(withdrawal_id, str(to)), file_id=file_id, user_id=to, starts_at=at)
    Assignment.objects.bulk_create([given])
    audit.record("worker.handed_on", by=by, file_id=file_id, records=[given.pk])
    others = queries.others(file_id, actor=by)
    if to not in others:
        raise WrongState(policy.SOMEONE_ELSE)
    return others


@transaction.atomic
def settle(notice_id: UUID, *, by: Actor, at: datetime) -> None:
    """Somebody else was found, or whoever is there stays; said twice, it is said once."""
    policy.can_settle(by).or_raise()
    stands = queries.notice(notice_id, actor=by).filter(settled_at=None)
    if stands.update(settled_by=by.user_id, settled_at=at):
        audit.record("withdrawal.settled", by=by, records=[notice_id])
