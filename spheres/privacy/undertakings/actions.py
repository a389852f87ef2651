"""What signs an undertaking, says what is asked, extends, names a stand-in, withholds?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spheres.accounts import queries as accounts
from spheres.accounts.models import ClearanceRule, Extension, Undertaking, UndertakingText
from spheres.accounts.queries import Clearance
from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.privacy.undertakings import policy, queries
from spheres.sharing import actions as sharing
from spheres.sharing.models import Cover, Withheld


@transaction.atomic
def sign(undertaking_id: UUID, text_id: UUID, *, language: str, by: Actor, at: datetime) -> bool:
    """Sign, for oneself, the text that was read. Pressed twice, or signed already: once."""
    policy.can_sign(by).or_raise()
    newest = accounts.texts(actor=by).first()
    if newest is None or newest.pk != text_id:
        raise WrongState(_("The text has changed since this page was shown. Read the new one."))
    mine = accounts.undertakings(actor=by).filter(user_id=by.user_id, text_id=text_id)
    if mine.exists():
        return False
    row = Undertaking(
        id=undertaking_id,
        organisation_id=newest.organisation_id,
        user_id=by.user_id,
        text_id=text_id,
        language=language,
        signed_at=at,
    )
    if not create_once(row):
        return False
    audit.record("undertaking.signed", by=by, records=[undertaking_id, text_id])
    return True


@dataclass(frozen=True)
class Text:
    """The undertaking as the organisation adopts it, and from when everybody has signed it."""

    id: UUID
    words_fr: str
    words_en: str
    starts_at: datetime


@transaction.atomic
def adopt(text: Text, *, by: Actor, at: datetime) -> bool:
    """Adopt a text: it may be signed now, and is asked of everybody from its first day on."""
    asked = accounts.asked(actor=by, at=at)
    policy.can_say_what_is_asked(by, asked.body.pk == by.organisation_id).or_raise()
    row = UndertakingText(
        id=text.id,
        organisation_id=asked.body.pk,
        words_fr=text.words_fr,
        words_en=text.words_en,
        starts_at=max(text.starts_at, at),
        adopted_by=by.user_id,
        adopted_at=at,
    )
    if not create_once(row):
        return False
    audit.record("undertaking.adopted", by=by, records=[text.id])
    return True


@transaction.atomic
def ask(
    rule_id: UUID,
    *,
    undertaking: bool,
    training: bool,
    starts_at: datetime,
    by: Actor,
    at: datetime,
) -> bool:
    """Say what is asked from a day on. Under the health regime the law asks all of it already."""
    asked = accounts.asked(actor=by, at=at)
    policy.can_say_what_is_asked(by, asked.body.pk == by.organisation_id).or_raise()
    row = ClearanceRule(
        id=rule_id,
        organisation_id=asked.body.pk,
        asks_undertaking=undertaking,
        asks_training=training,
        starts_at=max(starts_at, at),
        said_by=by.user_id,
        said_at=at,
    )
    if not create_once(row):
        return False
    audit.record("clearance.asked", by=by, records=[rule_id])
    return True


@transaction.atomic
def extend(
    extension_id: UUID, one: Clearance, *, reason: str, until: datetime, by: Actor, at: datetime
) -> bool:
    """What lapses counts until a later day; the database holds how late that day may be."""
    policy.can_extend(by, one).or_raise()
    row = Extension(
        id=extension_id,
        organisation_id=accounts.asked(actor=by, at=at).body.pk,
        user_id=one.user_id,
        reason=reason,
        ends_at=until,
        said_by=by.user_id,
        said_at=at,
    )
    if not create_once(row):
        return False
    audit.record("clearance.extended", by=by, records=[extension_id, one.user_id], basis=reason)
    return True


@transaction.atomic
def name_stand_in(
    cover_id: UUID, one: Clearance, *, to: UUID, until: datetime, by: Actor, at: datetime
) -> None:
    """Somebody answers for this person's people from now on; named ahead, from the day on which
    what is asked lapses, and only if it does. Raises `sharing.Overlaps`."""
    policy.can_name_stand_in(by, one).or_raise()
    if to not in dict(queries.stand_ins(one, actor=by, at=at)):
        raise WrongState(_("This colleague can no longer be chosen. Choose again."))
    sharing.cover(
        cover_id,
        kind=Cover.Kind.LAPSE if one.is_cleared else Cover.Kind.STAND_IN,
        for_user_id=one.user_id,
        user_id=to,
        starts_at=queries.begins_at(one, at=at),
        ends_at=until,
        by=by,
        at=at,
    )


@transaction.atomic
def withhold(withheld_id: UUID, one: Clearance, *, by: Actor, at: datetime) -> bool:
    """Close what this person was given, as long as the stand-in answers or until all stands again.

    Whoever is accompanied loses nobody: the stand-in reaches each of them, or nothing is done.
    """
    policy.can_withhold(by, one).or_raise()
    assert one.organisation_id is not None
    assert one.cover_id is not None  # a stand-in answers, there
    row = Withheld(
        id=withheld_id,
        organisation_id=one.organisation_id,
        user_id=one.user_id,
        cover_id=one.cover_id,
        withheld_by=by.user_id,
        withheld_at=at,
    )
    if not create_once(row):
        return False
    audit.record("files.withheld", by=by, records=[withheld_id, one.user_id])
    return True
