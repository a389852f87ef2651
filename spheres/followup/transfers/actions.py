"""How does what another programme sent go into a file here?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.followup.transfers import policy
from spheres.records import actions as records
from spheres.records import registry
from spheres.records.parcels import Opened

SLUG = "notes"


@transaction.atomic
def tell_opened(opened: Opened, *, by: Actor) -> None:
    """That it was opened here: in the journal of who did, for it is in nobody's file yet."""
    policy.can_open(by).or_raise()
    audit.record("parcel.opened", by=by, records=[opened.id])


@transaction.atomic
def place(opened: Opened, file_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """It becomes a draft in this file, to be read over with the person and signed. Placed twice, it
    is one record."""
    policy.can_open(by).or_raise()
    kind = registry.begun_as(SLUG)
    kind.can_write(by).or_raise()
    record_id = uuid5(opened.id, str(file_id))
    here = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    told = [f"{title}\n{words}" for title, words in opened.items]
    first = _("Received sealed from %(sender)s, with their agreement.") % {"sender": opened.sender}
    fields: dict[str, object] = {
        "kind": "meeting", "day": here.date().isoformat(), "hour": "",
        "her_words": "", "observation": "\n\n".join([first, *told]), "support": "",
    }  # fmt: skip
    records.save_draft(
        record_id, file_id=file_id, section=kind.section, record_type=SLUG, fields=fields,
        by=by, at=at,
    )  # fmt: skip
    return record_id
