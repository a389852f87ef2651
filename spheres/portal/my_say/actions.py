"""What can she do from her notebook about her own file, and what is answered?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.followup.consents import actions as consents
from spheres.portal.my_say import policy
from spheres.portal.my_say.models import Answer, Ask
from spheres.portal.my_say.queries import Asked
from spheres.privacy.access_requests import actions as access_requests
from spheres.privacy.access_requests.models import Asker, Keep, Wish
from spheres.sharing.inside import Inside
from spheres.sharing.models import Consent
from spheres.sharing.rules import CONTACT
from spheres.vault import actions as vault

Stands = Answer.Stands
WISHES = {Ask.Kind.READ: Wish.READ, Ask.Kind.COPY: Wish.COPY}


@transaction.atomic
def ask(inside: Inside, ask_id: UUID, kind: str, words: str, *, of_age: bool, at: datetime) -> None:
    """It waits for those who accompany her, from now; nothing is done by itself. Sent twice, it is
    asked once."""
    policy.can_ask(inside.actor, kind, of_age=of_age).or_raise()
    _keep(inside, ask_id, kind, words, at=at)


@transaction.atomic
def take_back(
    inside: Inside, form_id: UUID, chosen: Collection[UUID], *, of_age: bool, at: datetime
) -> bool:
    """She takes back these, or all when none is named: at the next statement nobody there reads
    anything more. Her workers are told that she did. Whether anything ended by it."""
    policy.can_take_back(inside.actor, of_age=of_age).or_raise()
    ended = consents.take_back(
        inside.file_id,
        chosen,
        said_by=Consent.Withdrawer.HERSELF,
        form="",
        by=inside.actor,
        at=at,
    )
    if ended:
        _keep(inside, form_id, Ask.Kind.TOOK_BACK, "", at=at)
    return bool(ended)


def _keep(inside: Inside, ask_id: UUID, kind: str, words: str, *, at: datetime) -> None:
    row = Ask(
        id=ask_id,
        file_id=inside.file_id,
        kind=kind,
        written_by=inside.actor.user_id,
        written_at=at,
    )
    vault.lock(row, words=words)
    if create_once(row):
        audit.record(
            "my_say.asked",
            by=inside.actor,
            file_id=inside.file_id,
            sections=[CONTACT],
            records=[row.pk],
            digest=vault.digest(row),
        )


@transaction.atomic
def answer(
    asked: Asked, answer_id: UUID, stands: str, words: str = "", *, by: Actor, at: datetime
) -> None:
    """Somebody takes care of it, or it is settled; a few words wait in her notebook. Said twice, it
    is said once."""
    policy.can_answer(by).or_raise()
    if any(one.stands == stands for one in asked.answers):
        return
    row = Answer(
        id=answer_id,
        file_id=asked.row.file_id,
        ask=asked.row,
        stands=stands,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(row, words=words)
    if create_once(row):
        audit.record(
            "my_say.answered",
            by=by,
            file_id=row.file_id,
            sections=[CONTACT],
            records=[row.pk],
            digest=vault.digest(row),
        )


@transaction.atomic
def register(asked: Asked, *, age: int, days: int, by: Actor, at: datetime) -> bool:
    """One press: what she asks is in the register of access requests, as of the day she asked.

    False when the same request waits there already: it is taken care of with that one.
    """
    policy.can_answer(by).or_raise()
    wanted = access_requests.Wanted(
        id=asked.row.pk,
        asker=Asker.SELF,
        age=age,
        way="OTHER",
        wish=WISHES[Ask.Kind(asked.row.kind)],
        keep=Keep.HERE,
        received_on=clock.day_of(asked.row.written_at),
        words=asked.row.opened.words,
    )
    try:
        is_new = access_requests.receive(asked.row.file_id, wanted, days=days, by=by, at=at)
    except WrongState:
        is_new = False
    answer(asked, uuid5(asked.row.pk, "register"), Stands.TAKEN_UP, by=by, at=at)
    return is_new
