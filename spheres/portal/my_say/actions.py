"""What can she do from her notebook about her own file, and what is answered?"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.followup.consents import actions as consents
from spheres.followup.consents.queries import Shared
from spheres.followup.disclosures import actions as disclosures
from spheres.followup.identity import actions as identity
from spheres.followup.restrictions import actions as restrictions
from spheres.followup.restrictions.models import Refusal, SaidBy
from spheres.followup.restrictions.queries import ANY_THEME
from spheres.participants.queries import Header
from spheres.portal.my_say import policy, queries
from spheres.portal.my_say.models import Answer, Ask
from spheres.portal.my_say.queries import Asked
from spheres.privacy.access_requests import actions as access_requests
from spheres.privacy.access_requests.models import AccessRequest, Age, Asker, Keep, Wish
from spheres.privacy.retention import actions as retention
from spheres.regions import queries as regions
from spheres.sharing import actions as sharing
from spheres.sharing.inside import Inside
from spheres.sharing.models import Consent, ErasureRequest
from spheres.sharing.rules import CONTACT
from spheres.vault import actions as vault

Stands = Answer.Stands
ANY_RESEARCH: Final = ((Refusal.Kind.RESEARCH.value, ANY_THEME),)
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


@transaction.atomic
def refuse_research(
    inside: Inside, form_id: UUID, words: str, *, of_age: bool, at: datetime
) -> None:
    """She says no to research: from the next statement none takes anything of hers. Her workers
    are told that she did. Sent twice, it is one."""
    policy.can_refuse(inside.actor, of_age=of_age).or_raise()
    restrictions.refuse(
        inside.file_id, form_id, ANY_RESEARCH,
        decider=SaidBy.HERSELF, decides_alone=of_age, by=inside.actor, at=at,
    )  # fmt: skip
    _keep(inside, form_id, Ask.Kind.NO_RESEARCH, words, at=at)


@transaction.atomic
def share_less(
    inside: Inside, new_id: UUID, one: Shared, sections: Collection[str], ends_at: datetime,
    *, of_age: bool, at: datetime,
) -> bool:  # fmt: skip
    """She shares fewer parts of one thing, or until a nearer day: it holds at the next statement,
    and nothing is ever opened by it. Her workers are told that she did. Sent twice, it is one."""
    policy.can_take_back(inside.actor, of_age=of_age).or_raise()
    is_done = sharing.share_less(
        inside.file_id, one.consent.pk, new_id,
        sections=sections, ends_at=ends_at, by=inside.actor,
    )  # fmt: skip
    if is_done:
        _keep(inside, new_id, Ask.Kind.TOOK_BACK, "", at=at)
    return is_done


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
def register(asked: Asked, *, person: Header, days: int, by: Actor, at: datetime) -> bool:
    """One press: what she asks is in its register, as of the day she asked; or somebody takes care
    of it, and goes on with a page begun from it. Pressed twice, it is written once.

    False when the same request waits there already: it is taken care of with that one.
    """
    today = clock.day_of(at)
    alone = person.decides_alone(on=today, since_age=regions.region().self_from)
    policy.can_register(by, asked.row.kind, of_age=alone).or_raise()
    is_new = REGISTERS.get(Ask.Kind(asked.row.kind), _begin)(
        asked, person=person, days=days, by=by, at=at
    )
    answer(asked, queries.registered_id(asked.row.pk), Stands.TAKEN_UP, by=by, at=at)
    return is_new


@transaction.atomic
def rename(
    asked: Asked, name: str, pronouns: str, *, person: Header, by: Actor, at: datetime
) -> None:
    """How they want to be called, as they confirmed it face to face: written anew in one press, all
    else as it stood, and what was asked is settled. Pressed twice, it is written once."""
    alone = person.decides_alone(on=clock.day_of(at), since_age=regions.region().self_from)
    policy.can_register(by, asked.row.kind, of_age=alone).or_raise()
    if asked.row.kind != Ask.Kind.NAME:
        raise WrongState
    said = identity.Said(
        id=uuid5(asked.row.pk, "name"),
        chosen_name=name,
        pronouns=pronouns,
        language=person.language,
        languages=person.languages,
        interpreter=person.interpreter,
        gender=person.gender,
        birth_date=consents.born_on(person),
    )
    identity.say(asked.row.file_id, said, by=by, at=at)
    answer(asked, queries.registered_id(asked.row.pk), Stands.DONE, by=by, at=at)


def _begin(_asked: Asked, **_others: Any) -> bool:
    """Somebody judges with her, on its page."""
    return True


def _receive(asked: Asked, *, person: Header, days: int, by: Actor, at: datetime) -> bool:
    is_adult = person.decides_alone(on=clock.day_of(at), since_age=Age.ADULT)
    wanted = access_requests.Wanted(
        id=asked.row.pk,
        asker=Asker.SELF,
        age=Age.ADULT if is_adult else Age.FROM_14,
        way=AccessRequest.Way.NOTEBOOK,
        wish=WISHES[Ask.Kind(asked.row.kind)],
        keep=Keep.HERE,
        received_on=clock.day_of(asked.row.written_at),
        words=asked.row.opened.words,
    )
    try:
        return access_requests.receive(asked.row.file_id, wanted, days=days, by=by, at=at)
    except WrongState:
        return False


def _erase(asked: Asked, *, person: Header, days: int, by: Actor, at: datetime) -> bool:
    """Two people decide, by the day of the law; the person in charge of privacy reads her words."""
    wanted = retention.Asked(
        id=asked.row.pk,
        asker=ErasureRequest.Asker.HERSELF,
        said_on=clock.day_of(asked.row.written_at),
        her_words=asked.row.opened.words,
        answer=_(
            "It was asked from their notebook. How they want the answer is still to be asked."
        ),
    )
    retention.ask(asked.row.file_id, wanted, by=by, at=at)
    return True


def _refuse(asked: Asked, *, person: Header, days: int, by: Actor, at: datetime) -> bool:
    """Any research, as somebody asked it before it held at once: from now on none takes
    anything."""
    restrictions.refuse(
        asked.row.file_id,
        asked.row.pk,
        ANY_RESEARCH,
        decider=SaidBy.HERSELF,
        decides_alone=True,
        suspended=person.suspended,
        by=by,
        at=at,
    )
    return True


REGISTERS: Final[dict[str, Callable[..., bool]]] = {
    Ask.Kind.READ: _receive,
    Ask.Kind.COPY: _receive,
    Ask.Kind.ERASE: _erase,
    Ask.Kind.RESEARCH: _refuse,
}


@transaction.atomic
def cancel_meeting(asked: Asked, *, by: Actor, at: datetime) -> None:
    """She wants no such meeting any more: at the next statement the programme reads nothing of it.
    Pressed twice, it is taken back once."""
    policy.can_cancel_meeting(by, asked.row.kind).or_raise()
    for row in queries.meetings(asked.row.file_id, actor=by, at=at):
        disclosures.take_back(row, step_id=uuid5(asked.row.pk, str(row.pk)), by=by, at=at)
    answer(asked, uuid5(asked.row.pk, "cancelled"), Stands.DONE, by=by, at=at)
