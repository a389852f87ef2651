"""What keeps a text while it is being written, and makes a record of it once signed?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.postgresql.base import Cursor
from django.db.backends.utils import CursorWrapper

from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.core.states import StatusRow
from spheres.records import registry
from spheres.records.models import Draft, Record, scope_of
from spheres.vault import actions as vault

# One text at a time is saved or signed: whoever comes second sees what the first has done.
HOLD = "select pg_advisory_xact_lock(hashtextextended('text ' || %s::text, 0))"
FORGET = "delete from records_draft where id = %s"


@transaction.atomic(savepoint=False)
def save_draft(
    record_id: UUID,
    *,
    file_id: UUID,
    section: str,
    record_type: str,
    fields: dict[str, object],
    by: Actor,
    at: datetime,
) -> Draft | None:
    """Keep what is typed so far: encrypted, for its author alone, until signed or discarded.

    What arrives after the signature, or while it is being made, is not begun again: None.
    """
    context.require(by)
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [record_id])
    if registry.begun_as(record_type).rows(file_id, actor=by).filter(pk=record_id).exists():
        return None
    text = json.dumps(fields, ensure_ascii=False)
    draft = Draft.objects.select_for_update(of=("self",)).filter(pk=record_id).first()
    if draft is None:
        draft = Draft(
            id=record_id,
            author_id=by.user_id,
            file_id=file_id,
            scope=scope_of(file_id, section),
            record_type=record_type,
            saved_at=at,
        )
        vault.lock(draft, text=text)
        if create_once(draft):
            return draft
        # Another window kept this draft first: what was typed here is not lost for it.
        draft = Draft.objects.select_for_update(of=("self",)).get(pk=record_id)
    draft.text_version += 1
    draft.saved_at = at
    vault.lock(draft, text=text)
    draft.save(update_fields=["text", "text_version", "saved_at"])
    return draft


def open_draft(draft: Draft, *, by: Actor) -> dict[str, object]:
    """The fields typed so far."""
    vault.open([draft], by=by, sections=[], action="draft.opened")
    fields = json.loads(draft.opened.text)
    return dict(fields)


@transaction.atomic(savepoint=False)
def discard_draft(record_id: UUID, *, by: Actor) -> None:
    """Forget a text that will not become a record, or has just become one."""
    context.require(by)
    with _one_message() as cursor:
        # The second statement sees what was committed while the first waited.
        cursor.execute(f"{HOLD}; {FORGET}", [record_id, record_id])


def keep_signed(
    record: Record,
    stands: StatusRow,
    action: str,
    *,
    section: str,
    by: Actor,
    beside: Sequence[StatusRow] = (),
) -> bool:
    """Keep a record as it was written and say where it stands: its draft is forgotten, and the
    journal of the file tells it once. False when it stands already: it was sent twice.

    `beside` is what else its kind says of where it stands.
    """
    if not create_once(record):
        return False
    for row in (stands, *beside):
        type(row)._base_manager.bulk_create([row])
    discard_draft(record.pk, by=by)
    audit.record(
        action,
        by=by,
        file_id=record.file_id,
        sections=[section],
        records=[record.pk],
        digest=vault.digest(record),
    )
    return True


@transaction.atomic
def forget_drafts(*, before: datetime, by: Actor) -> int:
    """Forget what was begun, never signed, and not touched since `before`; returns how many."""
    forgotten = vault.forget_due(Draft.KEEP, before=before, by=by)
    if forgotten:
        audit.record("drafts.forgotten", by=by, basis=str(forgotten))
    return forgotten


def _one_message() -> CursorWrapper:
    """A cursor that may say two statements in one message: their values are written into them."""
    made = Cursor(connection.connection)  # type: ignore[call-arg]
    return connection._prepare_cursor(made)  # type: ignore[attr-defined]
